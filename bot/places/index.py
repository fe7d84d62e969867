"""Names by their keys: exact, by stem, and the nearest ones by shared trigrams."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.places.names import Source
from bot.places.skeleton import skeletons, stems, words
from bot.places.store import Entry

SHORT = 5  # letters; trigrams of shorter names break at the first typo, so all of that length are compared
MAX_POSTINGS = 12_000  # work bound of one search, in postings counted
KEPT = 120  # names that reach the comparison


class NameIndex:
    """All names of a gazetteer; a name is a number into ``texts``, ``owners`` and ``sources``."""

    def __init__(self, entries: Iterable[Entry], foreign: frozenset[str] = frozenset()) -> None:
        self._foreign = foreign
        self.texts: list[str] = []
        self.owners: list[int] = []
        self.sources: list[int] = []
        self.keys: list[tuple[str, ...]] = []
        self.skeletons: list[str] = []
        self._named: list[list[int]] = []  # names of each skeleton
        self._numbers: dict[str, int] = {}
        self._stems: dict[str, list[int]] = {}
        for owner, (_, names) in enumerate(entries):
            for name in names:
                number = len(self.texts)
                self.texts.append(name.text)
                self.owners.append(owner)
                self.sources.append(name.source)
                self.keys.append(name.skeletons)
                for skeleton in name.skeletons:
                    self._add(skeleton, number)
                for stem in name.stems:
                    self._stems.setdefault(stem, []).append(number)

    def exact(self, skeleton: str) -> list[int]:
        """Names with exactly this skeleton."""
        number = self._numbers.get(skeleton)
        return [] if number is None else self._named[number]

    def stemmed(self, stem: str) -> list[int]:
        """Names with this stem."""
        return self._stems.get(stem, [])

    def is_foreign(self, text: str) -> bool:
        """Whether this is the name of a large city or a country elsewhere."""
        return any(key in self._foreign for key in skeletons(text))

    def abbreviated(self, parts: Sequence[tuple[str, bool]]) -> list[int]:
        """Names of as many words whose words are these; ``(skeleton, True)`` is only the beginning of one."""
        whole = next(stem for part, short in parts if not short for stem in stems(part))
        return [
            name
            for name, known in self._compounds.get(whole, ())
            if len(known) == len(parts) and all(map(_stands_for, parts, known))
        ]

    @cached_property
    def _compounds(self) -> dict[str, list[tuple[int, list[tuple[str, str]]]]]:
        """Names of two or more words under the stem of each word: skeletons with their first letters."""
        found: dict[str, list[tuple[int, list[tuple[str, str]]]]] = defaultdict(list)
        for name, text in enumerate(self.texts):
            parts = words(text) if self.sources[name] <= Source.SEAT else []
            if len(parts) > 1:
                known = [(skeletons(part)[0], skeletons(part[0])[0]) for part in parts]
                for stem in {stem for part, _ in known for stem in stems(part)}:
                    found[stem].append((name, known))
        return found

    def near(self, skeleton: str, *, cutoff: float, limit: int = 12) -> list[tuple[float, int]]:
        """``(similarity, name)`` of skeletons alike from ``cutoff`` to 1, best first; bounded work."""
        if len(skeleton) < 3:
            return []
        choices = self.choices(skeleton)
        found = process.extract(
            skeleton, choices, scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=limit
        )
        return [(score, name) for _, score, number in found for name in self._named[number]]

    @cached_property
    def _grams(self) -> dict[str, list[int]]:
        """Skeletons by trigram; made when the first misspelt name comes, which keeps the start short."""
        grams: dict[str, list[int]] = defaultdict(list)
        for number, skeleton in enumerate(self.skeletons):
            padded = f"^{skeleton}$"
            for place in range(len(skeleton)):
                grams[padded[place : place + 3]].append(number)
        return grams

    @cached_property
    def _short(self) -> dict[int, dict[int, str]]:
        """The short skeletons by length."""
        found: dict[int, dict[int, str]] = defaultdict(dict)
        for number, skeleton in enumerate(self.skeletons):
            if len(skeleton) <= SHORT + 1:
                found[len(skeleton)][number] = skeleton
        return found

    def choices(self, skeleton: str) -> dict[int, str]:
        """The skeletons worth comparing, by number: all of its length if short, else at most ``KEPT``."""
        if len(skeleton) <= SHORT:
            size = len(skeleton)
            return {
                n: s for length in (size - 1, size, size + 1) for n, s in self._short.get(length, {}).items()
            }
        lists = sorted((self._grams.get(gram, ()) for gram in _grams(skeleton)), key=len)
        counts: Counter[int] = Counter()
        spent = 0
        for postings in lists:
            spent += len(postings)
            if spent > MAX_POSTINGS and counts:
                break
            counts.update(postings)
        if not counts:
            return {}
        return {number: self.skeletons[number] for number, _ in counts.most_common(KEPT)}

    def _add(self, skeleton: str, name: int) -> None:
        number = self._numbers.get(skeleton)
        if number is None:
            number = self._numbers[skeleton] = len(self.skeletons)
            self.skeletons.append(skeleton)
            self._named.append([])
        self._named[number].append(name)


def _stands_for(part: tuple[str, bool], whole: tuple[str, str]) -> bool:
    """Whether a word, or its beginning or its consonants such as ``wlkp``, is the known one."""
    text, short = part
    known, initial = whole
    if not short:
        return bool(set(stems(text)) & set(stems(known)))
    if len(text) == 1:
        return text == initial
    rest = iter(known)
    return known.startswith(text) or (len(text) > 2 and known[0] == text[0] and all(c in rest for c in text))


def _grams(skeleton: str) -> set[str]:
    padded = f"^{skeleton}$"
    return {padded[place : place + 3] for place in range(len(padded) - 2)}
