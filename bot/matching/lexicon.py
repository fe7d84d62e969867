"""Finds terms in a text, in whatever form, spelling or alphabet they were typed.

A term is one or more words. A word that ends in ``-`` is a stem and takes any ending; any other word
of four letters or more takes the endings of its language; a shorter one stands as it is. ``~`` before a
term makes it a weak sign, ``^`` a circumstance (why something is needed, for whom). The words of a term
may stand in any order, close together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.normalise import Token, fold, is_cyrillic, other_layout, sound, tokens

_ENDINGS = frozenset(
    "а у ові ом ем і и ів ам ами ах ю я ою ею о е ей й ям ями ях ї єм ь ий ій ого ому им их ими ої ую"
    " ев є єю ьої ов ой ая ое ие еи еє єї ім іх"
    " a u owi em ie y i ow om ami ach e o ego emu ym ych ymi ej iem ia im ich imi iej ka ki ek"
    " s es ed ing".split()
) | {""}
_ADJECTIVE = ("ий", "ій", "ая", "ое", "ие", "яя")
_VOWELS = "аеєиіїоуюяьйaeiouy"
_WEAK, _TYPO, _TRANSCRIBED = 0.4, 0.75, 0.9

Word = tuple[str, str]  # a stem and what may follow: "" nothing, "form" an ending, "any" anything


class Entry(NamedTuple):
    """A term and what it stands for: ``kind`` (concept, place, need, military...) and ``slug``."""

    kind: str
    slug: str
    language: str
    words: tuple[int, ...]
    weight: float
    circumstance: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found: where its words stand and how sure that is (0 to 1, a phrase up to 1.6)."""

    entry: Entry
    at: tuple[int, ...]
    weight: float


class Lexicon:
    """Terms by their words; ``find`` is the only thing to call once it is filled."""

    def __init__(self, terms: Iterable[tuple[str, str, str, str]]) -> None:
        """Fill from ``(kind, slug, language, term)``."""
        self._ids: dict[Word, int] = {}
        self._stems: list[str] = []
        self._by_stem: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._by_sound: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._by_shape: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._entries: dict[int, list[Entry]] = defaultdict(list)
        self.entries: list[Entry] = []
        for kind, slug, language, term in dict.fromkeys(terms):
            self._add(kind, slug, language, term)
        self.lookup = lru_cache(maxsize=20_000)(self._lookup)

    def _add(self, kind: str, slug: str, language: str, term: str) -> None:
        weak = term.startswith("~")
        words = tuple(self._word_id(word, kind) for word in parse_term(term))
        if not words:
            return
        weight = _WEAK if weak else min(1.0 + 0.3 * (len(words) - 1), 1.6)
        entry = Entry(kind, slug, language, words, weight, term.startswith("^"))
        self.entries.append(entry)
        anchor = max(words, key=lambda word: len(self._stems[word]))
        self._entries[anchor].append(entry)

    def _word_id(self, word: Word, kind: str) -> int:
        if word not in self._ids:
            stem, follows = word
            identity = self._ids[word] = len(self._ids)
            self._stems.append(stem)
            self._by_stem[stem].append((identity, follows))
            if is_cyrillic(stem) and len(stem) >= 4 and kind != "neutral":
                self._by_sound[sound(stem)].append((identity, follows))
            if len(stem) >= 5:
                self._by_shape[stem[0], len(stem)].append(stem)
        return self._ids[word]

    def find(self, typed: Sequence[Token], language: str = "") -> list[Hit]:
        """Every term in the text; ``language`` (pl, en) sets aside short words of the other
        one and Ukrainian in Latin letters."""
        places: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for index, token in enumerate(typed):
            if not token.number:
                for word, quality in self.lookup(token.key):
                    if not (language and quality == _TRANSCRIBED):
                        places[word].append((index, quality))
        return [
            hit
            for word, standing in places.items()
            for entry in self._entries.get(word, ())
            for hit in _match(entry, word, standing, places)
            if not _foreign(entry, hit, typed, language)
        ]

    def _lookup(self, key: str) -> tuple[tuple[int, float], ...]:
        """Ids of the words that a folded token is a form of, each with its quality."""
        found = tuple(self._exact(key, self._by_stem))
        if found or len(key) < 4:
            return tuple((word, 1.0) for word in found)
        if not is_cyrillic(key):
            heard = tuple(self._exact(other_layout(key), self._by_stem, at_least=5)) or tuple(
                self._exact(sound(key), self._by_sound, at_least=4)
            )
            if heard:
                return tuple((word, _TRANSCRIBED) for word in heard)
        return tuple((word, _TYPO) for word in self._misspelt(key))

    def _exact(self, key: str, table: dict[str, list[tuple[int, str]]], at_least: int = 1) -> Iterator[int]:
        for length in range(at_least, len(key) + 1):
            for word, follows in table.get(key[:length], ()):
                if _fits(length, key[length:], follows):
                    yield word

    def _misspelt(self, key: str) -> list[int]:
        """Words one edit away (two from nine letters), with the same first letter."""
        best: tuple[int, int, str] | None = None
        for length in range(5, min(len(key), 20) + 2):
            allowed = 2 if length >= 9 else 1
            stems = self._by_shape.get((key[0], length))
            if not stems:
                continue
            for cut in {length - 1, length, length + 1} & set(range(4, len(key) + 1)):
                close = process.extractOne(key[:cut], stems, scorer=OSA.distance, score_cutoff=allowed)
                if close and (best is None or (close[1], -length) < best[:2]):
                    kinds = {follows for _, follows in self._by_stem[close[0]]}
                    if not any(_fits(length, key[cut:], _sober(length, follows)) for follows in kinds):
                        continue
                    best = (int(close[1]), -length, close[0])
        return [word for word, _ in self._by_stem[best[2]]] if best else []


