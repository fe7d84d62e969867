"""A channel connected to a strict local Bot API server."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest

from bot.channels.channel import Envelope
from bot.channels.telegram.channel import TelegramChannel
from tests.servers.telegram import TOKEN, TelegramServer


class Inbox:
    """Keeps envelopes like a database: a known key is passed over. Can be told to fail."""

    def __init__(self) -> None:
        self.kept: dict[str, Envelope] = {}
        self.offered: list[str] = []
        self.failures = 0
        self._changed = asyncio.Condition()

    async def __call__(self, envelopes: Sequence[Envelope]) -> None:
        self.offered += [envelope.key for envelope in envelopes]
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
        for envelope in envelopes:
            self.kept.setdefault(envelope.key, envelope)
        async with self._changed:
            self._changed.notify_all()

    async def holds(self, count: int) -> None:
        """Wait until so many are kept."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: len(self.kept) >= count), 5)


class Pauses:
    """Stands in for waiting: notes how long and returns at once, until ``limit`` waits were asked for."""

    def __init__(self, limit: int = 20) -> None:
        self.taken: list[float] = []
        self.exhausted = asyncio.Event()
        self._limit = limit

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        if len(self.taken) >= self._limit:
            self.exhausted.set()
            await asyncio.Event().wait()
        await asyncio.sleep(0)


def menu(language: str, roles: Sequence[str]) -> list[tuple[str, str]]:
    """A menu that differs by language and role."""
    shared = [("start", f"Start ({language})"), ("help", f"Help ({language})")]
    return [*shared, ("stats", "Numbers")] if "coordinator" in roles else shared


MakeChannel = Callable[..., TelegramChannel]


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
async def make_channel(server: TelegramServer, pauses: Pauses) -> AsyncIterator[MakeChannel]:
    """Channels on the server; closed at the end."""
    made: list[TelegramChannel] = []

    def make(token: str = TOKEN, url: str = "", rate: float = 25, **options: Any) -> TelegramChannel:
        made.append(TelegramChannel(token, url or server.url, rate, menu, **{"pause": pauses} | options))
        return made[-1]

    yield make
    for channel in made:
        await channel.close()


@pytest.fixture
def channel(make_channel: MakeChannel) -> TelegramChannel:
    return make_channel()
