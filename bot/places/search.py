"""Names that a reading may hold, each with how well it is met."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.places.index import NameIndex
from bot.places.reading import SPAN_LIMIT, Reading
from bot.places.skeleton import skeletons, stems
from bot.places.words import ABBREVIATIONS, INSIDE_NAMES, plain

LONGEST = 4  # words of a span
FUZZY_SPANS = 6
STEMMED = 0.97


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive words that may be a name; ``letters`` counts those that may belong to one."""

    first: int
    last: int
    text: str
    letters: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A name met by a span.

    Attributes:
        name: Its number in the index.
        quality: 1 the same name; below, how alike the skeletons are.
        sharp: How alike the spellings are in the same script, 0 to 1; -1 across scripts.
    """

    name: int
    span: Span
    quality: float
    sharp: float


def spans(reading: Reading) -> list[Span]:
    """Runs of one to four words that begin and end with a free word, the longest first."""
    free = set(reading.free)
    found: list[Span] = []
    for first in reading.free:
        text, letters = "", 0
        for last in range(first, min(first + LONGEST + 1, len(reading.tokens))):
            token = reading.tokens[last]
            if last not in free and token.plain not in INSIDE_NAMES:
                break
            word = ABBREVIATIONS.get(token.plain, token.text) if last > first else token.text
            text = f"{text} {word}" if text else word
            letters += len(token.text) if last in free else 0
            if last in free:
                found.append(Span(first, last, text, letters))
    return sorted(found, key=lambda span: -span.letters)


def hits(reading: Reading, index: NameIndex) -> list[Hit]:
    """Every name met exactly or by its stem, and the nearest ones of the spans that met nothing."""
    found: list[Hit] = []
    met: set[int] = set()
    options = spans(reading)
    for span in options:
        exact = {name for key in skeletons(span.text) for name in index.exact(key)}
        stemmed = {name for key in stems(span.text) for name in index.stemmed(key)} - exact
        found += (_hit(index, name, span, 1.0) for name in exact)
        found += (_hit(index, name, span, STEMMED) for name in stemmed)
        if exact or stemmed:
            met.update(range(span.first, span.last + 1))
    for span in _fuzzy_spans(options, met):
        for quality, name in {(q, n) for key in skeletons(span.text) for q, n in index.near(key, cutoff=0.6)}:
            found.append(_hit(index, name, span, quality))
    return found


def _fuzzy_spans(options: list[Span], met: set[int]) -> Iterator[Span]:
    """The spans worth a fuzzy search: those with a word that met nothing, within the letters allowed."""
    spent = 0
    for span in [s for s in options if not set(range(s.first, s.last + 1)) <= met][:FUZZY_SPANS]:
        spent += len(span.text)
        if len(span.text) <= SPAN_LIMIT and (spent <= 4 * SPAN_LIMIT):
            yield span


def _hit(index: NameIndex, name: int, span: Span, quality: float) -> Hit:
    typed, known = span.text.casefold(), index.texts[name].casefold()
    if (typed[:1] >= "\u0400") != (known[:1] >= "\u0400"):
        return Hit(name, span, quality, -1.0)
    sharp = OSA.normalized_similarity(typed, known)
    if sharp < 1.0 and typed[:1] < "\u0400":
        sharp = max(sharp, OSA.normalized_similarity(plain(typed), plain(known)) - 0.02)
    return Hit(name, span, quality, sharp)
