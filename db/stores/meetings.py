"""Meetings, who comes, the groups people chose."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.meetings.capacity import Entry, Roll
from bot.model.meeting import Meeting, Recurrence
from db.database import Row, Transaction

_MEETING = TypeAdapter(Meeting)
_RECURRENCE = TypeAdapter(Recurrence)


@dataclass(frozen=True, slots=True)
class Called:
    """A meeting with who called it.

    Attributes:
        region: Of the coordinator; empty for all.
        recurrence: When the series meets again; None for a single meeting.
        aftermath: What was last done after it: empty, ``asked``, ``reported``, ``talk30``, ``talk90``.
    """

    meeting: Meeting
    author: str
    region: str = ""
    recurrence: Recurrence | None = None
    aftermath: str = ""


class MeetingStore:
    """Meetings and the answers to them."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def put(self, called: Called, now: int) -> None:
        """Store a meeting, or what changed about it."""
        meeting = called.meeting
        await self._tx.execute(
            """
            INSERT INTO meeting (id, data, state, start_at, end_at, zone_data, revision, author, region,
                                 recurrence, created_at)
            VALUES (:id, :data, :state, :start_at, :end_at, :zone_data, :revision, :author, :region,
                    :recurrence, :now)
            ON CONFLICT (id) DO UPDATE SET data = excluded.data, state = excluded.state,
                start_at = excluded.start_at, end_at = excluded.end_at, zone_data = excluded.zone_data,
                revision = excluded.revision, recurrence = excluded.recurrence
            """,
            id=meeting.id,
            data=_MEETING.dump_json(meeting).decode(),
            state=meeting.state,
            start_at=meeting.start_at,
            end_at=meeting.end_at,
            zone_data=meeting.zone_data,
            revision=meeting.revision,
            author=called.author,
            region=called.region,
            recurrence=_RECURRENCE.dump_json(called.recurrence).decode() if called.recurrence else "",
            now=now,
        )

    async def get(self, id: str) -> Called | None:
        """The meeting with this id."""
        row = await self._tx.one("SELECT * FROM meeting WHERE id = :id", id=id)
        return _called(row) if row else None

    async def upcoming(self, now: int) -> list[Called]:
        """Meetings that are planned and not over, the next one first."""
        rows = await self._tx.all(
            "SELECT * FROM meeting WHERE state = 'planned' AND end_at > :now ORDER BY start_at, id", now=now
        )
        return [_called(row) for row in rows]

    async def for_person(self, person: str, now: int) -> list[Called]:
        """Upcoming meetings that the person was told of or whose groups are theirs."""
        groups = await self.groups(person)
        rows = await self._tx.all(
            "SELECT broadcast.subject AS subject FROM recipient"
            " JOIN broadcast ON broadcast.id = recipient.broadcast WHERE recipient.person = :person",
            person=person,
        )
        told = {row["subject"] for row in rows}
        return [
            called
            for called in await self.upcoming(now)
            if f"meeting:{called.meeting.id}" in told or not groups.isdisjoint(called.meeting.groups)
        ]

    async def of_older_zone_data(self, version: str, now: int) -> list[Called]:
        """Upcoming meetings whose moment was worked out from other zone data."""
        rows = await self._tx.all(
            "SELECT * FROM meeting WHERE state = 'planned' AND end_at > :now AND zone_data <> :version",
            now=now,
            version=version,
        )
        return [_called(row) for row in rows]

    async def over(self, aftermath: str, ended_before: int, limit: int = 5) -> list[Called]:
        """Meetings over by then for which ``aftermath`` was done last."""
        rows = await self._tx.all(
            "SELECT * FROM meeting WHERE state = 'planned' AND aftermath = :aftermath AND end_at <= :before"
            " ORDER BY end_at, id LIMIT :limit",
            aftermath=aftermath,
            before=ended_before,
            limit=limit,
        )
        return [_called(row) for row in rows]

    async def done_after(self, id: str, aftermath: str) -> None:
        """Note what was done after the meeting."""
        await self._tx.execute(
            "UPDATE meeting SET aftermath = :aftermath WHERE id = :id", id=id, aftermath=aftermath
        )

    # --- who comes ----------------------------------------------------------------------------

    async def roll(self, meeting: Meeting) -> Roll:
        """Everybody who answered; call ``tx.lock`` for the meeting before changing it."""
        rows = await self._tx.all(
            "SELECT * FROM attendance WHERE meeting = :meeting ORDER BY position, person", meeting=meeting.id
        )
        entries = (Entry(row["person"], row["municipality"], row["answer"], row["place"]) for row in rows)
        return Roll(meeting.capacity, tuple(entries))

    async def save(self, meeting: str, before: Roll, after: Roll, now: int) -> None:
        """Write what differs between two states of the roll."""
        old = {entry.person: (entry, n) for n, entry in enumerate(before.entries)}
        changed = [(entry, n) for n, entry in enumerate(after.entries) if old.get(entry.person) != (entry, n)]
        await self._tx.many(
            """
            INSERT INTO attendance (meeting, person, municipality, answer, place, position, answered_at)
            VALUES (:meeting, :person, :municipality, :answer, :place, :position, :now)
            ON CONFLICT (meeting, person) DO UPDATE SET answer = excluded.answer, place = excluded.place,
                position = excluded.position,
                answered_at = CASE WHEN attendance.answer = excluded.answer THEN attendance.answered_at
                                   ELSE excluded.answered_at END
            """,
            [
                {
                    "meeting": meeting,
                    "person": entry.person,
                    "municipality": entry.municipality,
                    "answer": entry.answer,
                    "place": entry.place,
                    "position": n,
                    "now": now,
                }
                for entry, n in changed
            ],
        )
        gone = old.keys() - {entry.person for entry in after.entries}
        await self._tx.many(
            "DELETE FROM attendance WHERE meeting = :meeting AND person = :person",
            [{"meeting": meeting, "person": person} for person in sorted(gone)],
        )

    async def came(self, meeting: str, person: str, came: str) -> None:
        """Note whether somebody who had answered came: ``yes`` or ``no``."""
        await self._tx.execute(
            "UPDATE attendance SET came = :came WHERE meeting = :meeting AND person = :person",
            meeting=meeting,
            person=person,
            came=came,
        )

    async def attendance(self, meeting: str) -> dict[str, int]:
        """How many said that they came, and that they did not."""
        rows = await self._tx.all(
            "SELECT came, COUNT(*) AS n FROM attendance WHERE meeting = :meeting AND came <> ''"
            " GROUP BY came",
            meeting=meeting,
        )
        return {row["came"]: row["n"] for row in rows}

    async def attendees(self, meeting: str) -> list[str]:
        """People who came."""
        rows = await self._tx.all(
            "SELECT person FROM attendance WHERE meeting = :meeting AND came = 'yes' ORDER BY position",
            meeting=meeting,
        )
        return [row["person"] for row in rows]

    # --- what people chose --------------------------------------------------------------------

    async def groups(self, person: str) -> frozenset[int]:
        """The person's task groups, chosen or by their municipality's listings."""
        rows = await self._tx.all(
            "SELECT DISTINCT task_group FROM group_member WHERE person = :person", person=person
        )
        return frozenset(row["task_group"] for row in rows)

    async def join(self, person: str, groups: Sequence[int]) -> None:
        """Let the person belong to exactly these groups."""
        await self._tx.execute("DELETE FROM membership WHERE person = :person", person=person)
        await self._tx.many(
            "INSERT INTO membership (person, task_group) VALUES (:person, :task_group)",
            [{"person": person, "task_group": group} for group in (0, *groups)],
        )

    async def set_leads(self, person: str, leads: str) -> None:
        """Which reminders the person wants: ``1d,10m``, ``none``, or empty for all."""
        await self._tx.execute(
            "INSERT INTO meeting_wish (person, leads) VALUES (:person, :leads)"
            " ON CONFLICT (person) DO UPDATE SET leads = excluded.leads",
            person=person,
            leads=leads,
        )

    # --- where meetings may be held -----------------------------------------------------------

    async def hosts(self) -> frozenset[str]:
        """Hosts that coordinators added to the usual ones."""
        return frozenset(row["host"] for row in await self._tx.all("SELECT host FROM link_host"))

    async def allow_host(self, host: str, by: str, now: int) -> None:
        """Let links to this host stand in notices."""
        await self._tx.execute(
            "INSERT INTO link_host (host, added_by, added_at) VALUES (:host, :by, :now)"
            " ON CONFLICT (host) DO NOTHING",
            host=host,
            by=by,
            now=now,
        )


def _called(row: Row) -> Called:
    return Called(
        meeting=_MEETING.validate_json(row["data"]),
        author=row["author"],
        region=row["region"],
        recurrence=_RECURRENCE.validate_json(row["recurrence"]) if row["recurrence"] else None,
        aftermath=row["aftermath"],
    )
