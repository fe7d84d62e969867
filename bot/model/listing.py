"""A published need or offer of a municipality, and how well two of them fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.model.message import Message
from bot.model.understanding import Nature, Quantity, Urgency

Side = Literal["need", "offer"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What one side of a match brings: the part of a listing and its municipality that ranking reads.

    Attributes:
        id: Of the listing.
        side: Need or offer; a search for a partner meets both.
        text: Original words, cut to the limit of a listing.
        group: Task group 1-4.
        subtopics, concepts: Slugs, best first.
        country, region: Of the municipality; empty when unknown.
        population: Inhabitants; None when unknown.
        lat, lon: Of the seat; None when unknown.
        published_at: UTC epoch milliseconds; 0 when unknown.
        municipality: Key; one municipality is shown once.
        partners: How many partnerships abroad it has; None when unknown.
        open_share: What is left of it, 1.0 untouched to 0.0 used up.
    """

    id: str
    side: Side
    text: str
    group: int = 0
    subtopics: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    nature: tuple[Nature, ...] = ()
    urgency: Urgency = ""
    country: str = ""
    region: str = ""
    population: int | None = None
    lat: float | None = None
    lon: float | None = None
    published_at: int = 0
    municipality: str = ""
    partners: int | None = None
    open_share: float = 1.0


@dataclass(frozen=True, slots=True)
class Match:
    """One ranked counterpart.

    Attributes:
        id: Of the counterpart's listing.
        score: From 0 to 1, after freshness and availability.
        components: Each part of the score by name, before its weight; stored with the match.
        reasons: At most three, strongest first, each about a stored field or a quoted phrase.
    """

    id: str
    score: float
    components: Mapping[str, float] = field(default_factory=dict)
    reasons: tuple[Message, ...] = ()


State = Literal["waiting", "open", "closed", "expired"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A need or offer as understood, before and after the author corrected it.

    Attributes:
        text: Its words, as typed.
        group: Task group 1-4; 0 while unknown.
        audience: ``all`` for verified officials of the other country, ``coordinator`` for coordinators only.
        held: Why a person must see it before others do; empty when nobody has to.
    """

    id: str
    side: Side
    text: str
    group: int = 0
    subtopics: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    nature: tuple[Nature, ...] = ()
    urgency: Urgency = ""
    audience: Literal["all", "coordinator"] = "all"
    held: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A need or offer of a municipality.

    Attributes:
        draft: What it says; ``draft.id`` is the listing's own id.
        municipality: Key of whose it is.
        person: Who wrote it.
        language: Of the words.
        state: ``waiting`` until its author is verified, then ``open``.
        text_held: The original words wait for a coordinator; the summary does not.
        published_at, expires_at: UTC epoch milliseconds; 0 while waiting.
    """

    draft: Draft
    municipality: str
    person: str
    language: str
    state: State
    text_held: bool
    created_at: int
    published_at: int = 0
    expires_at: int = 0

    @property
    def id(self) -> str:
        return self.draft.id
