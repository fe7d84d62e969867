"""Rows of which nobody knows whether they arrived, until the person's phone says so."""

from dataclasses import dataclass

from db.database import Transaction


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One such row: sent, if at all, between two moments in UTC epoch ms."""

    number: int
    began: int
    ended: int


class DoubtfulStore:
    """Outcomes that a receipt settles. Times are UTC epoch milliseconds."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def of(self, address: str) -> list[Doubtful]:
        """The doubtful rows of one address, oldest first."""
        rows = await self._tx.all(
            "SELECT seq, claimed_at, finished_at, not_before FROM outbox WHERE address = :address"
            " AND (state = 'unknown' OR (state = 'queued' AND error = 'OutcomeUnknown'))"
            " ORDER BY claimed_at, seq",
            address=address,
        )
        return [
            Doubtful(row["seq"], row["claimed_at"], row["finished_at"] or row["not_before"]) for row in rows
        ]

    async def is_known(self, address: str, provider_id: str) -> bool:
        """Whether a message that certainly went out bears this id."""
        row = await self._tx.one(
            "SELECT seq FROM outbox WHERE address = :address AND provider_id = :id AND provider_id <> ''",
            address=address,
            id=provider_id,
        )
        return row is not None

    async def arrived(self, number: int, provider_id: str, now: int) -> None:
        """The row was delivered after all and needs neither a copy nor a coordinator."""
        await self._tx.execute(
            "UPDATE outbox SET state = 'sent', provider_id = :id, error = '', finished_at = :now,"
            " message = CASE WHEN class = 'once' THEN '' ELSE message END"
            " WHERE seq = :seq AND (state = 'unknown' OR (state = 'queued' AND error = 'OutcomeUnknown'))",
            seq=number,
            id=provider_id,
            now=now,
        )
