"""What meetings cost: ``python -m benchmarks.meetings [--postgres URL]``.

An SQLite file (synchronous FULL) in a temporary folder; medians of five. An invitation is frozen to
10,000 people and queued in chunks of 300 with their reminders; then the reminder tick runs beside
1,000,000 planned rows, with nothing due and with 10,000 due. 83 people want 80 seats.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from statistics import median

from bot.dialogue.services import Services
from bot.jobs import fanout, remind
from bot.matching.index import ListingIndex
from bot.meetings.capacity import Roll, answered
from bot.model.meeting import Meeting
from bot.places.gazetteer import Gazetteer
from db.connect import connect
from db.database import Database, Transaction
from db.migrate import migrate
from db.stores import Stores
from tests.jobs.crowd import DAY, NOON, announce, crowd, meeting

RUNS = 5
PEOPLE = 10_000
PLANNED = 1_000_000
SERVICES = Services(Gazetteer([]), ListingIndex())
Job = Callable[[Transaction, Services, int], Awaitable[bool]]


async def timed(database: Database, unit: Callable[[Transaction], Awaitable[object]]) -> float:
    """Seconds of one unit of work."""
    begun = time.perf_counter()
    await database.run(unit)
    return time.perf_counter() - begun


async def drained(database: Database, job: Job, now: int) -> tuple[float, float]:
    """Seconds until the job has nothing left to do, and of its longest unit."""
    begun, longest, more = time.perf_counter(), 0.0, True

    async def unit(tx: Transaction) -> None:
        nonlocal more
        more = await job(tx, SERVICES, now)

    while more:
        longest = max(longest, await timed(database, unit))
    return time.perf_counter() - begun, longest


async def emptied(tx: Transaction) -> None:
    """Forget what was sent and planned; the people stay."""
    for table in ("outbox", "outbox_body", "prompt", "recipient", "broadcast", "meeting", "reminder"):
        await tx.execute(f"DELETE FROM {table}")  # noqa: S608 - the names above


async def plan_much(tx: Transaction, rows: int) -> None:
    """Reminders of meetings far ahead, a hundred a person."""
    await tx.many(
        "INSERT INTO reminder (person, meeting, lead, revision, due_at, not_after, start_at, only_coming)"
        " VALUES (:person, :meeting, '1h', 0, :due_at, :due_at + 3000000, :due_at + 3600000, FALSE)",
        [
            {"person": f"pUA{n % PEOPLE}", "meeting": f"far{n // PEOPLE}", "due_at": NOON + 400 * DAY + n}
            for n in range(rows)
        ],
    )


async def measured(database: Database) -> None:
    """Print the figures."""
    await migrate(database)
    await database.run(lambda tx: crowd(tx, PEOPLE))
    frozen: list[float] = []
    queued: list[tuple[float, float]] = []
    for _ in range(RUNS):
        await database.run(emptied)
        frozen.append(await timed(database, lambda tx: announce(tx, meeting(), NOON)))
        queued.append(await drained(database, fanout.run, NOON))
    print(f"audience of {PEOPLE:,} frozen: {median(frozen) * 1000:.0f} ms")
    print(
        f"queued with {4 * PEOPLE:,} reminders: {median(one for one, _ in queued) * 1000:.0f} ms,"
        f" longest unit {median(one for _, one in queued) * 1000:.0f} ms"
    )
    await database.run(lambda tx: plan_much(tx, PLANNED))
    idle = [await timed(database, lambda tx: remind.run(tx, SERVICES, NOON)) for _ in range(1000)]
    idle.sort()
    print(f"tick with {PLANNED + 4 * PEOPLE:,} planned, nothing due: {median(idle) * 1e6:.0f} µs,"
          f" p99 {idle[989] * 1e6:.0f} µs")  # fmt: skip
    moved: list[tuple[float, float]] = []
    for number in range(RUNS):
        planned = meeting(id=f"due{number}")
        await database.run(lambda tx, planned=planned: announce(tx, planned, NOON))  # type: ignore[misc]  # a default
        await drained(database, fanout.run, NOON)
        await database.run(lambda tx, id=planned.id: _due_at_once(tx, id))  # type: ignore[misc]  # a default
        moved.append(await drained(database, remind.run, NOON + 1))
    print(
        f"{PEOPLE:,} due moved to the outbox: {median(one for one, _ in moved) * 1000:.0f} ms,"
        f" longest unit {median(one for _, one in moved) * 1000:.0f} ms"
    )
    await _seats(database, meeting(id="seats", capacity=80))


async def _due_at_once(tx: Transaction, meeting: str) -> None:
    await tx.execute("DELETE FROM reminder WHERE meeting = :m AND lead <> '7d'", m=meeting)
    await tx.execute("UPDATE reminder SET due_at = :now WHERE meeting = :m", m=meeting, now=NOON)


async def _seats(database: Database, planned: Meeting) -> None:
    """83 answers at once for 80 seats."""

    async def answer(tx: Transaction, person: str) -> None:
        stores = Stores(tx)
        await tx.lock(f"meeting:{planned.id}")
        before = await stores.meetings.roll(planned)
        step = answered(before, person, "home", "yes")
        await stores.meetings.save(planned.id, before, step.roll, NOON)

    await database.run(lambda tx: announce(tx, planned, NOON))
    people = [f"pUA{n}" for n in range(83)]
    begun = time.perf_counter()
    await asyncio.gather(
        *(database.run(lambda tx, person=person: answer(tx, person)) for person in people)  # type: ignore[misc]  # a default
    )
    spent = time.perf_counter() - begun

    async def read(tx: Transaction) -> Roll:
        return await Stores(tx).meetings.roll(planned)

    roll = await database.run(read)
    print(f"83 answers at once: {spent * 1000:.0f} ms, {len(roll.seated)} seats, {len(roll.waiting)} waiting")


async def main() -> None:
    """Measure on a new SQLite file, or on the given PostgreSQL database, which must be empty."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", default="")
    url = parser.parse_args().postgres
    with tempfile.TemporaryDirectory() as folder:
        database = await connect(url or f"sqlite:///{folder}/bench.db")
        try:
            await measured(database)
        finally:
            await database.close()


if __name__ == "__main__":
    asyncio.run(main())
