"""A message cut into the stretches that may each be a need or an offer of their own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.matching.evidence import STRONG, is_frame, ranked_subtopics
from bot.matching.lexicon import Hit
from bot.matching.normalise import Token
from bot.matching.taxonomy import group_of
from bot.matching.wishes import asks_or_offers, kind_of

_HARD = re.compile(r"[!?;\n•]|\.(?=\s|$)|(?:^|\s)[-–—*](?=\s)|(?<=\s)\d+\)")
_SOFT = re.compile(r"[,:+/(]")
_SHORTENED = frozenset(
    "м вул обл р рр тис млн шт грн кв куб п т т.д т.п ін напр св ул см мм л кг км год"
    " szt tys mln zł m in np itp pow woj r nr gm pcs no st".split()
)
_LACKING = frozenset("нема немає не без brak nie bez no without".split())
_ASIDE = 0.3
_SHORT = 3  # words of a list member
_LONG_LIST = 3  # things named before
_CERTAIN = 0.9
_JOINING = frozenset(
    "та і й и або чи також ще плюс окрім крім додатково окремо а теж еще"
    " oraz i lub ponadto dodatkowo rowniez takze tez plus"
    " and also additionally or moreover besides second third".split()
)
_LEADING = frozenset(
    "для dlia dlya на в у з із зі до від по без під біля про при за к о від"
    " dla na w we z ze do od bez pod o przy za of to for in with without on at from about by".split()
)
_EXPLAINING = frozenset(
    "який яка яке які якого якої яким якою що бо оскільки тому де аби щоб можна бажано который которая"
    " которые ktory ktora ktore ktorzy ktorych bo poniewaz zeby aby gdzie mozna najlepiej"
    " which that who because as where so preferably".split()
)
_DESCRIBING = ("ні", "ий", "ого", "ої", "их", "ими", "ne", "ny", "nych", "ego", "ej", "owe", "owych", "owy")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the message, tokens ``first`` to before ``last``, and the terms that stand in it."""

    first: int
    last: int
    hits: tuple[Hit, ...]

    def followed_by(self, other: "Piece") -> "Piece":
        """Both as one."""
        return Piece(self.first, other.last, self.hits + other.hits)

    def aside(self) -> "Piece":
        """With little weight for what it names."""
        return replace(self, hits=tuple(replace(hit, weight=hit.weight * _ASIDE) for hit in self.hits))

    @property
    def topic(self) -> str:
        """The sub-topic that a thing in it names; empty when it names none."""
        things = [hit for hit in self.hits if hit.entry.kind == "concept" and hit.weight >= STRONG]
        ranked = ranked_subtopics(things)
        return ranked[0][0] if ranked else ""

    @property
    def group(self) -> int:
        """The group of its topic, 0 without one."""
        return group_of(self.topic) if self.topic else 0


def sentence_starts(text: str, typed: Sequence[Token]) -> set[int]:
    """Indices of tokens that begin a sentence or a list item; 0 is always one."""
    starts = {0}
    for index in range(1, len(typed)):
        gap = text[typed[index - 1].end : typed[index].start]
        shortened = gap.strip() == "." and typed[index - 1].key in _SHORTENED
        if _HARD.search(gap) and not shortened:
            starts.add(index)
    return starts


def pieces(text: str, typed: Sequence[Token], hits: Sequence[Hit]) -> list[Piece]:
    """The message cut where one need ends and another begins."""
    if not typed:
        return []
    sentences, breaks = sentence_starts(text, typed), _soft_starts(text, typed)
    cuts = sentences | breaks | _list_starts(typed, hits)
    cuts |= _wish_starts(hits, cuts)
    cut = [
        Piece(first, last, tuple(hit for hit in hits if first <= hit.at[0] < last))
        for first, last in pairwise([*sorted(cuts), len(typed)])
    ]
    return _joined(cut, sentences, breaks, typed)


def clause(text: str, typed: Sequence[Token], piece: Piece) -> str:
    """The words of a piece as typed, without an "and" left at its end."""
    last = piece.last
    while last - 1 > piece.first and typed[last - 1].key in _JOINING:
        last -= 1
    return text[typed[piece.first].start : typed[last - 1].end]


def _soft_starts(text: str, typed: Sequence[Token]) -> set[int]:
    """Indices after a comma or of a joining word, where another need may begin."""
    return {
        index
        for index in range(1, len(typed))
        if typed[index].key in _JOINING or _SOFT.search(text[typed[index - 1].end : typed[index].start])
    }


def _wish_starts(hits: Iterable[Hit], cuts: set[int]) -> set[int]:
    """Where a second "we need" begins; what stands before the first belongs to it."""
    starts = set()
    wished = -1
    for index in sorted({hit.at[0] for hit in hits if asks_or_offers(hit)}):
        if wished >= 0 and not any(wished < cut <= index for cut in cuts):
            starts.add(index)
        wished = index
    return starts


