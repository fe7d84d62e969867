"""A whole call for a meeting in one message, taken apart."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal, Self

from bot.meetings.dates import Problem, When, read_dates
from bot.meetings.groups import called_groups
from bot.meetings.links import find_links
from bot.meetings.phrases import Rhythm, capacity_in, interpretation_in, length_in, rhythm_in
from bot.meetings.recurrence import nth_weekday, place_in_month
from bot.meetings.zones import zone_of
from bot.model.meeting import Recurrence

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
        interpretation: Language codes; None when not told, empty when told that there is none, or
            that there is but not between which languages.
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
    left = _Left(text[:LONGEST])
    left.take_command()
    link = left.take_link()
    contact = left.take_labelled(_CONTACT) or left.take(_first(_MAIL_OR_PHONE, left.text))
    agenda = left.take_labelled(_AGENDA)
    groups, spans = called_groups(left.text)
    left.take_all(spans)
    draft = Draft(groups=groups, link=link, contact=contact, agenda=agenda, zone=zone)
    draft = _with_times(_with_phrases(draft, left), left, now)
    title = left.take_labelled(_TITLE) or left.title()
    return replace(draft, title=title[:LONGEST_TITLE].rstrip())


_COMMAND = re.compile(
    r"\s*/meeting\b\s*|\s*(?:(?:nowe|nowa|нова|нове|нову|новая|new)\s+)?"
    r"(?:spotkanie|posiedzenie|narad[aę]|webinarium|зустріч|нарад[ау]|засідання|встреча|meeting)"
    r"(?:\s+online|\s+онлайн)?\s*[:\-–—]\s*",
    re.IGNORECASE,
)


def _label(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[\n,;.]))\s*(?:{words})\s*[:\-–—]\s*", re.IGNORECASE)


_TITLE = _label("temat|tytuł|тема|назва|title|topic|subject")
_AGENDA = _label("agenda|porządek(?: obrad)?|program|порядок(?: денний)?|програма|повестка(?: дня)?")
_CONTACT = _label(
    "kontakt|osoba kontaktowa|organizator(?:ka)?|контакт|контактна особа|організатор(?:ка)?|"
    "contact|organi[sz]er"
)
_LABELLED_END = re.compile(r"[\n;]|,\s*(?=\S+\s*[:–—-]\s)|\.\s*$|$")
_MAIL_OR_PHONE = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+[0-9][0-9 ()-]{7,17}[0-9]", re.ASCII)

_PLATFORMS = "zoom|teams|ms teams|google meet|meet|webex|jitsi|online|онлайн|link|лінк|посилання|platforma"
_SMALL = "о|об|o|w|we|в|у|na|на|on|at|z|з|із|with|і|i|та|and"
_PLATFORM = re.compile(rf"(?:(?:{_PLATFORMS})[\s:(–-]*)+$", re.IGNORECASE)
_NOTHING = (
    "w dniu|dnia|dn|godz|год|року|roku|r|р|для|dla|for|spotkanie|зустріч|meeting|"
    "spotykamy się|zapraszamy|збираємося|запрошуємо"
)
_FILLER = re.compile(rf"^(?:(?:{_PLATFORMS}|{_SMALL}|{_NOTHING})\b[\s.:()–-]*)+$", re.IGNORECASE)
_EDGES = re.compile(rf"^(?:(?:{_SMALL})\s+)+|\s+(?:{_SMALL})$|^[\s\-–—:.,()]+|[\s\-–—:.,(]+$", re.IGNORECASE)


class _Left:
    """What of the text is not used yet, without idle spaces; used stretches become line breaks."""

    def __init__(self, text: str) -> None:
        lines = (" ".join(line.split()) for line in text.splitlines())
        self.text = "\n".join(filter(None, lines))

    def take(self, span: tuple[int, int] | None) -> str:
        """The stretch, which is used from now on."""
        if span is None:
            return ""
        taken = self.text[span[0] : span[1]]
        self.text = self.text[: span[0]] + "\n" + self.text[span[1] :]
        return taken.strip()

    def take_all(self, spans: Iterable[tuple[int, int]]) -> None:
        for span in sorted(spans, reverse=True):  # from the end, so that the others stay where they are
            self.take(span)

    def take_command(self) -> None:
        command = _COMMAND.match(self.text)
        self.take(command.span() if command else None)

    def take_link(self) -> str:
        """The first link; the name of the platform before it is used with it."""
        spans = find_links(self.text)
        if not spans:
            return ""
        start, end = spans[0]
        platform = _PLATFORM.search(self.text, 0, start)
        link = self.take((start, end))
        self.take(platform.span() if platform else None)
        return link

    def take_labelled(self, label: re.Pattern[str]) -> str:
        """What follows the label up to the line's end, or to a comma if more of the call follows there."""
        match = label.search(self.text)
        if not match:
            return ""
        end = _LABELLED_END.search(self.text, match.end())
        stop = end.start() if end else len(self.text)
        value = _EDGES.sub("", self.text[match.end() : stop].strip())
        self.take((match.start(), stop))
        return value

    def title(self) -> str:
        """The first stretch that says more than filler words."""
        for piece in re.split(r"[\n;]|,(?=\s)|,$|\.\s|\.$", self.text):
            while (trimmed := _EDGES.sub("", piece.strip())) != piece:
                piece = trimmed
            if len(piece) > 2 and not _FILLER.match(piece) and re.search(r"\w{3}", piece):
                return piece
        return ""


def _first(pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
    match = pattern.search(text)
    return match.span() if match else None


def _with_phrases(draft: Draft, left: _Left) -> Draft:
    if seats := capacity_in(left.text):
        left.take(seats[1])
        draft = replace(draft, capacity=seats[0])
    if languages := interpretation_in(left.text):
        left.take(languages[1])
        draft = replace(draft, interpretation=languages[0])
    return draft


def _with_times(draft: Draft, left: _Left, now: datetime) -> Draft:
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
