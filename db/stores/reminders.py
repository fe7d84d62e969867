"""Reminders of meetings as rows that are due: planned, moved once, gone."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.meetings.reminders import Slot
from db.database import Row, Transaction, Value
from db.stores.bulk import Stretch

SHARED = "meetings:"
"""Begins the subject of a message that reminds of several meetings; their ids follow, each with a comma."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One person's reminder with what decides whether and where it goes.

    Attributes:
        answer: To the meeting; empty while silent.
        place: ``seat``, ``waiting`` or empty.
        leads: The person's own choice, such as ``1d,10m``; empty for all.
        address: Empty when none is reachable and allowed.
    """

    person: str
    meeting: str
    revision: int
    slot: Slot
    answer: str
    place: str
    leads: str
    address: str
    zone: str


class ReminderStore:
    """The plan of reminders. Times are UTC epoch milliseconds."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def plan(
        self, meeting: str, revision: int, slots: Sequence[Slot], *, zone: str, country: str, of: Stretch
    ) -> None:
        """Let these reminders await the recipients of a zone and country."""
        for slot in slots:
            await self._tx.execute(
                """
                INSERT INTO reminder (person, meeting, lead, revision, due_at, not_after, start_at,
                                      only_coming)
                SELECT recipient.person, CAST(:meeting AS TEXT), CAST(:lead AS TEXT),
                       CAST(:revision AS BIGINT), CAST(:due_at AS BIGINT), CAST(:not_after AS BIGINT),
                       CAST(:start_at AS BIGINT), :only_coming
                  FROM recipient JOIN person ON person.id = recipient.person
                 WHERE recipient.broadcast = :broadcast AND recipient.seq > :after AND recipient.seq <= :upto
                   AND recipient.country = :country AND person.zone = :zone
                ON CONFLICT (person, meeting, lead) DO UPDATE SET revision = excluded.revision,
                    due_at = excluded.due_at, not_after = excluded.not_after, start_at = excluded.start_at,
                    only_coming = excluded.only_coming
                """,
                zone=zone,
                country=country,
                broadcast=of.broadcast,
                after=of.after,
                upto=of.upto,
                **_values(meeting, revision, slot),
            )

    async def plan_for(self, person: str, meeting: str, revision: int, slots: Sequence[Slot]) -> None:
        """Let exactly these reminders of the meeting await one person."""
        await self.drop(meeting, person)
        await self._tx.many(
            """
            INSERT INTO reminder (person, meeting, lead, revision, due_at, not_after, start_at, only_coming)
            VALUES (:person, :meeting, :lead, :revision, :due_at, :not_after, :start_at, :only_coming)
            """,
            [{"person": person, **_values(meeting, revision, slot)} for slot in slots],
        )

    async def drop(self, meeting: str, person: str = "") -> None:
        """Remind nobody of the meeting any more, or not this person."""
        await self._tx.execute(
            "DELETE FROM reminder WHERE meeting = :meeting AND (:person = '' OR person = :person)",
            meeting=meeting,
            person=person,
        )

    async def withdraw_shared(self, meeting: str, now: int) -> None:
        """End the queued messages that remind of several meetings, this one among them."""
        await self._tx.execute(
            "UPDATE outbox SET state = 'superseded', finished_at = :now"
            " WHERE state = 'queued' AND subject LIKE :shared",
            now=now,
            shared=f"{SHARED}%{meeting},%",
        )

    async def due(self, now: int, limit: int) -> tuple[list[Planned], list[Planned]]:
        """Reminders that are due, the earliest first, and those that may share a message with them.

        The latter are the same people's reminders "days before" that fall into the next 24 hours.
        """
        rows = await self._tx.all(
            f"{_PLANNED} WHERE reminder.due_at <= :now {_FIRST} {self._lock}", now=now, limit=limit
        )
        if not any(row["lead"].endswith("d") for row in rows):
            return [_planned(row) for row in rows], []
        soon = await self._tx.all(
            f"{_PLANNED} WHERE reminder.due_at > :now AND reminder.due_at < :tomorrow"  # noqa: S608 - constants
            f" AND reminder.lead LIKE '%d' AND reminder.person IN"
            f" (SELECT person FROM reminder WHERE due_at <= :now {_FIRST}) {self._lock}",
            now=now,
            limit=limit,
            tomorrow=now + 24 * 3_600_000,
        )
        return [_planned(row) for row in rows], [_planned(row) for row in soon]

    async def remove(self, planned: Sequence[Planned]) -> None:
        """Take reminders out of the plan."""
        await self._tx.many(
            "DELETE FROM reminder WHERE person = :person AND meeting = :meeting AND lead = :lead",
            [{"person": one.person, "meeting": one.meeting, "lead": one.slot.lead} for one in planned],
        )

    @property
    def _lock(self) -> str:
        return "FOR UPDATE OF reminder SKIP LOCKED" if self._tx.skip_locked else ""


_FIRST = "ORDER BY due_at, reminder.person, reminder.meeting LIMIT :limit"

_PLANNED = """
    SELECT reminder.*, person.zone AS zone,
           COALESCE(attendance.answer, '') AS answer, COALESCE(attendance.place, '') AS place,
           COALESCE(wish.leads, '') AS leads,
           COALESCE((SELECT audience.address FROM audience WHERE audience.person = reminder.person LIMIT 1),
                    '') AS address
      FROM reminder
      JOIN person ON person.id = reminder.person
      LEFT JOIN attendance ON attendance.meeting = reminder.meeting AND attendance.person = reminder.person
      LEFT JOIN meeting_wish AS wish ON wish.person = reminder.person
"""


def _values(meeting: str, revision: int, slot: Slot) -> dict[str, Value]:
    return {
        "meeting": meeting,
        "revision": revision,
        "lead": slot.lead,
        "due_at": slot.due_at,
        "not_after": slot.not_after,
        "start_at": slot.start_at,
        "only_coming": slot.only_coming,
    }


def _planned(row: Row) -> Planned:
    return Planned(
        person=row["person"],
        meeting=row["meeting"],
        revision=row["revision"],
        slot=Slot(row["lead"], row["due_at"], row["not_after"], bool(row["only_coming"]), row["start_at"]),
        answer=row["answer"],
        place=row["place"],
        leads=row["leads"],
        address=row["address"],
        zone=row["zone"],
    )
