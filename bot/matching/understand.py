"""What a message asks or offers: the way from typed words to groups, sub-topics and concepts."""

from collections.abc import Sequence
from math import log

from bot.matching import guards
from bot.matching.clauses import Piece, clause, pieces, sentence_starts
from bot.matching.evidence import (
    STRONG,
    Ranked,
    by_group,
    is_main,
    ranked_concepts,
    ranked_subtopics,
    topical,
    weighed,
    without_shadows,
)
from bot.matching.lexicon import Hit
from bot.matching.ngrams import opinion, softmax
from bot.matching.normalise import Token, clean, is_cyrillic, tokens
from bot.matching.quantities import quantities
from bot.matching.taxonomy import groups, is_restricted
from bot.matching.vocabulary import vocabulary
from bot.matching.wishes import NATURES, kind_of, natures_of, urgency_of, weight_of
from bot.model.understanding import GroupScore, Item, Kind, Route, Understanding

_SELECT = 0.6  # below it the person is asked
_SHOWN = 0.1
_HEARD = 0.5  # what the letter model must be sure of when no term was found
_BARE = 3  # words: a bare term stands for itself
_DOUBT = 0.018  # for each group: words may mean what no term foresaw
_EVIDENCE, _OPINION = 2.2, 1.0  # fitted to the calibration of the half "tune" of the evaluation set
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
_STILL_ABOUT_SOMETHING = frozenset({"", "military", "child", "location"})
_ENGLISH = frozenset(
    "the a an and of for to in is are we you our your with can need have from please on this that it be or at"
    " as by will".split()
)
_POLISH = frozenset(
    "sie jest nie oraz mamy czy ze przez lub sa przy naszej nasz nasza nasze jestesmy prosze dzien".split()
)
_POLISH_LETTERS = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")


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
    found = without_shadows(vocabulary().find(typed, _latin_language(text, typed)))
    hits = weighed(found, typed, sentence_starts(text, typed))
    heard = opinion(_telling(typed, Piece(0, len(typed), tuple(hits))))
    reason = guards.reason(text, typed, _signs(hits, max(heard)))
    kind = kind_of(hits, "?" in text)
    items = []
    if reason in _STILL_ABOUT_SOMETHING:
        for piece in pieces(text, typed, hits):
            item = _item(text, typed, piece, kind=kind, country=country, reason=reason, hits=hits)
            if item.groups:
                items.append(item)
    return Understanding(_summed_up(text, items, kind, reason, hits), tuple(items))


def _signs(hits: Sequence[Hit], heard: float) -> guards.Signs:
    topics = [hit for hit in hits if hit.entry.kind == "concept"]
    return guards.Signs(
        hits,
        topics,
        needs=weight_of(hits, "need") > 0,
        offers=weight_of(hits, "offer") > 0,
        restricted=any(is_restricted(hit.entry.slug) for hit in topics),
        heard=heard,
    )


def _item(
    text: str,
    typed: Sequence[Token],
    piece: Piece,
    *,
    kind: Kind,
    country: str,
    reason: str,
    hits: Sequence[Hit],
) -> Item:
    words = clause(text, typed, piece)
    ranked = ranked_subtopics(hit for hit in piece.hits if topical(hit))
    scores = _scores(ranked, opinion(_telling(typed, piece)), _is_wished(piece, kind))
    own = kind_of(piece.hits, "?" in words)
    decided = _decided(own if own != "unclear" else kind, ranked, country)
    natures = natures_of(piece.hits)
    if not natures and scores:
        natures = ("know-how",) if scores[0].group == 4 else ("goods",)
    return Item(
        text=words,
        groups=scores,
        subtopics=tuple(slug for slug, weight in ranked if weight >= 0.4 * ranked[0][1]),
        concepts=ranked_concepts(piece.hits),
        kind=decided,
        route=_route(reason, scores, decided),
        reason=reason,
        urgency=urgency_of(hits),
        quantities=quantities(words),
        nature=natures,
        evidence=_evidence(text, typed, piece.hits),
    )


