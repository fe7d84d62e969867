"""The seam to the database: a unit of work goes in, its committed result comes out."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from db.vault import Vault

T = TypeVar("T")
Value = str | int | float | bool | bytes | None


class Row(Protocol):
    """A result row; columns by name."""

    def __getitem__(self, column: str, /) -> Any: ...

    def keys(self) -> Any: ...


class Transaction(Protocol):
    """What stores may do inside a unit of work. SQL is written once for both engines, with ``:names``."""

    @property
    def vault(self) -> Vault:
        """Seals and opens what a stolen copy must not give away."""

    @property
    def skip_locked(self) -> str:
        """``FOR UPDATE SKIP LOCKED`` where rows are claimed by several processes, else empty."""

    async def execute(self, sql: str, /, **values: Value) -> int:
        """Run one statement; how many rows it touched."""

    async def many(self, sql: str, rows: Sequence[Mapping[str, Value]], /) -> None:
        """Run one statement for each of ``rows``."""

    async def one(self, sql: str, /, **values: Value) -> Row | None:
        """The first row, or None."""

    async def all(self, sql: str, /, **values: Value) -> list[Row]:
        """Every row."""

    async def lock(self, key: str) -> None:
        """Keep other units that lock the same key waiting until this one ends."""

    async def in_thread(self, function: Callable[..., T], /, *args: Any) -> T:
        """The result of ``function``, computed off the event loop."""


Unit = Callable[[Transaction], Awaitable[T]]


class Database(Protocol):
    """One database, shared by everything in the process."""

    vault: Vault
    """Given to every transaction."""

    async def run(self, unit: Unit[T]) -> T:
        """Run ``unit`` in one transaction and return its result once it is committed.

        If the unit raises, nothing of it remains and the error reaches the caller. Cancelling the
        caller does not stop a unit that has begun. Inside a unit nothing may be awaited but the
        transaction and other coroutines that await only it.
        """

    async def script(self, statements: Sequence[str]) -> None:
        """Run the statements of a migration in one transaction."""

    async def close(self) -> None:
        """Finish what is running and let go of the database."""
