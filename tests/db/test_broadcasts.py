"""Audiences frozen, queued, counted; reminders planned; the same on both engines."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.dialogue.announce import announce_cancellation, announce_change
from bot.dialogue.services import Services
from bot.jobs import fanout, remind
from bot.matching.index import ListingIndex
from bot.meetings.audience import Audience, Recipient, Segment, chosen
from bot.meetings.zones import scheduled
from bot.places.gazetteer import Gazetteer
from db.database import Database, Transaction
from db.stores import Stores
from db.stores.recipients import RecipientStore
from tests.jobs.crowd import DAY, NOON, announce, crowd, meeting, sent

SERVICES = Services(Gazetteer([]), ListingIndex())

AUDIENCES = (
    Audience(),
    Audience((Segment(groups=frozenset({1})),)),
    Audience((Segment(groups=frozenset({2, 3})),)),
    Audience((Segment(countries=frozenset({"PL"})),)),
    Audience((), (Segment(countries=frozenset({"PL"})),)),
    Audience((Segment(regions=frozenset({"UA-53", "PL-06"})),), (Segment(kinds=frozenset({"rural"})),)),
    Audience(
        (Segment(groups=frozenset({1, 2}), languages=frozenset({"uk"})),), (Segment(groups=frozenset({2})),)
    ),
    Audience((Segment(channels=frozenset({"signal"})),)),
    Audience((Segment(channels=frozenset({"telegram", "web"})),), (Segment(languages=frozenset({"pl"})),)),
    Audience((Segment(groups=frozenset({4})), Segment(countries=frozenset({"UA"})))),
)


async def mixed(tx: Transaction) -> None:
    """People of both countries, some in other groups, regions and messengers."""
    await crowd(tx, 8)
    await crowd(tx, 5, language="pl", country="PL")
    for sql in (
        "UPDATE municipality_fact SET region = 'PL-06', kind = 'urban' WHERE municipality = 'home-pPL1'",
        "INSERT INTO membership (person, task_group) VALUES ('pUA1', 2)",
        "UPDATE membership SET task_group = 3 WHERE person = 'pUA2'",
        "DELETE FROM membership WHERE person = 'pUA3'",
        "INSERT INTO listing (id, municipality, person, side, text, language, task_group, detail, urgency,"
        " audience, text_held, state, created_at)"
        " VALUES ('l', 'home-pUA3', 'pUA3', 'need', '', 'uk', 4, '{}', '', 'all', FALSE, 'open', 1)",
        "UPDATE address SET address = 'signal:pUA4' WHERE person = 'pUA4'",
        "INSERT INTO address (address, person, used_at) VALUES ('telegram:5', 'pUA5', 9)",
        "INSERT INTO address (address, person, used_at) VALUES ('telegram:6', 'pUA6', 9)",
        "DELETE FROM address WHERE address = 'web:pUA6'",
        "INSERT INTO policy (municipality, telegram, decided_at) VALUES ('home-pUA6', 'no', 1)",
        "UPDATE person SET frozen = TRUE WHERE id = 'pUA7'",
    ):
        await tx.execute(sql)


@pytest.mark.parametrize("audience", AUDIENCES)
async def test_audience_frozen_is_the_one_counted(database: Database, audience: Audience) -> None:
    """The dry run and the frozen list are the same people."""

    async def unit(tx: Transaction) -> tuple[list[Recipient], list[str]]:
        await mixed(tx)
        store = RecipientStore(tx)
        await store.freeze("b", audience, "")
        rows = await tx.all("SELECT person FROM recipient ORDER BY person")
        return await store.seats(""), [row["person"] for row in rows]

    seats, frozen = await database.run(unit)
    assert frozen == sorted(one.person for one in chosen(audience, seats))
    assert len(seats) == 12  # a frozen account is told nothing


async def test_a_council_without_telegram_is_not_written_to_there(database: Database) -> None:
    """Whose council forbids their only messenger is counted as unreachable."""

    async def unit(tx: Transaction) -> dict[str, str]:
        await mixed(tx)
        return {one.person: one.channel for one in await RecipientStore(tx).seats("")}

    channels = await database.run(unit)
    assert channels["pUA6"] == "none"
    assert channels["pUA5"] == "telegram"


async def test_region_bounds_a_regional_coordinator(database: Database) -> None:
    """Nobody outside the region is reached, whatever the audience."""

    async def unit(tx: Transaction) -> int:
        await mixed(tx)
        return await RecipientStore(tx).freeze("b", Audience(), "PL-06")

    assert await database.run(unit) == 1


async def _queue(database: Database, now: int) -> None:
    while await database.run(lambda tx: fanout.run(tx, SERVICES, now)):
        pass


async def test_everybody_is_queued_once_and_the_parts_add_up(database: Database) -> None:
    """Chunks, with a restart in between; the counts make the audience."""
    await database.run(mixed)
    broadcast = await database.run(lambda tx: announce(tx, meeting(), NOON))
    await _queue(database, NOON)
    await database.run(
        lambda tx: tx.execute("UPDATE broadcast SET state = 'queueing', position = 0")
    )  # as if nothing had been noted
    await _queue(database, NOON)
    told = await database.run(lambda tx: sent(tx, "notice"))
    assert len(told) == len({person for person, _, _ in told}) == 11
    counts = await database.run(lambda tx: Stores(tx).recipients.counts(broadcast))
    assert counts == {"queued": 11, "unreachable": 1}


async def test_change_reaches_all_and_replaces_what_waits(database: Database) -> None:
    """Who had the notice reads what is new, who had not reads the notice; who said no hears nothing."""
    await database.run(mixed)
    await database.run(lambda tx: announce(tx, meeting(), NOON))
    await _queue(database, NOON)

    async def change(tx: Transaction) -> int:
        stores = Stores(tx)
        await tx.execute("UPDATE outbox SET state = 'sent', finished_at = 1 WHERE person LIKE 'pPL%'")
        await tx.execute(
            "INSERT INTO attendance (meeting, person, municipality, answer, place, position, answered_at)"
            " VALUES ('m1', 'pPL0', 'h', 'no', '', 0, 1), ('m1', 'pPL1', 'h', 'yes', 'seat', 1, 1)"
        )
        before = await stores.meetings.get("m1")
        assert before
        moved = replace(scheduled(before.meeting, datetime.fromisoformat("2026-12-04T12:30")), revision=1)
        return await announce_change(stores, before, replace(before, meeting=moved), NOON + 1000)

    async def variants(tx: Transaction) -> dict[str, str]:
        rows = await tx.all(
            "SELECT recipient.person AS person, variant FROM recipient JOIN broadcast"
            " ON broadcast.id = recipient.broadcast WHERE kind = 'change'"
        )
        return {row["person"]: row["variant"] for row in rows}

    await database.run(change)
    await _queue(database, NOON + 1000)
    found = await database.run(variants)
    assert "pPL0" not in found
    assert found["pPL1"] == "coming"
    assert found["pPL2"] == "told"
    assert found["pUA1"] == "new"
    waiting = [row for row in await database.run(lambda tx: sent(tx, "notice")) if row[2] == "queued"]
    assert {revision for _, revision, _ in waiting} == {1}


async def test_cancelled_meeting_reminds_nobody(database: Database) -> None:
    """The plan is empty at once, and only those who heard of the meeting hear that it is off."""
    await database.run(mixed)
    await database.run(lambda tx: announce(tx, meeting(), NOON))
    await _queue(database, NOON)

    async def cancel(tx: Transaction) -> int:
        await tx.execute("UPDATE outbox SET state = 'sent', finished_at = 1 WHERE person = 'pUA1'")
        called = await Stores(tx).meetings.get("m1")
        assert called
        return await announce_cancellation(Stores(tx), called, "", NOON + 1000)

    assert await database.run(cancel) == 1
    await _queue(database, NOON + 1000)
    await database.run(lambda tx: remind.run(tx, SERVICES, NOON + 30 * DAY))
    assert await database.run(lambda tx: sent(tx, "reminder")) == []
    notices = await database.run(lambda tx: sent(tx, "notice"))
    assert [row for row in notices if row[2] == "queued"] == [("pUA1", 1, "queued")]
