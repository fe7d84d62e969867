"""Seats under a rush, and what people chose, on both engines."""

import asyncio

from bot.meetings.capacity import Roll, Step, answered
from bot.model.meeting import Recurrence
from db.database import Database, Transaction
from db.stores import Stores
from db.stores.meetings import Called
from tests.jobs.crowd import DAY, NOON, announce, crowd, meeting

PLANNED = meeting(capacity=80)


async def _answer(tx: Transaction, person: str, answer: str) -> Step:
    stores = Stores(tx)
    await tx.lock("meeting:m1")
    before = await stores.meetings.roll(PLANNED)
    step = answered(before, person, "home", answer)  # type: ignore[arg-type]  # answers
    await stores.meetings.save("m1", before, step.roll, NOON)
    return step


async def test_83_at_once_for_80_seats(database: Database) -> None:
    """Exactly 80 sit, the rest wait in their order, and one "no" seats exactly the first of them."""

    async def prepare(tx: Transaction) -> list[str]:
        people = await crowd(tx, 83)
        await announce(tx, PLANNED, NOON)
        return people

    async def roll(tx: Transaction) -> Roll:
        return await Stores(tx).meetings.roll(PLANNED)

    people = await database.run(prepare)
    steps = await asyncio.gather(
        *(database.run(lambda tx, one=one: _answer(tx, one, "yes")) for one in people)  # type: ignore[misc]  # a default
    )
    full = await database.run(roll)
    assert (len(full.seated), len(full.waiting)) == (80, 3)
    assert sorted(step.position for step in steps) == [0] * 80 + [1, 2, 3]
    step = await database.run(lambda tx: _answer(tx, full.seated[0], "no"))
    assert step.promoted == full.waiting[:1]
    after = await database.run(roll)
    assert after.seated == (*full.seated[1:], full.waiting[0])
    assert after.waiting == full.waiting[1:]


async def test_meetings_come_back_as_they_were(database: Database) -> None:
    """A meeting with everything, its series, and whom it is listed for."""
    called = Called(meeting(agendas={"pl": "Pompy"}), "boss", "PL-06", Recurrence("monthly", nth=-1))

    async def unit(tx: Transaction) -> None:
        stores = Stores(tx)
        await crowd(tx, 2)
        await stores.meetings.put(called, NOON)
        assert await stores.meetings.get("m1") == called
        await stores.meetings.join("pUA1", [2])
        assert await stores.meetings.for_person("pUA0", NOON) == [called]
        assert await stores.meetings.for_person("pUA1", NOON) == []
        assert await stores.meetings.upcoming(NOON + 60 * DAY) == []
        await stores.meetings.join("pUA1", [])
        assert await stores.meetings.groups("pUA1") == frozenset()

    await database.run(unit)


async def test_what_is_done_after_a_meeting_is_done_once(database: Database) -> None:
    """Each step finds the meetings of the step before."""

    async def unit(tx: Transaction) -> None:
        store = Stores(tx).meetings
        await store.put(Called(PLANNED, "boss"), NOON)
        assert await store.over("", NOON) == []
        assert [one.meeting.id for one in await store.over("", NOON + 60 * DAY)] == ["m1"]
        await store.done_after("m1", "asked")
        assert await store.over("", NOON + 60 * DAY) == []
        assert [one.meeting.id for one in await store.over("asked", NOON + 60 * DAY)] == ["m1"]

    await database.run(unit)
