"""Who holds which office in which municipality."""

import secrets

from bot.model.person import DECIDING_ROLES, Level, Seat
from db.database import Row, Transaction


class SeatStore:
    """Seats of all municipalities; their contacts are sealed."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def claim(self, person: str, municipality: str, role: str, level: Level, now: int) -> Seat:
        """The person says they hold this office; a former claim of theirs is replaced."""
        await self._tx.execute("DELETE FROM seat WHERE person = :person", person=person)
        id, decides = secrets.token_urlsafe(12), role in DECIDING_ROLES
        seat = Seat(id, person, municipality, role, level, decides, claimed_at=now)
        await self._tx.execute(
            """
            INSERT INTO seat (id, person, municipality, role, level, may_decide, claimed_at)
            VALUES (:id, :person, :municipality, :role, :level, :may_decide, :now)
            """,
            id=seat.id,
            person=person,
            municipality=municipality,
            role=role,
            level=level,
            may_decide=seat.may_decide,
            now=now,
        )
        return seat

    async def set_contact(self, seat: str, contact: str) -> None:
        """Keep the office's contact that is given on hand-over."""
        sealed = self._tx.vault.seal(contact, place(seat))
        await self._tx.execute("UPDATE seat SET contact = :contact WHERE id = :id", id=seat, contact=sealed)

    async def decide(
        self, seat: str, level: Level, *, may_decide: bool, by: str, reason: str, now: int
    ) -> bool:
        """A coordinator's word on a claim; False if somebody decided it before."""
        changed = await self._tx.execute(
            """
            UPDATE seat SET level = :level, may_decide = :may_decide, decided_by = :by, refusal = :reason,
                            decided_at = :now
             WHERE id = :id AND level IN ('claimed', 'invited')
            """,
            id=seat,
            level=level,
            may_decide=may_decide,
            by=by,
            reason=reason,
            now=now,
        )
        return changed == 1

    async def of_person(self, person: str) -> list[Seat]:
        """The person's seats, verified ones first; refused ones are left out."""
        rows = await self._tx.all(
            """
            SELECT * FROM seat WHERE person = :person AND level <> 'refused'
             ORDER BY CASE level WHEN 'verified' THEN 0 WHEN 'invited' THEN 1 ELSE 2 END, claimed_at
            """,
            person=person,
        )
        return [self._seat(row) for row in rows]

    async def get(self, seat: str) -> Seat | None:
        """The seat with this id."""
        row = await self._tx.one("SELECT * FROM seat WHERE id = :id", id=seat)
        return self._seat(row) if row else None

    async def of(self, municipality: str) -> list[Seat]:
        """Verified seats of a municipality, those who may decide first."""
        rows = await self._tx.all(
            """
            SELECT * FROM seat WHERE municipality = :municipality AND level = 'verified'
             ORDER BY may_decide DESC, claimed_at
            """,
            municipality=municipality,
        )
        return [self._seat(row) for row in rows]

    async def count(self, municipality: str) -> int:
        """How many people claim or hold a seat there."""
        row = await self._tx.one(
            "SELECT count(*) AS n FROM seat WHERE municipality = :municipality AND level <> 'refused'",
            municipality=municipality,
        )
        return int(row["n"]) if row else 0

    async def waiting(self) -> list[Seat]:
        """Claims that wait for a coordinator, oldest first."""
        rows = await self._tx.all(
            "SELECT * FROM seat WHERE level IN ('claimed', 'invited') ORDER BY claimed_at"
        )
        return [self._seat(row) for row in rows]

    async def unconfirmed(self, before: int, limit: int = 200) -> list[Seat]:
        """Claims from before ``before`` that nobody verified, and refused ones, oldest first."""
        rows = await self._tx.all(
            "SELECT * FROM seat WHERE level <> 'verified' AND claimed_at < :before"
            " ORDER BY claimed_at LIMIT :limit",
            before=before,
            limit=limit,
        )
        return [self._seat(row) for row in rows]

    async def drop(self, seat: str) -> None:
        """Take a seat away."""
        await self._tx.execute("DELETE FROM seat WHERE id = :id", id=seat)

    def _seat(self, row: Row) -> Seat:
        return Seat(
            id=row["id"],
            person=row["person"],
            municipality=row["municipality"],
            role=row["role"],
            level=row["level"],
            may_decide=bool(row["may_decide"]),
            contact=self._tx.vault.open(row["contact"], place(row["id"])),
            claimed_at=row["claimed_at"],
        )


def place(seat: str) -> str:
    """Where a seat's contact is sealed."""
    return f"seat.contact/{seat}"
