"""Who did what to which object, when and why; rows are only ever added and hold no personal text."""

from db.database import Transaction


class AuditStore:
    """The trail."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def note(self, person: str, action: str, object: str, now: int, reason: str = "") -> None:
        """Add a line; ``action`` is a word such as ``seat.verified``, ``object`` an id."""
        await self._tx.execute(
            """
            INSERT INTO audit (at, person, action, object, reason)
            VALUES (:at, :person, :action, :object, :reason)
            """,
            at=now,
            person=person,
            action=action,
            object=object,
            reason=reason,
        )