def _list_starts(typed: Sequence[Token], hits: Iterable[Hit]) -> set[int]:
    """Where a thing of another group follows without a comma and without "for", as dictated text has it."""
    things = [hit for hit in hits if hit.entry.kind == "concept" and hit.weight >= 0.9]
    starts = set()
    for one, other in pairwise(sorted(things, key=lambda hit: hit.at)):
        between = typed[one.at[-1] + 1 : other.at[0]]
        if (
            other.at[0] > one.at[-1]
            and group_of(one.entry.slug) != group_of(other.entry.slug)
            and not any(token.key in _LEADING for token in between)
            and not typed[one.at[-1]].key.endswith(_DESCRIBING)
        ):
            first = other.at[0]
            while first - 1 > one.at[-1] and typed[first - 1].number:
                first -= 1
            starts.add(first)
    return starts


def _joined(
    cut: Iterable[Piece], sentences: set[int], breaks: set[int], typed: Sequence[Token]
) -> list[Piece]:
    """Pieces put together again unless both name something of their own."""
    joined: list[Piece] = []
    waiting: Piece | None = None
    for piece in cut:
        if waiting:
            piece, waiting = waiting.followed_by(piece), None
        if not piece.topic:
            opens = piece.first in sentences or any(asks_or_offers(hit) for hit in piece.hits)
            if joined and not opens:
                joined[-1] = joined[-1].followed_by(piece)
            else:
                waiting = piece
        elif joined and piece.first not in sentences and _is_aside(joined[-1], piece, typed):
            joined[-1] = joined[-1].followed_by(piece.aside())
        elif joined and _goes_on(joined[-1], piece, sentences, breaks, typed):
            joined[-1] = joined[-1].followed_by(piece)
        else:
            joined.append(piece)
    if waiting and joined:
        joined[-1] = joined[-1].followed_by(waiting)
    elif waiting:
        joined.append(waiting)
    return _without_sandwiched(joined, sentences)


def _without_sandwiched(found: list[Piece], sentences: set[int]) -> list[Piece]:
    """A short member of a list that seems to belong elsewhere is one of the list: desks, boards, laptops."""
    for before, piece, after in zip(found, found[1:], found[2:], strict=False):
        alike = before.group == after.group != piece.group
        listed = sentences.isdisjoint((piece.first, after.first)) and piece.last - piece.first <= _SHORT
        if alike and listed and not _asks(piece) and not _asks(after):
            place = found.index(piece)
            whole = before.followed_by(piece.aside()).followed_by(after)
            return _without_sandwiched([*found[: place - 1], whole, *found[place + 2 :]], sentences)
    return found


def _goes_on(
    before: Piece, piece: Piece, sentences: set[int], breaks: set[int], typed: Sequence[Token]
) -> bool:
    """Whether a piece is still about what the piece before it asks."""
    ours, theirs = piece.topic, before.topic
    same_sentence = piece.first not in sentences
    after_break = piece.first in breaks | sentences
    if ours != theirs and after_break and is_frame(ours) and _own_frame(piece):
        return False
    leads = typed[piece.first].key in _LEADING | _EXPLAINING
    if same_sentence and (ours == theirs or (leads and not _asks(piece))):
        return True
    kinds = {kind_of(before.hits), kind_of(piece.hits)} - {"unclear"}
    if len(kinds) > 1:
        return False
    if ours == theirs or is_frame(ours) or is_frame(theirs):
        return True
    return same_sentence and before.group == piece.group and not _two_items(before, piece, typed)


def _is_aside(before: Piece, piece: Piece, typed: Sequence[Token]) -> bool:
    """Whether words of another group explain, seem a topic only by a misspelling, or end a long list.

    "... for the pumping station", "... which lost their homes"; "helmets, suits, hoses and a pump".
    """
    if _asks(piece) or before.group == piece.group:
        return False
    if typed[piece.first].key in _LEADING | _EXPLAINING:
        return True
    things = [hit for hit in piece.hits if hit.entry.kind == "concept"]
    listed = {hit.entry.slug for hit in before.hits if hit.entry.kind == "concept" and hit.weight >= STRONG}
    return all(hit.weight < _CERTAIN for hit in things) or (
        piece.last - piece.first <= _SHORT and len(listed) >= _LONG_LIST
    )


def _two_items(before: Piece, piece: Piece, typed: Sequence[Token]) -> bool:
    """Whether two neighbours of one group are each wanted for themselves: counted, or asked for, each."""
    return all(
        any(token.number for token in typed[it.first : it.last]) or _requests(it, typed)
        for it in (before, piece)
    )


def _requests(piece: Piece, typed: Sequence[Token]) -> bool:
    """Whether it asks or offers in so many words; "we have no" is often only why."""
    return any(asks_or_offers(hit) and typed[hit.at[0]].key not in _LACKING for hit in piece.hits)


def _asks(piece: Piece) -> bool:
    return any(asks_or_offers(hit) for hit in piece.hits)


def _own_frame(piece: Piece) -> bool:
    """An internship, a visit, a twin town named as something wanted, not as the way to learn something."""
    return any(
        hit.entry.slug in ("internship", "study-visit", "delegation") or len(hit.at) > 1
        for hit in piece.hits
        if hit.entry.kind == "concept" and hit.weight >= STRONG
    )
