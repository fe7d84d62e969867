"""A database is brought to the version of the code, and never below it."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from db import migrate as migrations
from db.database import Database, Transaction
from db.migrate import migrate, pending, statements


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of this code in a folder that a test may add to."""
    copy = tmp_path / "migrations"
    shutil.copytree(migrations.FOLDER, copy)
    monkeypatch.setattr(migrations, "FOLDER", copy)
    return copy


async def test_everything_is_applied_once(database: Database) -> None:
    assert await pending(database) == []
    assert await migrate(database) == []


async def test_a_database_newer_than_the_code_is_refused(database: Database) -> None:
    async def newer(tx: Transaction) -> None:
        await tx.execute("INSERT INTO migration (name) VALUES ('9999_future')")

    async def older(tx: Transaction) -> None:
        await tx.execute("DELETE FROM migration WHERE name = '9999_future'")

    await database.run(newer)
    try:
        with pytest.raises(ConfigurationError, match="9999_future"):
            await migrate(database)
    finally:
        await database.run(older)


async def test_a_broken_migration_leaves_nothing(database: Database, folder: Path) -> None:
    (folder / "9998_broken.sql").write_text("CREATE TABLE half (id TEXT);\nBROKEN;\n")
    with pytest.raises(Exception, match=r"(?i)syntax"):
        await migrate(database)
    assert await pending(database) == ["9998_broken"]
    with pytest.raises(Exception, match="half"):
        await database.run(lambda tx: tx.all("SELECT * FROM half"))


async def test_two_processes_at_once(database: Database, folder: Path) -> None:
    async def forget(tx: Transaction) -> None:
        await tx.execute("DELETE FROM migration WHERE name = '9997_twice'")
        await tx.execute("DROP TABLE twice")

    (folder / "9997_twice.sql").write_text("CREATE TABLE twice (id TEXT);\n")
    try:
        both = await asyncio.gather(migrate(database), migrate(database))
        assert sorted(both) == [[], ["9997_twice"]]
    finally:
        await database.run(forget)


def test_statements_are_split_at_line_ends_and_comments_dropped() -> None:
    script = (
        "-- a; comment\nCREATE TABLE a (\n    b TEXT DEFAULT ';x'\n);\n\n  -- more\nCREATE INDEX c ON a (b);"
    )
    assert statements(script) == ["CREATE TABLE a (\n    b TEXT DEFAULT ';x'\n)", "CREATE INDEX c ON a (b)"]
    assert sqlite3.complete_statement(statements(script)[0] + ";")
