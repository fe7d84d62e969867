"""Invented people in invented municipalities, a planned meeting, and what they were sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.dialogue.announce import invitation
from bot.meetings.audience import Audience
from bot.meetings.zones import scheduled
from bot.model.meeting import Meeting
from db.database import Transaction
from db.stores import Stores
from db.stores.meetings import Called

HOUR = 3_600_000
DAY = 24 * HOUR
NOON = 1_795_424_400_000 + 3 * HOUR
"""Monday 23 November 2026, 12:00 UTC: a working day, and no night on either side."""


async def crowd(tx: Transaction, size: int, *, language: str = "uk", country: str = "UA") -> list[str]:
    """That many verified people, one a municipality, members of group 1."""
    zone = "Europe/Kyiv" if country == "UA" else "Europe/Warsaw"
    people = [f"p{country}{n}" for n in range(size)]
    rows = [
        {"id": id, "language": language, "zone": zone, "home": f"home-{id}", "country": country}
        for id in people
    ]
    for sql in (
        "INSERT INTO person (id, language, zone, consent_at, created_at, seen_at)"
        " VALUES (:id, :language, :zone, 1, 1, 1)",
        "INSERT INTO address (address, person, used_at) VALUES ('web:' || :id, :id, 1)",
        "INSERT INTO seat (id, person, municipality, role, level, may_decide, claimed_at)"
        " VALUES (:id, :id, :home, 'head', 'verified', TRUE, 1)",
        "INSERT INTO municipality_fact (municipality, country, region, kind)"
        " VALUES (:home, :country, 'UA-53', 'rural')",
        "INSERT INTO membership (person, task_group) VALUES (:id, 1)",
    ):
        await tx.many(sql, rows)
    return people


def meeting(start: str = "2026-12-03T10:00", **changed: object) -> Meeting:
    """A planned meeting of group 1."""
    plain = Meeting(
        id="m1", titles={"pl": "Remonty bloków"}, start="", zone="Europe/Warsaw", start_at=0, zone_data="",
        groups=(1,), link="https://zoom.us/j/1",
    )  # fmt: skip
    return replace(scheduled(plain, datetime.fromisoformat(start)), **changed)  # type: ignore[arg-type]  # fields are named by the tests


async def announce(tx: Transaction, planned: Meeting, now: int, *, author: str = "boss") -> str:
    """Freeze and approve the invitation; its broadcast."""
    stores = Stores(tx)
    called = Called(planned, author)
    broadcast = replace(invitation(called, Audience(), now), state="held", held_until=now)
    await stores.meetings.put(called, now)
    await stores.broadcasts.put(broadcast)
    await stores.recipients.freeze(broadcast.id, Audience(), "")
    return broadcast.id


async def sent(tx: Transaction, klass: str) -> Sequence[tuple[str, int, str]]:
    """``(person, revision, state)`` of every message of a class, in the order they were queued."""
    rows = await tx.all(
        "SELECT person, revision, state FROM outbox WHERE class = :klass ORDER BY seq", klass=klass
    )
    return [(row["person"], row["revision"], row["state"]) for row in rows]
