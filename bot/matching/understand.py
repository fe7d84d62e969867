"""What a message asks or offers: the way from typed words to groups, sub-topics and concepts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.matching import guards
from bot.matching.clauses import joins, leads, sentence_starts, soft_starts
from bot.matching.lexicon import Hit
from bot.matching.normalise import Token, clean, is_cyrillic, tokens
from bot.matching.quantities import quantities
from bot.matching.taxonomy import group_of, is_restricted, subtopic_of
from bot.matching.vocabulary import vocabulary
from bot.model.understanding import GroupScore, Item, Kind, Nature, Route, Understanding, Urgency

_FRAMES = frozenset({"study-visits", "partnership-search"})
_FRAME_CONCEPTS = frozenset({"staff-training", "project-partner"})
_FRAME_WEIGHT = 0.3
_PLACE_WEIGHT = 0.3
_STRONG = 0.6
_SELECT = 0.5
_NATURES: tuple[Nature, ...] = ("goods", "know-how", "hosting", "money")
_ROUTES: dict[str, Route] = {
    "military": "human",
    "personal": "human",
    "child": "human",
    "complaint": "human",
    "location": "human",
    "spam": "ignore",
    "greeting": "ignore",
    "thanks": "ignore",
    "gibberish": "ignore",
    "question": "help",
    "weak-intent": "help",
}
_NO_TOPIC = frozenset(
    {
        "military",
        "personal",
        "complaint",
        "spam",
        "greeting",
        "thanks",
        "gibberish",
        "question",
        "weak-intent",
    }
)
_ENGLISH = frozenset(
    "the a an and of for to in is are we you our your with can need have from please on this that it be or at as by will".split()
)
_POLISH = frozenset(
    "i w z na do dla się jest nie to o po od oraz mamy czy jak ze za przez nas nam my lub sa są przy".split()
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the message by token indices, and the terms that stand in it."""

    first: int
    last: int
    hits: tuple[Hit, ...]


def understand(text: str, *, country: str = "", now: int = 0) -> Understanding:
    """What a message asks or offers, summed up and item by item.

    Pure and offline; the text is cut to 2,000 characters.

    Args:
        text: As typed, in Ukrainian, Polish, English, a mixture, any spelling.
        country: ``UA`` or ``PL`` of the writer: decides between need and offer when the text does not.
        now: Moment of writing, UTC epoch ms; nothing depends on it yet that is not in the text.
    """
    text = clean(text)
    typed = tokens(text)
    hits = _without_shadows(vocabulary().find(typed, _latin_language(typed)))
    topics = [hit for hit in hits if hit.entry.kind == "concept"]
    whole_kind = _kind(hits, text)
    signs = guards.Signs(
        hits,
        topics,
        needs=_wishes(hits, "need") > 0,
        offers=_wishes(hits, "offer") > 0,
        restricted=any(is_restricted(hit.entry.slug) for hit in topics),
    )
    reason = guards.reason(text, typed, signs)
    pieces = [] if reason in _NO_TOPIC - {"military"} else _pieces(text, typed, hits)
    items = [
        _item(
            text, typed, piece, whole_kind=whole_kind, country=country, reason=reason, urgency=_urgency(hits)
        )
        for piece in pieces
    ]
    items = [item for item in items if item.groups]
    return Understanding(_summed_up(text, items, whole_kind, country, reason, hits), tuple(items))


def _pieces(text: str, typed: Sequence[Token], hits: Sequence[Hit]) -> list[_Piece]:
    """The message cut where one need ends and another begins."""
    if not typed:
        return []
    sentences = sentence_starts(text, typed)
    starts = sentences | soft_starts(text, typed) | _wish_starts(hits) | _list_starts(typed, hits)
    ordered = sorted(starts)
    pieces = [
        _Piece(first, last, tuple(hit for hit in hits if first <= hit.at[0] < last))
        for first, last in zip(ordered, [*ordered[1:], len(typed)], strict=True)
    ]
    return _joined(pieces, sentences)


def _joined(pieces: Iterable[_Piece], sentences: set[int]) -> list[_Piece]:
    """Pieces put together again unless both name something of their own."""
    joined: list[_Piece] = []
    waiting: _Piece | None = None
    for piece in pieces:
        if waiting:
            piece = _Piece(waiting.first, piece.last, waiting.hits + piece.hits)
            waiting = None
        topic = _own_topic(piece)
        if not topic:
            opens = any(
                hit.entry.kind == "wish" and hit.entry.slug in ("need", "offer") for hit in piece.hits
            )
            if joined and not (opens or piece.first in sentences):
                joined[-1] = _Piece(joined[-1].first, piece.last, joined[-1].hits + piece.hits)
            else:
                waiting = piece
        elif joined and _belongs(joined[-1], piece):
            joined[-1] = _Piece(joined[-1].first, piece.last, joined[-1].hits + piece.hits)
        else:
            joined.append(piece)
    if waiting and joined:
        joined[-1] = _Piece(joined[-1].first, waiting.last, joined[-1].hits + waiting.hits)
    elif waiting:
        joined.append(waiting)
    return joined


