"""The vocabulary is complete and a change of it can be judged."""

import json
import shutil
from pathlib import Path

import pytest

from bot.matching import taxonomy
from bot.matching.check import check, effect
from bot.matching.normalise import fold, sound
from bot.matching.understand import understand

LANGUAGES = {"uk", "pl", "en"}


def test_groups_and_subtopics_are_the_agreed_ones() -> None:
    """Four groups with 13, 7, 16 and 11 sub-topics."""
    assert [len(taxonomy.subtopics(group)) for group in taxonomy.groups()] == [13, 7, 16, 11]


def test_nothing_is_missing_and_nothing_clashes() -> None:
    """Every concept has terms and labels in three languages; shared terms are listed."""
    report = check()
    assert report.gaps == []
    assert report.clashes == []
    assert report.concepts >= 150
    assert report.terms["uk"] >= 850
    assert report.terms["ru"] >= 150
    assert report.terms["pl"] >= 800
    assert report.terms["en"] >= 500


def test_every_label_finds_its_own_subtopic() -> None:
    """The name a person reads on a button is understood when typed."""
    missed = []
    for group in taxonomy.groups():
        for subtopic in taxonomy.subtopics(group):
            for slug in taxonomy.concepts(subtopic):
                for language, words in taxonomy.label(slug).by_language.items():
                    groups = understand(f"{words}").whole.groups
                    if not groups or groups[0].group != group:
                        missed.append((slug, language, words))
    assert len(missed) <= 0.03 * len(LANGUAGES) * len(taxonomy.taxonomy().concepts), missed


def test_lookups() -> None:
    """Groups, labels and restriction by slug; unknown slugs are errors."""
    assert taxonomy.group_of("water-supply") == 1
    assert taxonomy.group_of("psychologists") == 3
    assert taxonomy.subtopic_of("generator") == "power-backup"
    assert taxonomy.group_slug(4) == "eu"
    assert set(taxonomy.label("communal").by_language) == LANGUAGES
    assert taxonomy.is_restricted("water-supply")
    assert taxonomy.is_restricted("water-pump")
    assert taxonomy.is_restricted("bridge")
    assert not taxonomy.is_restricted("roads")
    assert not taxonomy.is_restricted("parks")
    with pytest.raises(KeyError):
        taxonomy.group_of("nonsense")


def test_an_editor_sees_what_a_change_does(tmp_path: Path) -> None:
    """A new term helps a message; a term in two concepts and a bad line are named."""
    folder = tmp_path / "words"
    shutil.copytree(taxonomy.FOLDER, folder)
    messages = tmp_path / "messages.jsonl"
    messages.write_text(json.dumps({"text": "потрібна бзикалка", "groups": [1]}), encoding="utf-8")
    eu, communal = folder / "eu.txt", folder / "communal.txt"
    communal.write_text(
        communal.read_text("utf-8").replace("  uk генератор-,", "  uk бзикалк-, генератор-,"), "utf-8"
    )
    changed = effect(messages, after=folder)
    assert (changed.before, changed.after, changed.better) == (0, 1, ["потрібна бзикалка"])
    eu.write_text(eu.read_text("utf-8").replace("  uk грант-,", "  uk бзикалк-, грант-,"), "utf-8")
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    assert check(other).clashes == ["'бзикалк' stands in generator and grant-writing"]
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    (broken / "eu.txt").write_text("slug: only one label\n", "utf-8")
    with pytest.raises(ValueError, match=r"eu\.txt line 1"):
        check(broken)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Łódź", "lodz"), ("сім’я", "сімя"), ("ґанок", "ганок"), ("нaсoс", "насос")],
)
def test_one_spelling(one: str, other: str) -> None:
    """Marks, apostrophes and look-alike letters fold away."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [("генератори", "heneratory"), ("генератори", "generatory"), ("щебінь", "shchebin"), ("їжа", "yizha")],
)
def test_transcriptions_sound_alike(cyrillic: str, latin: str) -> None:
    """The official and the everyday Latin spellings meet on one key."""
    assert sound(fold(latin)).replace("g", "h") == sound(fold(cyrillic))


@pytest.mark.parametrize(
    ("text", "subtopic"),
    [
        ("skład rady gminy", "humanitarian-logistics"),
        ("koszty", "eu-projects"),
        ("zakład pracy", "waste"),
        ("магазин", "humanitarian-logistics"),
        ("ugoda", "partnership-search"),
        ("gromada", "partnership-search"),
    ],
)
def test_false_friends_mislead_nobody(text: str, subtopic: str) -> None:
    """Words alike in both languages with another meaning give no topic of the other."""
    assert subtopic not in understand(text).whole.subtopics
