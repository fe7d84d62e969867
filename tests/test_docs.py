"""The documents name what there is."""

import re
from pathlib import Path

import click
import pytest

from bot.cli import main
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
OPERATION = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    assert f"MISTOK_{name.upper()}" in OPERATION


def test_no_document_names_a_setting_that_is_not_there() -> None:
    named = set(re.findall(r"MISTOK_([A-Z_]*[A-Z])", OPERATION))
    assert {name.lower() for name in named} <= set(Settings.model_fields)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_documented_and_explains_itself(name: str) -> None:
    command = main.commands[name]
    assert command.help
    everywhere = OPERATION + (ROOT / "README.md").read_text(encoding="utf-8")
    names = [f"{name} {sub}" for sub in command.commands] if isinstance(command, click.Group) else [name]
    for one in names:
        assert f"mistok {one}" in everywhere or f"`{one}`" in everywhere, one


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_paths_in_backticks_exist(document: Path) -> None:
    """A file or folder of the repository that a document names is there."""
    text = document.read_text(encoding="utf-8")
    named = re.findall(r"`((?:bot|handlers|db|locales|tests|benchmarks|docs)/[\w./-]*\w)`", text)
    for path in named:
        assert (ROOT / path).exists() or "NAME" in path, path
