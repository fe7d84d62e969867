"""What is stored about one person, all of it: to hand out and to erase."""

import json
from typing import Any

from bot.model.listing import Listing
from db.database import Row, Transaction
from db.stores.inbox import InboxStore
from db.stores.listings import ListingStore
from db.stores.outbox import OutboxStore
from db.stores.seats import place

MENTIONS: dict[str, str] = {
    "person": "id = :person",
    "address": "person = :person",
    "seat": "person = :person",
    "conversation": "person = :person",
    "prompt": "person = :person",
    "shared_choice": "person = :person",
    "listing": "person = :person",
    "request": "from_seat IN (SELECT id FROM seat WHERE person = :person)"
    " OR to_seat IN (SELECT id FROM seat WHERE person = :person)",
    "alert": "person = :person",
    "alert_waiting": "person = :person",
    "outbox": "person = :person",
    "inbox": "lane IN (SELECT address FROM address WHERE person = :person)",
    "audit": "person = :person",
    "link_code": "person = :person",
    "membership": "person = :person",
    "meeting_wish": "person = :person",
    "attendance": "person = :person",
    "reminder": "person = :person",
    "recipient": "person = :person",
    "meeting": "author = :person",
    "broadcast": "author = :person OR approver = :person",
    "link_host": "added_by = :person",
    "wrong_code": "person = :person",
    "card_seen": "person = :person",
}
"""Every table with rows about a person, and which rows those are."""

SIGNED = (
    ("seat", "decided_by"),
    ("meeting", "author"),
    ("broadcast", "author"),
    ("broadcast", "approver"),
    ("link_host", "added_by"),
)
"""What was done in an office and outlives the person; only their signature goes."""

ELSEWHERE: dict[str, str] = {
    "decisions": "SELECT id, decided_at FROM seat WHERE decided_by = :person ORDER BY decided_at",
    "passed_on": "SELECT created_at, message FROM outbox WHERE subject = 'from:' || :person"
    " AND message <> '' ORDER BY seq",
}
"""What the person did in rows about others; only their part of it."""

_SHORTEST = 8


class RightsStore:
    """The rights of people over their data."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def export(self, person: str) -> dict[str, list[dict[str, Any]]]:
        """Every row about the person by table, as JSON data; columns that hold JSON are opened."""
        found = {
            table: [
                _opened(row)
                for row in await self._tx.all(
                    f"SELECT * FROM {table} WHERE {which}",  # noqa: S608 - constants of this file
                    person=person,
                )
            ]
            for table, which in MENTIONS.items()
        }
        for seat in found.get("seat", []):
            seat["contact"] = self._tx.vault.open(seat["contact"], place(seat["id"]))
        for name, sql in ELSEWHERE.items():
            found[name] = [_opened(row) for row in await self._tx.all(sql, person=person)]
        return {table: rows for table, rows in found.items() if rows}

    async def erase(self, person: str, now: int) -> None:
        """Erase the person: their rows, their words in what others were sent, their listings' words.

        What was sent about them to others keeps its place in the counts and loses its text. Audit lines
        stay: they hold only ids, which lead nowhere any more.
        """
        seats = await self._tx.all("SELECT * FROM seat WHERE person = :person", person=person)
        listings = await ListingStore(self._tx).by(person)
        requests = await self._requests(person)
        addresses = await self._tx.all("SELECT address FROM address WHERE person = :person", person=person)
        for listing in listings:
            await ListingStore(self._tx).erase(listing.id, now)
        for request in requests:
            await self._tx.execute("UPDATE request SET words = '' WHERE id = :id", id=request["id"])
        await self._erase_from_others(person, seats, listings, requests, now)
        await OutboxStore(self._tx).forget(person, now=now)
        # what is on its way at this moment; ``sweep`` erases it once it has ended
        await self._tx.execute("UPDATE outbox SET person = '' WHERE person = :person", person=person)
        for row in addresses:
            await InboxStore(self._tx).forget(row["address"])
        for table, column in SIGNED:
            await self._tx.execute(
                f"UPDATE {table} SET {column} = '' WHERE {column} = :person",  # noqa: S608 - constants of this file
                person=person,
            )
        await self._tx.execute("DELETE FROM person WHERE id = :person", person=person)

    async def sweep(self) -> None:
        """Erase what was still on its way to people when they were erased."""
        await self._tx.execute(
            "UPDATE outbox SET message = '', body = '', person = '', address = '', order_key = '',"
            " provider_id = '' WHERE person = '' AND finished_at > 0 AND address <> ''"
        )

    async def _requests(self, person: str) -> list[Row]:
        return await self._tx.all(
            f"SELECT * FROM request WHERE {MENTIONS['request']}",  # noqa: S608 - constants of this file
            person=person,
        )

    async def _erase_from_others(
        self, person: str, seats: list[Row], listings: list[Listing], requests: list[Row], now: int
    ) -> None:
        """Their words and contacts in messages to others, and the buttons under them."""
        ids = [listing.id for listing in listings] + [row["id"] for row in requests]
        subjects = [
            f"from:{person}",
            *(f"{kind}:{listing.id}" for kind in ("listing", "own", "held") for listing in listings),
            *(f"request:{row['id']}" for row in requests),
            *(f"seat:{seat['id']}" for seat in seats),
        ]
        for subject in subjects:
            await OutboxStore(self._tx).cancel_subject(subject, now=now)
            await self._tx.execute(
                "UPDATE outbox SET message = '' WHERE subject = :subject AND finished_at > 0", subject=subject
            )
        words = [listing.draft.text for listing in listings]
        words += [row["words"] for row in requests] + [
            self._tx.vault.open(seat["contact"], place(seat["id"])) for seat in seats
        ]
        wanted = [f'"{id}"' for id in ids]
        wanted += [json.dumps(text, ensure_ascii=False) for text in words if len(text) >= _SHORTEST]
        for text in wanted:
            await self._erase_where(f"%{_escaped(text)}%")

    async def _erase_where(self, pattern: str) -> None:
        await self._tx.execute(
            "UPDATE outbox SET message = '' WHERE finished_at > 0 AND (message LIKE :pattern ESCAPE '!'"
            " OR prompt IN (SELECT id FROM prompt WHERE keys LIKE :pattern ESCAPE '!'"
            " OR actions LIKE :pattern ESCAPE '!'))",
            pattern=pattern,
        )
        await self._tx.execute(
            "DELETE FROM prompt WHERE reply LIKE :pattern ESCAPE '!' OR keys LIKE :pattern ESCAPE '!'"
            " OR actions LIKE :pattern ESCAPE '!'",
            pattern=pattern,
        )
        await self._tx.execute(
            "DELETE FROM conversation WHERE state LIKE :pattern ESCAPE '!'", pattern=pattern
        )


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _opened(row: Row) -> dict[str, Any]:
    return {column: _json(row[column]) for column in row.keys()}  # noqa: SIM118 - rows iterate over values


def _json(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
