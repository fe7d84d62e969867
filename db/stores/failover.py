"""Another way to people whose messenger is out of order for long."""

from collections.abc import Sequence

from bot.model.outgoing import REMINDER
from db.database import Row, Transaction

_MAY_USE = """
    address.person = {person} AND address.reachable AND address.address LIKE :prefix
    AND NOT (address.address LIKE 'telegram:%' AND EXISTS (
        SELECT 1 FROM seat JOIN policy ON policy.municipality = seat.municipality
         WHERE seat.person = address.person AND seat.level <> 'refused' AND policy.telegram = 'no'))
"""
"""An address on the other messenger that the person's council allows."""


class FailoverStore:
    """The outbox and the addresses when a channel stands still. Times are UTC epoch milliseconds."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def move(self, channel: str, other: str, now: int) -> int:
        """Send what is urgent and due by ``other`` where people can be reached there; how many rows.

        Urgent are reminders and notices of that rank or a higher one. A row is moved, not copied, and
        only one that certainly has not arrived, so nobody is told twice.
        """
        rows = await self._tx.all(
            f"""
            SELECT seq, (SELECT address.address FROM address WHERE {_MAY_USE.format(person="outbox.person")}
                          ORDER BY address.used_at DESC LIMIT 1) AS elsewhere
              FROM outbox
             WHERE channel = :channel AND state = 'queued' AND class IN ('notice', 'reminder')
               AND priority <= :urgent AND not_before <= :now AND (not_after = 0 OR not_after > :now)
               AND failures = 0 AND error <> 'Throttled' AND edits = ''
             ORDER BY rank, not_before, seq LIMIT 500
            """,  # noqa: S608 - made of constants of this file
            channel=channel,
            prefix=f"{other}:%",
            urgent=REMINDER,
            now=now,
        )
        moved = [row for row in rows if row["elsewhere"]]
        await self._tx.many(
            """
            UPDATE outbox
               SET channel = :other, address = :address,
                   order_key = CASE WHEN order_key LIKE :own THEN :key ELSE order_key END
             WHERE seq = :seq AND state = 'queued'
            """,
            [_values(row, channel, other) for row in moved],
        )
        return len(moved)

    async def reach(self, channel: str, others: Sequence[str]) -> tuple[int, int]:
        """How many people wrote last on ``channel``, and how many of them can be reached on another one."""
        people = """
            SELECT DISTINCT here.person AS person FROM address AS here
             WHERE here.reachable AND here.address LIKE :channel AND NOT EXISTS (
                   SELECT 1 FROM address AS later
                    WHERE later.person = here.person AND later.reachable AND later.used_at > here.used_at)
        """
        found = await self._tx.all(people, channel=f"{channel}:%")
        everybody = {row["person"] for row in found}
        reachable: set[str] = set()
        for other in others:
            may = _MAY_USE.format(person="address.person")
            rows = await self._tx.all(
                f"SELECT DISTINCT person FROM address WHERE {may}",  # noqa: S608 - constants
                prefix=f"{other}:%",
            )
            reachable |= {row["person"] for row in rows}
        return len(everybody), len(everybody & reachable)

    async def coordinators(self, other: str) -> list[tuple[str, str]]:
        """Every coordinator who can be reached on ``other``, with the address there."""
        rows = await self._tx.all(
            f"""
            SELECT person.id AS id, MAX(address.address) AS address
              FROM person JOIN address ON {_MAY_USE.format(person="person.id")}
             WHERE person.coordinator AND NOT person.frozen
             GROUP BY person.id ORDER BY person.id
            """,  # noqa: S608 - made of constants of this file
            prefix=f"{other}:%",
        )
        return [(row["id"], row["address"]) for row in rows]

    async def backlog(self, channel: str, now: int) -> int:
        """How many messages are due there and not sent."""
        row = await self._tx.one(
            "SELECT COUNT(*) AS n FROM outbox"
            " WHERE channel = :channel AND state = 'queued' AND not_before <= :now",
            channel=channel,
            now=now,
        )
        return int(row["n"]) if row else 0


def _values(row: Row, channel: str, other: str) -> dict[str, int | str]:
    address = row["elsewhere"]
    return {
        "seq": row["seq"],
        "other": other,
        "address": address,
        "own": f"{channel}:%",
        "key": f"{address}/moved",
    }
