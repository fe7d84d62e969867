"""Official registers from their files into the database, all of them or none."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import BadFile, ConfigurationError
from bot.places.changes import Changes, plan
from bot.places.gazetteer import Gazetteer
from bot.places.registers import MAX_BYTES, read
from db.database import Database, Transaction
from db.migrate import pending
from db.stores import Stores
from db.stores.municipalities import Import

ALWAYS = ("added", "changed", "withdrawn")
STEPS = 3
"""Steps of progress for a file: read, compared, stored."""


async def import_registers(
    database: Database, files: Sequence[Path], *, now: int, dry_run: bool, step: Callable[[str], None]
) -> list[Changes]:
    """Take in the files in their order, each over those before it; what each one changes.

    Args:
        now: UTC epoch milliseconds.
        dry_run: Store nothing.
        step: Told what was done, ``STEPS`` times a file.

    Raises:
        BadFile: One of them is no register, is cut short or cannot be read; nothing was changed.
        ConfigurationError: The database is not of this version.
    """
    gazetteer = await gazetteer_of(database)
    planned: list[tuple[Path, Changes]] = []
    for file in files:
        try:
            register = read(_content(file))
            step(f"read {file.name}")
            changes = plan(gazetteer.entries, register)
        except BadFile as error:
            raise BadFile(f"{file}: {error}; nothing was changed") from error
        planned.append((file, changes))
        gazetteer = gazetteer.with_rows(changes.rows)
        step(f"compared {file.name}")

    async def store(tx: Transaction) -> None:
        for file, changes in planned:
            register = changes.register
            done = Import(register.title, register.edition, file.name, len(register.units), now)
            await Stores(tx).municipalities.keep(done, changes.rows)

    if not dry_run:
        await database.run(store)
    for file in files:
        step(f"stored {file.name}")
    return [changes for _, changes in planned]


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadFile(error.strerror or "cannot be read") from error


def report(file: Path, changes: Changes) -> str:
    """One line for the operator."""
    register = changes.register
    counts = {
        "added": len(changes.added),
        "changed": len(changes.changed),
        "re-keyed": len(changes.rekeyed),
        "withdrawn": len(changes.withdrawn),
        "provisional places dropped": len(changes.dropped),
        "unchanged": changes.unchanged,
        "held back (occupied)": register.held_back,
    }
    told = ", ".join(f"{n} {what}" for what, n in counts.items() if n or what in ALWAYS)
    edition = f" of {register.edition}" if register.edition else ""
    return f"{file.name}: {register.title}{edition}, {len(register.units)} municipalities: {told}"


async def gazetteer_of(database: Database) -> Gazetteer:
    """What ships with the product, with the registers imported into this database.

    Raises:
        ConfigurationError: The database is not of this version.
    """
    if missing := await pending(database):
        raise ConfigurationError(f"the database lacks {len(missing)} migrations: run `mistok migrate`")
    rows = await database.run(lambda tx: Stores(tx).municipalities.rows())
    embedded = Gazetteer.embedded()
    return embedded.with_rows(rows) if rows else embedded


async def editions(database: Database) -> str:
    """Which registers are in use, for the operator."""
    imports = await database.run(lambda tx: Stores(tx).municipalities.latest())
    if not imports:
        return "as shipped, with no register imported"
    return ", ".join(
        f"{one.register}{f' of {one.edition}' if one.edition else ''} imported {_day(one.imported_at)}"
        for one in imports
    )


def _day(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
