"""Municipalities as official registers state them, imported over those that ship with the product."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.places.changes import Row
from db.database import Transaction


@dataclass(frozen=True, slots=True)
class Import:
    """One file that was taken in.

    Attributes:
        register: ``TERC`` or ``KATOTTG``.
        edition: Date of the state as the file names it; empty when it names none.
        file: Its name, without folders.
        municipalities: How many it holds.
        imported_at: UTC epoch milliseconds.
    """

    register: str
    edition: str
    file: str
    municipalities: int
    imported_at: int


class MunicipalityStore:
    """Rows of imported registers, by the municipality's own key, which no import changes."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def keep(self, done: Import, rows: Sequence[Row]) -> None:
        """Store what an import changed, and that it happened."""
        await self._tx.many(
            """
            INSERT INTO municipality (key, detail, register, imported_at)
            VALUES (:key, :detail, :register, :now)
            ON CONFLICT (key) DO UPDATE
                SET detail = excluded.detail, register = excluded.register, imported_at = excluded.imported_at
            """,
            [
                {
                    "key": row.municipality.key,
                    "detail": json.dumps(row.to_json(), ensure_ascii=False),
                    "register": done.register,
                    "now": done.imported_at,
                }
                for row in rows
            ],
        )
        await self._tx.execute(
            """
            INSERT INTO register_import (register, edition, file, municipalities, imported_at)
            VALUES (:register, :edition, :file, :municipalities, :now)
            """,
            register=done.register,
            edition=done.edition,
            file=done.file,
            municipalities=done.municipalities,
            now=done.imported_at,
        )

    async def rows(self) -> list[Row]:
        """Every imported row, by key."""
        found = await self._tx.all("SELECT detail FROM municipality ORDER BY key")
        return [Row.from_json(json.loads(row["detail"])) for row in found]

    async def latest(self) -> list[Import]:
        """The last import of each register."""
        rows = await self._tx.all(
            """
            SELECT * FROM register_import
             WHERE seq IN (SELECT max(seq) FROM register_import GROUP BY register) ORDER BY register
            """
        )
        return [
            Import(
                row["register"], row["edition"], row["file"], int(row["municipalities"]), row["imported_at"]
            )
            for row in rows
        ]
