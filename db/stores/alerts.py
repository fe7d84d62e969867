"""Subscriptions to new listings, and what waits for the morning."""

import json

from bot.model.alert import MOST_AT_ONCE, Alert
from db.database import Row, Transaction


class AlertStore:
    """One subscription a person."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def put(self, alert: Alert, digest_at: int) -> None:
        """Keep the subscription; ``digest_at`` is when the next morning message is due."""
        await self._tx.execute(
            """
            INSERT INTO alert (person, rhythm, task_groups, regions, least_people, most_people, at_night,
                               digest_at)
            VALUES (:person, :rhythm, :task_groups, :regions, :least, :most, :at_night, :digest_at)
            ON CONFLICT (person) DO UPDATE SET rhythm = excluded.rhythm, task_groups = excluded.task_groups,
                regions = excluded.regions, least_people = excluded.least_people,
                most_people = excluded.most_people, at_night = excluded.at_night,
                digest_at = excluded.digest_at
            """,
            person=alert.person,
            rhythm=alert.rhythm,
            task_groups=json.dumps(alert.groups),
            regions=json.dumps(alert.regions),
            least=alert.least_people,
            most=alert.most_people,
            at_night=alert.at_night,
            digest_at=digest_at,
        )

    async def of(self, person: str) -> Alert | None:
        """The person's subscription, or None if they were never asked."""
        row = await self._tx.one("SELECT * FROM alert WHERE person = :person", person=person)
        return _alert(row) if row else None

    async def listening(self) -> list[tuple[Alert, str]]:
        """Subscriptions of verified people that are not off, each with the municipality."""
        rows = await self._tx.all(
            """
            SELECT alert.*, seat.municipality AS municipality
              FROM alert JOIN seat ON seat.person = alert.person JOIN person ON person.id = alert.person
             WHERE alert.rhythm <> 'off' AND seat.level = 'verified' AND NOT person.frozen
             ORDER BY alert.person
            """
        )
        return [(_alert(row), row["municipality"]) for row in rows]

    async def count_today(self, person: str, today: str) -> bool:
        """Count one more alert at once; False when today's are used up."""
        counted = await self._tx.execute(
            """
            UPDATE alert SET sent = CASE WHEN sent_on = :today THEN sent + 1 ELSE 1 END, sent_on = :today
             WHERE person = :person AND (sent_on <> :today OR sent < :most)
            """,
            person=person,
            today=today,
            most=MOST_AT_ONCE,
        )
        return counted == 1

    async def wait(self, person: str, listing: str, now: int) -> None:
        """Keep a listing for the person's next morning message."""
        await self._tx.execute(
            """
            INSERT INTO alert_waiting (person, listing, at) VALUES (:person, :listing, :now)
            ON CONFLICT (person, listing) DO NOTHING
            """,
            person=person,
            listing=listing,
            now=now,
        )

    async def due(self, now: int, limit: int = 200) -> list[Alert]:
        """Subscriptions whose morning message is due."""
        rows = await self._tx.all(
            "SELECT * FROM alert WHERE digest_at > 0 AND digest_at <= :now ORDER BY digest_at LIMIT :limit",
            now=now,
            limit=limit,
        )
        return [_alert(row) for row in rows]

    async def collect(self, person: str, next_at: int) -> list[str]:
        """Take the listings that wait for the person, oldest first, and set the next morning."""
        rows = await self._tx.all(
            "SELECT listing FROM alert_waiting WHERE person = :person ORDER BY at", person=person
        )
        await self._tx.execute("DELETE FROM alert_waiting WHERE person = :person", person=person)
        await self._tx.execute(
            "UPDATE alert SET digest_at = :next_at WHERE person = :person", person=person, next_at=next_at
        )
        return [row["listing"] for row in rows]

    # --- how far a job has read ---------------------------------------------------------------

    async def position(self, job: str) -> int:
        """The last change that ``job`` has dealt with."""
        row = await self._tx.one("SELECT position FROM reading WHERE job = :job", job=job)
        return int(row["position"]) if row else 0

    async def advance(self, job: str, position: int) -> None:
        """Note how far ``job`` has read."""
        await self._tx.execute(
            """
            INSERT INTO reading (job, position) VALUES (:job, :position)
            ON CONFLICT (job) DO UPDATE SET position = excluded.position
            """,
            job=job,
            position=position,
        )


def _alert(row: Row) -> Alert:
    return Alert(
        person=row["person"],
        rhythm=row["rhythm"],
        groups=tuple(json.loads(row["task_groups"])),
        regions=tuple(json.loads(row["regions"])),
        least_people=row["least_people"],
        most_people=row["most_people"],
        at_night=bool(row["at_night"]),
    )
