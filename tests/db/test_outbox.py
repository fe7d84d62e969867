"""Queueing, calling back, looking up and counting."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.model.message import Reply, verbatim
from bot.model.outgoing import BROADCAST, Outgoing
from db.database import Database, Transaction
from db.stores.outbox import OutboxStore
from db.stores.sending import SendingStore, Verdict

NOW = 1_800_000_000_000


def message(text: str = "hello", to: str = "a", **more: Any) -> Outgoing:
    return Outgoing(
        person=more.pop("person", to), address=f"web:{to}", reply=Reply((verbatim(text),)), **more
    )


async def do(database: Database, unit: Callable[[OutboxStore], Awaitable[Any]]) -> Any:
    async def run(tx: Transaction) -> Any:
        return await unit(OutboxStore(tx))

    return await database.run(run)


async def sent(database: Database, verdict: Verdict, batch: int = 10) -> list[str]:
    """Claim what is due and mark all of it; the ids."""

    async def unit(tx: Transaction) -> list[str]:
        store = SendingStore(tx, "web")
        rows = await store.claim(batch, batch, now=NOW + 1, boot="b", lease_until=NOW + 90_000)
        await store.mark([(row, verdict) for row in rows], NOW + 2)
        return [row.id for row in rows]

    return await database.run(unit)


async def states(database: Database) -> dict[str, str]:
    rows = await database.run(lambda tx: tx.all("SELECT id, state FROM outbox ORDER BY seq"))
    return {row["id"]: row["state"] for row in rows}


async def test_a_known_dedupe_key_is_dropped(database: Database) -> None:
    async def twice(outbox: OutboxStore) -> list[bool]:
        return [
            await outbox.add(message(dedupe="reminder:1:a:1h"), id="1", now=NOW),
            await outbox.add(message(dedupe="reminder:1:a:1h"), id="2", now=NOW),
            await outbox.add(message(), id="3", now=NOW),
            await outbox.add(message(), id="4", now=NOW),
        ]

    assert await do(database, twice) == [True, False, True, True]
    await sent(database, Verdict("sent"))
    assert (
        await do(database, lambda outbox: outbox.add(message(dedupe="reminder:1:a:1h"), id="5", now=NOW))
        is False
    )


async def test_an_id_is_used_once(database: Database) -> None:
    await do(database, lambda outbox: outbox.add(message(), id="1", now=NOW))
    with pytest.raises(Exception, match=r"(?i)unique"):
        await do(database, lambda outbox: outbox.add(message(), id="1", now=NOW))


async def test_many_share_one_text(database: Database) -> None:
    async def broadcast(outbox: OutboxStore) -> None:
        await outbox.share("b1", Reply((verbatim("to all"),)), now=NOW)
        rows = [(f"r{n}", message(to=f"p{n}", priority=BROADCAST, dedupe=f"b1:p{n}")) for n in range(5)]
        await outbox.add_many(rows, now=NOW, body="b1")
        await outbox.add_many([(f"again{id}", row) for id, row in rows], now=NOW, body="b1")

    await do(database, broadcast)

    async def claimed(tx: Transaction) -> list[str]:
        rows = await SendingStore(tx, "web").claim(9, 9, now=NOW, boot="b", lease_until=NOW + 1)
        return [row.message for row in rows]

    messages = await database.run(claimed)
    assert len(messages) == 5
    assert all("to all" in text for text in messages)


async def test_a_new_revision_ends_what_waits_about_the_old_one(database: Database) -> None:
    async def fill(outbox: OutboxStore) -> None:
        for revision in (1, 2):
            for n in range(2):
                outgoing = message(to=f"p{n}", subject="meeting:1", revision=revision)
                await outbox.add(outgoing, id=f"{revision}{n}", now=NOW)
        await outbox.add(message(to="q", subject="meeting:10", revision=1), id="other", now=NOW)
        await outbox.add(message(to="q"), id="plain", now=NOW)

    await do(database, fill)
    assert await do(database, lambda outbox: outbox.supersede("meeting:1", 2, now=NOW)) == 2
    assert await do(database, lambda outbox: outbox.supersede("", 9, now=NOW)) == 0
    assert await states(database) == {
        "10": "superseded",
        "11": "superseded",
        "20": "queued",
        "21": "queued",
        "other": "queued",
        "plain": "queued",
    }
    assert await do(database, lambda outbox: outbox.cancel_subject("meeting:1", now=NOW)) == 2
    assert await do(database, lambda outbox: outbox.counts("meeting:1")) == {"superseded": 2, "cancelled": 2}


async def test_what_is_sent_cannot_be_called_back(database: Database) -> None:
    await do(database, lambda outbox: outbox.add(message(subject="s"), id="1", now=NOW))
    await sent(database, Verdict("sent", provider_id="77"))
    assert await do(database, lambda outbox: outbox.cancel_subject("s", now=NOW)) == 0
    assert await do(database, lambda outbox: outbox.cancel_person("a", now=NOW)) == 0
    assert await states(database) == {"1": "sent"}
    assert await do(database, lambda outbox: outbox.told("s")) == ["a"]


async def test_messages_are_found_both_ways(database: Database) -> None:
    await do(database, lambda outbox: outbox.add(message(prompt="q1", subject="s"), id="1", now=NOW))
    assert await do(database, lambda outbox: outbox.provider_id_of("1")) == ""
    await sent(database, Verdict("sent", provider_id="77"))
    assert await do(database, lambda outbox: outbox.provider_id_of("1")) == "77"
    found = await do(database, lambda outbox: outbox.by_provider_id("web:a", "77"))
    assert (found.id, found.person, found.prompt, found.subject) == ("1", "a", "q1", "s")
    assert await do(database, lambda outbox: outbox.by_provider_id("web:b", "77")) is None
    assert await do(database, lambda outbox: outbox.by_provider_id("web:a", "")) is None


async def test_forgetting_a_person_leaves_counts_and_no_trace(database: Database) -> None:
    async def fill(outbox: OutboxStore) -> None:
        await outbox.add(message("canary", subject="s"), id="1", now=NOW)
        await outbox.add(message("canary", subject="s", not_before=NOW + 99), id="2", now=NOW)
        await outbox.add(message("canary", to="b", subject="s"), id="3", now=NOW)

    await do(database, fill)
    await sent(database, Verdict("sent", provider_id="77"))
    await do(database, lambda outbox: outbox.forget("a", now=NOW))
    assert await do(database, lambda outbox: outbox.counts("s")) == {"sent": 2, "cancelled": 1}
    rows = await database.run(lambda tx: tx.all("SELECT * FROM outbox WHERE id IN ('1', '2')"))
    assert not [row for row in rows if "canary" in str(dict(row)) or "web:a" in str(dict(row))]


async def test_the_text_of_a_once_row_goes_with_its_delivery(database: Database) -> None:
    await do(database, lambda outbox: outbox.add(message("secret", klass="once"), id="1", now=NOW))
    await sent(database, Verdict("sent"))
    row = await database.run(lambda tx: tx.one("SELECT message FROM outbox"))
    assert row is not None
    assert row["message"] == ""


async def test_age_of_the_queue_and_its_end(database: Database) -> None:
    assert await do(database, lambda outbox: outbox.oldest_due("web", NOW)) is None
    await do(database, lambda outbox: outbox.add(message(not_before=NOW + 50), id="1", now=NOW))
    await do(database, lambda outbox: outbox.add(message(to="b"), id="2", now=NOW + 5))
    assert await do(database, lambda outbox: outbox.oldest_due("web", NOW + 60)) == NOW + 5
    assert await do(database, lambda outbox: outbox.oldest_due("telegram", NOW + 60)) is None
    await do(database, lambda outbox: outbox.cancel_person("b", now=NOW))
    assert await do(database, lambda outbox: outbox.purge(NOW + 10)) == 1
    assert await states(database) == {"1": "queued"}
