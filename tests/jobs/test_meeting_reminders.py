"""Reminders on a simulated clock: each once, at its time, never of an old state, whatever happens between."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.announce import announce_cancellation, announce_change
from bot.dialogue.services import Services
from bot.jobs import fanout, remind
from bot.matching.index import ListingIndex
from bot.meetings.quiet import Quiet
from bot.meetings.reminders import parse_leads, personal, reminder_slots, wanted
from bot.meetings.zones import scheduled
from bot.model.meeting import Meeting
from bot.places.gazetteer import Gazetteer
from db.connect import connect
from db.database import Database, Transaction
from db.migrate import migrate
from db.stores import Stores
from tests.jobs.crowd import DAY, HOUR, NOON, announce, crowd, meeting, sent

SERVICES = Services(Gazetteer([]), ListingIndex())
ZONES = ("Europe/Warsaw", "Europe/Kyiv", "Europe/Lisbon", "Europe/Athens", "Europe/Dublin", "Atlantic/Azores")
EDGES = [
    (year, month, day)
    for year in range(2026, 2032)
    for month, day in ((3, 29), (10, 25), (3, 31), (10, 31), (12, 25))
]
ANSWERS = {"pUA0": None, "pUA1": "yes", "pUA2": "no", "pPL0": None, "pPL1": "yes"}
HOMES = {"UA": Quiet("Europe/Kyiv", "UA"), "PL": Quiet("Europe/Warsaw", "PL")}
LEADS = parse_leads(SERVICES.reminders)


class KilledError(Exception):
    """The process died before the commit."""


@st.composite
def lives(draw: st.DrawFn) -> tuple[Meeting, list[tuple[int, str, Meeting]], int]:
    """A meeting, what happens to it before it starts, and when it is announced."""
    year, month, day = draw(st.sampled_from(EDGES))
    start = datetime(year, month, day, draw(st.integers(0, 23)), draw(st.sampled_from((0, 30))), tzinfo=UTC)
    start += timedelta(days=draw(st.integers(-1, 8)))
    planned = scheduled(meeting(), start.replace(tzinfo=None), draw(st.sampled_from(ZONES)))
    begun = planned.start_at - draw(st.integers(2 * HOUR, 12 * DAY))
    events: list[tuple[int, str, Meeting]] = []
    at, state = begun, planned
    for kind in draw(st.lists(st.sampled_from(("move", "kill", "cancel")), max_size=3)):
        at += draw(st.integers(1, 5 * DAY)) | 1
        if at >= state.start_at:
            break
        if kind == "move":
            local = datetime.fromisoformat(state.start) + timedelta(hours=draw(st.integers(-30, 90)))
            moved = replace(scheduled(state, local), revision=state.revision + 1)
            if moved.start_at <= at:
                continue
            state = moved
        events.append((at, kind, state))
        if kind == "cancel":
            break
    return planned, events, begun


def expected(planned: Meeting, events: Sequence[tuple[int, str, Meeting]], begun: int) -> set[str]:
    """What must leave, by the pure part alone, as the dedupe keys of the outbox."""
    keys: set[str] = set()
    told = [(begun, planned), *((at, state) for at, kind, state in events if kind == "move")]
    ends = [at for at, kind, _ in events if kind in ("move", "cancel")]
    for number, (since, state) in enumerate(told):
        until = ends[number] if number < len(ends) else state.start_at
        slots = reminder_slots(state, LEADS, datetime.fromtimestamp(since / 1000, UTC))
        for person, answer in ANSWERS.items():
            for slot in personal(slots, HOMES[person[1:3]]):
                if slot.due_at < until and slot.due_at < slot.not_after and wanted(slot, answer):  # type: ignore[arg-type]  # answers
                    keys.add(f"remind:m1:{state.revision}:{slot.lead}:{person}")
    return keys


async def _queue(database: Database, now: int) -> None:
    while await database.run(lambda tx: fanout.run(tx, SERVICES, now)):
        pass


async def _killed(database: Database, now: int) -> None:
    async def unit(tx: Transaction) -> None:
        await remind.run(tx, SERVICES, now)
        raise KilledError

    with pytest.raises(KilledError):
        await database.run(unit)


async def _happen(database: Database, at: int, kind: str, state: Meeting) -> None:
    async def unit(tx: Transaction) -> None:
        stores = Stores(tx)
        called = await stores.meetings.get("m1")
        assert called
        if kind == "move":
            await announce_change(stores, called, replace(called, meeting=state), at)
        else:
            await announce_cancellation(stores, called, "", at)

    if kind != "kill":
        await database.run(unit)
        await _queue(database, at)


async def _live(planned: Meeting, events: Sequence[tuple[int, str, Meeting]], begun: int) -> set[str]:
    database = await connect("sqlite://")
    await migrate(database)
    seen: set[str] = set()

    async def prepare(tx: Transaction) -> None:
        await crowd(tx, 3)
        await crowd(tx, 2, language="pl", country="PL")
        await announce(tx, planned, begun)
        for person, answer in ANSWERS.items():
            if answer:
                await tx.execute(
                    "INSERT INTO attendance (meeting, person, municipality, answer, place, position,"
                    " answered_at) VALUES ('m1', :person, 'h', :answer, :place, 0, 1)",
                    person=person,
                    answer=answer,
                    place="seat" if answer == "yes" else "",
                )

    async def next_due(tx: Transaction) -> int | None:
        row = await tx.one("SELECT MIN(due_at) AS due FROM reminder")
        return row["due"] if row else None

    async def queued(tx: Transaction) -> list[tuple[str, int, int]]:
        rows = await tx.all("SELECT dedupe, revision, not_after FROM outbox WHERE class = 'reminder'")
        return [(row["dedupe"], row["revision"], row["not_after"]) for row in rows]

    try:
        await database.run(prepare)
        await _queue(database, begun)
        waiting, state = list(events), planned
        while (due := await database.run(next_due)) is not None or waiting:
            if waiting and (due is None or waiting[0][0] <= due):
                at, kind, state = waiting.pop(0)
                await _happen(database, at, kind, state)
                continue
            assert due is not None
            await _killed(database, due)
            await database.run(lambda tx, due=due: remind.run(tx, SERVICES, due))  # type: ignore[misc]  # a default
            await database.run(lambda tx, due=due: remind.run(tx, SERVICES, due))  # type: ignore[misc]  # a default
            for key, revision, not_after in await database.run(queued):
                if key not in seen:
                    seen.add(key)
                    assert revision == state.revision, "an old state was announced"
                    assert due < not_after <= state.start_at, "a stale reminder"
        all_keys = [key for key, _, _ in await database.run(queued)]
        assert len(all_keys) == len(set(all_keys))
        return seen
    finally:
        await database.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lives())
def test_each_reminder_once_and_never_stale(
    life: tuple[Meeting, list[tuple[int, str, Meeting]], int],
) -> None:
    """Clock changes, moves, cancellations and crashes: what leaves is what the plan says, once."""
    assert asyncio.run(_live(*life)) == expected(*life)


async def test_two_meetings_of_one_day_share_a_message(database: Database) -> None:
    """The day before comes once for both, the hour before for each."""

    async def prepare(tx: Transaction) -> None:
        await crowd(tx, 1)
        await announce(tx, meeting("2026-12-03T10:00"), NOON)
        await announce(tx, meeting("2026-12-03T15:00", id="m2"), NOON)

    await database.run(prepare)
    await _queue(database, NOON)
    for hour in range(24 * 11):
        await database.run(lambda tx, hour=hour: remind.run(tx, SERVICES, NOON + hour * HOUR))  # type: ignore[misc]  # a default
    reminders = await database.run(lambda tx: sent(tx, "reminder"))
    assert len(reminders) == 4  # a week before and the day before together, the hour before each


async def test_own_choice_of_reminders(database: Database) -> None:
    """Whoever wants none gets none."""

    async def prepare(tx: Transaction) -> None:
        await crowd(tx, 2)
        await Stores(tx).meetings.set_leads("pUA0", "none")
        await announce(tx, meeting(), NOON)

    await database.run(prepare)
    await _queue(database, NOON)
    for hour in range(24 * 11):
        await database.run(lambda tx, hour=hour: remind.run(tx, SERVICES, NOON + hour * HOUR))  # type: ignore[misc]  # a default
    assert {person for person, _, _ in await database.run(lambda tx: sent(tx, "reminder"))} == {"pUA1"}


async def test_after_a_long_stop_one_reminder_comes(database: Database) -> None:
    """Of several that were missed only the current one leaves."""

    async def prepare(tx: Transaction) -> None:
        await crowd(tx, 1)
        await announce(tx, meeting("2026-12-03T10:00"), NOON)

    await database.run(prepare)
    await _queue(database, NOON)
    late = meeting("2026-12-03T10:00").start_at - HOUR // 2
    await database.run(lambda tx: remind.run(tx, SERVICES, late))
    assert len(await database.run(lambda tx: sent(tx, "reminder"))) == 1
