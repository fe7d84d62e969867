"""How well two subjects fit in one respect; every function gives 0 to 1 and is symmetrical.

What cannot be compared, because a field is unknown, counts ``UNKNOWN``: neither for nor against.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import asin, cos, inf, log, radians, sin, sqrt

from bot.matching.weights import CONCEPT_FALL, FAR_KM, FRAMES, SIZE_RATIO, SUBTOPIC_FALL, UNKNOWN, WEIGHTS
from bot.model.listing import Subject
from bot.model.municipality import EARTH_RADIUS_KM
from bot.model.understanding import Quantity

# What a slug counts by its place; a listing of 2,000 characters has room for hardly more.
_CONCEPT_PLACES = tuple(CONCEPT_FALL**place for place in range(32))
_SUBTOPIC_PLACES = tuple(SUBTOPIC_FALL**place for place in range(32))

# The programme area of Interreg NEXT Poland-Ukraine whose regions belong to it as a whole.
BORDER_REGIONS = frozenset({"PL-06", "PL-18", "PL-20", "UA-07", "UA-21", "UA-26", "UA-46", "UA-56", "UA-61"})
BORDER_FIT = 0.8

# Units of one kind in a common measure; 0.8 is the usual power factor of generating sets.
_SCALE = {"W": ("W", 1.0), "kW": ("W", 1e3), "MW": ("W", 1e6), "kVA": ("W", 8e2), "MVA": ("W", 8e5)}


# Whoever searches for a partner meets other searchers: nobody offers to be searched for.
SYMMETRICAL = frozenset({"partnership-search", "interreg-cbc", "youth-culture-exchange"})


def complementary(one: Subject, other: Subject) -> bool:
    """Whether one gives and the other takes, or both search for a partner in the same way."""
    return one.side != other.side or not SYMMETRICAL.isdisjoint({*one.subtopics} & {*other.subtopics})


class Rarity(dict[str, float]):
    """Squared inverse document frequency by concept, among the listings at hand; filled as asked.

    ``ln(1 + (listings + 1) / (listings with the concept + 1)) ** 2``: a thing that everybody mentions
    says little, one that nobody else mentions says most.
    """

    def __init__(self, counts: Mapping[str, int], listings: int) -> None:
        super().__init__()
        self._counts = counts
        self._listings = listings

    def __missing__(self, concept: str) -> float:
        value = self[concept] = log(1 + (self._listings + 1) / (self._counts.get(concept, 0) + 1)) ** 2
        return value


def telling(concepts: Sequence[str]) -> Sequence[str]:
    """The concepts that say what a listing is about: ``FRAMES`` count only when there are no others."""
    if FRAMES.isdisjoint(concepts):
        return concepts
    return [concept for concept in concepts if concept not in FRAMES] or concepts


class Topic:
    """What one subject is about, to be compared with many others.

    Both comparisons are cosines. Slugs stand best first and without repetitions, and each counts
    less than the one before it, by ``CONCEPT_FALL`` and ``SUBTOPIC_FALL``.
    """

    def __init__(self, subject: Subject, rarity: Rarity) -> None:
        self.subject = subject
        self._rarity = rarity
        self._concepts = dict(zip(telling(subject.concepts), _CONCEPT_PLACES, strict=False))
        self._subtopics = dict(zip(subject.subtopics, _SUBTOPIC_PLACES, strict=False))
        self._concept_length = self._concepts_squared(self._concepts, self._concepts.values())
        self._subtopic_length = sum([place**2 for place in self._subtopics.values()])

    def concepts(self, others: Sequence[str]) -> float:
        """Cosine of the concepts, rare ones counting more."""
        mine, rarity, others = self._concepts, self._rarity, telling(others)
        shared = [(it, place) for it, place in zip(others, _CONCEPT_PLACES, strict=False) if it in mine]
        if not shared:
            return 0.0
        product = sum([rarity[it] * mine[it] * place for it, place in shared])
        length = self._concept_length * self._concepts_squared(others, _CONCEPT_PLACES)
        return min(1.0, product / sqrt(length))

    def subtopics(self, others: Sequence[str]) -> float:
        """Cosine of the sub-topics."""
        mine = self._subtopics
        shared = [mine[it] * place for it, place in zip(others, _SUBTOPIC_PLACES, strict=False) if it in mine]
        if not shared:
            return 0.0
        length = sum([place**2 for _, place in zip(others, _SUBTOPIC_PLACES, strict=False)])
        return min(1.0, sum(shared) / sqrt(self._subtopic_length * length))

    def pulls(self) -> Iterator[tuple[str, float]]:
        """What each slug adds to the topic part of the score of a listing with a share of 1 in it.

        ``shares`` gives the shares of a listing; the sum over its slugs is its topic part, but for
        the rarity of the concepts that it has beside the common ones.
        """
        for concept, place in self._concepts.items():
            weight = self._rarity[concept] * place / sqrt(self._concept_length)
            yield concept, WEIGHTS["concepts"] * weight
        for subtopic, place in self._subtopics.items():
            yield subtopic, WEIGHTS["subtopics"] * place / sqrt(self._subtopic_length)

    def _concepts_squared(self, concepts: Iterable[str], places: Iterable[float]) -> float:
        rarity = self._rarity
        return sum([rarity[it] * place * place for it, place in zip(concepts, places, strict=False)])


def shares(concepts: Sequence[str], subtopics: Sequence[str]) -> dict[str, float]:
    """What each slug counts in a listing, by its place; the squares of either kind sum to 1."""
    found: dict[str, float] = {}
    for slugs, places in ((telling(concepts), _CONCEPT_PLACES), (subtopics, _SUBTOPIC_PLACES)):
        length = sqrt(sum([place**2 for _, place in zip(slugs, places, strict=False)]))
        found |= {slug: place / length for slug, place in zip(slugs, places, strict=False)}
    return found


def nature(one: Subject, other: Subject) -> float:
    """Whether both mean the same kind of help."""
    if not one.nature or not other.nature:
        return UNKNOWN
    return 1.0 if set(one.nature) & set(other.nature) else 0.0


def amounts(need: Subject, offer: Subject) -> tuple[Quantity, Quantity, float] | None:
    """The best fitting pair of amounts (asked for, offered) and how much of the need it covers.

    None when they share no thing that could be counted, and between searches for a partner, whose
    numbers tell who they are.
    """
    if set(telling(need.concepts)).isdisjoint(telling(offer.concepts)):
        return None
    if not SYMMETRICAL.isdisjoint({*need.subtopics, *offer.subtopics}):
        return None
    pairs = [
        (asked, given, min(1.0, covered))
        for asked in need.quantities
        for given in offer.quantities
        if (covered := _covered(asked, given)) is not None
    ]
    return max(pairs, key=lambda pair: pair[2], default=None)


def _covered(asked: Quantity, given: Quantity) -> float | None:
    asked_kind, asked_scale = _SCALE.get(asked.unit, (asked.unit, 1.0))
    given_kind, given_scale = _SCALE.get(given.unit, (given.unit, 1.0))
    if asked_kind != given_kind or not 0 < asked.n < inf or not 0 <= given.n < inf:
        return None
    return given.n * given_scale / (asked.n * asked_scale)


def quantity(one: Subject, other: Subject) -> float:
    """How much of the amount needed is offered; more than needed is no better."""
    need, offer = (one, other) if one.side == "need" else (other, one)
    best = amounts(need, offer)
    return UNKNOWN if best is None else best[2]


def apart_km(one: Subject, other: Subject) -> float | None:
    """Great-circle distance between the seats in kilometres; None when a position is unknown."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat1, lon1, lat2, lon2 = map(radians, (one.lat, one.lon, other.lat, other.lon))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, h)))


def both_at_the_border(one: Subject, other: Subject) -> bool:
    """Whether both regions belong to the cross-border programme."""
    return one.region in BORDER_REGIONS and other.region in BORDER_REGIONS


def distance(one: Subject, other: Subject) -> float:
    """1 at no distance, falling evenly to 0 at ``FAR_KM``; by region when a position is unknown."""
    km = apart_km(one, other)
    if km is not None:
        return max(0.0, 1 - km / FAR_KM)
    return BORDER_FIT if both_at_the_border(one, other) else UNKNOWN


def size(one: Subject, other: Subject) -> float:
    """1 for equal numbers of inhabitants, falling with their ratio to 0 at ``SIZE_RATIO``."""
    if not one.population or not other.population:
        return UNKNOWN
    return max(0.0, 1 - abs(log(one.population / other.population)) / log(SIZE_RATIO))
