"""One-time codes that join two messengers of one person."""

import hashlib
import secrets

from db.database import Transaction

LIFE = 10 * 60 * 1000


class LinkStore:
    """Codes that wait to be written on the other messenger; a person has one at a time."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def issue(self, person: str, now: int) -> str:
        """A fresh code such as ``4821-77`` for ten minutes; an older one of the person ends."""
        await self._tx.execute(
            "DELETE FROM link_code WHERE person = :person OR expires_at <= :now", person=person, now=now
        )
        while True:
            digits = f"{secrets.randbelow(1_000_000):06}"
            stored = await self._tx.execute(
                """
                INSERT INTO link_code (code_hash, person, expires_at) VALUES (:hash, :person, :expires_at)
                ON CONFLICT (code_hash) DO NOTHING
                """,
                hash=_hash(digits),
                person=person,
                expires_at=now + LIFE,
            )
            if stored:
                return f"{digits[:4]}-{digits[4:]}"

    async def redeem(self, digits: str, now: int) -> str:
        """Whose code this is, once; empty if it is nobody's or too old."""
        row = await self._tx.one(
            "DELETE FROM link_code WHERE code_hash = :hash AND expires_at > :now RETURNING person",
            hash=_hash(digits),
            now=now,
        )
        return row["person"] if row else ""


def _hash(digits: str) -> str:
    return hashlib.sha256(digits.encode()).hexdigest()
