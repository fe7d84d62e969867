"""Every conversation in ``transcripts/`` goes as it is written.

With ``MISTOK_TRANSCRIPTS=write`` the files are rewritten with what happened, to be read and committed.
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
SCRIPTS = sorted(FOLDER.glob("*.txt"))


def _read(path: Path) -> tuple[str, str, str]:
    return path.read_text(encoding="utf-8").partition("\n---\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


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
        if os.environ.get("MISTOK_TRANSCRIPTS") == "write" and wire.name == "web":
            _write(path, f"{head}\n---\n{happened}")
    assert happened == script
