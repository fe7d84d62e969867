"""What came in is stored once, handled once, and put aside when it cannot be handled."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from db.database import Database, Transaction
from db.stores.inbox import InboxStore, Stored


@dataclass(frozen=True)
class Letter:
    key: str
    raw: str = "{}"
    lane: str = "web:a"


async def do(database: Database, unit: Callable[[InboxStore], Awaitable[Any]]) -> Any:
    async def run(tx: Transaction) -> Any:
        return await unit(InboxStore(tx))

    return await database.run(run)


async def stored(database: Database, *keys: str, channel: str = "web", now: int = 1) -> list[Stored]:
    rows: list[Stored] = await do(
        database, lambda inbox: inbox.add(channel, [Letter(key, raw=f"<{key}>") for key in keys], now)
    )
    return rows


async def undone(database: Database) -> list[str]:
    return [row.key for row in await do(database, lambda inbox: inbox.undone("web"))]


async def test_a_repeat_is_dropped_also_within_one_batch(database: Database) -> None:
    assert [row.key for row in await stored(database, "1", "2", "1")] == ["1", "2"]
    assert [row.key for row in await stored(database, "2", "3")] == ["3"]
    assert [row.key for row in await stored(database, "1", channel="telegram")] == ["1"]
    assert await undone(database) == ["1", "2", "3"]


async def test_it_is_handled_once_and_its_text_forgotten(database: Database) -> None:
    (row,) = await stored(database, "1")
    assert row.raw == "<1>"
    assert await do(database, lambda inbox: inbox.done(row.seq)) is True
    assert await do(database, lambda inbox: inbox.done(row.seq)) is False
    raw = await database.run(lambda tx: tx.one("SELECT raw FROM inbox"))
    assert raw is not None
    assert raw["raw"] == ""
    assert await stored(database, "1") == []


async def test_what_fails_three_times_is_put_aside_and_the_rest_goes_on(database: Database) -> None:
    poison, good = await stored(database, "poison", "good")
    begun = [await do(database, lambda inbox: inbox.begin(poison.seq)) for _ in range(4)]
    assert begun == [True, True, True, False]
    assert await undone(database) == ["good"]
    assert [row.key for row in await do(database, lambda inbox: inbox.quarantined())] == ["poison"]
    assert await do(database, lambda inbox: inbox.done(poison.seq)) is False
    assert await do(database, lambda inbox: inbox.done(good.seq)) is True
    assert await do(database, lambda inbox: inbox.begin(good.seq)) is False
    assert [row.key for row in await do(database, lambda inbox: inbox.quarantined())] == ["poison"]


async def test_pages_of_a_long_backlog(database: Database) -> None:
    rows = await stored(database, *(f"{n:03}" for n in range(25)))
    first = await do(database, lambda inbox: inbox.undone("web", limit=10))
    second = await do(database, lambda inbox: inbox.undone("web", limit=100, after=first[-1].seq))
    assert [*first, *second] == rows


async def test_forgetting_a_sender_keeps_the_keys(database: Database) -> None:
    await stored(database, "1")
    await do(database, lambda inbox: inbox.forget("web:a"))
    assert await undone(database) == []
    assert await stored(database, "1") == []
    row = await database.run(lambda tx: tx.one("SELECT raw, lane FROM inbox"))
    assert row is not None
    assert (row["raw"], row["lane"]) == ("", "")


async def test_old_rows_are_deleted_unless_they_wait(database: Database) -> None:
    old, _waiting = await stored(database, "old", "waiting", now=10)
    await stored(database, "new", now=20)
    await do(database, lambda inbox: inbox.done(old.seq))
    assert await do(database, lambda inbox: inbox.purge(20)) == 1
    assert await undone(database) == ["waiting", "new"]
