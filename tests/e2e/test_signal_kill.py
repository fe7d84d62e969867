"""kill -9 of the whole bot while messages pour in over the socket: what is stored is handled once."""

import asyncio
import random
import sqlite3
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.e2e.product import Product
from tests.servers.signal import SignalDaemon
from tests.servers.signal_world import ACCOUNT

pytestmark = pytest.mark.slow  # starts and kills the whole product several times

MESSAGES, PEOPLE, KILLS = 200, 40, 3
PAUSE = 0.02
WINDOW = 2.0
"""Seconds before a kill within which a message that is lost must have been written."""


async def test_a_killed_bot_handles_what_it_stored_once(tmp_path: Path) -> None:
    """200 messages of 40 people, fifty a second, with three kills among them.

    The daemon reports each only once, so what it has written to the socket and the bot has not yet
    stored is lost; that is nothing older than a moment before a kill, and nothing while the bot is down.
    """
    dice = random.Random(6)  # noqa: S311 - repeatable
    async with SignalDaemon() as daemon:
        product = Product(
            tmp_path,
            "",
            MISTOK_TELEGRAM_TOKEN="",
            MISTOK_SIGNAL_URL=daemon.tcp,
            MISTOK_SIGNAL_ACCOUNT=ACCOUNT,
        )
        await product.command("migrate")
        kills = sorted(dice.sample(range(20, MESSAGES - 20), KILLS))
        written: dict[int, float] = {}
        killed: list[float] = []
        await product.start()
        await _until_listening(daemon)
        for n in range(MESSAGES):
            written[daemon.type(_person(n % PEOPLE), f"/help {n}")] = time.monotonic()
            await asyncio.sleep(PAUSE)
            if n in kills:
                killed.append(time.monotonic())
                await product.kill()
                await product.start()
        await _until_listening(daemon)
        stored = await _until_handled(tmp_path / "mistok.db")
        assert await product.stop() == 0
    seen = Counter(stored)
    lost = [stamp for stamp in written if stamp not in seen]
    print(f"lost {len(lost)} of {MESSAGES} in {KILLS} kills")  # noqa: T201 - a measurement
    assert set(seen.values()) == {1}
    assert all(any(0 <= at - written[stamp] < WINDOW for at in killed) for stamp in lost)
    assert len(lost) <= KILLS * WINDOW / PAUSE / 10


def _person(n: int) -> str:
    return f"6f1c0000-0000-4000-8000-{n:012}"


async def _until_listening(daemon: SignalDaemon) -> None:
    async with asyncio.timeout(30):
        while not daemon.subscribers or daemon.waiting:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)


async def _until_handled(path: Path) -> list[int]:
    """Times of the stored messages, once every one of them is dealt with."""
    async with asyncio.timeout(60):
        while True:
            await asyncio.sleep(0.5)
            with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as copy:
                rows = copy.execute("SELECT key, state FROM inbox").fetchall()
            if rows and all(state == "done" for _, state in rows):
                return [int(key.split(":")[2]) for key, _ in rows]
