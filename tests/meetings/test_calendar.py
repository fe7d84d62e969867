"""Calendar files, read back by a reader of our own and by the library."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.meetings.calendar import feed, invitation
from bot.meetings.zones import scheduled, to_local
from tests.meetings import ics
from tests.meetings.samples import meeting
from tests.meetings.zone_edges import EU_ZONES, edges

NOW = datetime(2026, 11, 24, 8, 20, 5, 999, tzinfo=UTC)


def test_an_invitation_holds_everything() -> None:
    calendar = ics.parse(invitation(meeting(), "uk", NOW))
    assert (calendar.one("VERSION"), calendar.one("METHOD")) == ("2.0", "PUBLISH")
    (event,) = calendar.all("VEVENT")
    assert event.one("UID") == "m1@mistok"
    assert event.one("DTSTAMP") == "20261124T082005Z"
    assert (event.parameter("DTSTART", "TZID"), event.one("DTSTART")) == ("Europe/Warsaw", "20261203T100000")
    assert event.one("DTEND") == "20261203T110000"
    assert ics.text(event.one("SUMMARY")) == "Дахи після обстрілів"
    assert (event.one("SEQUENCE"), event.one("STATUS")) == ("0", "CONFIRMED")
    assert event.one("URL") == "https://zoom.us/j/1"
    assert event.one("ORGANIZER") == "mailto:biuro@example.org"
    lines = ics.text(event.one("DESCRIPTION")).split("\n")
    assert lines == ["Przykłady i pytania", "https://zoom.us/j/1", "Biuro, biuro@example.org"]
    (zone,) = calendar.all("VTIMEZONE")
    assert zone.one("TZID") == "Europe/Warsaw"


def test_a_change_replaces_and_a_cancellation_removes_the_same_event() -> None:
    moved = replace(scheduled(meeting(), datetime.fromisoformat("2026-12-04T10:30")), revision=1)
    gone = replace(moved, state="cancelled", revision=2)
    (first,), (second,), (third,) = (
        ics.parse(invitation(m, "pl", NOW)).all("VEVENT") for m in (meeting(), moved, gone)
    )
    assert first.one("UID") == second.one("UID") == third.one("UID")
    assert [part.one("SEQUENCE") for part in (first, second, third)] == ["0", "1", "2"]
    assert second.one("DTSTART") == "20261204T103000"
    calendar = ics.parse(invitation(gone, "pl", NOW))
    assert (calendar.one("METHOD"), third.one("STATUS")) == ("CANCEL", "CANCELLED")


def test_a_feed_holds_several_in_order_with_each_zone_once() -> None:
    meetings = [
        meeting("2026-12-10T10:00", id="b"),
        meeting("2026-12-03T11:00", "Europe/Kyiv", id="a"),
        meeting("2026-12-17T10:00", id="c", state="cancelled"),
    ]
    calendar = ics.parse(feed(meetings, "pl", NOW))
    assert [event.one("UID") for event in calendar.all("VEVENT")] == ["a@mistok", "b@mistok", "c@mistok"]
    assert sorted(zone.one("TZID") for zone in calendar.all("VTIMEZONE")) == ["Europe/Kyiv", "Europe/Warsaw"]
    assert [event.one("STATUS") for event in calendar.all("VEVENT")] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]


def test_an_empty_feed_is_still_a_calendar() -> None:
    assert ics.parse(feed([], "en", NOW)).parts == []


def moment_of(calendar: ics.Part, event: ics.Part, name: str) -> datetime:
    """The UTC moment of a property by nothing but what the file says (RFC 5545, 3.6.5)."""
    ((parameters, value),) = event.values[name]
    if value.endswith("Z"):
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    local = datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local until the offset is known
    (zone,) = (part for part in calendar.all("VTIMEZONE") if part.one("TZID") == parameters["TZID"])
    onsets = []
    for part in zone.parts:
        began = datetime.strptime(part.one("DTSTART"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - in the old offset
        onsets.append((began - offset(part.one("TZOFFSETFROM")), offset(part.one("TZOFFSETTO"))))
    began, ahead = min(onsets)
    for onset, then in sorted(onsets):
        if local - ahead >= onset:  # the first of a double hour still counts by the old offset
            ahead = then
    return (local - ahead).replace(tzinfo=UTC)


def offset(value: str) -> timedelta:
    sign = -1 if value.startswith("-") else 1
    return sign * timedelta(hours=int(value[1:3]), minutes=int(value[3:5]))


@given(
    zone=st.sampled_from(EU_ZONES),
    data=st.data(),
    minute=st.integers(0, 24 * 60 - 1),
    later=st.booleans(),
)
def test_the_file_alone_gives_the_right_moment(
    zone: str, data: st.DataObject, minute: int, later: bool
) -> None:
    day = data.draw(st.sampled_from(edges(zone))) + timedelta(days=data.draw(st.integers(-1, 1)))
    start = datetime.combine(day, time()) + timedelta(minutes=minute)
    planned = scheduled(meeting(zone=zone), start, later=later)
    calendar = ics.parse(invitation(planned, "pl", NOW))
    (event,) = calendar.all("VEVENT")
    assert moment_of(calendar, event, "DTSTART") == to_local(planned.start_at, "UTC")
    assert moment_of(calendar, event, "DTEND") == to_local(planned.end_at, "UTC")


def test_the_library_reads_the_same_moment() -> None:
    for start in ("2027-03-27T10:00", "2027-03-28T10:00", "2027-10-31T10:00"):
        planned = meeting(start)
        event: Any = Calendar.from_ical(invitation(planned, "pl", NOW)).walk("VEVENT")[0]
        assert event["DTSTART"].dt == to_local(planned.start_at, planned.zone)


HOSTILE = st.text(max_size=120) | st.sampled_from(
    [
        "a\r\nEND:VEVENT\r\nBEGIN:VEVENT",
        "x;y,z\\n\\",
        "\r\nATTACH:https://evil.example",
        "\u2028UID:1",
        "ż" * 100,
        "\x00",
    ]
)


@given(title=HOSTILE, agenda=HOSTILE, contact=HOSTILE)
def test_what_people_type_stays_text(title: str, agenda: str, contact: str) -> None:
    planned = meeting(titles={"pl": title}, agendas={"pl": agenda}, contact=contact, link="")
    data = invitation(planned, "pl", NOW)
    calendar = ics.parse(data)
    (event,) = calendar.all("VEVENT")
    assert set(event.values) <= {"UID", "SEQUENCE", "STATUS", "DTSTAMP", "DTSTART", "DTEND"} | {
        "SUMMARY",
        "DESCRIPTION",
        "ORGANIZER",
        "CONTACT",
    }
    plain = "".join(ics.text(event.one("SUMMARY")).split())
    assert plain == "".join("".join(c for c in title if c >= " " and c != "\x7f").split())
    (again,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(again["UID"]) == "m1@mistok"
