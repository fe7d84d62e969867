"""Dates and times out of a sentence in Ukrainian, Polish or English, with what is still missing."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.meetings.clock import Clock, clock_at
from bot.meetings.days import Day, Found, days_at
from bot.meetings.words import fold
from bot.meetings.zones import as_ms, hour_kind, to_ms, zone_of

Problem = Literal["past", "impossible", "weekday", "which-week", "missing-hour", "double-hour"]
Span = tuple[int, int]

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class When:
    """A day or a range with its time, as far as the text says.

    Attributes:
        first: None when the text names only a time, or a day that no calendar has.
        last: Last day of a range; None for a single day.
        at, to: Local times.
        zone: The one stated, else the reader's.
        deadline: "Until" was said.
        other: The day that may be meant instead, to be asked with a problem ``past`` or ``which-week``.
        problems: ``past`` it has gone by; ``impossible`` such as 31 June; ``weekday`` the weekday named is
            not that of the date; ``which-week`` "next Tuesday" with another Tuesday before it;
            ``missing-hour`` clocks jump over it; ``double-hour`` it comes twice.
    """

    first: date | None = None
    last: date | None = None
    at: time | None = None
    to: time | None = None
    zone: str = ""
    deadline: bool = False
    other: date | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def missing(self) -> tuple[Literal["date", "time"], ...]:
        """What must be asked before this is a moment."""
        absent: list[Literal["date", "time"]] = []
        if self.first is None:
            absent.append("date")
        if self.at is None:
            absent.append("time")
        return tuple(absent)

    @property
    def start(self) -> datetime | None:
        """Naive local start; None while something is missing."""
        if self.first is None or self.at is None:
            return None
        return datetime.combine(self.first, self.at)

    def on(self, day: date, now: datetime) -> "When":
        """The same time on another day, checked again."""
        length = self.last - self.first if self.first and self.last else None
        return _checked(replace(self, first=day, last=day + length if length else None, other=None), now)

    def with_time(self, at: time, now: datetime) -> "When":
        """The same day at another time, checked again."""
        return _checked(replace(self, at=at), now)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything about time in one text.

    Attributes:
        whens: In the order of the text; empty when it says nothing about time.
        spans: ``(start, end)`` of the characters that were used.
    """

    whens: tuple[When, ...]
    spans: tuple[Span, ...]

    @property
    def moments(self) -> tuple[When, ...]:
        """Without the deadlines, unless there is nothing else."""
        return tuple(when for when in self.whens if not when.deadline) or self.whens


def read_dates(text: str, now: datetime, zone: str) -> Reading:
    """The days and times that ``text`` names, read at the aware moment ``now`` by somebody in ``zone``.

    A missing year is the one that puts the day nearest to now; a day that has passed is reported with the
    problem ``past`` and never moved. A bare weekday is the next one after today; "next Tuesday" is the
    Tuesday of the next calendar week. Only the first 2,000 characters are read.
    """
    folded = fold(text[:LONGEST])
    local = now.astimezone(zone_of(zone)).replace(tzinfo=None)
    found, clocks = _scan(folded, local)
    found = _joined(folded, found)
    whens = _timed(folded, found, clocks, local, zone)
    used = [(f.start, f.end) for f in found] + [(c.start, c.end) for c in clocks if c.end > c.start]
    return Reading(tuple(_checked(when, now) for when in whens), tuple(sorted(used)))


def _scan(text: str, local: datetime) -> tuple[list[Found], list[Clock]]:
    found: list[Found] = []
    clocks: list[Clock] = []
    pos = 0
    for start in (match.start() for match in re.finditer(r"(?<![\w.:/@-])[\w@]|(?<=[0-9]t)[0-9]", text)):
        if start < pos:
            continue
        days = days_at(text, start, local)
        clock = clock_at(text, start)
        if days and clock and _time_here(text, days, clock, found):
            days = None
        if days:
            found.append(days)
            pos = days.end
            if days.moment:
                clocks.append(Clock(days.end, days.end, days.moment.time().replace(second=0, microsecond=0)))
        elif clock:
            clocks.append(clock)
            pos = clock.end
    return found, clocks


def _time_here(text: str, days: Found, clock: Clock, found: list[Found]) -> bool:
    """Whether "10.12", a day and a time alike, is the time of the day just before it."""
    before = bool(found and found[-1].days) and not text[found[-1].end : clock.start].strip(" ,")
    return clock.end > days.end or (before and clock.end == days.end)


_GLUE = re.compile(r"[\s,()]*(?:(?:w|we|на|в|у|on|r\.?|р\.?|тобто|czyli|that is)(?!\w))?[\s,()]*")


