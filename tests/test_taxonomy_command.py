"""``mistok taxonomy check`` names what is wrong and what a change does."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.matching.taxonomy import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the word files to spoil."""
    copy = tmp_path / "words"
    shutil.copytree(FOLDER, copy)
    return copy


def test_the_files_in_use_are_sound() -> None:
    done = CliRunner().invoke(main, ["taxonomy", "check"])
    assert done.exit_code == 0
    assert "47 sub-topics" in done.output
    assert "wrong:" not in done.output


def test_a_gap_fails(folder: Path) -> None:
    with (folder / "aid.txt").open("a", encoding="utf-8") as file:
        file.write("\nbubble: Бульбашки; Bąbelki; Bubbles\n  uk бульбашк-\n")
    done = CliRunner().invoke(main, ["taxonomy", "check", "--folder", str(folder)])
    assert done.exit_code == 1
    assert "wrong: bubble has no term in pl" in done.output


def test_a_change_is_weighed(folder: Path, tmp_path: Path) -> None:
    text = "нам потрібна хурделиця"
    with (folder / "aid.txt").open("a", encoding="utf-8") as file:
        file.write("\nbubble: Бульбашки; Bąbelki; Bubbles\n  uk хурделиц-\n  pl bąbelk-\n  en bubble\n")
    evaluation = tmp_path / "set.jsonl"
    evaluation.write_text(json.dumps({"text": text, "groups": [3]}) + "\n", encoding="utf-8")
    command = ["taxonomy", "check", "--folder", str(folder), "--evaluation", str(evaluation)]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0
    assert f"better: {text}" in done.output
    assert "0.0% before, 100.0% now" in done.output
