"""Open listings by what they are about, so that a new one meets them in milliseconds."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from bot.matching import fit
from bot.matching.fit import SYMMETRICAL, Rarity
from bot.matching.ranking import NOTHING_KNOWN, Acquaintance, choose, meets, related, score
from bot.matching.weights import RESCORED, WEIGHTS
from bot.model.listing import Match, Side, Subject

_Key = tuple[str, Side, tuple[str, ...], tuple[str, ...]]


@dataclass(eq=False, slots=True)
class _Profile:
    """Listings of one country and side about the same: the topic part of their score is equal.

    ``ids`` are in the order of arrival; ``latest`` is the number of the last arrival.
    """

    concepts: tuple[str, ...]
    subtopics: tuple[str, ...]
    ids: dict[str, None] = field(default_factory=dict)
    latest: int = 0


class ListingIndex:
    """Listings found by concept and sub-topic; grows and shrinks one by one, safe between threads.

    A search compares profiles, takes the listings of the closest ones, those added last first,
    until there are ``RESCORED``, and gives only these the full score.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._listings: dict[str, Subject] = {}
        self._profiles: dict[_Key, _Profile] = {}
        self._postings: defaultdict[tuple[Side, str], set[_Profile]] = defaultdict(set)
        self._counts: Counter[str] = Counter()
        self._concepts_of: defaultdict[tuple[str, Side], Counter[str]] = defaultdict(
            Counter
        )  # by municipality
        self._arrivals = 0

    def __len__(self) -> int:
        return len(self._listings)

    def add(self, subject: Subject) -> None:
        """Take in a listing, or its new version; searches see it from now on."""
        with self._lock:
            self._drop(subject.id)
            self._listings[subject.id] = subject
            profile = self._profile(subject)
            self._arrivals += 1
            profile.latest = self._arrivals
            profile.ids[subject.id] = None
            self._counts.update(subject.concepts)
            if subject.municipality:
                self._concepts_of[subject.municipality, subject.side].update(subject.concepts)

    def remove(self, id: str) -> None:
        """Forget a listing; nothing happens when it is unknown."""
        with self._lock:
            self._drop(id)

    def get(self, id: str) -> Subject | None:
        """The listing, or None when it is unknown."""
        return self._listings.get(id)

    def search(
        self, need: Subject, *, now: int, limit: int = 5, known: Acquaintance = NOTHING_KNOWN
    ) -> list[Match]:
        """The best counterparts in the order of ``rank``, from other countries than the seeker's.

        What the seeker could give back is looked up here; ``known`` need only say who are partners.
        """
        with self._lock:
            rarity = Rarity(self._counts, len(self._listings))
            candidates = self._candidates(need, rarity)
            known = replace(known, returned=self._returned(need, candidates))
            pairs = [(score(need, offer, rarity, now, known), offer) for offer in candidates]
        return choose(need, [pair for pair in pairs if related(pair[0])], limit, known)

    def _candidates(self, need: Subject, rarity: Rarity) -> list[Subject]:
        def closeness(profile: _Profile) -> tuple[float, int]:
            by_concept = WEIGHTS["concepts"] * rarity.overlap(need.concepts, profile.concepts)
            by_topic = WEIGHTS["subtopics"] * fit.overlap(need.subtopics, profile.subtopics)
            return by_concept + by_topic, profile.latest

        # Who shares a thing mostly shares its sub-topic too: these come first, and most searches end here.
        found: list[Subject] = []
        seen: set[_Profile] = set()
        for slugs in (need.concepts, need.subtopics):
            touched = self._touched(need, slugs) - seen
            seen |= touched
            for profile in sorted(touched, key=closeness, reverse=True):
                listings = (self._listings[id] for id in reversed(profile.ids))
                found += [offer for offer in listings if meets(need, offer)]
                if len(found) >= RESCORED:
                    return found[:RESCORED]
        return found

    def _touched(self, need: Subject, slugs: Sequence[str]) -> set[_Profile]:
        other: Side = "offer" if need.side == "need" else "need"
        keys = [(other, slug) for slug in slugs]
        keys += [(need.side, slug) for slug in slugs if slug in SYMMETRICAL]
        return set().union(*(self._postings.get(key, ()) for key in keys))

    def _returned(self, need: Subject, candidates: Sequence[Subject]) -> dict[str, str]:
        """As ``ranking.mutual``, from the counts kept by municipality."""
        other: Side = "offer" if need.side == "need" else "need"
        mine = self._concepts_of.get((need.municipality, other))
        if not mine:
            return {}
        found: dict[str, str] = {}
        for municipality in {offer.municipality for offer in candidates}:
            wanted = self._concepts_of.get((municipality, need.side))
            if wanted and (shared := mine.keys() & wanted.keys()):
                found[municipality] = min(shared)
        return found

    def _profile(self, subject: Subject) -> _Profile:
        key = _key(subject)
        if key not in self._profiles:
            self._profiles[key] = _Profile(key[2], key[3])
            for posting in _postings(key):
                self._postings[posting].add(self._profiles[key])
        return self._profiles[key]

    def _drop(self, id: str) -> None:
        subject = self._listings.pop(id, None)
        if subject is None:
            return
        key = _key(subject)
        profile = self._profiles[key]
        del profile.ids[id]
        if not profile.ids:
            del self._profiles[key]
            for posting in _postings(key):
                self._postings[posting].discard(profile)
        self._counts -= Counter(subject.concepts)
        if subject.municipality:
            self._concepts_of[subject.municipality, subject.side] -= Counter(subject.concepts)


def _key(subject: Subject) -> _Key:
    return subject.country, subject.side, tuple(sorted(subject.concepts)), tuple(sorted(subject.subtopics))


def _postings(key: _Key) -> Iterator[tuple[Side, str]]:
    _, side, concepts, subtopics = key
    yield from ((side, slug) for slug in {*concepts, *subtopics})