def _joined(text: str, found: list[Found]) -> list[Found]:
    """The findings with each weekday joined to the date or the week beside it."""
    joined: list[Found] = []
    for item in found:
        previous = joined[-1] if joined else None
        if previous and _GLUE.fullmatch(text, previous.end, item.start) and (both := _both(previous, item)):
            joined[-1] = both
        else:
            joined.append(item)
    return joined


def _both(one: Found, two: Found) -> Found | None:
    weekday = one.weekday if one.weekday is not None else two.weekday
    if weekday is None or (one.weekday is not None and two.weekday is not None):
        return None
    dated = one if one.days else two
    if one.days or two.days:
        if len(dated.days) != 1 or dated.weekday is not None:
            return None
        joined = replace(dated, weekday=weekday, days=() if dated.later else dated.days)
    else:
        week = one.week if one.week is not None else two.week
        joined = Found(one.start, two.end, weekday=weekday, week=week)
    return replace(joined, start=one.start, end=two.end, deadline=one.deadline or two.deadline)


def _timed(text: str, found: list[Found], clocks: list[Clock], local: datetime, zone: str) -> list[When]:
    """Each day with its time: the only one of the text, else the nearest, by preference behind it."""
    if not found:
        return [When(at=c.at, to=c.to, zone=c.zone or zone) for c in _distinct(clocks)]
    dated = [item for item in found if not item.deadline] or found
    owned: dict[int, list[Clock]] = {}
    for clock in clocks:
        owner = _owner(text, dated, clock)
        owned.setdefault(owner.start, []).append(clock)
    shared = clocks if len(owned) == 1 else []
    whens: list[When] = []
    for item in found:
        own = owned.get(item.start, []) or (shared if item in dated else [])
        for when in _meant(item, local.date()):
            times = [replace(when, at=c.at, to=c.to, zone=c.zone or zone) for c in _distinct(own)]
            whens += times or [replace(when, zone=zone)]
    return whens


def _owner(text: str, dated: list[Found], clock: Clock) -> Found:
    before = [item for item in dated if item.end <= clock.start]
    after = [item for item in dated if item.start >= clock.end]
    if before and after and not _GLUE.fullmatch(text, before[-1].end, clock.start):
        leads = _GLUE.fullmatch(text, clock.end, after[0].start)
        return after[0] if leads else before[-1]
    return before[-1] if before else after[0]


def _distinct(clocks: list[Clock]) -> list[Clock]:
    """Without the same moment told again in the other country's time ("10:00 Warszawa / 11:00 Kijów")."""
    told = [clock for clock in clocks if clock.zone]
    return clocks[:1] if len(told) > 1 and len({clock.zone for clock in told}) == len(clocks) else clocks


def _meant(item: Found, today: date) -> list[When]:
    if item.days:
        return [_dated(day, item) for day in item.days]
    monday = today - timedelta(days=today.weekday())
    if item.weekday is None:
        first = monday + timedelta(weeks=item.week or 0)
        return [When(first=first, last=first + timedelta(days=6), deadline=item.deadline)]
    nearest = today + timedelta(days=(item.weekday - today.weekday() - 1) % 7 + 1, weeks=item.later)
    if item.week is None:
        return [When(first=nearest, deadline=item.deadline)]
    day = monday + timedelta(days=item.weekday, weeks=item.week)
    unsure = item.week == 1 and nearest < day
    return [
        When(
            first=day,
            deadline=item.deadline,
            other=nearest if unsure else None,
            problems=("which-week",) if unsure else (),
        )
    ]


def _dated(day: Day, item: Found) -> When:
    problems: list[Problem] = []
    if day.mistake:
        problems.append("impossible")
    if day.first and item.weekday is not None and day.first.weekday() != item.weekday:
        problems.append("weekday")
    first = None if day.mistake else day.first
    return When(first, day.last, deadline=item.deadline, other=day.other, problems=tuple(problems))


def _checked(when: When, now: datetime) -> When:
    """The finding with the problems that follow from its moment."""
    problems: list[Problem] = [p for p in when.problems if p in ("impossible", "weekday", "which-week")]
    if when.first and not when.at:
        today = now.astimezone(zone_of(when.zone)).date()
        if (when.last or when.first) < today:
            problems.append("past")
    elif when.start:
        kind = hour_kind(when.start, when.zone)
        last = datetime.combine(when.last, when.start.time()) if when.last else when.start
        if to_ms(last, when.zone, later=True) <= as_ms(now):
            problems.append("past")
        if kind != "once":
            problems.append("missing-hour" if kind == "missing" else "double-hour")
    return replace(when, problems=tuple(problems))
