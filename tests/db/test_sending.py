"""Claims, leases, ageing, and the state of a channel."""

from typing import Any

from bot.model.message import Reply, verbatim
from bot.model.outgoing import BROADCAST, DIGEST, MATCH, REMINDER, Outgoing
from db.database import Database, Transaction
from db.stores.channels import ChannelState, ChannelStore
from db.stores.outbox import OutboxStore
from db.stores.sending import Sending, SendingStore, Verdict

NOW = 1_800_000_000_000


async def queue(database: Database, id: str, to: str = "", now: int = NOW, **more: Any) -> None:
    outgoing = Outgoing(person=to or id, address=f"web:{to or id}", reply=Reply((verbatim(id),)), **more)
    await database.run(lambda tx: OutboxStore(tx).add(outgoing, id=id, now=now))


async def claim(
    database: Database, batch: int = 10, bulk: int = 10, now: int = NOW, boot: str = "b"
) -> list[Sending]:
    return await database.run(
        lambda tx: SendingStore(tx, "web").claim(batch, bulk, now=now, boot=boot, lease_until=now + 90_000)
    )


async def mark(database: Database, row: Sending, verdict: Verdict) -> str:
    async def unit(tx: Transaction) -> str:
        await SendingStore(tx, "web").mark([(row, verdict)], NOW + 5)
        found = await tx.one("SELECT state FROM outbox WHERE id = :id", id=row.id)
        return found["state"] if found else ""

    return await database.run(unit)


async def test_a_claim_is_exclusive_and_bounded(database: Database) -> None:
    for n in range(7):
        await queue(database, f"m{n}")
    first = await claim(database, batch=5)
    assert [row.id for row in first] == [f"m{n}" for n in range(5)]
    assert [row.id for row in await claim(database)] == ["m5", "m6"]
    assert await claim(database) == []


async def test_broadcasts_have_a_bound_of_their_own(database: Database) -> None:
    for n in range(4):
        await queue(database, f"b{n}", priority=BROADCAST)
        await queue(database, f"d{n}", priority=DIGEST)
        await queue(database, f"m{n}", priority=MATCH)
    claimed = [row.id for row in await claim(database, batch=10, bulk=1)]
    assert claimed == ["m0", "m1", "m2", "m3", "b0", "d0"]
    assert [row.id for row in await claim(database, bulk=0)] == []


async def test_one_address_has_one_row_in_a_claim_whatever_the_keys(database: Database) -> None:
    for n in range(3):
        await queue(database, f"m{n}", to="a", order_key=f"key{n}")
    for n in range(3):
        (row,) = await claim(database)
        assert row.id == f"m{n}"
        assert await claim(database) == []
        await mark(database, row, Verdict("sent"))


async def test_a_key_across_addresses_is_kept_in_order(database: Database) -> None:
    await queue(database, "first", order_key="k")
    await queue(database, "second", order_key="k")
    (row,) = await claim(database)
    assert await claim(database) == []
    await mark(database, row, Verdict("queued", not_before=NOW + 1000))
    assert await claim(database) == []
    (again,) = await claim(database, now=NOW + 1000)
    assert (again.id, again.attempt, again.failures) == ("first", 2, 0)


async def test_what_is_past_its_time_is_not_claimed_but_ended(database: Database) -> None:
    await queue(database, "stale", to="a", not_after=NOW + 10)
    await queue(database, "fresh", to="a", not_after=NOW + 1000)
    assert [row.id for row in await claim(database, now=NOW + 10)] == []
    assert await database.run(lambda tx: SendingStore(tx, "web").expire(NOW + 10)) == 1
    assert [row.id for row in await claim(database, now=NOW + 10)] == ["fresh"]


async def test_only_the_present_claim_may_mark(database: Database) -> None:
    await queue(database, "m")
    (first,) = await claim(database, boot="one")
    assert await mark(database, first, Verdict("queued", not_before=NOW)) == "queued"
    assert await mark(database, first, Verdict("failed")) == "queued"
    (second,) = await claim(database, boot="two")
    assert await mark(database, first, Verdict("failed")) == "sending"
    assert await mark(database, second, Verdict("sent")) == "sent"
    assert await mark(database, second, Verdict("failed")) == "sent"


async def test_rows_of_a_worker_that_is_gone(database: Database) -> None:
    await queue(database, "m")
    await claim(database, boot="one")

    async def stale(boot: str, now: int, alone: bool) -> list[str]:
        rows = await database.run(lambda tx: SendingStore(tx, "web").stale(boot, now, alone=alone))
        return [row.id for row in rows]

    assert await stale("one", NOW + 10**6, True) == []
    assert await stale("two", NOW, True) == ["m"]
    assert await stale("two", NOW, False) == []
    assert await stale("two", NOW + 90_000, False) == ["m"]


async def test_the_reader_comes_with_the_row(database: Database) -> None:
    async def person(tx: Transaction) -> None:
        await tx.execute(
            "INSERT INTO person (id, language, zone, created_at, seen_at)"
            " VALUES ('p', 'pl', 'Europe/Warsaw', 0, 0)"
        )

    await database.run(person)
    await queue(database, "p")
    await queue(database, "stranger")
    rows = await claim(database)
    assert [(row.language, row.zone) for row in rows] == [("pl", "Europe/Warsaw"), ("", "")]


async def test_what_waits_long_rises_one_by_one(database: Database) -> None:
    for n in range(3):
        await queue(database, f"b{n}", priority=BROADCAST, now=NOW + n)
    await queue(database, "reply", now=NOW + 700_000)
    await database.run(lambda tx: SendingStore(tx, "web").age(NOW + 599_999))
    ranks = "SELECT id, rank FROM outbox ORDER BY seq"
    assert [row["rank"] for row in await database.run(lambda tx: tx.all(ranks))] == [4, 4, 4, 0]
    await database.run(lambda tx: SendingStore(tx, "web").age(NOW + 600_000))
    assert [row["rank"] for row in await database.run(lambda tx: tx.all(ranks))] == [3, 4, 4, 0]


async def test_late_reminders_keep_three_a_second(database: Database) -> None:
    for n in range(5):
        await queue(database, f"r{n}", priority=REMINDER, now=NOW + n)
    for n in range(5):
        await queue(database, f"reply{n}", now=NOW + 9_000)
    await database.run(lambda tx: SendingStore(tx, "web").age(NOW + 10_005))
    claimed = [row.id for row in await claim(database, batch=4, now=NOW + 10_005)]
    assert claimed == ["r0", "r1", "r2", "reply0"]


async def test_a_channel_remembers_where_it_stands(database: Database) -> None:
    async def unit(tx: Transaction) -> list[Any]:
        channels = ChannelStore(tx)
        seen: list[Any] = [await channels.load("telegram")]
        await channels.move("telegram", "42")
        await channels.block("telegram", 900)
        await channels.block("telegram", 100)
        seen.append(await channels.load("telegram"))
        seen.append(await channels.take("telegram", "one", now=10, until=20))
        seen.append(await channels.take("telegram", "two", now=19, until=99))
        seen.append(await channels.take("telegram", "one", now=19, until=30))
        seen.append(await channels.take("telegram", "two", now=30, until=99))
        await channels.leave("telegram", "one")
        seen.append(await channels.take("telegram", "one", now=40, until=99))
        await channels.leave("telegram", "two")
        seen.append(await channels.take("telegram", "one", now=40, until=99))
        return seen

    state = ChannelState("42", 900)
    assert await database.run(unit) == [ChannelState("", 0), state, state, None, state, state, None, state]
