"""kill -9 of the daemon and of the bot while messages arrive."""

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
from tests.channels.signal.conftest import Inbox, Pauses, receiving
from tests.servers.signal import OKSANA
from tests.servers.signal_world import ACCOUNT

MESSAGES = 200
KILLS = 3
LOST = 3
"""Messages between the daemon's write and the bot's sync, at most, in one kill."""


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
    channel = SignalChannel(f"unix://{place.socket}", ACCOUNT, pause=Pauses())
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


async def test_a_killed_bot_loses_at_most_what_was_on_its_way(tmp_path: Path) -> None:
    """What waited at Signal comes to the next one; nothing is kept twice."""
    place, notes = Place(tmp_path), tmp_path / "notes"
    dice, written = random.Random(7), 0  # noqa: S311 - repeatable
    async with place.daemon(), aiohttp.ClientSession() as session:
        for life in range(KILLS + 1):
            async with process("tests.channels.signal.keeper", f"unix://{place.socket}", str(notes)):
                await place.type(session, written)
                await _holds(notes, written + 1 - life * LOST)  # it is awake and receives
                last = MESSAGES if life == KILLS else written + dice.randrange(20, 60)
                for n in range(written + 1, last):
                    await place.type(session, n)
                written = last
                if life == KILLS:
                    await _holds(notes, MESSAGES - KILLS * LOST)
    kept = notes.read_text().split()
    assert len(kept) == len(set(kept))
    assert len(kept) >= MESSAGES - KILLS * LOST


async def _holds(notes: Path, count: int) -> None:
    async with asyncio.timeout(10):
        while not notes.exists() or len(notes.read_text().split()) < count:  # noqa: ASYNC110, ASYNC240 - a file
            await asyncio.sleep(0.02)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
