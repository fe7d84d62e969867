"""Messengers out of order: what is urgent takes the other way once; receipts settle what was in doubt."""

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from bot.care import LONG, LOOK_EVERY, RECEIPT_RESTS, Care
from bot.channels.channel import Channel
from bot.channels.signal.receipts import Receipt
from bot.dialogue.services import Services
from bot.model.message import Reply, verbatim
from bot.model.outgoing import CHANGE, MATCH, REMINDER, Outgoing
from db.database import Database, Transaction
from db.stores import Stores
from tests.chat import Chat

PERSON = "6b1f0c52-0000-4000-8000-00000000000"
START = 1_795_000_000_000


@dataclass
class Named:
    """As much of a channel as care needs."""

    name: str


@dataclass
class Scene:
    """Two messengers that can be broken, and a clock."""

    database: Database
    broken: set[str] = field(default_factory=set)
    now: int = START

    def __post_init__(self) -> None:
        channels = [cast("Channel", Named("telegram")), cast("Channel", Named("signal"))]
        self.care = Care(
            self.database,
            channels,
            clock=lambda: self.now,
            works=lambda channel: channel.name not in self.broken,
        )

    async def pass_time(self, milliseconds: int) -> None:
        end = self.now + milliseconds
        while self.now < end:
            self.now = min(end, self.now + LOOK_EVERY + 1)
            await self.care.tick()

    async def run(self, sql: str, **values: Any) -> list[Any]:
        async def unit(tx: Transaction) -> list[Any]:
            return await tx.all(sql, **values)

        return await self.database.run(unit)

    async def queue(self, person: str, id: str, *, address: str = "", **options: Any) -> None:
        async def unit(tx: Transaction) -> None:
            stores = Stores(tx)
            to = address or await stores.people.address_for(person)
            given: dict[str, Any] = {"klass": "notice", "priority": CHANGE} | options
            row = Outgoing(person=person, address=to, reply=Reply((verbatim(id),)), **given)
            await stores.outbox.add(row, id=id, now=self.now)

        await self.database.run(unit)

    async def where(self) -> dict[str, str]:
        rows = await self.run("SELECT id, channel FROM outbox WHERE state = 'queued' ORDER BY seq")
        return {row["id"]: row["channel"] for row in rows}


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


async def somebody(scene: Scene, services: Services, n: int, *, linked: bool = True) -> str:
    """An official who wrote last on Telegram."""
    chat = Chat(scene.database, services, f"telegram:{1000 + n}", "uk")
    await chat.known_as("head", "sample:zorianopillia")
    if linked:
        await link(scene, chat.person, f"signal:{PERSON}{n}", START - 100_000)
    await scene.run(
        "UPDATE address SET used_at = :at WHERE address = :a RETURNING person", at=START, a=chat.address
    )
    return chat.person


async def link(scene: Scene, person: str, address: str, used: int) -> None:
    await scene.run(
        "INSERT INTO address (address, person, used_at) VALUES (:a, :p, :u) RETURNING person",
        a=address,
        p=person,
        u=used,
    )


async def test_only_what_is_urgent_goes_the_other_way_and_only_after_long(
    scene: Scene, services: Services
) -> None:
    """Reminders and changes of those who are linked; not alerts, not what may have arrived."""
    linked = await somebody(scene, services, 1)
    alone = await somebody(scene, services, 2, linked=False)
    await scene.queue(linked, "change")
    await scene.queue(linked, "reminder", klass="reminder", priority=REMINDER)
    await scene.queue(linked, "alert", priority=MATCH)
    await scene.queue(linked, "later", not_before=START + 30 * 24 * 3_600_000)
    await scene.queue(linked, "tried")
    await scene.run("UPDATE outbox SET failures = 1 WHERE id = 'tried' RETURNING seq")
    await scene.queue(alone, "unlinked")
    before = await scene.where()
    scene.broken = {"telegram"}
    await scene.pass_time(LONG - 2 * LOOK_EVERY)
    assert await scene.where() == before
    await scene.pass_time(4 * LOOK_EVERY)
    moved = {id for id, channel in (await scene.where()).items() if channel == "signal"}
    assert moved == {"change", "reminder"}
    scene.broken = set()
    await scene.pass_time(LONG * 2)
    assert len(await scene.run("SELECT seq FROM outbox WHERE id IN ('change', 'reminder')")) == 2