def parse_term(term: str) -> list[Word]:
    """The words of a term, each as its stem and what may follow."""
    return [word for chunk in term.lstrip("~^").split() for word in _parse_chunk(chunk)]


@lru_cache(maxsize=20_000)
def _parse_chunk(chunk: str) -> tuple[Word, ...]:
    opened = chunk.endswith("-")
    plain = chunk.removesuffix("-")
    keys = [fold(plain)] if plain.isalpha() else [token.key for token in tokens(plain)]
    words = [(_base(key), "form") if len(key) >= 4 else (key, "") for key in keys]
    if opened and keys:
        words[-1] = (keys[-1], "any")
    return tuple(words)


def _base(key: str) -> str:
    """A word without the ending of its dictionary form."""
    if len(key) > 5 and key.endswith(_ADJECTIVE):
        return key[:-2]
    return key[:-1] if key[-1] in _VOWELS else key


def _fits(stem: int, rest: str, follows: str) -> bool:
    """Whether ``rest`` may follow a stem of that length."""
    if follows == "any":
        return len(rest) <= (3 if stem <= 3 else 5 if stem == 4 else 10)
    return not rest or (follows == "form" and rest in _ENDINGS)


def _sober(stem: int, follows: str) -> str:
    """A short stem that was misspelt takes only endings: too much else begins like it."""
    return "form" if follows == "any" and stem < 7 else follows


def _match(
    entry: Entry, anchor: int, standing: list[tuple[int, float]], places: dict[int, list[tuple[int, float]]]
) -> Iterator[Hit]:
    others = [word for word in entry.words if word != anchor]
    if any(word not in places for word in others):
        return
    reach = len(entry.words) + (2 if entry.kind == "concept" else 0)
    for index, quality in standing:
        at, sure = {index}, quality
        for word in others:
            near = min(
                (place for place in places[word] if place[0] not in at),
                key=lambda place: abs(place[0] - index),
                default=None,
            )
            if near is None or abs(near[0] - index) > reach:
                break
            at.add(near[0])
            sure = min(sure, near[1])
        else:
            if max(at) - min(at) < reach + 1:
                yield Hit(entry, tuple(sorted(at)), entry.weight * sure)


def _foreign(entry: Entry, hit: Hit, typed: Sequence[Token], language: str) -> bool:
    """A short word of the other Latin language, such as English "most" against Polish "most"."""
    return (
        bool(language)
        and entry.language in ("pl", "en")
        and entry.language != language
        and all(typed[index].end - typed[index].start <= 5 for index in hit.at)
    )
