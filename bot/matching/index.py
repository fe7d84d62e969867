"""Open listings by what they are about, so that a new one meets them in milliseconds."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest
from itertools import islice
from threading import Lock

from bot.matching.cognates import likeness, skeleton
from bot.matching.fit import SYMMETRICAL, Rarity, Topic, shares, telling
from bot.matching.ranking import NOTHING_KNOWN, Acquaintance, choose, meets, related, score
from bot.matching.weights import RESCORED
from bot.model.listing import Match, Side, Subject

_Key = tuple[str, Side, tuple[str, ...], tuple[str, ...]]


@dataclass(eq=False, slots=True)
class _Profile:
    """Listings of one country and side about the same: the topic part of their score is equal.

    ``ids`` are in the order of arrival; ``latest`` is the number of the last arrival.
    """

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
        self._sounds: dict[str, str] = {}  # skeletons by id
        self._profiles: dict[_Key, _Profile] = {}
        self._postings: defaultdict[tuple[str, Side, str], dict[_Profile, float]] = defaultdict(dict)
        self._counts: Counter[str] = Counter()
        self._concepts_of: defaultdict[tuple[str, Side], Counter[str]] = defaultdict(
            Counter
        )  # by municipality
        self._countries: set[str] = set()  # ever seen
        self._arrivals = 0

    def __len__(self) -> int:
        return len(self._listings)

    def add(self, subject: Subject) -> None:
        """Take in a listing, or its new version; searches see it from now on."""
        with self._lock:
            self._drop(subject.id)
            self._listings[subject.id] = subject
            self._sounds[subject.id] = skeleton(subject.text)
            profile = self._profile(subject)
            self._countries.add(subject.country)
            self._arrivals += 1
            profile.latest = self._arrivals
            profile.ids[subject.id] = None
            self._counts.update(subject.concepts)
            if subject.municipality:
                self._concepts_of[subject.municipality, subject.side].update(telling(subject.concepts))

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
            topic = Topic(need, Rarity(self._counts, len(self._listings)))
            candidates = self._candidates(need, topic)
            known = replace(known, returned=self._returned(need, candidates))
            sound = skeleton(need.text)
            pairs = [
                (score(topic, offer, likeness(sound, self._sounds[offer.id]), now, known), offer)
                for offer in candidates
            ]
        return choose(need, [pair for pair in pairs if related(pair[0])], limit, known)

    def _candidates(self, need: Subject, topic: Topic) -> list[Subject]:
        closeness = self._closeness(need, topic)
        closest = nlargest(RESCORED, closeness, key=lambda profile: (closeness[profile], profile.latest))
        found: list[Subject] = []
        for profile in closest:
            listings = (self._listings[id] for id in reversed(profile.ids))
            found += islice((offer for offer in listings if meets(need, offer)), RESCORED - len(found))
        return found

    def _closeness(self, need: Subject, topic: Topic) -> dict[_Profile, float]:
        """About the topic part of the score, by profile."""
        other: Side = "offer" if need.side == "need" else "need"
        pulls = list(topic.pulls())
        found = self._pulled(need.country, other, pulls)
        symmetrical = [(slug, pull) for slug, pull in pulls if slug in SYMMETRICAL]
        if symmetrical:
            same_side = self._pulled(need.country, need.side, pulls)
            for profile in self._pulled(need.country, need.side, symmetrical):
                found[profile] = same_side[profile]
        return found

    def _pulled(self, home: str, side: Side, pulls: Sequence[tuple[str, float]]) -> dict[_Profile, float]:
        """The profiles of one side abroad that share a slug, with the sum of what their slugs add."""
        found: defaultdict[_Profile, float] = defaultdict(float)
        for country in self._countries:
            if country != home or not home:
                for slug, pull in pulls:
                    for profile, share in self._postings.get((country, side, slug), {}).items():
                        found[profile] += pull * share
        return found

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
            self._profiles[key] = _Profile()
            for posting, share in _postings(key):
                self._postings[posting][self._profiles[key]] = share
        return self._profiles[key]

    def _drop(self, id: str) -> None:
        subject = self._listings.pop(id, None)
        if subject is None:
            return
        del self._sounds[id]
        key = _key(subject)
        profile = self._profiles[key]
        del profile.ids[id]
        if not profile.ids:
            del self._profiles[key]
            for posting, _ in _postings(key):
                del self._postings[posting][profile]
        self._counts -= Counter(subject.concepts)
        if subject.municipality:
            self._concepts_of[subject.municipality, subject.side] -= Counter(telling(subject.concepts))


def _key(subject: Subject) -> _Key:
    return subject.country, subject.side, subject.concepts, subject.subtopics


def _postings(key: _Key) -> Iterator[tuple[tuple[str, Side, str], float]]:
    country, side, concepts, subtopics = key
    yield from (((country, side, slug), share) for slug, share in shares(concepts, subtopics).items())
