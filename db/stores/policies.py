"""What councils allow."""

from db.database import Transaction


class PolicyStore:
    """Whether a council lets its people use Telegram for official matters."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def keep(self, municipality: str, telegram: str, now: int) -> None:
        """Keep whether the council allows Telegram: ``yes``, ``no`` or ``unknown``."""
        await self._tx.execute(
            """
            INSERT INTO policy (municipality, telegram, decided_at) VALUES (:municipality, :telegram, :now)
            ON CONFLICT (municipality)
                DO UPDATE SET telegram = excluded.telegram, decided_at = excluded.decided_at
            """,
            municipality=municipality,
            telegram=telegram,
            now=now,
        )

    async def of(self, municipality: str) -> str:
        """Whether the council allows Telegram: ``yes``, ``no`` or ``unknown``."""
        row = await self._tx.one("SELECT telegram FROM policy WHERE municipality = :m", m=municipality)
        return row["telegram"] if row else "unknown"