def _own_topic(piece: _Piece) -> str:
    """The sub-topic a piece is about, if a thing in it says so."""
    found = _subtopics(hit for hit in piece.hits if hit.entry.kind == "concept" and hit.weight >= _STRONG)
    return found[0][0] if found else ""


def _belongs(before: _Piece, piece: _Piece) -> bool:
    """Whether a piece goes on about what the piece before it asks."""
    ours, theirs = _own_topic(piece), _own_topic(before)
    wishes = any(hit.entry.kind == "wish" and hit.entry.slug in ("need", "offer") for hit in piece.hits)
    if ours != theirs and ours == "study-visits" and wishes:
        return False
    same = ours == theirs or _is_frame(ours) or _is_frame(theirs)
    kinds = {_kind(before.hits, ""), _kind(piece.hits, "")} - {"unclear"}
    if not same or len(kinds) > 1:
        return False
    mine, his = set(_natures(piece.hits)), set(_natures(before.hits))
    return not (kinds == {"offer"} and mine and his and not mine & his)


def _wish_starts(hits: Iterable[Hit]) -> set[int]:
    return {hit.at[0] for hit in hits if hit.entry.kind == "wish" and hit.entry.slug in ("need", "offer")}


def _list_starts(typed: Sequence[Token], hits: Sequence[Hit]) -> set[int]:
    """Where a thing of another group follows without a comma and without "for", as dictated text has it."""
    things = sorted(
        (hit for hit in hits if hit.entry.kind == "concept" and hit.weight >= 0.9), key=lambda hit: hit.at
    )
    starts = set()
    for one, other in zip(things, things[1:], strict=False):
        between = typed[one.at[-1] + 1 : other.at[0]]
        if (
            other.at[0] > one.at[-1]
            and group_of(one.entry.slug) != group_of(other.entry.slug)
            and not any(leads(token) for token in between)
        ):
            first = other.at[0]
            while first - 1 > one.at[-1] and typed[first - 1].number:
                first -= 1
            starts.add(first)
    return starts


def _item(
    text: str,
    typed: Sequence[Token],
    piece: _Piece,
    *,
    whole_kind: Kind,
    country: str,
    reason: str,
    urgency: Urgency,
) -> Item:
    last = piece.last
    while last - 1 > piece.first and joins(typed[last - 1]):
        last -= 1
    clause = text[typed[piece.first].start : typed[last - 1].end]
    things = [hit for hit in piece.hits if hit.entry.kind == "concept"]
    ranked = _subtopics(hit for hit in piece.hits if hit.entry.kind in ("concept", "place"))
    scores = _scores(ranked)
    kind = _kind(piece.hits, clause)
    kind = _decided(kind if kind != "unclear" else whole_kind, ranked, country)
    natures = _natures(piece.hits)
    return Item(
        text=clause,
        groups=scores,
        subtopics=tuple(slug for slug, _ in ranked if _counts(slug, ranked)),
        concepts=_concepts(things),
        kind=kind,
        route=_route(reason, scores, kind),
        reason=reason,
        urgency=urgency,
        quantities=quantities(clause),
        nature=natures
        or (("know-how",) if scores and scores[0].group == 4 else ("goods",) if things else ()),
        evidence=_evidence(text, typed, things),
    )


def _summed_up(
    text: str, items: Sequence[Item], kind: Kind, country: str, reason: str, hits: Sequence[Hit]
) -> Item:
    best: dict[int, GroupScore] = {}
    for item in items:
        for score in item.groups:
            known = best.get(score.group)
            if known is None or (score.selected, score.score) > (known.selected, known.score):
                best[score.group] = score
    scores = tuple(sorted(best.values(), key=lambda score: (not score.selected, -score.score)))
    subtopics = tuple(dict.fromkeys(slug for item in items for slug in item.subtopics))
    kinds = {item.kind for item in items}
    whole: Kind = (
        kind if kind != "unclear" else kinds.pop() if len(kinds) == 1 else items[0].kind if items else kind
    )
    return Item(
        text=text,
        groups=scores,
        subtopics=subtopics,
        concepts=tuple(dict.fromkeys(slug for item in items for slug in item.concepts)),
        kind=whole,
        route=_route(reason, scores, whole),
        reason=reason,
        urgency=_urgency(hits),
        quantities=quantities(text),
        nature=tuple(nature for nature in _NATURES if any(nature in item.nature for item in items)),
        evidence=tuple(dict.fromkeys(word for item in items for word in item.evidence)),
    )


def _subtopics(hits: Iterable[Hit]) -> list[tuple[str, float]]:
    """Sub-topics with their evidence, best first; frames and places step back behind a thing."""
    by_concept: dict[str, float] = defaultdict(float)
    places: dict[str, float] = defaultdict(float)
    for hit in hits:
        if hit.entry.kind == "place":
            places[hit.entry.slug] = max(places[hit.entry.slug], hit.weight)
        else:
            by_concept[hit.entry.slug] = min(by_concept[hit.entry.slug] + hit.weight, max(1.6, hit.weight))
    total: dict[str, float] = defaultdict(float)
    thing = any(weight >= _STRONG and not _framing(slug) for slug, weight in by_concept.items())
    for slug, weight in by_concept.items():
        total[subtopic_of(slug)] += weight * (_FRAME_WEIGHT if thing and _framing(slug) else 1.0)
    for slug, weight in places.items():
        total[slug] += weight * (_PLACE_WEIGHT if by_concept else 1.0)
    return sorted(total.items(), key=lambda pair: -pair[1])


