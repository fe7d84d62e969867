"""Every conversation in ``transcripts/`` goes as it is written.

With ``MISTOK_TRANSCRIPTS=write`` the files are rewritten with what happened, to be read and committed.
Where a messenger has its own way, ``NAME.telegram.txt`` or ``NAME.signal.txt`` stands beside ``NAME.txt``.
"""

import os
import re
from pathlib import Path

import pytest

from bot.dialogue.services import Services
from bot.jobs import Jobs
from bot.jobs.all import all_jobs
from db.database import Database
from tests.transcript import Play, Player
from tests.wires import WIRES, Wire

FOLDER = Path(__file__).parent / "transcripts"
_ONLY = re.compile(r"^# only: (.+)$", re.MULTILINE)
_ACT = re.compile(r"\w+ > ")
SCRIPTS = sorted(path for path in FOLDER.glob("*.txt") if "." not in path.stem)


def _read(path: Path) -> tuple[str, str, str]:
    return path.read_text(encoding="utf-8").partition("\n---\n")


def _variant(path: Path, wire: str) -> Path:
    """The same conversation where a messenger has its own way; only kept where it differs."""
    return path.with_name(f"{path.stem}.{wire}.txt")


def _expected(path: Path, wire: str) -> str:
    variant = _variant(path, wire)
    return _read(variant if variant.exists() else path)[2]


def _write(path: Path, wire: str, head: str, happened: str) -> None:
    variant = _variant(path, wire)
    if wire == WIRES[0].name or _ONLY.search(head):
        path.write_text(f"{head}\n---\n{happened}", encoding="utf-8")
    elif happened == _read(path)[2]:
        variant.unlink(missing_ok=True)
    else:
        variant.write_text(f"{head}\n---\n{happened}", encoding="utf-8")


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.name)
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
async def test_conversation(path: Path, wire: Wire, database: Database, services: Services) -> None:
    """The conversation happens word for word, on every messenger."""
    head, _, script = _read(path)
    if (only := _ONLY.search(head)) and wire.name not in only[1]:
        pytest.skip(f"this conversation is about {only[1]}")
    players = [
        Player(name, language)
        for name, _, language in (
            line.partition(": ") for line in head.splitlines() if not line.startswith("#")
        )
    ]
    play = Play(database, services, Jobs(database, services, all_jobs()), players, wire)
    acts = [line for line in script.splitlines() if line.startswith("* ") or _ACT.match(line)]
    try:
        for act in acts:
            await play.perform(act)
    finally:
        happened = "\n".join(play.script) + "\n"
        if os.environ.get("MISTOK_TRANSCRIPTS") == "write":
            _write(path, wire.name, head, happened)
    assert happened == _expected(path, wire.name)
