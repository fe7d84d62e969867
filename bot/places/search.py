"""Names that a reading may hold, each with how well it is met."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz.distance import OSA

from bot.places.index import NameIndex
from bot.places.names import Source
from bot.places.reading import SPAN_LIMIT, Reading, Token
from bot.places.skeleton import bare, plural_stem, skeletons, stems
from bot.places.words import ABBREVIATIONS, INSIDE_NAMES, plain

LONGEST = 4  # words of a span
FUZZY_SPANS = 6
CUTOFF = 0.6
ANY_SPELLING = 0.9  # of a name of which only one of several spellings is kept
PLURAL = 0.95  # certainty that an ending in -ów or -ів is a genitive
WELL = 0.8  # likeness from which a longer name takes the shorter ones in it
Way = Literal["exact", "stem", "short", "fuzzy"]


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive words that may be a name; ``letters`` counts those of its free words."""

    first: int
    last: int
    text: str
    letters: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A name met by a span.

    Attributes:
        name: Its number in the index.
        way: The same skeleton, the same without endings, an abbreviation, or merely alike.
        alike: Similarity of the skeletons, 0 to 1.
        sharp: Similarity of the spellings in one script, 0 to 1; -1 across scripts.
        inside: Whether a longer span met a name well; then this one is probably a part of it.
    """

    name: int
    span: Span
    way: Way
    alike: float
    sharp: float
    inside: bool = False


def spans(reading: Reading) -> list[Span]:
    """Runs of one to four words that begin and end with a word of a name, the longest first."""
    free = set(reading.free)
    ends = free | reading.loose
    found: list[Span] = []
    for first in sorted(ends):
        text, letters = "", 0
        for last in range(first, min(first + LONGEST + 1, len(reading.tokens))):
            token = reading.tokens[last]
            if last not in ends and token.plain not in INSIDE_NAMES:
                break
            word = ABBREVIATIONS.get(token.plain, token.text) if last > first else token.text
            text = f"{text} {word}" if text else word
            letters += len(token.text) if last in free else 0
            if last in ends and letters:
                found.append(Span(first, last, text, letters))
    return sorted(found, key=lambda span: (-span.letters, span.first - span.last))


def hits(reading: Reading, index: NameIndex, *, fuzzy: bool = True) -> list[Hit]:
    """Every name met exactly, by its stem or abbreviated, and the nearest ones of the spans that met none."""
    found: list[Hit] = []
    options = spans(reading)
    for span in options:
        found += _direct(reading, index, span)
    met = {hit.span for hit in found}
    if fuzzy:
        for span in _fuzzy_spans(options, met):
            near = {
                (score, name)
                for key in skeletons(span.text)
                for score, name in index.near(key, cutoff=CUTOFF)
            }
            found += (_hit(index, name, span, "fuzzy", score) for score, name in near)
    well = met | {hit.span for hit in found if hit.alike >= WELL}
    parts = {span for span in {hit.span for hit in found} if any(_holds(longer, span) for longer in well)}
    return [replace(hit, inside=True) if hit.span in parts else hit for hit in found]


def _direct(reading: Reading, index: NameIndex, span: Span) -> list[Hit]:
    keys, forms = skeletons(span.text), bare(span.text)
    exact = {name for key in keys for name in index.exact(key)}
    stemmed = {name for root in stems(span.text) for name in index.stemmed(root)} - exact
    plurals = {name: key for key in keys if (root := plural_stem(key)) for name in index.stemmed(root)}
    short = set(_abbreviated(reading.tokens[span.first : span.last + 1], index)) - exact - stemmed
    return [
        *(_hit(index, name, span, "exact", 1.0) for name in exact),
        *(_hit(index, name, span, "stem", _alike(forms, bare(index.texts[name]))) for name in stemmed),
        *(
            _hit(
                index,
                name,
                span,
                "stem",
                PLURAL * _alike((key[:-2],), tuple(k[:-1] for k in index.keys[name])),
            )
            for name, key in plurals.items()
            if name not in exact | stemmed and index.texts[name][-1] in "иіїeyi"
        ),
        *(_hit(index, name, span, "short", 1.0) for name in short),
    ]


def _abbreviated(tokens: Sequence[Token], index: NameIndex) -> list[int]:
    """Names that the words abbreviate: one or two of them cut short, one whole."""
    if not 1 < len(tokens) < 4:
        return []
    short = [
        _is_short(token, tied=token.tied or before.tied)
        for before, token in zip((tokens[0], *tokens), tokens, strict=False)
    ]
    if not any(short) or all(short):
        return []
    return index.abbreviated([(skeletons(t.text)[0], cut) for t, cut in zip(tokens, short, strict=True)])


def _is_short(token: Token, *, tied: bool) -> bool:
    return token.cut or len(token.text) <= (3 if tied else 1) or token.plain in ABBREVIATIONS


def _holds(longer: Span, span: Span) -> bool:
    return longer is not span and longer.first <= span.first and span.last <= longer.last


def _fuzzy_spans(options: list[Span], met: Iterable[Span]) -> Iterator[Span]:
    """The spans worth a fuzzy search: those with a word that met nothing, within the letters allowed."""
    covered = {at for span in met for at in range(span.first, span.last + 1)}
    spent = 0
    for span in [s for s in options if not set(range(s.first, s.last + 1)) <= covered][:FUZZY_SPANS]:
        spent += len(span.text)
        if len(span.text) <= SPAN_LIMIT and spent <= 4 * SPAN_LIMIT:
            yield span


def _alike(keys: Iterable[str], known: Iterable[str]) -> float:
    return max(OSA.normalized_similarity(one, other) for one in keys for other in known)


def _hit(index: NameIndex, name: int, span: Span, way: Way, alike: float) -> Hit:
    typed, known = span.text.casefold(), index.texts[name].casefold()
    if (typed[:1] >= "\u0400") != (known[:1] >= "\u0400"):
        return Hit(name, span, way, alike, -1.0)
    sharp = _sharp(typed, known)
    if way == "exact" and index.sources[name] in (Source.OTHER, Source.FORMER):
        sharp = max(sharp, ANY_SPELLING)
    elif way == "stem":
        sharp = max(sharp, _sharp(*_before_endings(typed, known)))
    return Hit(name, span, way, alike, sharp)


def _before_endings(typed: str, known: str) -> tuple[str, str]:
    """Both with each word cut where its ending may begin; as one word when they have not the same number."""
    pairs = list(zip(typed.split(), known.split(), strict=False))
    if typed.count(" ") != known.count(" "):
        pairs = [(typed, known)]
    cut = [(one[:size], other[:size]) for one, other in pairs if (size := min(len(one), len(other)) - 1)]
    return " ".join(one for one, _ in cut), " ".join(other for _, other in cut)


def _sharp(typed: str, known: str) -> float:
    """Similarity of two spellings; missing diacritics cost little."""
    sharp = OSA.normalized_similarity(typed, known)
    if sharp < 1.0 and typed[:1] < "\u0400":
        sharp = max(sharp, OSA.normalized_similarity(plain(typed), plain(known)) - 0.02)
    return sharp
