"""What the outbox and its worker cost: ``python -m benchmarks.outbox [--postgres URL]``.

An SQLite file (synchronous FULL) in a temporary folder. In the first table the messenger takes no
time at all, so what is measured is queueing, claiming, drawing and marking; medians of five. In the
second it takes 60 ms, answers every hundredth message late or with an error, and refuses with 429
whatever is above its limit and a burst of three (or what is due in 20 ms).
"""

import argparse
import asyncio
import logging
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

import structlog

from bot.delivery.pace import Pace
from bot.delivery.worker import Worker, epoch_ms
from bot.errors import RecipientGone, Throttled
from bot.i18n import draw
from bot.model.message import Drawn, M, Reply
from bot.model.outgoing import BROADCAST, REPLY, Outgoing
from db.connect import connect
from db.database import Database, Transaction
from db.migrate import migrate
from db.stores.outbox import OutboxStore
from db.stores.sending import SendingStore

RUNS = 5
MESSAGES = 4_000
CHATS = 1_000
AUDIENCE = 100_000


class Strict:
    """A messenger that counts, as Telegram does, and now and then fails."""

    name = "bench"

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.in_flight = max(8, int(rate * 0.1))
        self.sent: list[float] = []
        self.refused = 0
        self._random = random.Random(7)
        self._burst = max(3.0, rate * 0.02)
        self._tokens, self._at = self._burst, time.perf_counter()

    async def send(self, address: str, drawn: Drawn) -> str:
        now = time.perf_counter()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self.rate)
        self._at = now
        if self._tokens < 1:
            self.refused += 1
            raise Throttled(timedelta(seconds=1))
        self._tokens -= 1
        await asyncio.sleep(0.06)
        if self._random.random() < 0.01:
            raise RecipientGone("blocked")
        self.sent.append(now)
        return str(len(self.sent))

    async def edit(self, address: str, message_id: str, drawn: Drawn) -> None:
        raise NotImplementedError


class Instant:
    """A messenger that has sent before it was asked."""

    name = "bench"
    rate = 1_000_000.0

    def __init__(self, in_flight: int) -> None:
        self.in_flight = in_flight
        self.count = 0
        self.all_sent = asyncio.Event()
        self.wanted = 0

    async def send(self, address: str, drawn: Drawn) -> str:
        await asyncio.sleep(0)
        self.count += 1
        if self.count == self.wanted:
            self.all_sent.set()
        return str(self.count)

    async def edit(self, address: str, message_id: str, drawn: Drawn) -> None:
        raise NotImplementedError


@dataclass
class Stopwatch:
    """Seconds on the clock and of the processor since it was made."""

    wall: float = field(default_factory=time.perf_counter)
    cpu: float = field(default_factory=time.process_time)

    def per_second(self, n: int) -> tuple[float, str]:
        wall, cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        return n / wall, f"/s   ({cpu / n * 1e6:.0f} µs of processor each)"

    def milliseconds(self) -> tuple[float, str]:
        wall, cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        return wall * 1e3, f"ms   ({cpu * 1e3:.0f} ms of processor)"


Measured = tuple[float, str]
"""A figure, and its unit with a remark."""


def message(n: int, priority: int = REPLY) -> tuple[str, Outgoing]:
    """A reply of usual size to one of the chats."""
    parts = (M("{n} partner fits:", "{n} partners fit:", n=3), M("<b>{name}</b>", name="Нова Зразкова"))
    chat = n % CHATS
    outgoing = Outgoing(person=f"p{chat}", address=f"bench:{chat}", reply=Reply(parts), priority=priority)
    return f"{time.perf_counter_ns()}-{n}", outgoing


async def queued_one_by_one(database: Database) -> Measured:
    """Each message in a transaction of its own, as turns do it."""
    pending = iter(range(MESSAGES))

    async def add(tx: Transaction, id: str, outgoing: Outgoing) -> bool:
        return await OutboxStore(tx).add(outgoing, id=id, now=epoch_ms())

    async def turns() -> None:
        for n in pending:
            id, outgoing = message(n)
            await database.run(partial(add, id=id, outgoing=outgoing))

    watch = Stopwatch()
    await asyncio.gather(*(turns() for _ in range(50)))
    return watch.per_second(MESSAGES)


async def delivered(database: Database, in_flight: int) -> Measured:
    """Messages through claim, draw, send and mark."""
    rows = [message(n) for n in range(MESSAGES)]
    await database.run(lambda tx: OutboxStore(tx).add_many(rows, now=epoch_ms()))
    messenger = Instant(in_flight)
    messenger.wanted = MESSAGES
    worker = Worker(database, messenger, pace=Pace(messenger.rate, chat_rate=messenger.rate))
    watch = Stopwatch()
    running = asyncio.create_task(worker.run())
    await messenger.all_sent.wait()
    worker.stop()
    await running
    return watch.per_second(MESSAGES)


