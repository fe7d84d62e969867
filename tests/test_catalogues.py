"""The catalogues are whole, agree with the code, and count in every language."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

import locales
from bot.i18n import LANGUAGES, plain
from bot.model.message import M
from locales.update import template

FOLDER = Path(locales.__file__).parent
_PLACE = re.compile(r"\{\w+\}")
_TAG = re.compile(r"</?\w+>")
_COMMAND = re.compile(r"(?<![\w/])/[a-z]+")
ONE_SENTENCE = M("{n} counterpart fits:", "{n} counterparts fit:", n=0)


def entries(language: str) -> dict[str, Entry]:
    with (FOLDER / language / "mistok.po").open("rb") as file:
        return {_key(entry): entry for entry in read_po(file, locale=language) if entry.id}


def _key(entry: Entry) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def _forms(entry: Entry) -> tuple[str, ...]:
    return tuple(str(form) for form in entry.string or ())


def _pairs(entry: Entry) -> Iterator[tuple[str, str]]:
    """Each translation beside the source it must agree with; plural forms beside the plural."""
    if isinstance(entry.id, str):
        yield entry.id, str(entry.string)
    else:
        for form in _forms(entry):
            yield entry.id[1], str(form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_code_is_there_and_no_other(language: str) -> None:
    wanted = {_key(entry) for entry in template(FOLDER.parent) if entry.id}
    found = set(entries(language))
    assert wanted - found == set(), "run python -m locales.update"
    assert found - wanted == set(), "run python -m locales.update"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    bad = [
        key
        for key, entry in entries(language).items()
        if entry.fuzzy or not all(text.strip() for _, text in _pairs(entry))
    ]
    assert not bad


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_tags_and_commands_agree(language: str) -> None:
    for key, entry in entries(language).items():
        for source, text in _pairs(entry):
            assert set(_PLACE.findall(text)) <= set(_PLACE.findall(source)), key
            assert {*_PLACE.findall(source)} - {"{n}"} <= set(_PLACE.findall(text)), key
            assert Counter(_TAG.findall(text)) == Counter(_TAG.findall(source)), key
            assert Counter(_COMMAND.findall(text)) == Counter(_COMMAND.findall(source)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_invisible_and_no_edges(language: str) -> None:
    """No zero-width or direction characters, no blanks at the ends, the same ending of lines."""
    for key, entry in entries(language).items():
        for source, text in _pairs(entry):
            assert not re.search(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]", text), key
            assert text == text.strip(), key
            assert text.count("\n") == source.count("\n"), key


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("uk", {1: "one", 2: "few", 5: "many", 21: "one", 22: "few", 11: "many", 12: "many", 0: "many"}),
        ("pl", {1: "one", 2: "few", 5: "many", 21: "many", 22: "few", 11: "many", 12: "many", 0: "many"}),
        ("en", {1: "one", 2: "many", 5: "many", 21: "many", 22: "many", 0: "many"}),
    ],
)
def test_counted_sentences_take_the_right_form(language: str, forms: dict[int, str]) -> None:
    """Numbers of one kind share a form; every sentence that counts has all its forms."""
    said = {n: plain(M(ONE_SENTENCE.text, ONE_SENTENCE.plural, n=n), language) for n in forms}
    shapes: dict[str, set[str]] = {}
    for n, kind in forms.items():
        assert str(n) in said[n]
        shapes.setdefault(kind, set()).add(said[n].replace(str(n), "{n}"))
    assert all(len(shape) == 1 for shape in shapes.values())
    assert len({next(iter(shape)) for shape in shapes.values()}) == len(shapes)


@pytest.mark.parametrize(("language", "count"), [("uk", 3), ("pl", 3), ("en", 2)])
def test_every_counting_sentence_has_all_forms(language: str, count: int) -> None:
    for key, entry in entries(language).items():
        if not isinstance(entry.id, str):
            assert len(_forms(entry)) == count, key
