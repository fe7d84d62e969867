"""Open listings by what they are about, so that a new one meets them in milliseconds."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Lock

from bot.matching import fit
from bot.matching.fit import Rarity
from bot.matching.ranking import NOTHING_KNOWN, SYMMETRICAL, Acquaintance, choose, meets, related, score
from bot.matching.weights import RESCORED, WEIGHTS
from bot.model.listing import Match, Side, Subject

# What listings about the same have in common: country, side, concepts, sub-topics.
# The topic part of the score is equal for all of them.
_Profile = tuple[str, Side, tuple[str, ...], tuple[str, ...]]


class ListingIndex:
    """Listings found by concept and sub-topic; grows and shrinks one by one, safe between threads.

    A search compares profiles, takes the listings of the closest ones, those added last first,
    until there are ``RESCORED``, and gives only these the full score.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._listings: dict[str, Subject] = {}
        self._profiles: dict[_Profile, dict[str, None]] = {}  # ids in the order of their arrival
        self._postings: defaultdict[tuple[Side, str], set[_Profile]] = defaultdict(set)
        self._counts: Counter[str] = Counter()
        self._municipalities: defaultdict[str, set[str]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._listings)

    def add(self, subject: Subject) -> None:
        """Take in a listing, or its new version; searches see it from now on."""
        with self._lock:
            self._drop(subject.id)
            self._listings[subject.id] = subject
            profile = _profile(subject)
            if profile not in self._profiles:
                for key in _keys(profile):
                    self._postings[key].add(profile)
            self._profiles.setdefault(profile, {})[subject.id] = None
            self._counts.update(set(subject.concepts))
            self._municipalities[subject.municipality].add(subject.id)

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

        The other open listings of the seeker and of those found are looked up here, for
        reciprocity; ``known`` need only say who are partners.
        """
        with self._lock:
            rarity = Rarity(self._counts, len(self._listings))
            candidates = self._candidates(need, rarity)
            known = self._with_other_listings(known, need, candidates)
            pairs = [(score(need, offer, rarity, now, known), offer) for offer in candidates]
        return choose(need, [pair for pair in pairs if related(pair[0])], limit, known)

    def _candidates(self, need: Subject, rarity: Rarity) -> list[Subject]:
        found: list[Subject] = []
        for profile in sorted(self._touched(need), key=lambda it: (-_closeness(need, it, rarity), it)):
            listings = (self._listings[id] for id in reversed(self._profiles[profile]))
            found += [offer for offer in listings if meets(need, offer)]
            if len(found) >= RESCORED:
                break
        return found[:RESCORED]

    def _touched(self, need: Subject) -> set[_Profile]:
        other: Side = "offer" if need.side == "need" else "need"
        keys = [(other, slug) for slug in (*need.concepts, *need.subtopics)]
        keys += [(need.side, slug) for slug in need.subtopics if slug in SYMMETRICAL]
        return set().union(*(self._postings.get(key, ()) for key in keys))

    def _with_other_listings(
        self, known: Acquaintance, need: Subject, candidates: Sequence[Subject]
    ) -> Acquaintance:
        mine = [other for other in self._of(need.municipality) if other.id != need.id]
        if not mine:
            return known
        theirs = {offer.municipality: tuple(self._of(offer.municipality)) for offer in candidates}
        return replace(known, mine=mine, theirs=theirs)

    def _of(self, municipality: str) -> Iterator[Subject]:
        if municipality:
            yield from (self._listings[id] for id in sorted(self._municipalities.get(municipality, ())))

    def _drop(self, id: str) -> None:
        subject = self._listings.pop(id, None)
        if subject is None:
            return
        profile = _profile(subject)
        del self._profiles[profile][id]
        if not self._profiles[profile]:
            del self._profiles[profile]
            for key in _keys(profile):
                self._postings[key].discard(profile)
        self._counts.subtract(set(subject.concepts))
        self._municipalities[subject.municipality].discard(id)


def _profile(subject: Subject) -> _Profile:
    return subject.country, subject.side, tuple(sorted(subject.concepts)), tuple(sorted(subject.subtopics))


def _keys(profile: _Profile) -> Iterator[tuple[Side, str]]:
    _, side, concepts, subtopics = profile
    yield from ((side, slug) for slug in {*concepts, *subtopics})


def _closeness(need: Subject, profile: _Profile, rarity: Rarity) -> float:
    _, _, concepts, subtopics = profile
    by_concept = WEIGHTS["concepts"] * rarity.overlap(need.concepts, concepts)
    return by_concept + WEIGHTS["subtopics"] * fit.overlap(need.subtopics, subtopics)
