"""Invitation codes: only their hash is kept, each works once."""

import hashlib
import secrets
from dataclasses import dataclass

from db.database import Transaction

LIFE = 72 * 3600 * 1000


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

    async def drop_expired(self, now: int) -> int:
        """Delete codes past their life; how many."""
        return await self._tx.execute("DELETE FROM invitation WHERE expires_at <= :now", now=now)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
