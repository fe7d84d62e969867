"""What came in: stored before it is acknowledged, handled once, kept aside when it cannot be."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from db.database import Row, Transaction

MOST_ATTEMPTS = 3


class Received(Protocol):
    """What a channel hands over; see ``bot.channels.channel.Envelope``."""

    @property
    def key(self) -> str: ...

    @property
    def raw(self) -> str: ...

    @property
    def lane(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of the inbox; ``attempt`` counts the turns that were begun with ``begin``."""

    seq: int
    channel: str
    key: str
    raw: str
    lane: str
    attempt: int
    received_at: int


class InboxStore:
    """The inbox as one unit of work sees it. Times are UTC epoch milliseconds."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(self, channel: str, envelopes: Iterable[Received], now: int) -> list[Stored]:
        """Store what is new, in order; an envelope whose key was seen before is left out."""
        rows = [
            await self._tx.one(
                "INSERT INTO inbox (channel, key, lane, raw, received_at)"
                " VALUES (:channel, :key, :lane, :raw, :now) ON CONFLICT (channel, key) DO NOTHING"
                " RETURNING seq, channel, key, raw, lane, attempt, received_at",
                channel=channel,
                key=envelope.key,
                lane=envelope.lane,
                raw=envelope.raw,
                now=now,
            )
            for envelope in envelopes
        ]
        return [_stored(row) for row in rows if row]

    async def undone(self, channel: str, limit: int = 1000, after: int = 0) -> list[Stored]:
        """What waits to be handled, oldest first, beginning behind the row ``after``."""
        rows = await self._tx.all(
            "SELECT seq, channel, key, raw, lane, attempt, received_at FROM inbox"
            " WHERE channel = :channel AND state = 'waiting' AND seq > :after ORDER BY seq LIMIT :limit",
            channel=channel,
            after=after,
            limit=limit,
        )
        return [_stored(row) for row in rows]

    async def begin(self, seq: int) -> bool:
        """Count one more attempt; False when the row is done or has had its attempts and is put aside.

        Call it in a unit of its own before a row is handled *again* (after a failure or a restart),
        so that a message which brings the process down does not do so for ever.
        """
        begun = await self._tx.execute(
            "UPDATE inbox SET attempt = attempt + 1"
            " WHERE seq = :seq AND state = 'waiting' AND attempt < :most",
            seq=seq,
            most=MOST_ATTEMPTS,
        )
        if not begun:
            await self.quarantine(seq, "attempts")
        return begun == 1

    async def done(self, seq: int) -> bool:
        """Mark as handled and forget its text; False when it was handled before.

        The first statement of a turn: a second turn for the same row waits here, then does nothing.
        """
        rows = await self._tx.execute(
            "UPDATE inbox SET state = 'done', raw = '' WHERE seq = :seq AND state = 'waiting'", seq=seq
        )
        return rows == 1

    async def quarantine(self, seq: int, error: str) -> None:
        """Put a waiting row aside for a person; ``error`` is a short word such as a class name."""
        await self._tx.execute(
            "UPDATE inbox SET state = 'quarantined', error = :error WHERE seq = :seq AND state = 'waiting'",
            seq=seq,
            error=error,
        )

    async def quarantined(self, limit: int = 100) -> list[Stored]:
        """What was put aside, newest first."""
        rows = await self._tx.all(
            "SELECT seq, channel, key, raw, lane, attempt, received_at FROM inbox"
            " WHERE state = 'quarantined' ORDER BY seq DESC LIMIT :limit",
            limit=limit,
        )
        return [_stored(row) for row in rows]

    async def count_quarantined(self) -> int:
        """How many were put aside."""
        row = await self._tx.one("SELECT count(*) AS n FROM inbox WHERE state = 'quarantined'")
        return int(row["n"]) if row else 0

    async def forget(self, lane: str) -> None:
        """Erase what a sender wrote; keys stay, so that a repeat is still recognised."""
        await self._tx.execute(
            "UPDATE inbox SET raw = '', lane = '', state = 'done' WHERE lane = :lane", lane=lane
        )

    async def purge(self, before: int) -> int:
        """Delete what was handled or put aside and came in before ``before``; how many rows."""
        return await self._tx.execute(
            "DELETE FROM inbox WHERE received_at < :before AND state <> 'waiting'", before=before
        )


def _stored(row: Row) -> Stored:
    return Stored(
        seq=row["seq"],
        channel=row["channel"],
        key=row["key"],
        raw=row["raw"],
        lane=row["lane"],
        attempt=row["attempt"],
        received_at=row["received_at"],
    )
