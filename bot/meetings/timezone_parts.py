"""A time zone as calendar files describe it: each change of clocks with its onset in the old local time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.meetings.zones import zone_of

if TYPE_CHECKING:
    from icalendar import Timezone

_STEP = timedelta(days=1)


def timezone_part(name: str, first: datetime, last: datetime) -> "Timezone":
    """The VTIMEZONE of a zone, right between the aware moments ``first`` and ``last``.

    icalendar makes one too, but gives the onset of summer time in the new local time, an hour late;
    RFC 5545 (3.6.5) wants it in the time before the change.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard  # slow to import, only files need it

    part = Timezone()
    part.add("TZID", name)
    offset = _offset(first, name)
    for onset, before, after in [(first, offset, offset), *_changes(name, first, last)]:
        observance = TimezoneDaylight() if after > before else TimezoneStandard()
        observance.add("DTSTART", (onset.astimezone(UTC) + before).replace(tzinfo=None, microsecond=0))
        observance.add("TZOFFSETFROM", before)
        observance.add("TZOFFSETTO", after)
        part.add_component(observance)
    return part


def _changes(name: str, first: datetime, last: datetime) -> Iterator[tuple[datetime, timedelta, timedelta]]:
    """``(moment, offset before, offset after)`` of every change of clocks in between."""
    moment = first.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    while moment < last:
        before, after = _offset(moment, name), _offset(moment + _STEP, name)
        if before != after:
            low, high = moment, moment + _STEP
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
                low, high = (middle, high) if _offset(middle, name) == before else (low, middle)
            yield high, before, after
        moment += _STEP


def _offset(moment: datetime, name: str) -> timedelta:
    return moment.astimezone(zone_of(name)).utcoffset() or timedelta()
