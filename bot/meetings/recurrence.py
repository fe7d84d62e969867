"""When a series meets: weekly, monthly on a weekday, or on days of its own; local time stays across DST."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import islice, takewhile

from bot.meetings.zones import scheduled
from bot.model.meeting import Meeting, Recurrence

FURTHEST = 10 * 366  # days


def starts(first: datetime, recurrence: Recurrence) -> Iterator[datetime]:
    """Naive local starts of the series in order, the first meeting included, for at most ten years.

    Days left out are skipped, moved ones appear at their new place.
    """
    moved = {date.fromisoformat(day): datetime.fromisoformat(new) for day, new in recurrence.moved.items()}
    left_out = {date.fromisoformat(day) for day in recurrence.left_out}
    last = date.fromisoformat(recurrence.until) if recurrence.until else date.max

    def days(end: date) -> Iterator[datetime]:
        return takewhile(lambda start: start.date() <= end, _rhythm(first, recurrence))

    furthest = min(last, max(moved, default=date.min))
    elsewhere = sorted(moved[start.date()] for start in days(furthest) if start.date() in moved)
    usual = (start for start in days(last) if start.date() not in moved and start.date() not in left_out)
    return merge(usual, elsewhere)


def meetings(template: Meeting, recurrence: Recurrence, until: date, limit: int = 60) -> list[Meeting]:
    """The series as meetings of their own up to the local day ``until``, at most ``limit`` of them.

    ``template`` is the first meeting and its id becomes the series; ids of occurrences are stable: an
    occurrence that was moved keeps the id of the day it would have had.
    """
    first = datetime.fromisoformat(template.start)
    wanted = islice(takewhile(lambda pair: pair[1].date() <= until, _with_ids(first, recurrence)), limit)
    return [
        replace(scheduled(template, start), id=f"{template.id}.{day:%Y%m%d}", series=template.id)
        for day, start in wanted
    ]


def _with_ids(first: datetime, recurrence: Recurrence) -> Iterator[tuple[date, datetime]]:
    origin = {
        datetime.fromisoformat(start): date.fromisoformat(day) for day, start in recurrence.moved.items()
    }
    for start in starts(first, recurrence):
        yield origin.get(start, start.date()), start


def _rhythm(first: datetime, recurrence: Recurrence) -> Iterator[datetime]:
    if recurrence.rhythm == "dates":
        yield from sorted({first, *map(datetime.fromisoformat, recurrence.dates)})
    elif recurrence.rhythm == "weekly":
        for n in range(0, FURTHEST, 7 * recurrence.every):
            yield first + timedelta(days=n)
    else:
        yield from _monthly(first, recurrence)


def _monthly(first: datetime, recurrence: Recurrence) -> Iterator[datetime]:
    for n in range(0, FURTHEST // 31, recurrence.every):
        years, month = divmod(first.month - 1 + n, 12)
        day = nth_weekday(first.year + years, month + 1, first.weekday(), recurrence.nth)
        start = datetime.combine(day, first.time())
        if start >= first:
            yield start


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The ``nth`` (1-4, -1 the last) ``weekday`` (0 Monday) of a month."""
    if nth == -1:
        following = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return following - timedelta(days=(following.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7, weeks=nth - 1)


def place_in_month(day: date) -> int:
    """Which such weekday of its month a day is, 1-4; the fifth counts as the last, -1."""
    nth = (day.day - 1) // 7 + 1
    return nth if nth < 5 else -1
