"""The taxonomy as the files of this package's ``taxonomy`` folder state it: groups, sub-topics, concepts.

Groups are 1 to 4 (their slugs ``communal``, ``housing``, ``aid``, ``eu`` name the files);
sub-topic and concept slugs are fixed names. How the files are written: ``taxonomy/README.md``.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.model.message import Words

FOLDER = Path(__file__).parent / "taxonomy"
LANGUAGES = ("uk", "pl", "en")
GROUP_LABELS = {
    "communal": ("Комунальне господарство", "Gospodarka komunalna", "Communal services"),
    "housing": ("Житло", "Mieszkalnictwo", "Housing"),
    "aid": (
        "Соціальна та гуманітарна допомога",
        "Pomoc społeczna i humanitarna",
        "Social and humanitarian aid",
    ),
    "eu": ("Євроінтеграція та досвід", "Integracja z UE i wiedza", "EU integration and know-how"),
}
RESTRICTED = frozenset(
    {"power-backup", "solar-storage", "heating", "water-supply", "sewage", "hospital-equipment", "shelters"}
)
RESTRICTED_CONCEPTS = frozenset({"bridge", "digitalisation"})


@dataclass(frozen=True, slots=True)
class Concept:
    """The smallest thing that can be asked for; ``terms`` by language (``ru``: Russian-flavoured)."""

    slug: str
    subtopic: str
    terms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Everything the four group files state, in their order."""

    version: str
    subtopics: Mapping[str, int]
    concepts: Mapping[str, Concept]
    labels: Mapping[str, Words]
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_in_use: ContextVar[Path] = ContextVar("folder of word files", default=FOLDER)


def folder_in_use() -> Path:
    """The folder whose words are understood here and now."""
    return _in_use.get()


@contextmanager
def using(folder: Path) -> Iterator[None]:
    """Within it another folder of word files is understood, to try a change out."""
    token = _in_use.set(folder)
    try:
        yield
    finally:
        _in_use.reset(token)


def taxonomy() -> Taxonomy:
    """The taxonomy in use, read once."""
    return load(folder_in_use())


@cache
def load(folder: Path) -> Taxonomy:
    """The taxonomy that a folder's files state.

    Raises:
        ValueError: A line cannot be read; the text names file and line.
    """
    digest = hashlib.sha256()
    subtopics: dict[str, int] = {}
    concepts: dict[str, Concept] = {}
    labels = {slug: _words(names) for slug, names in GROUP_LABELS.items()}
    for number, group in enumerate(GROUP_LABELS, 1):
        text = (folder / f"{group}.txt").read_text(encoding="utf-8")
        digest.update(text.encode())
        subtopic, terms = "", dict[str, tuple[str, ...]]()
        for line_number, line in enumerate(text.splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith("  "):
                language, _, listed = line.strip().partition(" ")
                terms[language] = terms.get(language, ()) + split_terms(listed)
                continue
            slug, _, names = line.removeprefix("@ ").partition(": ")
            parts = tuple(name.strip() for name in names.split(";"))
            if len(parts) != len(LANGUAGES) or slug in labels:
                raise ValueError(f"{group}.txt line {line_number}: expected a new slug with three labels")
            labels[slug] = _words(parts)
            if line.startswith("@ "):
                subtopic = slug
                subtopics[slug] = number
            else:
                terms = {}
                concepts[slug] = Concept(slug, subtopic, terms)
    places = read_sections(folder / "places.txt")
    digest.update((folder / "places.txt").read_bytes())
    return Taxonomy(digest.hexdigest()[:12], subtopics, concepts, labels, places)


def read_sections(path: Path) -> dict[str, tuple[str, ...]]:
    """The ``slug: term, term`` lines of a word file; lines of one slug are joined."""
    found: dict[str, tuple[str, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        slug, colon, listed = line.partition(": ")
        if colon and not line.startswith("#"):
            found[slug] = found.get(slug, ()) + split_terms(listed)
    return found


def split_terms(listed: str) -> tuple[str, ...]:
    """The terms of a comma-separated list."""
    return tuple(term for part in listed.split(",") if (term := part.strip()))


def version() -> str:
    """Changes whenever a term does; stored with what was decided."""
    return taxonomy().version


def groups() -> tuple[int, ...]:
    """The numbers of the task groups."""
    return tuple(range(1, len(GROUP_LABELS) + 1))


def group_slug(group: int) -> str:
    """``communal`` for 1, and so on."""
    return tuple(GROUP_LABELS)[group - 1]


def subtopics(group: int) -> tuple[str, ...]:
    """The sub-topic slugs of a group, in the taxonomy's order."""
    return tuple(slug for slug, number in taxonomy().subtopics.items() if number == group)


def concepts(subtopic: str) -> tuple[str, ...]:
    """The concept slugs of a sub-topic, in the taxonomy's order."""
    return tuple(slug for slug, concept in taxonomy().concepts.items() if concept.subtopic == subtopic)


def group_of(slug: str) -> int:
    """The group of a sub-topic or a concept; KeyError for an unknown slug."""
    concept = taxonomy().concepts.get(slug)
    return taxonomy().subtopics[concept.subtopic if concept else slug]


def subtopic_of(concept: str) -> str:
    """The sub-topic of a concept; KeyError for an unknown slug."""
    return taxonomy().concepts[concept].subtopic


def label(slug: str) -> Words:
    """The name of a group, sub-topic or concept in each language; KeyError for an unknown slug."""
    return taxonomy().labels[slug]


def is_restricted(slug: str) -> bool:
    """Whether details of a sub-topic or concept could help an attacker: energy, water, heat, shelters..."""
    if slug in RESTRICTED_CONCEPTS or slug in RESTRICTED:
        return True
    concept = taxonomy().concepts.get(slug)
    return concept is not None and concept.subtopic in RESTRICTED


def _words(names: tuple[str, ...]) -> Words:
    return Words(dict(zip(LANGUAGES, names, strict=True)))
