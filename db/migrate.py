"""Bring a database to the version of this code: numbered SQL files, each in its own transaction.

A file runs unchanged on both engines: the types are TEXT, BIGINT, DOUBLE PRECISION and BOOLEAN, and
``SERIAL PRIMARY KEY`` is the only dialect word. A statement ends with ``;`` at the end of a line; a
comment has a line of its own. A released file is never edited.
"""

import re
from pathlib import Path

from bot.errors import ConfigurationError
from db.database import Database, Transaction

FOLDER = Path(__file__).parent / "migrations"
_NAME = re.compile(r"[0-9]{4}_[a-z_]+")


async def migrate(database: Database) -> list[str]:
    """Apply what is missing, in order; the names of what was applied.

    Several processes may call it at once: each file is applied by one of them.

    Raises:
        ConfigurationError: The database is newer than this code.
    """
    done = []
    for name in await pending(database):
        # first, so that a second process waits here and changes nothing
        record = f"INSERT INTO migration (name) VALUES ('{name}')"  # noqa: S608 - a file name of ours
        try:
            await database.script([record, *statements((FOLDER / f"{name}.sql").read_text("utf-8"))])
        except Exception:
            if name not in await _applied(database):
                raise
        else:
            done.append(name)
    return done


async def pending(database: Database) -> list[str]:
    """Names of the migrations that the database lacks, in order.

    Raises:
        ConfigurationError: The database is newer than this code.
    """
    known, applied = names(), await _applied(database)
    if unknown := sorted(applied.difference(known)):
        raise ConfigurationError(
            f"the database is newer than this program: it has {unknown[-1]}; "
            "install the version that made it, or restore an older backup"
        )
    return [name for name in known if name not in applied]


def names() -> list[str]:
    """Every migration of this code, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.sql") if _NAME.fullmatch(path.stem))


def statements(script: str) -> list[str]:
    """The statements of a migration file, without its comments."""
    code = "\n".join(line for line in script.splitlines() if not line.lstrip().startswith("--"))
    return [part.strip() for part in re.split(r";[ \t]*(?:\n|$)", code) if part.strip()]


async def _applied(database: Database) -> set[str]:
    async def unit(tx: Transaction) -> set[str]:
        await tx.lock("migrate")
        await tx.execute("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)")
        return {row["name"] for row in await tx.all("SELECT name FROM migration")}

    return await database.run(unit)
