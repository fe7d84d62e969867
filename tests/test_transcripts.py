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

FOLDER = Path(__file__).parent / "transcripts"
_ACT = re.compile(r"\w+ > ")
SCRIPTS = sorted(FOLDER.glob("*.txt"))


def _read(path: Path) -> tuple[str, str, str]:
    return path.read_text(encoding="utf-8").partition("\n---\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
async def test_conversation(path: Path, database: Database, services: Services) -> None:
    """The conversation happens word for word."""
    head, _, script = _read(path)
    players = [
        Player(name, language)
        for name, _, language in (
            line.partition(": ") for line in head.splitlines() if not line.startswith("#")
        )
    ]
    play = Play(database, services, Jobs(database, services, all_jobs()), players)
    acts = [line for line in script.splitlines() if line.startswith("* ") or _ACT.match(line)]
    try:
        for act in acts:
            await play.perform(act)
    finally:
        happened = "\n".join(play.script) + "\n"
        if os.environ.get("MISTOK_TRANSCRIPTS") == "write":
            _write(path, f"{head}\n---\n{happened}")
    assert happened == script
