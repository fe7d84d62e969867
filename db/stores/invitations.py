"""Invitation codes: only their hash is kept, each works once."""

import hashlib
import secrets
from dataclasses import dataclass

from db.database import Transaction

HOUR = 3600 * 1000
LIFE = 72 * HOUR
MOST_WRONG, MOST_WRONG_IN_ALL = 5, 100
"""Wrong codes within an hour, of one person and of everybody, before no code is looked at."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code grants: a coordinator's role, in one region or all, or a seat of a municipality."""

    role: str
    municipality: str
    region: str
    by_operator: bool


class InvitationStore:
    """Codes that were given out."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def issue(self, invitation: Invitation, expires_at: int) -> str:
        """A new code of 128 random bits; it cannot be read again later."""
        code = secrets.token_urlsafe(16)
        await self._tx.execute(
            """
            INSERT INTO invitation (code_hash, role, municipality, region, by_operator, expires_at)
            VALUES (:code_hash, :role, :municipality, :region, :by_operator, :expires_at)
            """,
            code_hash=_hash(code),
            role=invitation.role,
            municipality=invitation.municipality,
            region=invitation.region,
            by_operator=invitation.by_operator,
            expires_at=expires_at,
        )
        return code

    async def redeem(self, code: str, now: int) -> Invitation | None:
        """What the code grants, once; None if it is unknown, used or too old."""
        row = await self._tx.one(
            """
            UPDATE invitation SET used_at = :now
             WHERE code_hash = :code_hash AND used_at = 0 AND expires_at > :now
            RETURNING role, municipality, region, by_operator
            """,
            code_hash=_hash(code.strip()),
            now=now,
        )
        return (
            Invitation(row["role"], row["municipality"], row["region"], bool(row["by_operator"]))
            if row
            else None
        )

    async def paused(self, person: str, now: int) -> bool:
        """Whether no code of this person is looked at now: too many wrong ones came within the hour."""
        own, everybody = await self._wrong(person, now)
        return own >= MOST_WRONG or everybody >= MOST_WRONG_IN_ALL

    async def missed(self, person: str, now: int) -> bool:
        """Count a wrong code; True when a pause begins with it."""
        await self._tx.execute("DELETE FROM wrong_code WHERE at <= :before", before=now - HOUR)
        await self._tx.execute(
            "INSERT INTO wrong_code (person, at) VALUES (:person, :now)", person=person, now=now
        )
        own, everybody = await self._wrong(person, now)
        return own == MOST_WRONG or everybody == MOST_WRONG_IN_ALL

    async def _wrong(self, person: str, now: int) -> tuple[int, int]:
        row = await self._tx.one(
            """
            SELECT COALESCE(SUM(CASE WHEN person = :person THEN 1 ELSE 0 END), 0) AS own, count(*) AS n
              FROM wrong_code WHERE at > :after
            """,
            person=person,
            after=now - HOUR,
        )
        return (int(row["own"]), int(row["n"])) if row else (0, 0)

    async def drop_expired(self, now: int) -> int:
        """Delete codes past their life; how many."""
        return await self._tx.execute("DELETE FROM invitation WHERE expires_at <= :now", now=now)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
