"""Which words become candidate terms when a person chooses the topic by hand."""

from dataclasses import replace

import pytest

from bot.model.listing import Draft
from handlers.parts.review_terms import MOST, candidates

TEXT = "потрібні шиберки на 3 вводи, пише Петренко"
GUESS = Draft("1", "need", TEXT, 1, ("roads",), ("bridge",))
CHOSEN = replace(GUESS, subtopics=("water-supply",), concepts=())


def words(understood: Draft, confirmed: Draft) -> list[str]:
    return [one.term for one in candidates(understood, confirmed, "uk")]


def test_unknown_words_are_kept_without_numbers_and_names() -> None:
    found = candidates(GUESS, CHOSEN, "uk")
    assert "шиберки" in [one.term for one in found]
    assert {one.slug for one in found} == {"water-supply"}
    assert {one.language for one in found} == {"uk"}
    assert not any("петренко" in one.term or one.term.isdigit() for one in found)


@pytest.mark.parametrize(
    "confirmed",
    [GUESS, replace(GUESS, concepts=()), replace(CHOSEN, held="military")],
    ids=["nothing changed", "same topic by hand", "held"],
)
def test_nothing_is_kept_when_nothing_was_corrected(confirmed: Draft) -> None:
    assert words(GUESS, confirmed) == []


def test_known_words_that_misled_are_kept_when_none_is_unknown() -> None:
    guess = Draft("1", "need", "треба генератор", 1, ("power-backup",), ("generator",))
    assert words(guess, replace(guess, subtopics=("waste",), concepts=())) == ["генератор"]


def test_never_many() -> None:
    text = " ".join(f"бубух{letter * 3}ка" for letter in "абвгдежз")
    assert len(words(replace(GUESS, text=text), replace(CHOSEN, text=text))) <= MOST
