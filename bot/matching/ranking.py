"""Which listings of the other country meet a listing best."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.matching import fit
from bot.matching.cognates import likeness, skeleton
from bot.matching.fit import Rarity, Topic
from bot.matching.reasons import reasons
from bot.matching.weights import (
    COGNATES_ALONE,
    HALF_LIFE_DAYS,
    KEPT_PLACE,
    LEAST_AVAILABLE,
    URGENT_HALF_LIFE_DAYS,
    WEIGHTS,
)
from bot.model.listing import Match, Subject

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What is known of the seeker and of those found beyond the listings; ranking works without it.

    Attributes:
        partners: Keys of the municipalities that are partners already.
        prefer_new: Somebody new is wanted, so partners come later instead of sooner.
        returned: By municipality key, a concept through which the seeker can give something back;
            ``mutual`` finds them.
    """

    partners: Collection[str] = ()
    prefer_new: bool = False
    returned: Mapping[str, str] = field(default_factory=dict)


NOTHING_KNOWN = Acquaintance()


def rank(
    need: Subject,
    offers: Sequence[Subject],
    *,
    now: int = 0,
    limit: int = 5,
    known: Acquaintance = NOTHING_KNOWN,
) -> list[Match]:
    """The best counterparts of ``need``, which may also be an offer, best first, at most ``limit``.

    The score is the sum of the parts of ``weights.toml``, times freshness (``now`` in UTC epoch
    milliseconds; 0 leaves it out), times availability. Equal scores go by id. A municipality stands
    once; the last place goes to a community without any partner when one fits and none is shown.
    """
    rarity = Rarity(Counter(concept for offer in offers for concept in offer.concepts), len(offers))
    topic, sound = Topic(need, rarity), skeleton(need.text)
    pairs = [
        (score(topic, offer, likeness(sound, skeleton(offer.text)), now, known), offer)
        for offer in offers
        if meets(need, offer)
    ]
    return choose(need, [pair for pair in pairs if related(pair[0])], limit, known)


def meets(one: Subject, other: Subject) -> bool:
    """Whether two listings may be brought together at all, whatever they are about."""
    if one.id == other.id or (one.municipality and one.municipality == other.municipality):
        return False
    if one.country and one.country == other.country:
        return False
    if other.open_share <= 0:
        return False
    return fit.complementary(one, other)


def related(match: Match) -> bool:
    """Whether they share a thing or a sub-topic, or sound nearly the same; a group alone is too little."""
    parts = match.components
    return parts["concepts"] > 0 or parts["subtopics"] > 0 or parts["cognates"] >= COGNATES_ALONE


def score(topic: Topic, offer: Subject, cognates: float, now: int, known: Acquaintance) -> Match:
    """The match of one pair with its components, still without reasons; ``cognates`` is their likeness."""
    need = topic.subject
    components = {
        "concepts": topic.concepts(offer.concepts),
        "subtopics": topic.subtopics(offer.subtopics),
        "cognates": cognates,
        "nature": fit.nature(need, offer),
        "quantity": fit.quantity(need, offer),
        "distance": fit.distance(need, offer),
        "size": fit.size(need, offer),
        "partnership": float((offer.municipality in known.partners) != known.prefer_new),
        "reciprocity": float(offer.municipality in known.returned),
    }
    factors = {"freshness": freshness(offer, now), "availability": availability(offer)}
    total = sum(weight * components[name] for name, weight in WEIGHTS.items())
    total *= factors["freshness"] * factors["availability"]
    return Match(offer.id, min(1.0, total), components | factors)


def mutual(need: Subject, mine: Iterable[Subject], theirs: Iterable[Subject]) -> dict[str, str]:
    """By municipality of ``theirs``, a concept that they look for and that the seeker gives in ``mine``.

    When ``need`` is an offer it is the reverse: what they give and the seeker looks for.
    """
    given = {
        concept for listing in mine if listing.side != need.side for concept in fit.telling(listing.concepts)
    }
    found: dict[str, str] = {}
    for listing in theirs:
        shared = given.intersection(fit.telling(listing.concepts)) if listing.side == need.side else set()
        if shared and listing.municipality not in ("", need.municipality):
            found.setdefault(listing.municipality, min(shared))
    return found


def freshness(offer: Subject, now: int) -> float:
    """Half after 60 days, urgent ones after 14; 1 when a time is unknown."""
    if not now or not offer.published_at:
        return 1.0
    days = max(0, now - offer.published_at) / DAY_MS
    half_life = URGENT_HALF_LIFE_DAYS if offer.urgency == "high" else HALF_LIFE_DAYS
    return float(0.5 ** (days / half_life))


def availability(offer: Subject) -> float:
    """1 untouched, down to ``LEAST_AVAILABLE`` nearly used up, 0 used up."""
    share = min(1.0, offer.open_share)
    return LEAST_AVAILABLE + (1 - LEAST_AVAILABLE) * share if share > 0 else 0.0


def choose(
    need: Subject, scored: Iterable[tuple[Match, Subject]], limit: int, known: Acquaintance = NOTHING_KNOWN
) -> list[Match]:
    """The matches to show, with their reasons."""
    best: dict[str, tuple[Match, Subject]] = {}
    for match, offer in sorted(scored, key=lambda pair: (-pair[0].score, pair[0].id)):
        best.setdefault(offer.municipality or f"listing {offer.id}", (match, offer))
    shown = _with_kept_place(list(best.values()), limit)
    return [_with_reasons(need, offer, match, known) for match, offer in shown]


def _with_reasons(need: Subject, offer: Subject, match: Match, known: Acquaintance) -> Match:
    partner = offer.municipality in known.partners
    why = reasons(
        need, offer, match.components, partner=partner, returned=known.returned.get(offer.municipality)
    )
    return replace(match, reasons=why)


def _with_kept_place(ranked: list[tuple[Match, Subject]], limit: int) -> list[tuple[Match, Subject]]:
    shown, rest = ranked[:limit], ranked[limit:]
    if limit < 2 or any(offer.partners == 0 for _, offer in shown):
        return shown
    enough = shown[-1][0].score * KEPT_PLACE if shown else 0.0
    newcomers = [(match, offer) for match, offer in rest if offer.partners == 0 and match.score >= enough]
    return [*shown[: limit - 1], newcomers[0]] if newcomers else shown
