"""Meetings as calendar files that phones take (RFC 5545): an invitation, a cancellation, a feed."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.meetings.timezone_parts import timezone_part
from bot.meetings.zones import to_local
from bot.model.meeting import Meeting

if TYPE_CHECKING:
    from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar"
_PRODUCT = "-//Mistok//Meetings//EN"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def invitation(meeting: Meeting, language: str, now: datetime) -> bytes:
    """The meeting as an .ics file; a cancelled one as its cancellation.

    A calendar that has it already replaces it, because the UID stays and SEQUENCE is the revision.
    """
    method = "CANCEL" if meeting.state == "cancelled" else "PUBLISH"
    return _file([meeting], language, now, method)


def feed(meetings: Sequence[Meeting], language: str, now: datetime) -> bytes:
    """Several meetings in one file, the earliest first; cancelled ones are marked so."""
    ordered = sorted(meetings, key=lambda meeting: (meeting.start_at, meeting.id))
    return _file(ordered, language, now, "PUBLISH")


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in this language, else in English, else in whichever there is; empty without any."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def _file(meetings: Sequence[Meeting], language: str, now: datetime, method: str) -> bytes:
    from icalendar import Calendar  # slow to import, and only files need it

    calendar = Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    _add_zones(calendar, meetings)
    for meeting in meetings:
        calendar.add_component(_event(meeting, language, now))
    return bytes(calendar.to_ical())


def _add_zones(calendar: "Calendar", meetings: Sequence[Meeting]) -> None:
    year = timedelta(days=366)  # a clock change on both sides of every start
    for name in sorted({meeting.zone for meeting in meetings}):
        starts = [to_local(meeting.start_at, name) for meeting in meetings if meeting.zone == name]
        calendar.add_component(timezone_part(name, min(starts) - year, max(starts) + year))


def _stamp(at: int, zone: str) -> datetime:
    """Local time; UTC for the second of a double hour, which local time cannot name in a calendar."""
    local = to_local(at, zone)
    return local.astimezone(UTC) if local.fold else local


def _event(meeting: Meeting, language: str, now: datetime) -> "Event":
    from icalendar import Event, vCalAddress, vUri  # slow to import, and only files need it

    event = Event()
    event.add("UID", f"{meeting.id}@mistok")
    event.add("SEQUENCE", meeting.revision)
    event.add("DTSTAMP", now.astimezone(UTC).replace(microsecond=0))
    event.add("DTSTART", _stamp(meeting.start_at, meeting.zone))
    event.add("DTEND", _stamp(meeting.end_at, meeting.zone))
    event.add("SUMMARY", one_line(in_language(meeting.titles, language)))
    event.add("STATUS", "CANCELLED" if meeting.state == "cancelled" else "CONFIRMED")
    description = [in_language(meeting.agendas, language), meeting.link, meeting.contact]
    event.add("DESCRIPTION", clean("\n".join(filter(None, description))))
    mail = _MAIL.search(meeting.contact)
    event["ORGANIZER"] = vCalAddress(f"mailto:{mail[0]}" if mail else "invalid:nomail")
    if meeting.contact:
        event.add("CONTACT", one_line(meeting.contact))
    if meeting.link:
        event.add("LOCATION", one_line(meeting.link))
        event["URL"] = vUri(one_line(meeting.link).replace(" ", ""))
    return event


def clean(text: str) -> str:
    """The text with plain line ends and without the control characters that no calendar may hold."""
    lines = re.sub(r"\r\n?|[\u2028\u2029\u0085\v\f]", "\n", text)
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", lines)


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(clean(text).split())
