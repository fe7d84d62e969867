"""How terms add up: which speak for the thing asked for and which only for where it goes or why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.matching.lexicon import Hit
from bot.matching.normalise import Token
from bot.matching.taxonomy import group_of, subtopic_of
from bot.matching.wishes import asks_or_offers

STRONG = 0.6
_ASIDE = 0.3
_REACH = 9  # tokens from a thing to what it is for
_FRAMES = frozenset({"study-visits", "partnership-search"})
_FRAME_CONCEPTS = frozenset({"staff-training", "project-partner"})
_FOR = frozenset("для в у на при до dlia dlya dla w we na przy do for in at to into".split())

Ranked = list[tuple[str, float]]


def is_frame(subtopic: str) -> bool:
    """A visit or a partnership is often only the way to a topic, which then decides."""
    return subtopic in _FRAMES


def topical(hit: Hit) -> bool:
    """Whether a term speaks for a sub-topic at all."""
    return hit.entry.kind in ("concept", "place")


def is_main(hit: Hit) -> bool:
    """Whether a term names a thing asked for: no place, no circumstance, no mere way of helping."""
    return hit.entry.kind == "concept" and hit.weight >= STRONG and not framing(hit.entry.slug)


def without_shadows(hits: Sequence[Hit]) -> list[Hit]:
    """Hits without those whose words are part of a longer term of the same kind."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (-len(hit.at), -hit.weight)):
        side = _side(hit)
        covered = any(
            set(hit.at) < set(other.at) or (hit.at == other.at and hit.entry.slug == other.entry.slug)
            for other in kept
            if _side(other) == side
        )
        if not covered:
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.at)


def weighed(hits: Sequence[Hit], typed: Sequence[Token], sentences: set[int]) -> list[Hit]:
    """Hits with less weight for what stands aside: a circumstance, or a place that the thing is for.

    The thing asked for decides, not where it goes: a boiler for a hospital is heating.
    """
    things = [hit for hit in hits if hit.entry.kind == "concept"]
    aside = {id(hit) for hit in things if hit.entry.circumstance}
    main = [hit for hit in things if id(hit) not in aside and is_main(hit)]
    aside = aside if main else set()
    wishes = {index for hit in hits if asks_or_offers(hit) for index in hit.at}
    for hit in things:
        if not framing(hit.entry.slug) and _is_for(hit, main, things, typed, sentences | wishes):
            aside.add(id(hit))
    return [replace(hit, weight=hit.weight * _ASIDE) if id(hit) in aside else hit for hit in hits]


def _is_for(
    hit: Hit, main: Sequence[Hit], things: Sequence[Hit], typed: Sequence[Token], breaks: set[int]
) -> bool:
    """Whether a hit names what the thing before it is for: "for", then the hit, nothing new in between."""
    start = _led_by(hit, typed, things)
    if start is None:
        return False
    before = max(
        (other for other in things if other.at[-1] < start), key=lambda other: other.at[-1], default=None
    )
    return (
        before is not None
        and any(before is other for other in main)
        and start - before.at[-1] <= _REACH
        and not any(before.at[-1] < index <= start for index in breaks)
        and group_of(before.entry.slug) != group_of(hit.entry.slug)
    )


def ranked_subtopics(hits: Iterable[Hit]) -> Ranked:
    """Sub-topics with their evidence, best first; frames and places step back behind a thing."""
    by_concept: dict[str, float] = defaultdict(float)
    places: dict[str, float] = defaultdict(float)
    for hit in hits:
        if hit.entry.kind == "place":
            places[hit.entry.slug] = max(places[hit.entry.slug], hit.weight)
        elif hit.entry.kind == "concept":
            total_weight = by_concept[hit.entry.slug] + hit.weight
            by_concept[hit.entry.slug] = min(total_weight, max(1.6, hit.weight))
    thing = any(weight >= STRONG and not framing(slug) for slug, weight in by_concept.items())
    total: dict[str, float] = defaultdict(float)
    for slug, weight in by_concept.items():
        total[subtopic_of(slug)] += weight * (_ASIDE if thing and framing(slug) else 1.0)
    for slug, weight in places.items():
        total[slug] += weight * (_ASIDE if by_concept else 1.0)
    return sorted(total.items(), key=lambda pair: -pair[1])


def ranked_concepts(hits: Iterable[Hit]) -> tuple[str, ...]:
    """Concept slugs, best first."""
    weights: dict[str, float] = defaultdict(float)
    for hit in hits:
        if hit.entry.kind == "concept":
            slug = hit.entry.slug
            weights[slug] = max(weights[slug], hit.weight * (_ASIDE if framing(slug) else 1.0))
    return tuple(sorted(weights, key=lambda slug: -weights[slug]))


def by_group(ranked: Ranked) -> dict[int, float]:
    """Evidence for each group that has any."""
    total: dict[int, float] = defaultdict(float)
    for slug, weight in ranked:
        total[group_of(slug)] += weight
    return dict(total)


def framing(concept: str) -> bool:
    """Whether a concept is a way of helping (a visit, training, a partner) rather than a thing."""
    return concept in _FRAME_CONCEPTS or is_frame(subtopic_of(concept))


def _side(hit: Hit) -> str:
    """Kinds among which a longer term hides a shorter one."""
    if topical(hit) or (hit.entry.kind == "neutral" and len(hit.at) > 1):
        return "topic"  # "dear friends" in Ukrainian holds the word for roads
    return hit.entry.kind if hit.entry.slug in ("need", "offer") else hit.entry.kind + hit.entry.slug


def _led_by(hit: Hit, typed: Sequence[Token], things: Sequence[Hit]) -> int | None:
    """Index of the "for" that leads to a hit with no other thing between; None without one."""
    for index in range(hit.at[0] - 1, max(hit.at[0] - 4, -1), -1):
        if any(index in other.at for other in things):
            return None
        if typed[index].key in _FOR:
            return index
    return None
