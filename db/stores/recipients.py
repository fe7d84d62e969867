"""Who is meant by a sending: the audience, the frozen list, what became of each."""

from collections.abc import Sequence

from bot.meetings.audience import Audience, Recipient
from db.database import Transaction
from db.stores.audience_sql import fits


class RecipientStore:
    """The people behind broadcasts."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def unknown_homes(self) -> list[str]:
        """Municipalities with an office whose facts are not here yet."""
        rows = await self._tx.all(
            "SELECT DISTINCT municipality FROM seat WHERE level = 'verified' AND municipality NOT IN"
            " (SELECT municipality FROM municipality_fact)"
        )
        return [row["municipality"] for row in rows]

    async def learn_homes(self, facts: Sequence[tuple[str, str, str, str]]) -> None:
        """Keep ``(key, country, region, kind)`` of municipalities."""
        await self._tx.many(
            "INSERT INTO municipality_fact (municipality, country, region, kind)"
            " VALUES (:key, :country, :region, :kind) ON CONFLICT (municipality) DO NOTHING",
            [dict(zip(("key", "country", "region", "kind"), fact, strict=True)) for fact in facts],
        )

    async def seats(self, region: str) -> list[Recipient]:
        """Everybody who may be told, a row for each seat; channel ``none`` where none is allowed."""
        groups: dict[str, set[int]] = {}
        for row in await self._tx.all("SELECT person, task_group FROM group_member"):
            groups.setdefault(row["person"], set()).add(row["task_group"])
        rows = await self._tx.all(
            "SELECT * FROM audience WHERE (:region = '' OR region = :region) ORDER BY since, municipality",
            region=region,
        )
        return [
            Recipient(
                person=row["person"],
                municipality=row["municipality"],
                groups=frozenset(groups.get(row["person"], ())),
                country=row["country"],
                region=row["region"],
                kind=row["kind"],
                language=row["language"],
                channel=row["address"].partition(":")[0] or "none",
            )
            for row in rows
        ]

    async def freeze(self, broadcast: str, audience: Audience, region: str) -> int:
        """Write down everybody meant at this moment, each once; how many."""
        condition, values = fits(audience)
        return await self._tx.execute(
            f"""
            INSERT INTO recipient (broadcast, person, municipality, country, address, variant)
            SELECT :broadcast, person, municipality, country, address, 'new' FROM audience
             WHERE (:region = '' OR region = :region) AND {condition}
             ORDER BY since, municipality
            ON CONFLICT (broadcast, person) DO NOTHING
            """,  # noqa: S608 - the condition is made of constants, its values are bound
            broadcast=broadcast,
            region=region,
            **values,
        )

    async def freeze_told(self, broadcast: str, subject: str, meeting: str, *, only_told: bool) -> int:
        """Write down everybody who was to hear of ``subject`` before and has not said no.

        Those whom nothing has reached are ``new``, or left out with ``only_told``.
        """
        return await self._tx.execute(
            _FREEZE_TOLD, broadcast=broadcast, subject=subject, meeting=meeting, only_told=only_told
        )

    async def freeze_after(self, broadcast: str, meeting: str) -> int:
        """Write down everybody who was to hear of a meeting that is over, as ``came`` or ``missed``."""
        return await self._tx.execute(_FREEZE_AFTER, broadcast=broadcast, meeting=meeting)

    async def size(self, broadcast: str) -> int:
        """How many people it goes to."""
        row = await self._tx.one("SELECT COUNT(*) AS n FROM recipient WHERE broadcast = :b", b=broadcast)
        return int(row["n"]) if row else 0

    async def counts(self, id: str) -> dict[str, int]:
        """How many recipients stand in each state; the sum is the audience.

        Beside the states of the outbox: ``waiting`` to be queued, ``unreachable`` without an allowed
        address, ``past`` when its row has been cleared away.
        """
        rows = await self._tx.all(
            """
            SELECT CASE WHEN recipient.address = '' THEN 'unreachable'
                        WHEN outbox.state IS NOT NULL THEN outbox.state
                        WHEN recipient.seq <= broadcast.position THEN 'past'
                        WHEN broadcast.state IN ('stopped', 'superseded') THEN 'cancelled'
                        ELSE 'waiting' END AS stands, COUNT(*) AS n
              FROM recipient JOIN broadcast ON broadcast.id = recipient.broadcast
              LEFT JOIN outbox ON outbox.id = recipient.broadcast || '.' || recipient.person
             WHERE recipient.broadcast = :id GROUP BY stands
            """,
            id=id,
        )
        return {row["stands"]: row["n"] for row in rows}

    async def failures(self, id: str, limit: int = 10) -> list[tuple[str, str]]:
        """``(municipality, error)`` of recipients whom it did not reach."""
        rows = await self._tx.all(
            """
            SELECT recipient.municipality AS municipality, outbox.error AS error
              FROM recipient JOIN outbox ON outbox.id = recipient.broadcast || '.' || recipient.person
             WHERE recipient.broadcast = :id AND outbox.state IN ('failed', 'unknown')
             ORDER BY recipient.seq LIMIT :limit
            """,
            id=id,
            limit=limit,
        )
        return [(row["municipality"], row["error"]) for row in rows]


_FREEZE_TOLD = """
    INSERT INTO recipient (broadcast, person, municipality, country, address, variant)
    SELECT :broadcast, audience.person, audience.municipality, audience.country, audience.address,
           CASE WHEN attendance.answer = 'yes' THEN 'coming'
                WHEN attendance.answer = 'maybe' OR heard.told = 1 THEN 'told'
                ELSE 'new' END
      FROM audience
      LEFT JOIN (SELECT past.person AS person,
                        MAX(CASE WHEN past.address <> '' AND past.seq <= broadcast.position
                                  AND NOT EXISTS (SELECT 1 FROM outbox
                                                   WHERE outbox.id = past.broadcast || '.' || past.person
                                                     AND outbox.failures = 0 AND outbox.state IN
                                              ('queued', 'superseded', 'cancelled', 'expired', 'failed'))
                            THEN 1 ELSE 0 END) AS told
                   FROM recipient AS past JOIN broadcast ON broadcast.id = past.broadcast
                  WHERE broadcast.subject = :subject AND broadcast.id <> :broadcast
                  GROUP BY past.person) AS heard ON heard.person = audience.person
      LEFT JOIN attendance ON attendance.meeting = :meeting AND attendance.person = audience.person
     WHERE (attendance.person IS NOT NULL OR heard.told = 1 OR (heard.told = 0 AND NOT :only_told))
       AND COALESCE(attendance.answer, '') NOT IN ('no', 'substitute')
     ORDER BY CASE WHEN attendance.answer = 'yes' THEN 0 ELSE 1 END, audience.since, audience.municipality
    ON CONFLICT (broadcast, person) DO NOTHING
"""

_FREEZE_AFTER = """
    INSERT INTO recipient (broadcast, person, municipality, country, address, variant)
    SELECT :broadcast, audience.person, audience.municipality, audience.country, audience.address,
           CASE WHEN attendance.came = 'yes' THEN 'came' ELSE 'missed' END
      FROM audience
      LEFT JOIN attendance ON attendance.meeting = :meeting AND attendance.person = audience.person
     WHERE (attendance.person IS NOT NULL
            OR audience.person IN (SELECT recipient.person FROM recipient
                                     JOIN broadcast ON broadcast.id = recipient.broadcast
                                    WHERE broadcast.subject = 'meeting:' || :meeting))
       AND COALESCE(attendance.answer, '') NOT IN ('no', 'substitute')
     ORDER BY audience.since, audience.municipality
    ON CONFLICT (broadcast, person) DO NOTHING
"""