async def test_a_short_fault_moves_nothing(scene: Scene, services: Services) -> None:
    """Up for one look in between, and the ten minutes begin again."""
    await scene.queue(await somebody(scene, services, 1), "change")
    for _ in range(3):
        scene.broken = {"telegram"}
        await scene.pass_time(LONG - 2 * LOOK_EVERY)
        scene.broken = set()
        await scene.pass_time(LOOK_EVERY)
    assert await scene.where() == {"change": "telegram"}


@pytest.mark.parametrize(("allowed", "leaves_on"), [("no", "signal"), ("yes", "telegram")])
async def test_nothing_goes_to_telegram_where_the_council_forbids_it(
    scene: Scene, services: Services, allowed: str, leaves_on: str
) -> None:
    """Signal is down; the policy still holds."""
    person = await somebody(scene, services, 1)
    await scene.queue(person, "change", address=f"signal:{PERSON}1")
    await scene.run(
        "INSERT INTO policy (municipality, telegram, decided_at)"
        " VALUES ('sample:zorianopillia', :allowed, 1) RETURNING municipality",
        allowed=allowed,
    )
    scene.broken = {"signal"}
    await scene.pass_time(LONG * 2)
    assert await scene.where() == {"change": leaves_on}


async def test_coordinators_are_told_once_where_it_works(scene: Scene, services: Services) -> None:
    """With the numbers of those who can be reached elsewhere."""
    boss = await somebody(scene, services, 1)
    await somebody(scene, services, 2, linked=False)
    await scene.run("UPDATE person SET coordinator = TRUE WHERE id = :id RETURNING id", id=boss)
    scene.broken = {"telegram"}
    await scene.pass_time(LONG * 3)
    rows = await scene.run("SELECT address, message FROM outbox WHERE person = :p", p=boss)
    assert [row["address"] for row in rows] == [f"signal:{PERSON}1"]
    assert '"all":"2"' in rows[0]["message"]
    assert '"reachable":"1"' in rows[0]["message"]


@pytest.mark.parametrize(("stamp", "settled"), [(500, True), (-60_000, False), (60_000, False)])
async def test_a_receipt_settles_a_doubtful_row(
    scene: Scene, services: Services, stamp: int, settled: bool
) -> None:
    """Only one for a message of that time; coordinators no longer see the row."""
    person = await somebody(scene, services, 1)
    address = f"signal:{PERSON}1"
    await scene.queue(person, "contacts", address=address, klass="once")
    await scene.run(
        "UPDATE outbox SET state = 'unknown', claimed_at = :a, finished_at = :b RETURNING seq",
        a=START,
        b=START + 1000,
    )
    scene.care.hear(Receipt(address, (START + stamp,), read=False))
    await scene.pass_time(RECEIPT_RESTS + 1)
    [row] = await scene.run("SELECT state, provider_id FROM outbox")
    assert row["state"] == ("sent" if settled else "unknown")
    assert row["provider_id"] == (str(START + stamp) if settled else "")


async def test_a_receipt_for_another_message_settles_nothing(scene: Scene, services: Services) -> None:
    """It bears the id of one that certainly went out."""
    person = await somebody(scene, services, 1)
    address = f"signal:{PERSON}1"
    await scene.queue(person, "sent", address=address)
    await scene.run(
        "UPDATE outbox SET state = 'sent', provider_id = :id, finished_at = 1 RETURNING seq",
        id=str(START + 500),
    )
    await scene.queue(person, "contacts", address=address, klass="once")
    await scene.run(
        "UPDATE outbox SET state = 'unknown', claimed_at = :a, finished_at = :b"
        " WHERE id = 'contacts' RETURNING seq",
        a=START,
        b=START + 1000,
    )
    scene.care.hear(Receipt(address, (START + 500,), read=True))
    await scene.pass_time(RECEIPT_RESTS + 1)
    [row] = await scene.run("SELECT state FROM outbox WHERE id = 'contacts'")
    assert row["state"] == "unknown"
