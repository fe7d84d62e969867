"""Reminders: when they are due, for whom, and that each comes exactly once whatever happens."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ConfigurationError
from bot.meetings.quiet import Quiet, after_quiet, is_quiet
from bot.meetings.reminders import (
    Slot,
    bundled,
    current,
    parse_leads,
    personal,
    reminder_slots,
    wanted,
)
from bot.meetings.zones import KYIV, WARSAW, as_ms, scheduled, to_local, to_ms
from bot.model.meeting import Meeting
from tests.meetings.samples import meeting
from tests.meetings.zone_edges import EU_ZONES, edges

LEADS = parse_leads("7d,1d,1h,10m")
EARLY = datetime(2026, 11, 1, tzinfo=UTC)
NO_QUIET = Quiet(WARSAW, begins=time(8), ends=time(8))


def local(slot: Slot, zone: str = WARSAW) -> str:
    return f"{slot.lead} {to_local(slot.due_at, zone):%Y-%m-%d %H:%M}"


def slots(start: str, zone: str = WARSAW, now: datetime = EARLY) -> list[Slot]:
    return reminder_slots(meeting(start, zone), LEADS, now)


def test_four_reminders_of_a_meeting() -> None:
    assert [local(slot) for slot in slots("2026-12-03T10:00")] == [
        "7d 2026-11-26 10:00",
        "1d 2026-12-02 10:00",
        "1h 2026-12-03 09:00",
        "10m 2026-12-03 09:50",
    ]


@pytest.mark.parametrize(
    ("start", "zone", "expected"),
    [
        ("2027-03-28T10:00", WARSAW, ["7d 2027-03-21 10:00", "1d 2027-03-27 10:00"]),
        ("2027-10-31T10:00", KYIV, ["7d 2027-10-24 10:00", "1d 2027-10-30 10:00"]),
        ("2027-03-29T02:30", WARSAW, ["7d 2027-03-22 02:30", "1d 2027-03-28 03:30"]),
    ],
)
def test_the_day_before_is_a_day_of_the_calendar(start: str, zone: str, expected: list[str]) -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC)
    assert [local(slot, zone) for slot in slots(start, zone, now)][:2] == expected


def test_hours_before_are_elapsed() -> None:
    planned = meeting("2027-03-28T03:30")
    due_at = {slot.lead: slot.due_at for slot in reminder_slots(planned, parse_leads("1d,24h"), EARLY)}
    assert planned.start_at - due_at["24h"] == 24 * 3_600_000
    assert planned.start_at - due_at["1d"] == 23 * 3_600_000


def test_what_is_past_is_left_out() -> None:
    now = datetime(2026, 12, 2, 12, tzinfo=UTC)
    assert [slot.lead for slot in slots("2026-12-03T10:00", now=now)] == ["1h", "10m"]
    assert slots("2026-12-03T10:00", now=datetime(2026, 12, 3, 9, tzinfo=UTC)) == []


def test_only_planned_meetings_remind() -> None:
    for state in ("draft", "cancelled", "held"):
        assert reminder_slots(meeting(state=state), LEADS, EARLY) == []


def test_who_gets_which() -> None:
    planned = slots("2026-12-03T10:00")
    got = {a: [s.lead for s in planned if wanted(s, a)] for a in ("yes", "maybe", None, "no", "substitute")}
    assert got == {
        "yes": ["7d", "1d", "1h", "10m"],
        "maybe": ["7d", "1d", "1h"],
        None: ["7d", "1d", "1h"],
        "no": [],
        "substitute": [],
    }


def test_after_a_long_stop_only_the_latest_is_sent() -> None:
    planned = slots("2026-12-03T10:00")
    start = to_local(planned[0].start_at, "UTC")
    assert getattr(current(planned, start - timedelta(hours=3)), "lead", "") == "1d"
    assert getattr(current(planned, start - timedelta(minutes=5)), "lead", "") == "10m"
    assert current(planned, start) is None


@pytest.mark.parametrize("setting", ["", "7d,,1h", "1w", "0d", "-1h", "1.5h", "\u0661d", "1d;1h", "99999d"])
def test_leads_that_are_none(setting: str) -> None:
    with pytest.raises(ConfigurationError):
        parse_leads(setting)


def test_leads_are_sorted_and_unique() -> None:
    assert [str(lead) for lead in parse_leads("10m, 1d,7d,1d,1h")] == ["7d", "1d", "1h", "10m"]


@pytest.mark.parametrize(
    ("start", "quiet", "expected"),
    [
        ("2026-12-03T10:00", Quiet(WARSAW, "PL"), "7d 26 10:00, 1d 02 10:00, 1h 03 09:00, 10m 03 09:50"),
        ("2026-12-03T08:30", Quiet(WARSAW), "7d 26 08:30, 1d 02 08:30, 1h 03 08:00, 10m 03 08:20"),
        ("2026-12-03T07:00", Quiet(WARSAW), "7d 26 08:00, 1d 02 08:00, 1h 03 06:00, 10m 03 06:50"),
        ("2026-12-03T21:00", Quiet(WARSAW), "7d 27 08:00, 1d 03 08:00, 1h 03 20:00, 10m 03 20:50"),
        # 11 November is a holiday in Poland; in Ukraine martial law suspends holidays
        ("2026-11-12T10:00", Quiet(WARSAW, "PL"), "7d 05 10:00, 1d 12 08:00, 1h 12 09:00, 10m 12 09:50"),
        ("2026-11-12T10:00", Quiet(KYIV, "UA"), "7d 05 10:00, 1d 11 10:00, 1h 12 09:00, 10m 12 09:50"),
        ("2026-11-12T08:30", Quiet(WARSAW, "PL"), "7d 05 08:30, 1h 12 08:00, 10m 12 08:20"),
        ("2026-12-25T21:00", Quiet(WARSAW, "PL"), "7d 19 08:00, 1d 25 08:00, 1h 25 20:00, 10m 25 20:50"),
    ],
)
def test_quiet_hours_and_holidays(start: str, quiet: Quiet, expected: str) -> None:
    own = personal(slots(start), quiet)
    drawn = [f"{slot.lead} {to_local(slot.due_at, WARSAW):%d %H:%M}" for slot in own]
    assert ", ".join(drawn) == expected


def test_reminders_of_one_day_come_together() -> None:
    first, second = meeting("2026-12-03T10:00", id="a"), meeting("2026-12-03T14:00", id="b")
    planned = [(m.id, slot) for m in (first, second) for slot in reminder_slots(m, LEADS, EARLY)]
    drawn = [(local(b.items[0][1])[:-6], [i for i, _ in b.items]) for b in bundled(planned, WARSAW)]
    assert drawn == [
        ("7d 2026-11-26", ["a", "b"]),
        ("1d 2026-12-02", ["a", "b"]),
        ("1h 2026-12-03", ["a"]),
        ("10m 2026-12-03", ["a"]),
        ("1h 2026-12-03", ["b"]),
        ("10m 2026-12-03", ["b"]),
    ]


@dataclass
class Post:
    """What the planned rows do: a slot is moved to the outbox once, unless a new revision replaced it."""

    sent: list[tuple[int, Slot, int]] = field(default_factory=list)
    rows: dict[tuple[int, str], Slot] = field(default_factory=dict)

    def plan(self, planned: Meeting, now: int) -> None:
        done = {(revision, slot.lead) for revision, slot, _ in self.sent}
        moment = to_local(now, "UTC")
        slots = reminder_slots(planned, LEADS, moment)
        self.rows = {
            (planned.revision, slot.lead): slot for slot in slots if (planned.revision, slot.lead) not in done
        }

    def tick(self, now: int) -> None:
        for key, slot in list(self.rows.items()):
            if slot.due_at <= now:
                del self.rows[key]
                if now < slot.not_after:
                    self.sent.append((key[0], slot, now))


@pytest.mark.parametrize("zone", EU_ZONES)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_each_reminder_exactly_once_and_never_stale(zone: str, data: st.DataObject) -> None:
    """Meetings around each change of clocks; moved, cancelled, planned anew after a restart."""
    edge = data.draw(st.sampled_from(edges(zone)), "clocks change")
    day = edge + timedelta(days=data.draw(st.integers(-1, 8), "days after"))
    minute = data.draw(st.integers(0, 24 * 60 - 1), "minute of the day")
    start = datetime.combine(day, time()) + timedelta(minutes=minute)
    planned = scheduled(meeting(zone=zone), start, later=data.draw(st.booleans()))
    now = planned.start_at - data.draw(st.integers(1, 12 * 1440), "announced, minutes before") * 60_000
    known = [planned]
    post = Post()
    announced = {0: now}
    post.plan(planned, now)
    for _ in range(data.draw(st.integers(0, 2), "changes")):
        until = data.draw(st.integers(now, max(now, known[-1].start_at - 1)), "changed at")
        now = run(post, now, until)
        if data.draw(st.booleans(), "cancel"):
            known.append(replace(known[-1], state="cancelled", revision=known[-1].revision + 1))
        else:
            moved = start + timedelta(minutes=data.draw(st.integers(-3000, 20000), "moved by"))
            known.append(
                replace(scheduled(known[-1], moved), state="planned", revision=known[-1].revision + 1)
            )
        announced[known[-1].revision] = now
        post.plan(known[-1], now)
        post.plan(known[-1], now)  # a restart plans again
    run(post, now, max(m.start_at for m in known) + 60_000)

    keys = [(revision, slot.lead) for revision, slot, _ in post.sent]
    assert len(keys) == len(set(keys))
    for revision, slot, at in post.sent:
        then = known[revision]
        assert then.state == "planned"
        assert 0 <= at - slot.due_at <= 30_000
        assert at < then.start_at
        assert revision == len(known) - 1 or at <= announced[revision + 1]
    last = known[-1]
    expected = [] if last.state == "cancelled" else due_by_hand(last, announced[last.revision])
    assert [slot.lead for revision, slot, _ in post.sent if revision == last.revision] == expected


def run(post: Post, now: int, until: int) -> int:
    """Tick just before, at and 25 s after everything that is due until then."""
    due = sorted(slot.due_at for slot in post.rows.values())
    for moment in sorted({t for at in due for t in (at - 1, at + 25_000)}):
        if now <= moment <= until:
            post.tick(moment)
    post.tick(until) if any(0 <= until - at <= 30_000 for at in due) else None
    return max(now, until)


def due_by_hand(planned: Meeting, now: int) -> list[str]:
    """The leads that lie ahead, by adding instead of subtracting: ``(how far the start is, lead)``."""
    start = datetime.fromisoformat(planned.start)
    ahead = []
    for lead, days in (("7d", 7), ("1d", 1)):
        if to_ms(start - timedelta(days=days), planned.zone, later=planned.later) > now:
            ahead.append(lead)
    return ahead + [lead for lead, ms in (("1h", 3_600_000), ("10m", 600_000)) if now + ms < planned.start_at]


@given(
    at=st.datetimes(datetime(2026, 1, 1), datetime(2031, 12, 31)),  # noqa: DTZ001 - drawn naive, made local below
    zone=st.sampled_from([WARSAW, KYIV, "Europe/Lisbon"]),
    country=st.sampled_from(["PL", "UA", ""]),
    begins=st.integers(0, 23),
    ends=st.integers(0, 23),
)
def test_quiet_ends_at_the_first_moment_that_is_not(
    at: datetime, zone: str, country: str, begins: int, ends: int
) -> None:
    quiet = Quiet(zone, country, time(begins), time(ends))
    due = to_ms(at.replace(microsecond=0), zone)
    opens = after_quiet(due, quiet)
    assert opens >= due
    assert not is_quiet(to_local(opens, zone), quiet)
    if opens > due:
        step = max(1, (opens - due) // 50)
        assert all(is_quiet(to_local(t, zone), quiet) for t in range(due, opens, step))


@given(
    start=st.datetimes(datetime(2026, 12, 1), datetime(2031, 12, 31)),  # noqa: DTZ001 - local on purpose
    country=st.sampled_from(["PL", "UA", ""]),
)
def test_personal_reminders_stay_within_bounds(start: datetime, country: str) -> None:
    planned = scheduled(meeting(), start.replace(second=0, microsecond=0))
    all_slots = reminder_slots(planned, LEADS, EARLY)
    own = personal(all_slots, Quiet(WARSAW, country))
    assert own
    assert own[-1].lead == "10m"
    original = {slot.lead: slot.due_at for slot in all_slots}
    for slot in own:
        assert original[slot.lead] <= slot.due_at < planned.start_at
    assert all(one.due_at < two.due_at for one, two in pairwise(own))
    assert personal(all_slots, NO_QUIET) == all_slots
    assert as_ms(to_local(planned.start_at, WARSAW)) == planned.start_at
