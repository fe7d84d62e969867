"""One writer, whole units, shared commits; and a process that ends."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from db.connect import connect, library_warning
from db.database import Transaction
from db.sqlite import SQLiteDatabase


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[SQLiteDatabase]:
    database = await SQLiteDatabase.open(str(tmp_path / "test.db"))
    await database.script(["CREATE TABLE note (id SERIAL PRIMARY KEY, text TEXT UNIQUE)"])
    yield database
    await database.close()


async def write(tx: Transaction, text: str) -> str:
    await tx.execute("INSERT INTO note (text) VALUES (:text)", text=text)
    return text


async def texts(database: SQLiteDatabase) -> list[str]:
    rows = await database.run(lambda tx: tx.all("SELECT text FROM note ORDER BY id"))
    return [row["text"] for row in rows]


async def test_units_that_wait_together_share_a_commit(file: SQLiteDatabase) -> None:
    commits: list[str] = []
    await file.run(lambda tx: tx.in_thread(file._connection.set_trace_callback, commits.append))
    await asyncio.gather(*(file.run(lambda tx, n=n: write(tx, f"{n}")) for n in range(40)))  # type: ignore[misc]  # a default binds the loop's value
    assert await texts(file) == [f"{n}" for n in range(40)]
    assert sum(statement == "COMMIT" for statement in commits) <= 4


async def test_a_failing_unit_leaves_its_neighbours_untouched(file: SQLiteDatabase) -> None:
    async def failing(tx: Transaction) -> None:
        await write(tx, "lost")
        raise ValueError("no")

    results = await asyncio.gather(
        file.run(lambda tx: write(tx, "a")),
        file.run(failing),
        file.run(lambda tx: write(tx, "a")),  # breaks the UNIQUE rule
        file.run(lambda tx: write(tx, "b")),
        return_exceptions=True,
    )
    assert results[0] == "a"
    assert isinstance(results[1], ValueError)
    assert isinstance(results[2], sqlite3.IntegrityError)
    assert results[3] == "b"
    assert await texts(file) == ["a", "b"]


async def test_a_cancelled_caller_leaves_no_half_transaction(file: SQLiteDatabase) -> None:
    task = asyncio.create_task(file.run(lambda tx: write(tx, "begun")))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await file.run(lambda tx: write(tx, "next"))
    assert await texts(file) in (["begun", "next"], ["next"])
    assert not file._connection.in_transaction


async def test_waiting_for_something_else_is_refused(file: SQLiteDatabase) -> None:
    async def waits(tx: Transaction) -> None:
        await write(tx, "lost")
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waited"):
        await file.run(waits)
    assert await texts(file) == []


async def test_it_is_durable_and_keeps_its_rules(file: SQLiteDatabase) -> None:
    async def settings(tx: Transaction) -> list[object]:
        rows = [await tx.one(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys")]
        return [row[row.keys()[0]] for row in rows if row]

    assert await file.run(settings) == ["wal", 2, 1]


async def test_a_copy_of_a_live_database(file: SQLiteDatabase, tmp_path: Path) -> None:
    await file.run(lambda tx: write(tx, "kept"))
    await file.backup(str(tmp_path / "copy.db"))
    copy = sqlite3.connect(tmp_path / "copy.db")
    assert copy.execute("SELECT text FROM note").fetchall() == [("kept",)]
    copy.close()


async def test_a_closed_database_takes_nothing(tmp_path: Path) -> None:
    database = await SQLiteDatabase.open(str(tmp_path / "test.db"))
    waiting = asyncio.create_task(database.run(lambda tx: tx.one("SELECT 1 AS one")))
    await asyncio.sleep(0)
    await database.close()
    row = await waiting
    assert row is not None
    assert row["one"] == 1
    with pytest.raises(RuntimeError):
        await database.run(lambda tx: tx.one("SELECT 1"))


async def test_a_file_belongs_to_one_bot(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    first = await connect(url, exclusive=True)
    with pytest.raises(ConfigurationError, match="another process"):
        await connect(url, exclusive=True)
    beside = await connect(url)  # a short command
    await beside.close()
    await first.close()
    await (await connect(url, exclusive=True)).close()


@pytest.mark.parametrize(
    "url", ["mysql://x", "sqlite:file.db", "mistok.db", "", "sqlite:////nowhere/at/all/x.db", "sqlite:////"]
)
async def test_an_address_that_leads_nowhere(url: str) -> None:
    for exclusive in (False, True):
        with pytest.raises(ConfigurationError):
            await connect(url, exclusive=exclusive)


def test_versions_with_a_known_fault_are_named() -> None:
    assert "3.40.1" in library_warning((3, 40, 1))
    assert library_warning((3, 51, 3)) == ""


def test_the_process_ends_when_the_database_is_closed() -> None:
    script = """
import asyncio
from db.connect import connect

async def main():
    database = await connect("sqlite://")
    try:
        raise KeyError
    finally:
        await database.close()

asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", script], timeout=20, capture_output=True, check=False)  # noqa: S603 - our own script
    assert b"KeyError" in done.stderr
