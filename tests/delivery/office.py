"""A post office for tests: a worker over a messenger that does as it is told, and a clock to turn."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.delivery.pace import Pace
from bot.delivery.worker import Worker
from bot.model.message import Drawn, Reply, verbatim
from bot.model.outgoing import Outgoing
from db.database import Database, Transaction
from db.stores.outbox import OutboxStore

START = 1_800_000_000_000


class Clock:
    """Time that passes only when told."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.wall = float(START)

    def now(self) -> int:
        return int(self.wall)

    def monotonic(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.seconds += seconds
        self.wall += seconds * 1000


@dataclass
class Phone:
    """A messenger; ``outcomes`` are raised for the next messages to an address, in order."""

    clock: Clock
    name: str = "web"
    in_flight: int = 4
    rate: float = 1000.0
    sent: list[tuple[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    edited: list[tuple[str, str, str]] = field(default_factory=list)
    files: list[tuple[str, str, bytes]] = field(default_factory=list)
    outcomes: dict[str, list[Exception | None]] = field(default_factory=lambda: defaultdict(list))
    attempts: int = 0
    rang: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event | None = None
    flying: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    most_flying: int = 0

    async def send(self, address: str, drawn: Drawn) -> str:
        self.attempts += 1
        self.rang.set()
        self.times.append(self.clock.seconds)
        self.flying[address] += 1
        self.most_flying = max(self.most_flying, self.flying[address])
        try:
            if self.gate:
                await self.gate.wait()
            if self.outcomes[address] and (error := self.outcomes[address].pop(0)):
                raise error
        finally:
            self.flying[address] -= 1
        self.sent.append((address, drawn.text))
        if drawn.file:
            self.files.append(drawn.file)
        return f"m{len(self.sent)}"

    async def edit(self, address: str, message_id: str, drawn: Drawn) -> None:
        self.edited.append((address, message_id, drawn.text))

    def texts(self, address: str = "") -> list[str]:
        return [text for to, text in self.sent if not address or to == address]


class Office:
    """What a delivery test works with."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock()
        self.phone = Phone(self.clock)
        self._boots = 0
        self.worker = self.hire()

    def hire(self, boot: str = "first", pace: Pace | None = None, **options: Any) -> Worker:
        """A worker; it becomes the one that ``work`` drives."""
        self.worker = Worker(
            self.database,
            self.phone,
            boot=boot,
            pace=pace or Pace(self.phone.rate, chat_rate=1000),
            now=self.clock.now,
            monotonic=self.clock.monotonic,
            **options,
        )
        return self.worker

    async def put(self, id: str, outgoing: Outgoing) -> None:
        """Queue a message under an id."""
        await self.database.run(lambda tx: OutboxStore(tx).add(outgoing, id=id, now=self.clock.now()))
        self.worker.wake()

    async def queue(self, text: str, to: str = "a", **more: Any) -> str:
        """Queue a message of this text, which is also its id."""
        person = more.pop("person", to)
        outgoing = Outgoing(person=person, address=f"web:{to}", reply=Reply((verbatim(text),)), **more)
        await self.put(text, outgoing)
        return text

    async def work(self, seconds: float = 0.0, step: float = 0.05) -> None:
        """Let the worker do what it can now and in the time given."""
        end = self.clock.seconds + seconds
        while True:
            await self.worker.step()
            await self.worker.settle()
            await self.worker.step()
            await self.worker.settle()
            if self.clock.seconds >= end:
                break
            self.clock.advance(step)
        await self.worker.step()

    async def states(self) -> dict[str, str]:
        """The state of each row by its id."""
        rows = await self.database.run(lambda tx: tx.all("SELECT id, state FROM outbox ORDER BY seq"))
        return {row["id"]: row["state"] for row in rows}

    async def do(self, unit: Callable[[OutboxStore], Any]) -> Any:
        async def run(tx: Transaction) -> Any:
            return await unit(OutboxStore(tx))

        return await self.database.run(run)

    async def person(
        self, id: str, language: str = "uk", zone: str = "Europe/Kyiv", frozen: bool = False
    ) -> None:
        """Make a person known, with the language they read."""

        async def unit(tx: Transaction) -> None:
            await tx.execute(
                "INSERT INTO person (id, language, zone, frozen, created_at, seen_at)"
                " VALUES (:id, :language, :zone, :frozen, 0, 0)",
                id=id,
                language=language,
                zone=zone,
                frozen=frozen,
            )

        await self.database.run(unit)

    async def crash(self, *, arrived: bool) -> None:
        """End the worker without a mark; what it was sending has arrived, or not. A new one is hired."""
        if arrived:
            await self.worker.settle()
        for task in self.worker._flying:
            task.cancel()
        self._boots += 1
        self.hire(f"boot {self._boots}")
