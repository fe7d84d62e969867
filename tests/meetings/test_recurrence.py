"""Series: when they meet, what is left out, and local time across the change of clocks."""

from datetime import date, datetime
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meetings.recurrence import meetings, nth_weekday, place_in_month, starts
from bot.meetings.zones import to_local
from bot.model.meeting import Recurrence
from tests.meetings.samples import meeting

FIRST = datetime.fromisoformat("2026-12-03T10:00")


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        (
            Recurrence("weekly"),
            ["2026-12-03T10:00", "2026-12-10T10:00", "2026-12-17T10:00", "2026-12-24T10:00"],
        ),
        (
            Recurrence("weekly", every=2, until="2027-01-01"),
            ["2026-12-03T10:00", "2026-12-17T10:00", "2026-12-31T10:00"],
        ),
        (
            Recurrence("monthly", nth=1),
            ["2026-12-03T10:00", "2027-01-07T10:00", "2027-02-04T10:00", "2027-03-04T10:00"],
        ),
        (
            Recurrence("monthly", nth=-1),
            ["2026-12-31T10:00", "2027-01-28T10:00", "2027-02-25T10:00", "2027-03-25T10:00"],
        ),
        (
            Recurrence("dates", dates=("2027-01-20T12:00", "2026-12-15T09:30")),
            ["2026-12-03T10:00", "2026-12-15T09:30", "2027-01-20T12:00"],
        ),
        (
            Recurrence("weekly", until="2027-01-07", left_out=("2026-12-24", "2026-12-31")),
            ["2026-12-03T10:00", "2026-12-10T10:00", "2026-12-17T10:00", "2027-01-07T10:00"],
        ),
        (
            Recurrence("weekly", until="2026-12-17", moved={"2026-12-10": "2026-12-18T11:00"}),
            ["2026-12-03T10:00", "2026-12-17T10:00", "2026-12-18T11:00"],
        ),
        (
            Recurrence("weekly", until="2026-12-17", moved={"2026-12-17": "2026-12-09T11:00"}),
            ["2026-12-03T10:00", "2026-12-09T11:00", "2026-12-10T10:00"],
        ),
    ],
)
def test_rhythms(recurrence: Recurrence, expected: list[str]) -> None:
    assert [f"{start:%Y-%m-%dT%H:%M}" for start in islice(starts(FIRST, recurrence), 4)] == expected


def test_local_time_stays_when_clocks_change() -> None:
    series = meetings(meeting("2027-03-18T10:00", id="s"), Recurrence("weekly"), date(2027, 4, 8))
    assert [m.start for m in series] == [f"2027-{day}T10:00" for day in ("03-18", "03-25", "04-01", "04-08")]
    assert [to_local(m.start_at, "UTC").hour for m in series] == [9, 9, 8, 8]


def test_occurrences_keep_their_ids_when_one_moves() -> None:
    template = meeting(id="s")
    plain = meetings(template, Recurrence("weekly"), date(2026, 12, 20))
    moved = meetings(
        template, Recurrence("weekly", moved={"2026-12-10": "2026-12-11T10:00"}), date(2026, 12, 20)
    )
    assert [m.id for m in plain] == [m.id for m in moved] == ["s.20261203", "s.20261210", "s.20261217"]
    assert {m.series for m in moved} == {"s"}
    assert moved[1].start == "2026-12-11T10:00"


@given(st.dates(date(2026, 1, 1), date(2031, 12, 31)))
def test_every_day_knows_its_place_in_the_month(day: date) -> None:
    nth = place_in_month(day)
    assert nth_weekday(day.year, day.month, day.weekday(), nth) == day
