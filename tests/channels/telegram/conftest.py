"""A channel connected to a strict local Bot API server."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from bot.channels.channel import Envelope
from bot.channels.telegram.channel import TelegramChannel
from bot.errors import ConfigurationError
from bot.model.message import Drawn, Span
from tests.servers.telegram import TOKEN, TelegramServer

HELLO = Drawn("Вітаємо!", (Span(0, 8, "bold"),), (("Далі", "h1"), ("Назад", "h2")))


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


@asynccontextmanager
async def receiving(channel: TelegramChannel, inbox: Inbox) -> AsyncIterator[asyncio.Task[None]]:
    """The channel receives inside the block."""
    task = asyncio.create_task(channel.receive(inbox))
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, ConfigurationError):
            await task


def texts(inbox: Inbox) -> list[str]:
    return [json.loads(envelope.raw)["message"]["text"] for envelope in inbox.kept.values()]


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


@pytest.fixture
def chat(server: TelegramServer) -> str:
    server.type(5, "/start", language="uk")
    return "telegram:5"
