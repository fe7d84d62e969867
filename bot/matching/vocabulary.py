"""All words that matter, from the taxonomy and the word files, in one lexicon."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.matching.lexicon import Lexicon
from bot.matching.taxonomy import folder_in_use, load, read_sections

WISHES = "verbs.txt"
ORDINARY = "neutral.txt"
GUARDS = "guards.txt"


def vocabulary() -> Lexicon:
    """The lexicon of the folder in use, built once (about 0.2 s)."""
    return _lexicon(folder_in_use())


@cache
def _lexicon(folder: Path) -> Lexicon:
    return Lexicon(terms_of(folder))


def terms_of(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """``(kind, slug, language, term)`` of every term in a folder of word files."""
    stated = load(folder)
    for concept in stated.concepts.values():
        for language, terms in concept.terms.items():
            yield from (("concept", concept.slug, language, term) for term in terms)
    for subtopic, terms in stated.places.items():
        yield from (("place", subtopic, "", term) for term in terms)
    for file, kind in ((WISHES, "wish"), (GUARDS, "guard"), (ORDINARY, "neutral")):
        for slug, terms in read_sections(folder / file).items():
            yield from ((kind, slug, "", term) for term in terms)
