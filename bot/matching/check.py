"""What a change of the taxonomy does: gaps, clashes, counts, and how an evaluation file is understood."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.matching.lexicon import parse_term
from bot.matching.taxonomy import FOLDER, LANGUAGES, Taxonomy, load, read_sections, using
from bot.matching.understand import understand

SHARED = "shared.txt"


@dataclass(frozen=True, slots=True)
class Report:
    """The state of a folder of word files.

    Attributes:
        version: Changes with every term.
        concepts, subtopics: How many there are.
        terms: By language.
        gaps: A concept without terms or a label in a language, in words.
        clashes: A term in two concepts that ``shared.txt`` does not list, in words.
    """

    version: str
    concepts: int
    subtopics: int
    terms: Mapping[str, int]
    gaps: Sequence[str]
    clashes: Sequence[str]

    @property
    def sound(self) -> bool:
        """Neither gaps nor clashes."""
        return not self.gaps and not self.clashes


@dataclass(frozen=True, slots=True)
class Effect:
    """How an evaluation file is understood before and after: shares of messages, and what changed.

    ``better`` and ``worse`` hold the texts whose first group became right or wrong.
    """

    messages: int
    before: float
    after: float
    better: Sequence[str]
    worse: Sequence[str]


def check(folder: Path = FOLDER) -> Report:
    """What is missing or clashes in a folder of word files.

    Raises:
        ValueError: A line cannot be read; the text names file and line.
    """
    stated = load(folder)
    terms = Counter[str]()
    for concept in stated.concepts.values():
        for language, listed in concept.terms.items():
            terms[language] += len(set(listed))
    return Report(
        stated.version,
        len(stated.concepts),
        len(stated.subtopics),
        terms,
        _gaps(stated),
        _clashes(stated, folder),
    )


def effect(evaluation: Path, after: Path, before: Path = FOLDER) -> Effect:
    """How the first group of each message in a JSON-lines file comes out with two folders of word files.

    Each line holds ``text`` and ``groups`` (right ones; also right: ``also``), as in the evaluation set.
    """
    rows = [json.loads(line) for line in evaluation.read_text(encoding="utf-8").splitlines() if line.strip()]
    old, new = _right(rows, before), _right(rows, after)
    changed = list(zip(rows, old, new, strict=True))
    return Effect(
        messages=len(rows),
        before=sum(old) / max(len(rows), 1),
        after=sum(new) / max(len(rows), 1),
        better=[row["text"] for row, was, now in changed if now and not was],
        worse=[row["text"] for row, was, now in changed if was and not now],
    )


def _right(rows: Sequence[Mapping[str, object]], folder: Path) -> list[bool]:
    with using(folder):
        return [_is_right(row) for row in rows]


def _is_right(row: Mapping[str, object]) -> bool:
    found = understand(str(row["text"])).whole.groups
    wanted, also = row.get("groups") or [], row.get("also") or []
    if not isinstance(wanted, list) or not isinstance(also, list):
        raise ValueError('"groups" and "also" are lists of numbers')
    return found[0].group in {*wanted, *also} if found and wanted else bool(found) == bool(wanted)


def _gaps(stated: Taxonomy) -> list[str]:
    gaps = []
    for concept in stated.concepts.values():
        for language in LANGUAGES:
            if not concept.terms.get(language):
                gaps.append(f"{concept.slug} has no term in {language}")
    for slug, words in stated.labels.items():
        gaps += [f"{slug} has no label in {lang}" for lang in LANGUAGES if not words.by_language.get(lang)]
    return gaps


def _clashes(stated: Taxonomy, folder: Path) -> list[str]:
    allowed = {_key(term) for terms in read_sections(folder / SHARED).values() for term in terms}
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in stated.concepts.values():
        for listed in concept.terms.values():
            for term in listed:
                owners[_key(term)].add(concept.slug)
    return [
        f"{key!r} stands in {' and '.join(sorted(slugs))}"
        for key, slugs in owners.items()
        if len(slugs) > 1 and key not in allowed
    ]


def _key(term: str) -> str:
    return " ".join(stem for stem, _ in parse_term(term))