def _framing(concept: str) -> bool:
    return concept in _FRAME_CONCEPTS or subtopic_of(concept) in _FRAMES


def _is_frame(subtopic: str) -> bool:
    return subtopic in _FRAMES


def _counts(slug: str, ranked: Sequence[tuple[str, float]]) -> bool:
    weight = dict(ranked)[slug]
    return weight >= 0.4 * ranked[0][1]


def _scores(ranked: Sequence[tuple[str, float]]) -> tuple[GroupScore, ...]:
    total: dict[int, float] = defaultdict(float)
    for slug, weight in ranked:
        total[group_of(slug)] += weight
    evidence = sum(total.values())
    if not evidence:
        return ()
    best = max(total, key=lambda group: total[group])
    scores = []
    for group, weight in sorted(total.items(), key=lambda pair: -pair[1]):
        share = weight / evidence
        score = round(share * (evidence / (evidence + 0.12)), 3)
        scores.append(GroupScore(group, score, group == best and score >= _SELECT))
    return tuple(scores)


def _concepts(things: Sequence[Hit]) -> tuple[str, ...]:
    weights: dict[str, float] = defaultdict(float)
    for hit in things:
        weights[hit.entry.slug] = max(
            weights[hit.entry.slug], hit.weight * (_FRAME_WEIGHT if _framing(hit.entry.slug) else 1)
        )
    return tuple(sorted(weights, key=lambda slug: -weights[slug]))


def _wishes(hits: Iterable[Hit], slug: str) -> float:
    return sum(len(hit.at) ** 2 for hit in hits if hit.entry.kind == "wish" and hit.entry.slug == slug)


def _kind(hits: Sequence[Hit], text: str) -> Kind:
    need, offer = _wishes(hits, "need"), _wishes(hits, "offer")
    if need == offer:
        return "need" if need and "?" in text else "unclear"
    return "need" if need > offer else "offer"


def _decided(kind: Kind, ranked: Sequence[tuple[str, float]], country: str) -> Kind:
    if kind != "unclear":
        return kind
    if ranked and ranked[0][0] == "partnership-search":
        return "need"
    return "need" if country == "UA" else "offer" if country == "PL" else "unclear"


def _route(reason: str, scores: Sequence[GroupScore], kind: Kind) -> Route:
    if reason:
        return _ROUTES[reason]
    if not scores:
        return "ignore"
    return "ask-kind" if kind == "unclear" else "publish"


def _urgency(hits: Sequence[Hit]) -> Urgency:
    levels = {hit.entry.slug for hit in hits if hit.entry.kind == "wish" and hit.weight >= 0.9}
    return "high" if "high" in levels else "medium" if "medium" in levels else ""


def _natures(hits: Sequence[Hit]) -> tuple[Nature, ...]:
    found = {hit.entry.slug for hit in hits if hit.entry.kind == "wish"}
    return tuple(nature for nature in _NATURES if nature in found)


def _evidence(text: str, typed: Sequence[Token], things: Sequence[Hit]) -> tuple[str, ...]:
    ordered = sorted({index for hit in things for index in hit.at})
    return tuple(dict.fromkeys(text[typed[index].start : typed[index].end] for index in ordered))


def _without_shadows(hits: Sequence[Hit]) -> list[Hit]:
    """Hits of topics without those whose words are part of a longer term; other kinds as they are."""
    topical = ("concept", "place")
    longest = sorted(
        (hit for hit in hits if hit.entry.kind in topical), key=lambda hit: (-len(hit.at), -hit.weight)
    )
    kept: list[Hit] = []
    for hit in longest:
        if not any(
            set(hit.at) < set(other.at) or (hit.at == other.at and hit.entry.slug == other.entry.slug)
            for other in kept
        ):
            kept.append(hit)
    wishes = [hit for hit in hits if hit.entry.kind == "wish"]
    shown = [
        hit
        for hit in wishes
        if not any(set(hit.at) < set(other.at) and _opposed(hit, other) for other in wishes)
    ]
    rest = [hit for hit in hits if hit.entry.kind not in topical and hit.entry.kind != "wish"]
    return kept + list({(hit.entry.slug, hit.at): hit for hit in shown}.values()) + rest


def _opposed(hit: Hit, other: Hit) -> bool:
    sides = {"need", "offer"}
    return hit.entry.slug in sides and other.entry.slug in sides


def _latin_language(typed: Sequence[Token]) -> str:
    """``pl`` or ``en`` when function words say so, else empty."""
    words = [token.key for token in typed if not token.number and not is_cyrillic(token.key)]
    english, polish = sum(word in _ENGLISH for word in words), sum(word in _POLISH for word in words)
    return "en" if english > polish else "pl" if polish > english else ""
