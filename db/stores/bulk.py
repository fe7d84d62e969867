"""Rows of the outbox made from lists inside the database: a thousand recipients are one statement."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.outgoing import BROADCAST, CHANGE
from db.database import Transaction, Value
from db.stores.audience_sql import CHANNEL
from db.stores.broadcasts import Broadcast

Where = tuple[str, str]
"""Zone and country of a reader."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a broadcast's list, from after one number up to another; ``size`` people."""

    broadcast: str
    after: int
    upto: int
    size: int


class BulkStore:
    """Queues broadcasts. Times are UTC epoch milliseconds."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def stretch(self, broadcast: Broadcast, limit: int) -> Stretch:
        """The next recipients who are to be queued."""
        row = await self._tx.one(
            "SELECT MAX(seq) AS upto, COUNT(*) AS size FROM (SELECT seq FROM recipient"
            " WHERE broadcast = :id AND seq > :after ORDER BY seq LIMIT :limit) AS following",
            id=broadcast.id,
            after=broadcast.position,
            limit=limit,
        )
        size = int(row["size"]) if row else 0
        upto = row["upto"] if row and size else broadcast.position
        return Stretch(broadcast.id, broadcast.position, upto, size)

    async def wheres(self, stretch: Stretch) -> list[Where]:
        """Where the readers of a stretch are."""
        rows = await self._tx.all(
            "SELECT DISTINCT person.zone AS zone, recipient.country AS country"
            " FROM recipient JOIN person ON person.id = recipient.person"
            " WHERE recipient.broadcast = :broadcast AND recipient.seq > :after AND recipient.seq <= :upto"
            " ORDER BY zone, country",
            broadcast=stretch.broadcast,
            after=stretch.after,
            upto=stretch.upto,
        )
        return [(row["zone"], row["country"]) for row in rows]

    async def queue(
        self, broadcast: Broadcast, stretch: Stretch, opens: Mapping[Where, int], *, loud: bool, now: int
    ) -> None:
        """Queue a stretch; who was queued before is skipped, who has no address is left out.

        Each waits until ``opens`` says that their quiet hours end, but not past ``not_after``, not
        if it is ``loud``, and not if it is urgent and they allowed that to wake them.
        """
        values: dict[str, Value] = {}
        for n, ((zone, country), at) in enumerate(opens.items()):
            values |= {f"zone{n}": zone, f"country{n}": country, f"at{n}": at}
        rows = ", ".join(
            f"(CAST(:zone{n} AS TEXT), CAST(:country{n} AS TEXT), CAST(:at{n} AS BIGINT))"
            for n in range(len(opens))
        )
        await self._tx.execute(
            _QUEUE.format(opens=rows),
            broadcast=broadcast.id,
            after=stretch.after,
            upto=stretch.upto,
            priority=CHANGE if loud or broadcast.urgent else BROADCAST,
            subject=broadcast.subject,
            revision=broadcast.revision,
            prompt=broadcast.id if broadcast.actions else "",
            loud=loud,
            urgent=broadcast.urgent,
            not_after=broadcast.not_after,
            now=now,
            **values,
        )


_QUEUE = f"""
    WITH opening (zone, country, opens) AS (VALUES {{opens}})
    INSERT INTO outbox (id, channel, address, order_key, person, class, secrecy, priority, rank, dedupe,
                        subject, revision, prompt, body, not_before, not_after, created_at)
    SELECT recipient.broadcast || '.' || recipient.person, {CHANNEL}, recipient.address,
           recipient.address || '/' || CAST(CAST(:priority AS BIGINT) AS TEXT), recipient.person, 'notice',
           'internal', CAST(:priority AS BIGINT), CAST(:priority AS BIGINT),
           recipient.broadcast || '.' || recipient.person, CAST(:subject AS TEXT),
           CAST(:revision AS BIGINT), CAST(:prompt AS TEXT), recipient.broadcast || '.' || recipient.variant,
           CASE WHEN CAST(:loud AS BOOLEAN)
                  OR (CAST(:urgent AS BOOLEAN) AND COALESCE(alert.at_night, FALSE)
                      AND NOT person.quiet_nights)
                  OR opening.opens >= CAST(:not_after AS BIGINT)
                THEN CAST(:now AS BIGINT) ELSE COALESCE(opening.opens, CAST(:now AS BIGINT)) END,
           CAST(:not_after AS BIGINT), CAST(:now AS BIGINT)
      FROM recipient JOIN person ON person.id = recipient.person
      LEFT JOIN alert ON alert.person = recipient.person
      LEFT JOIN opening ON opening.zone = person.zone AND opening.country = recipient.country
     WHERE recipient.broadcast = :broadcast AND recipient.seq > :after AND recipient.seq <= :upto
       AND recipient.address <> ''
     ORDER BY recipient.seq
    ON CONFLICT (dedupe) DO NOTHING
"""  # noqa: S608 - made of constants of this package
