"""What only PostgreSQL has: a pool, many writers, a server that may say no."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from bot.errors import ConfigurationError
from db.connect import connect
from db.database import Transaction
from db.postgres import PostgresDatabase, numbered


@pytest.fixture
async def server(postgres_url: str) -> AsyncIterator[PostgresDatabase]:
    database = await PostgresDatabase.open(postgres_url)
    await database.script(
        ["DROP TABLE IF EXISTS account", "CREATE TABLE account (id TEXT PRIMARY KEY, amount BIGINT)"]
    )
    await database.run(lambda tx: tx.many("INSERT INTO account VALUES (:id, 0)", [{"id": "a"}, {"id": "b"}]))
    yield database
    await database.close()


async def amount(database: PostgresDatabase, id: str) -> int:
    row = await database.run(lambda tx: tx.one("SELECT amount FROM account WHERE id = :id", id=id))
    assert row is not None
    found: int = row["amount"]
    return found


async def add(tx: Transaction, id: str) -> int:
    return await tx.execute("UPDATE account SET amount = amount + 1 WHERE id = :id", id=id)


@pytest.mark.parametrize(
    ("sql", "text", "names"),
    [
        ("SELECT :a, :b, :a", "SELECT $1, $2, $1", ("a", "b")),
        ("SELECT ':a', 'it''s :b' || :c", "SELECT ':a', 'it''s :b' || $1", ("c",)),
        ("SELECT :a::text", "SELECT $1::text", ("a",)),
        ("SELECT 1", "SELECT 1", ()),
        ("x=:a_1 AND y=:a", "x=$1 AND y=$2", ("a_1", "a")),
    ],
)
def test_names_become_numbers(sql: str, text: str, names: tuple[str, ...]) -> None:
    assert numbered(sql) == (text, names)


async def test_rows_touched_are_counted(server: PostgresDatabase) -> None:
    assert await server.run(lambda tx: add(tx, "a")) == 1
    assert await server.run(lambda tx: add(tx, "nobody")) == 0


async def test_two_units_in_each_others_way_both_succeed(server: PostgresDatabase) -> None:
    met = asyncio.Barrier(2)
    tries = 0

    async def crosswise(tx: Transaction, first: str, second: str) -> None:
        nonlocal tries
        tries += 1
        await add(tx, first)
        if tries <= 2:
            await met.wait()  # each now holds what the other wants
        await add(tx, second)

    await asyncio.gather(
        server.run(lambda tx: crosswise(tx, "a", "b")), server.run(lambda tx: crosswise(tx, "b", "a"))
    )
    assert tries == 3
    assert (await amount(server, "a"), await amount(server, "b")) == (2, 2)


async def test_a_unit_that_always_collides_fails_in_the_end(server: PostgresDatabase) -> None:
    tries = 0

    async def unlucky(tx: Transaction) -> None:
        nonlocal tries
        tries += 1
        await add(tx, "a")
        raise asyncpg.SerializationError("again")

    with pytest.raises(asyncpg.SerializationError):
        await server.run(unlucky)
    assert tries == 5
    assert await amount(server, "a") == 0


async def test_a_lock_keeps_readers_who_decide_apart(server: PostgresDatabase) -> None:
    async def read_then_write(tx: Transaction) -> None:
        await tx.lock("account:a")
        row = await tx.one("SELECT amount FROM account WHERE id = 'a'")
        assert row is not None
        await tx.in_thread(lambda: None)
        await tx.execute("UPDATE account SET amount = :amount WHERE id = 'a'", amount=row["amount"] + 1)

    await asyncio.gather(*(server.run(read_then_write) for _ in range(20)))
    assert await amount(server, "a") == 20


async def test_a_unit_that_has_begun_outlives_its_caller(server: PostgresDatabase) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def slow(tx: Transaction) -> None:
        begun.set()
        await add(tx, "a")
        await go.wait()
        await add(tx, "a")

    task = asyncio.create_task(server.run(slow))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go.set()
    await server.close()
    with pytest.raises(RuntimeError):
        await server.run(slow)


async def test_what_the_cancelled_caller_began_is_there(server: PostgresDatabase, postgres_url: str) -> None:
    await test_a_unit_that_has_begun_outlives_its_caller(server)
    again = await PostgresDatabase.open(postgres_url)
    try:
        assert await amount(again, "a") == 2
    finally:
        await again.close()


async def test_a_failing_unit_leaves_nothing(server: PostgresDatabase) -> None:
    async def failing(tx: Transaction) -> None:
        await add(tx, "a")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await server.run(failing)
    assert await amount(server, "a") == 0


async def test_a_server_that_is_not_there(tmp_path: object) -> None:
    with pytest.raises(ConfigurationError) as error:
        await connect(f"postgresql://user:sesame@/x?host={tmp_path}")
    assert "sesame" not in str(error.value)
