"""kill -9 of the daemon and of the bot between and while messages arrive."""

import asyncio
import random
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.channels.signal.channel import SignalChannel
from tests.channels.signal.conftest import Clock, Inbox, Pauses, receiving
from tests.servers.signal import OKSANA
from tests.servers.signal_world import ACCOUNT

MESSAGES = 200
KILLS = 3


@asynccontextmanager
async def process(*arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A Python module as a process of its own, killed at the end."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.send_signal(signal.SIGKILL)
        await running.wait()


class Place:
    """Where a daemon lives through several lives."""

    def __init__(self, directory: Path) -> None:
        self.socket = directory / "socket"
        self.store = directory / "store"
        self.port = _free_port()

    @asynccontextmanager
    async def daemon(self) -> AsyncIterator[None]:
        """One life of the daemon, ended by kill -9."""
        options = ["--port", str(self.port), "--socket", str(self.socket), "--store", str(self.store)]
        async with process("tests.servers.signal", *options) as running:
            assert running.stdout
            await running.stdout.readline()
            yield

    async def type(self, session: aiohttp.ClientSession, n: int) -> None:
        body: dict[str, Any] = {"person": OKSANA, "text": str(n)}
        async with session.post(f"http://127.0.0.1:{self.port}/control/type", json=body) as answer:
            assert answer.status == 200


async def test_a_killed_daemon_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """What Signal had not been told of comes again and has the same key."""
    place, inbox = Place(tmp_path), Inbox()
    channel = SignalChannel(f"unix://{place.socket}", ACCOUNT, pause=Pauses(Clock()))
    dice, written = random.Random(6), 0  # noqa: S311 - repeatable
    async with aiohttp.ClientSession() as session:
        for life in range(KILLS + 1):
            async with place.daemon(), receiving(channel, inbox):
                last = MESSAGES if life == KILLS else written + dice.randrange(20, 60)
                for n in range(written, last):
                    await place.type(session, n)
                written = last
                if life == KILLS:
                    await inbox.holds(MESSAGES)
    await channel.close()
    texts = [incoming.text for envelope in inbox.kept.values() if (incoming := channel.parse(envelope.raw))]
    assert texts == [str(n) for n in range(MESSAGES)]


async def test_what_is_written_while_the_bot_is_dead_waits(tmp_path: Path) -> None:
    """What it had stored is not stored again, the rest comes to the next one, in order."""
    place, notes = Place(tmp_path), tmp_path / "notes"
    written = 0
    async with place.daemon(), aiohttp.ClientSession() as session:
        for _ in range(KILLS + 1):
            async with process("tests.channels.signal.keeper", f"unix://{place.socket}", str(notes)):
                for n in range(written, written + MESSAGES // 8):
                    await place.type(session, n)
                written += MESSAGES // 8
                await _holds(notes, written)
            if written + MESSAGES // 8 < MESSAGES:
                for n in range(written, written + MESSAGES // 8):
                    await place.type(session, n)
                written += MESSAGES // 8
    kept = notes.read_text().split()
    assert len(set(kept)) == len(kept) == written
    assert kept == sorted(kept)


async def _holds(notes: Path, count: int) -> None:
    async with asyncio.timeout(10):
        while not notes.exists() or len(notes.read_text().split()) < count:  # noqa: ASYNC110, ASYNC240 - a file
            await asyncio.sleep(0.02)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
