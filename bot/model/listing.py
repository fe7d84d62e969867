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
