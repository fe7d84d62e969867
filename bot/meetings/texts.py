"""What people read about a meeting: invitation, reminder, change, cancellation; questions about its time."""

from collections.abc import Sequence
from datetime import datetime, time

from bot.meetings.dates import When
from bot.meetings.zones import KYIV, WARSAW, to_local, to_ms
from bot.model.meeting import Meeting
from bot.model.message import Listed, M, Message, Moment, Words

GROUPS = {
    1: M("communal services"),
    2: M("housing"),
    3: M("social and humanitarian aid"),
    4: M("EU integration"),
}
LANGUAGES = {
    "uk": M("Ukrainian"),
    "pl": M("Polish"),
    "en": M("English"),
    "de": M("German"),
    "fr": M("French"),
    "cs": M("Czech"),
    "sk": M("Slovak"),
    "ro": M("Romanian"),
}


def notice(meeting: Meeting, zone: str = "") -> tuple[Message, ...]:
    """The invitation as paragraphs; ``zone`` of the reader adds their own time where it is another."""
    return (M("Online meeting: <b>{title}</b>", title=Words(meeting.titles)), *details(meeting, zone))


def reminder(meeting: Meeting, zone: str = "") -> tuple[Message, ...]:
    """The reminder; it says the same on every day, because times are absolute."""
    return (M("Reminder: <b>{title}</b>", title=Words(meeting.titles)), *details(meeting, zone))


def reminders(meetings: Sequence[Meeting], zone: str = "") -> tuple[Message, ...]:
    """Reminders of several meetings in one message; of a single one its own."""
    if len(meetings) == 1:
        return reminder(meetings[0], zone)
    head = M("A reminder of {n} meeting:", "A reminder of {n} meetings:", n=len(meetings))
    return (
        head,
        *(_lines([_title(meeting), *_facts(meeting, zone), *_ways(meeting)]) for meeting in meetings),
    )


def changed(before: Meeting, after: Meeting, zone: str = "") -> tuple[Message, ...]:
    """The notice of a change with everything as it now stands; the old time is not repeated."""
    news = _news(before, after)
    what = (M("New: {things}.", things=Listed(news)),) if news else ()
    return (M("Changed: <b>{title}</b>", title=Words(after.titles)), *what, *details(after, zone))


def cancelled(meeting: Meeting, reason: str = "") -> tuple[Message, ...]:
    """The notice that the meeting will not be held."""
    parts = [
        M("Cancelled: <b>{title}</b>", title=Words(meeting.titles)),
        M("The meeting planned for {when} will not take place.", when=Moment(meeting.start_at, "both")),
    ]
    if reason:
        parts.append(M("Reason: {reason}", reason=reason))
    if meeting.contact:
        parts.append(M("Contact: {contact}", contact=meeting.contact))
    return tuple(parts)


def details(meeting: Meeting, zone: str = "") -> tuple[Message, ...]:
    """When, what and how to join, as paragraphs; what is not known is left out."""
    agenda = [M("Agenda:\n{agenda}", agenda=Words(meeting.agendas))] if any(meeting.agendas.values()) else []
    ways = _ways(meeting)
    return (_lines(_facts(meeting, zone)), *agenda, *([_lines(ways)] if ways else []))


def link_line(link: str) -> Message:
    """The link in full with its host in bold."""
    host, slash, path = link.removeprefix("https://").partition("/")
    return M("Link: https://<b>{host}</b>{path}", host=host, path=slash + path)


def _title(meeting: Meeting) -> Message:
    return M("<b>{title}</b>", title=Words(meeting.titles))


def _facts(meeting: Meeting, zone: str) -> list[Message]:
    lines = [M("When: {when}", when=Moment(meeting.start_at, "both"))]
    if zone and _offset(meeting, zone) not in (_offset(meeting, WARSAW), _offset(meeting, KYIV)):
        lines.append(M("Your time: {when}", when=Moment(meeting.start_at, "full")))
    lines.append(M("Length: {n} minute", "Length: {n} minutes", n=meeting.minutes))
    if meeting.groups:
        lines.append(
            M("Task group: {groups}", groups=Listed(tuple(GROUPS[group] for group in meeting.groups)))
        )
    if meeting.interpretation:
        names = tuple(LANGUAGES.get(code, code) for code in meeting.interpretation)
        lines.append(M("Interpretation: {languages}", languages=Listed(names)))
    if meeting.capacity is not None:
        lines.append(M("Seats: {seats}", seats=meeting.capacity))
    return lines


def _offset(meeting: Meeting, zone: str) -> object:
    return to_local(meeting.start_at, zone).utcoffset()


def _ways(meeting: Meeting) -> list[Message]:
    link = [link_line(meeting.link)] if meeting.link else []
    return [*link, *([M("Contact: {contact}", contact=meeting.contact)] if meeting.contact else [])]


def _lines(messages: Sequence[Message]) -> Message:
    """Several sentences as one paragraph, each on its line."""
    names = [f"line{number}" for number in range(len(messages))]
    return Message("\n".join(f"{{{name}}}" for name in names), values=dict(zip(names, messages, strict=True)))


def _news(before: Meeting, after: Meeting) -> tuple[Message, ...]:
    checks = (
        (before.start_at != after.start_at, M("time")),
        (before.minutes != after.minutes, M("length")),
        (before.link != after.link, M("link")),
        (dict(before.agendas) != dict(after.agendas), M("agenda")),
        (dict(before.titles) != dict(after.titles), M("title")),
        (before.contact != after.contact, M("contact")),
        (before.interpretation != after.interpretation, M("interpretation")),
        (before.capacity != after.capacity, M("number of seats")),
    )
    return tuple(name for differs, name in checks if differs)


def question(when: When) -> Message | None:
    """What to ask before a date or time is taken; None when nothing speaks against it."""
    for problem in when.problems:
        if problem == "past" and when.first:
            return _past(when)
        if problem in _QUESTIONS:
            return _QUESTIONS[problem]
    if when.problems and when.first and when.other:
        return M(
            "Is it {first} or {other}? Please write the date.",
            first=_day(when, when.other),
            other=_day(when, when.first),
        )
    return None


_QUESTIONS = {
    "impossible": M("This day is not in the calendar. Please write the date again."),
    "weekday": M(
        "The weekday and the date do not belong together. Which one is right? Please write the date."
    ),
    "missing-hour": M(
        "On this night the clocks go forward and this hour is left out. Please choose another time."
    ),
    "double-hour": M(
        "On this night the clocks go back and this hour comes twice. Please choose another time."
    ),
}


def _past(when: When) -> Message:
    if when.other and when.first:
        return M(
            "{past} has passed already. Do you mean {later}?",
            past=_day(when, when.first),
            later=_day(when, when.other),
        )
    return M("This time has passed already. Please write another date and time.")


def _day(when: When, day: object) -> Moment:
    noon = datetime.combine(datetime.fromisoformat(str(day)), time(12))
    return Moment(to_ms(noon, when.zone), "date")
