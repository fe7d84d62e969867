"""Where each person's conversation stands."""

import json
from typing import Any

from db.database import Transaction
from db.stores.encoding import dump


class ConversationStore:
    """One row a person."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def load(self, person: str) -> dict[str, Any] | None:
        """The stored state as JSON data, or None."""
        row = await self._tx.one("SELECT state FROM conversation WHERE person = :person", person=person)
        state: dict[str, Any] | None = json.loads(row["state"]) if row else None
        return state

    async def save(self, person: str, state: dict[str, Any], now: int) -> None:
        """Store the state."""
        await self._tx.execute(
            """
            INSERT INTO conversation (person, state, updated_at) VALUES (:person, :state, :now)
            ON CONFLICT (person) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at
            """,
            person=person,
            state=dump(state),
            now=now,
        )

    async def drop_idle(self, before: int) -> int:
        """Forget conversations untouched since ``before``; how many."""
        return await self._tx.execute("DELETE FROM conversation WHERE updated_at < :before", before=before)
