"""Bring the catalogues in line with the code: ``python -m locales.update``.

New sentences come in untranslated, changed ones fuzzy, vanished ones go. English is its own source: its
catalogue repeats the sentences, so that an editor can mend English without touching code.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.i18n import wordless

FOLDER = Path(__file__).parent
SOURCES = ("bot", "handlers")
MARKERS = {"M", "N_"}

Sentence = tuple[str, str]  # singular, plural or empty


def sentences(root: Path) -> dict[Sentence, list[tuple[str, int]]]:
    """Every sentence marked in the code below ``root``, with the places where it stands."""
    found: dict[Sentence, list[tuple[str, int]]] = {}
    for source in SOURCES:
        for path in sorted((root / source).rglob("*.py")):
            for sentence, line in _marked(ast.parse(path.read_text(encoding="utf-8"))):
                found.setdefault(sentence, []).append((path.relative_to(root).as_posix(), line))
    return found


def _marked(tree: ast.AST) -> Iterator[tuple[Sentence, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if texts and not wordless(texts[0]):
                yield (texts[0], texts[1] if len(texts) > 1 else ""), node.lineno


def template(root: Path) -> Catalog:
    """The sentences of the code as a catalogue without translations."""
    catalog = Catalog(project="Mistok", version="", copyright_holder="Mistok contributors", fuzzy=False)
    for (text, plural), places in sorted(sentences(root).items()):
        catalog.add((text, plural) if plural else text, locations=[(path, 0) for path, _ in places])
    return catalog


def update(language: str, source: Catalog) -> None:
    """Rewrite one catalogue."""
    path = FOLDER / language / "mistok.po"
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    catalog.update(source, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    for message in catalog:
        if language == "en" and message.id:
            message.string = message.id
    with path.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)


def main() -> None:
    """Rewrite all catalogues."""
    source = template(FOLDER.parent)
    for language in ("uk", "pl", "en"):
        update(language, source)


if __name__ == "__main__":
    main()
