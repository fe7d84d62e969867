"""Local time and UTC, by the zone data that Mistok ships and not by those of the machine."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Literal
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]  # the package holds data and ships no types

from bot.model.meeting import Meeting

WARSAW = "Europe/Warsaw"
KYIV = "Europe/Kyiv"

HourKind = Literal["once", "missing", "double"]


def data_version() -> str:
    """Version of the zone data in use, such as ``2026f``."""
    return str(tzdata.IANA_VERSION)


@cache
def zone_names() -> frozenset[str]:
    """Every zone the data know, old names included."""
    listing = resources.files("tzdata").joinpath("zones").read_text("utf-8")
    return frozenset(listing.split())


@cache
def zone_of(name: str) -> ZoneInfo:
    """The zone called ``name``; KeyError when the data do not know it."""
    if name not in zone_names():
        raise KeyError(name)
    with resources.files("tzdata.zoneinfo").joinpath(name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def hour_kind(local: datetime, zone: str) -> HourKind:
    """Whether this naive local time happens once, never (clocks go forward) or twice (they go back)."""
    first = local.replace(tzinfo=zone_of(zone), fold=0).utcoffset()
    second = local.replace(tzinfo=zone_of(zone), fold=1).utcoffset()
    if first == second:
        return "once"
    assert first is not None  # noqa: S101 - a zone of the database always has an offset
    assert second is not None  # noqa: S101 - the same
    return "double" if first > second else "missing"


def to_ms(local: datetime, zone: str, *, later: bool = False) -> int:
    """UTC epoch milliseconds of a naive local time.

    A missing hour becomes the same minute after clocks went forward (02:30 is 03:30); of a double hour
    the first is taken unless ``later``.
    """
    double = hour_kind(local, zone) == "double"
    aware = local.replace(tzinfo=zone_of(zone), fold=1 if later and double else 0)
    return as_ms(aware)


def as_ms(moment: datetime) -> int:
    """UTC epoch milliseconds of an aware datetime."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def to_local(at: int, zone: str) -> datetime:
    """Aware local time of UTC epoch milliseconds."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)).astimezone(zone_of(zone))


def scheduled(meeting: Meeting, start: datetime, zone: str = "", *, later: bool = False) -> Meeting:
    """The meeting at another naive local start, in its own zone unless one is given.

    The revision is the caller's: a draft keeps it, a change raises it.
    """
    name = zone or meeting.zone
    return replace(
        meeting,
        start=start.isoformat(timespec="minutes"),
        zone=name,
        later=later,
        start_at=to_ms(start, name, later=later),
        zone_data=data_version(),
    )


def resolved_again(meeting: Meeting) -> Meeting:
    """The meeting by today's zone data; its revision grows only when the moment of the start moved."""
    fresh = scheduled(meeting, datetime.fromisoformat(meeting.start), later=meeting.later)
    if fresh.start_at == meeting.start_at:
        return fresh
    return replace(fresh, revision=meeting.revision + 1)
