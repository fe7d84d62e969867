"""Which participants' cards a person has seen, so that nobody reads through all of them."""

from collections.abc import Collection

from db.database import Transaction

A_DAY, A_MONTH = 20, 100
"""Distinct new cards of participants that a person may see."""

DAY = 24 * 3600 * 1000
MONTH = 30 * DAY


class CardStore:
    """Cards seen within the last month; older ones count as new."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def seen(self, person: str, now: int) -> frozenset[str]:
        """Keys of the participants that the person has seen within the last month."""
        rows = await self._tx.all(
            "SELECT municipality FROM card_seen WHERE person = :person AND at > :since",
            person=person,
            since=now - MONTH,
        )
        return frozenset(row["municipality"] for row in rows)

    async def left(self, person: str, now: int) -> int:
        """How many new ones the person may see now."""
        row = await self._tx.one(
            """
            SELECT count(*) AS month, coalesce(sum(CASE WHEN at > :day THEN 1 ELSE 0 END), 0) AS day
              FROM card_seen WHERE person = :person AND at > :month
            """,
            person=person,
            day=now - DAY,
            month=now - MONTH,
        )
        return max(0, min(A_DAY - int(row["day"]), A_MONTH - int(row["month"]))) if row else 0

    async def see(self, person: str, municipalities: Collection[str], now: int) -> None:
        """The person was shown that these take part; what was seen before keeps its date."""
        await self._tx.execute(
            "DELETE FROM card_seen WHERE person = :person AND at <= :since", person=person, since=now - MONTH
        )
        await self._tx.many(
            """
            INSERT INTO card_seen (person, municipality, at) VALUES (:person, :municipality, :now)
            ON CONFLICT (person, municipality) DO NOTHING
            """,
            [{"person": person, "municipality": key, "now": now} for key in municipalities],
        )

    async def participants(self) -> frozenset[str]:
        """Municipalities with a listing that is open to officials of the other country."""
        rows = await self._tx.all(
            "SELECT DISTINCT municipality FROM listing WHERE state = 'open' AND audience = 'all'"
        )
        return frozenset(row["municipality"] for row in rows)