async def fanned_out(database: Database) -> Measured:
    """A broadcast to everybody by one INSERT … SELECT."""

    async def unit(tx: Transaction) -> None:
        await OutboxStore(tx).share("b", message(0)[1].reply, now=epoch_ms())
        await tx.execute(
            "INSERT INTO outbox (id, channel, address, order_key, person, class, secrecy, priority, rank,"
            " dedupe, subject, body, not_before, created_at)"
            " SELECT 'b:' || id, 'bench', 'bench:' || id, 'bench:' || id || '/4', id, 'notice', 'internal',"
            " 4, 4, 'b:' || id, 'broadcast:b', 'b', :now, :now FROM person",
            now=epoch_ms(),
        )

    watch = Stopwatch()
    await database.run(unit)
    return watch.milliseconds()


async def added_many(database: Database) -> Measured:
    """As many rows one after another in one transaction."""
    rows = [message(n, BROADCAST) for n in range(AUDIENCE)]
    watch = Stopwatch()
    await database.run(lambda tx: OutboxStore(tx).add_many(rows, now=epoch_ms(), body="b"))
    return watch.milliseconds()


async def idle_look(database: Database) -> Measured:
    """One look at an outbox where everything is planned for later."""

    async def looks(tx: Transaction) -> Measured:
        store, watch = SendingStore(tx, "bench"), Stopwatch()
        for _ in range(200):
            await store.claim(8, 8, now=1, boot="bench", lease_until=1)
        figure, _ = watch.milliseconds()
        return figure / 200 * 1000, "µs"

    return await database.run(looks)


async def emptied(database: Database) -> None:
    await database.run(lambda tx: tx.execute("DELETE FROM outbox"))


async def median(
    database: Database, measure: Callable[[Database], Awaitable[Measured]], runs: int = RUNS
) -> Measured:
    results = []
    for _ in range(runs):
        await emptied(database)
        results.append(await measure(database))
    return sorted(results)[runs // 2]


async def paced(database: Database, rate: float, share: float, seconds: float = 15) -> None:
    """Print how a broadcast keeps the pace of a strict messenger, and how long replies take meanwhile."""
    await emptied(database)
    count = int(rate * seconds * 1.2)
    rows = [
        (f"{rate}{n}", replace(message(n)[1], address=f"bench:b{n}", priority=BROADCAST))
        for n in range(count)
    ]
    await database.run(lambda tx: OutboxStore(tx).add_many(rows, now=epoch_ms()))
    messenger = Strict(rate)
    worker = Worker(database, messenger, pace=Pace(rate, bulk_share=share))
    draw(message(0)[1].reply, "uk", "Europe/Kyiv")  # the catalogue is read once, before anything leaves
    watch = Stopwatch()
    running = asyncio.create_task(worker.run())
    await asyncio.sleep(seconds)
    worker.stop()
    await running
    wall, cpu = time.perf_counter() - watch.wall, time.process_time() - watch.cpu
    line(
        f"a broadcast at {rate:.0f}/s, share {share:.0%}",
        100 * len(messenger.sent) / (rate * share * seconds * 0.99),
        f"% of what is allowed, {messenger.refused} × 429, {100 * cpu / wall:.0f} % of a core",
    )


def line(name: str, figure: float, unit: str) -> None:
    print(f"  {name:50}{figure:10,.0f} {unit}")


async def table(url: str) -> None:
    database = await connect(url)
    try:
        await migrate(database)
        await emptied(database)
        await database.run(
            lambda tx: tx.many(
                "INSERT INTO person (id, language, zone, created_at, seen_at)"
                " VALUES (:id, 'uk', 'Europe/Kyiv', 0, 0) ON CONFLICT (id) DO NOTHING",
                [{"id": f"p{n}"} for n in range(AUDIENCE)],
            )
        )
        print(url.partition(":")[0])
        line("queued, a transaction each, 50 turns at once", *await median(database, queued_one_by_one))
        for in_flight in (8, 30, 100):
            measure = partial(delivered, in_flight=in_flight)
            line(f"delivered, {in_flight} in flight", *await median(database, measure))
        line(f"{AUDIENCE:,} rows by INSERT … SELECT", *await median(database, fanned_out, 3))
        line(f"{AUDIENCE:,} rows by add_many", *await median(database, added_many, 3))
        line(f"a look at {AUDIENCE:,} rows planned for later", *await idle_look(database))
        await emptied(database)
    finally:
        await database.close()


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--postgres", help="also measure this database; its outbox is emptied")
    postgres = options.parse_args().postgres
    with tempfile.TemporaryDirectory() as folder:
        await table(f"sqlite:///{folder}/bench.db")
        database = await connect(f"sqlite:///{folder}/bench.db")
        try:
            for rate, share in ((30.0, 0.8), (30.0, 1.0), (1000.0, 1.0)):
                await paced(database, rate, share)
        finally:
            await database.close()
    if postgres:
        await table(postgres)


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(main())
