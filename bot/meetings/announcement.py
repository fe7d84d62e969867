"""A whole call for a meeting in one message, taken apart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, Self

from bot.meetings.dates import Problem, When, read_dates
from bot.meetings.groups import called_groups
from bot.meetings.leftover import AGENDA, CONTACT, MAIL_OR_PHONE, TITLE, Leftover
from bot.meetings.phrases import Rhythm, capacity_in, interpretation_in, length_in, rhythm_in
from bot.meetings.recurrence import nth_weekday, place_in_month
from bot.meetings.zones import scheduled, zone_of
from bot.model.meeting import Meeting, Recurrence

Part = Literal["title", "groups", "date", "time", "link", "agenda", "contact"]

LONGEST = 2_000
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Draft:
    """A meeting as far as one message tells it; what is not told is empty, 0 or None.

    Attributes:
        title: As typed, at most 120 characters.
        groups: Task groups 1-4.
        start: Naive local start ``2026-12-03T10:00``, or the day alone ``2026-12-03``, or the time alone
            ``T10:00``; empty when nothing is known.
        zone: Of the start.
        minutes: Length; 0 when not told.
        link: As typed, not yet checked (``links.check_link``).
        interpretation: Language codes; None when not told, empty when told that there is none; Polish and
            Ukrainian when told that there is, without languages.
        problems: Of the start, see ``dates.When``; to be asked.
        other: The day ``2027-05-26`` that may be meant instead.
    """

    title: str = ""
    groups: tuple[int, ...] = ()
    start: str = ""
    zone: str = ""
    minutes: int = 0
    link: str = ""
    agenda: str = ""
    contact: str = ""
    interpretation: tuple[str, ...] | None = None
    capacity: int | None = None
    recurrence: Recurrence | None = None
    problems: tuple[Problem, ...] = ()
    other: str = ""

    @property
    def missing(self) -> tuple[Part, ...]:
        """What must still be asked, in the order in which to ask."""
        known: Mapping[Part, bool] = {
            "title": bool(self.title),
            "groups": bool(self.groups),
            "date": self.start[:1].isdigit(),
            "time": "T" in self.start,
            "link": bool(self.link),
            "agenda": bool(self.agenda),
            "contact": bool(self.contact),
        }
        return tuple(part for part, told in known.items() if not told)

    @property
    def when(self) -> When:
        """The start with its problems, for ``texts.question``."""
        day, _, clock = self.start.partition("T")
        return When(
            first=date.fromisoformat(day) if day else None,
            at=time.fromisoformat(clock) if clock else None,
            zone=self.zone,
            other=date.fromisoformat(self.other) if self.other else None,
            problems=self.problems,
        )

    def meeting(self, id: str, language: str) -> Meeting:
        """The planned meeting in the language it was typed in, an hour long unless a length was told.

        Raises:
            ValueError: Its date or time is missing.
        """
        start = self.when.start
        if start is None:
            raise ValueError("a meeting needs a date and a time")
        plain = Meeting(
            id=id,
            titles={language: self.title},
            agendas={language: self.agenda} if self.agenda else {},
            start="",
            zone=self.zone,
            start_at=0,
            zone_data="",
            minutes=self.minutes or 60,
            groups=self.groups,
            link=self.link,
            contact=self.contact,
            interpretation=self.interpretation or (),
            capacity=self.capacity,
        )
        return scheduled(plain, start)

    def to_json(self) -> dict[str, Any]:
        """The draft as JSON data; ``from_json`` is the inverse."""
        data = {name: getattr(self, name) for name in self.__slots__}
        if self.recurrence:
            data["recurrence"] = {name: getattr(self.recurrence, name) for name in Recurrence.__slots__}
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The draft that ``to_json`` wrote."""
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        again: Mapping[str, Any] | None = data["recurrence"]
        if again:
            tuples = {name: tuple(again[name]) for name in ("dates", "left_out")}
            values["recurrence"] = Recurrence(**{**again, **tuples})
        return cls(**values)


def read_announcement(text: str, now: datetime, zone: str) -> Draft:
    """The meeting that ``text`` calls, read at the aware moment ``now`` by a coordinator in ``zone``."""
    left = Leftover(text[:LONGEST])
    left.take_command()
    link = left.take_link()
    contact = left.take_labelled(CONTACT) or left.take_found(MAIL_OR_PHONE)
    agenda = left.take_labelled(AGENDA)
    groups, spans = called_groups(left.text)
    left.take_all(spans)
    draft = Draft(groups=groups, link=link, contact=contact, agenda=agenda, zone=zone)
    draft = _with_times(_with_phrases(draft, left), left, now)
    title = left.take_labelled(TITLE) or left.title()
    return replace(draft, title=title[:LONGEST_TITLE].rstrip())


def _with_phrases(draft: Draft, left: Leftover) -> Draft:
    if seats := capacity_in(left.text):
        left.take(seats[1])
        draft = replace(draft, capacity=seats[0])
    if languages := interpretation_in(left.text):
        left.take(languages[1])
        draft = replace(draft, interpretation=languages[0])
    return draft


def _with_times(draft: Draft, left: Leftover, now: datetime) -> Draft:
    rhythm = rhythm_in(left.text)
    if rhythm:
        left.take(rhythm.span)
    reading = read_dates(left.text, now, draft.zone)
    left.take_all(reading.spans)
    if length := length_in(left.text):
        left.take(length[1])
        draft = replace(draft, minutes=length[0])
    whens = [when for when in reading.moments if not when.deadline]
    if rhythm:
        return _rhythmic(draft, rhythm, whens[0] if whens else When(zone=draft.zone), now)
    if not whens:
        return draft
    draft = _started(draft, whens[0])
    later = tuple(when.start.isoformat(timespec="minutes") for when in whens[1:] if when.start)
    return replace(draft, recurrence=Recurrence("dates", dates=later)) if later else draft


def _rhythmic(draft: Draft, rhythm: Rhythm, when: When, now: datetime) -> Draft:
    recurrence = rhythm.recurrence
    if when.first is None and rhythm.weekday is not None:
        when = when.on(_next(rhythm, now.astimezone(zone_of(when.zone)).date()), now)
    if recurrence.rhythm == "monthly" and not recurrence.nth and when.first:
        recurrence = replace(recurrence, nth=place_in_month(when.first))
    return replace(_started(draft, when), recurrence=recurrence)


def _next(rhythm: Rhythm, today: date) -> date:
    """The first day of the rhythm after today."""
    weekday = rhythm.weekday or 0
    if rhythm.recurrence.rhythm == "weekly":
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    month = today.replace(day=1)
    while (day := nth_weekday(month.year, month.month, weekday, rhythm.recurrence.nth)) <= today:
        month = (month + timedelta(days=31)).replace(day=1)
    return day


def _started(draft: Draft, when: When) -> Draft:
    day = when.first.isoformat() if when.first else ""
    at = f"T{when.at:%H:%M}" if when.at else ""
    minutes = draft.minutes
    if when.at and when.to and not minutes:
        minutes = (when.to.hour - when.at.hour) * 60 + when.to.minute - when.at.minute
    other = when.other.isoformat() if when.other else ""
    return replace(
        draft, start=day + at, zone=when.zone, minutes=minutes, problems=when.problems, other=other
    )
