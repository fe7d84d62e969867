"""A channel connected to a strict local daemon, by each of its doors."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.channels.channel import Channel, Envelope
from bot.channels.signal.channel import SignalChannel
from bot.model.message import Drawn, Span
from tests.servers.signal import OKSANA, SignalDaemon
from tests.servers.signal_world import ACCOUNT

HELLO = Drawn("Вітаємо!", (Span(0, 8, "bold"),), (("Далі", "h1"), ("Назад", "h2")))
DOORS = ("unix", "tcp", "http")
ADDRESS = f"signal:{OKSANA}"


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

    async def holds(self, count: int) -> list[Envelope]:
        """What is kept, once it is so many; waits five seconds at most."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: len(self.kept) >= count), 5)
        return list(self.kept.values())


class Clock:
    """Time of day that a test can move, UTC epoch ms."""

    def __init__(self) -> None:
        self.moved = 0

    def __call__(self) -> int:
        return time.time_ns() // 1_000_000 + self.moved


class Pauses:
    """Stands in for waiting: notes how long, lets that time pass, and lets others have their turn."""

    def __init__(self, clock: Clock) -> None:
        self.taken: list[float] = []
        self._clock = clock

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        self._clock.moved += round(seconds * 1000)
        await asyncio.sleep(0.01)


MakeChannel = Callable[..., SignalChannel]


async def until(condition: Callable[[], bool]) -> None:
    """Wait until it holds; five seconds at most."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)


@asynccontextmanager
async def receiving(channel: SignalChannel, inbox: Inbox) -> AsyncIterator[None]:
    """The channel receives inside the block."""
    task = asyncio.create_task(channel.receive(inbox))
    try:
        await until(lambda: channel.state.up)
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def daemon() -> AsyncIterator[SignalDaemon]:
    async with SignalDaemon() as daemon:
        yield daemon


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def pauses(clock: Clock) -> Pauses:
    return Pauses(clock)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def make_channel(daemon: SignalDaemon, pauses: Pauses, clock: Clock) -> AsyncIterator[MakeChannel]:
    """Channels at the daemon; closed at the end."""
    made: list[SignalChannel] = []

    def make(door: str = "unix", account: str = ACCOUNT, **options: Any) -> SignalChannel:
        url = options.pop("url", "") or getattr(daemon, door)
        given: dict[str, Any] = {"pause": pauses, "now": clock} | options
        made.append(SignalChannel(url, account, **given))
        return made[-1]

    yield make
    for channel in made:
        await channel.close()


@pytest.fixture
def channel(make_channel: MakeChannel) -> SignalChannel:
    made: Channel = make_channel()  # it is one, as far as types go
    assert isinstance(made, SignalChannel)
    return made
