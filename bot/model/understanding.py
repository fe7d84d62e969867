"""What a text was understood to ask or offer."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["need", "offer", "unclear"]
Route = Literal["publish", "human", "help", "ignore", "ask-kind"]
Urgency = Literal["high", "medium", ""]
Nature = Literal["goods", "know-how", "hosting", "money"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as the text states them; ``unit`` is ``pcs`` for bare pieces."""

    n: float
    unit: str


@dataclass(frozen=True, slots=True)
class GroupScore:
    """How likely the text belongs to a task group (1-4); ``score`` is a calibrated probability."""

    group: int
    score: float
    selected: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One separate need or offer.

    Attributes:
        text: Its clause, as typed.
        groups: Best first; empty when it is for none.
        subtopics: Slugs of the taxonomy, best first.
        concepts: Concept slugs, best first; these rank.
        kind: Need or offer as far as the text alone says.
        route: What may happen with it; ``human`` is never published by itself.
        reason: Why the route is not ``publish``: ``military``, ``personal``, ``child``, ``greeting``,
            ``thanks``, ``complaint``, ``spam``, ``weak-intent``, ``question``, ``gibberish``,
            ``location`` (gives away a place) or empty.
        urgency: Suggested.
        quantities: Only what the text states.
        nature: Kinds of help asked for or offered.
        evidence: The typed words that decided, in order.
    """

    text: str
    groups: tuple[GroupScore, ...] = ()
    subtopics: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    kind: Kind = "unclear"
    route: Route = "ignore"
    reason: str = ""
    urgency: Urgency = ""
    quantities: tuple[Quantity, ...] = ()
    nature: tuple[Nature, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """The whole message summed up, and each separate need or offer in it."""

    whole: Item
    items: tuple[Item, ...] = ()