def _summed_up(text: str, items: Sequence[Item], kind: Kind, reason: str, hits: Sequence[Hit]) -> Item:
    best: dict[int, GroupScore] = {}
    for item in items:
        for score in item.groups:
            known = best.get(score.group)
            if known is None or (score.selected, score.score) > (known.selected, known.score):
                best[score.group] = score
    scores = tuple(sorted(best.values(), key=lambda score: (not score.selected, -score.score)))
    whole = items[0].kind if items and (kind == "unclear" or len(items) == 1) else kind
    return Item(
        text=text,
        groups=scores,
        subtopics=tuple(dict.fromkeys(slug for item in items for slug in item.subtopics)),
        concepts=tuple(dict.fromkeys(slug for item in items for slug in item.concepts)),
        kind=whole,
        route=_route(reason, scores, whole),
        reason=reason,
        urgency=urgency_of(hits),
        quantities=quantities(text) if items else (),
        nature=tuple(nature for nature in NATURES if any(nature in item.nature for item in items)),
        evidence=tuple(dict.fromkeys(word for item in items for word in item.evidence)),
    )


def _scores(ranked: Ranked, heard: Sequence[float], wished: bool) -> tuple[GroupScore, ...]:
    """Groups with a calibrated probability: evidence of terms and the letter model's opinion together."""
    evidence = by_group(ranked)
    if not wished or (not evidence and max(heard) < _HEARD):
        return ()
    logits = [
        _EVIDENCE * evidence.get(group, 0.0) + _OPINION * log(share) for group, share in enumerate(heard, 1)
    ]
    chances = sorted(zip(softmax(logits), groups(), strict=True), reverse=True)
    return tuple(
        GroupScore(group, round(_DOUBT + (1 - 4 * _DOUBT) * chance, 3), place == 0 and chance >= _SELECT)
        for place, (chance, group) in enumerate(chances)
        if place == 0 or chance >= _SHOWN
    )


def _is_wished(piece: Piece, kind: Kind) -> bool:
    """Whether something is asked or offered, or at least a thing named and not only a circumstance."""
    things = [hit for hit in piece.hits if hit.entry.kind == "concept"]
    return (
        kind != "unclear"
        or urgency_of(piece.hits) == "high"
        or (piece.last - piece.first <= _BARE and any(hit.weight >= STRONG for hit in things))
        or any(not hit.entry.circumstance and hit.weight >= STRONG for hit in things)
    )


def _telling(typed: Sequence[Token], piece: Piece) -> list[str]:
    """The words of a piece that tell what it is about: of a thing if there is one, else the unusual ones."""
    main = [hit for hit in piece.hits if is_main(hit)]
    shown = [hit for hit in main if hit.weight >= hit.entry.weight] if main else filter(topical, piece.hits)
    topics = {index for hit in shown for index in hit.at}
    ordinary = {index for hit in piece.hits for index in hit.at}
    return [
        token.key
        for index, token in enumerate(typed[piece.first : piece.last], piece.first)
        if len(token.key) > 3 and not token.number and (index in topics or index not in ordinary)
    ]


def _decided(kind: Kind, ranked: Ranked, country: str) -> Kind:
    if kind == "unclear" and ranked and ranked[0][0] == "partnership-search":
        return "need"
    if kind == "unclear" and country:
        return "need" if country == "UA" else "offer"
    return kind


def _route(reason: str, scores: Sequence[GroupScore], kind: Kind) -> Route:
    if reason:
        return _ROUTES[reason]
    if not scores:
        return "ignore"
    return "ask-kind" if kind == "unclear" else "publish"


def _evidence(text: str, typed: Sequence[Token], hits: Sequence[Hit]) -> tuple[str, ...]:
    shown = sorted({index for hit in hits if hit.entry.kind == "concept" for index in hit.at})
    return tuple(dict.fromkeys(text[typed[index].start : typed[index].end] for index in shown))


def _latin_language(text: str, typed: Sequence[Token]) -> str:
    """``pl`` or ``en`` when function words or letters say so, else empty."""
    words = [token.key for token in typed if not token.number and not is_cyrillic(token.key)]
    english = sum(word in _ENGLISH for word in words)
    polish = sum(word in _POLISH for word in words) + 2 * (not _POLISH_LETTERS.isdisjoint(text))
    return "en" if english > polish else "pl" if polish > english else ""
