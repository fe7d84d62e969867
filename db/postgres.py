"""PostgreSQL: a pool of connections, one transaction per unit of work.

The named parameters of the stores become numbered ones. Transactions are READ COMMITTED: a unit that
reads and then decides takes ``tx.lock`` first, which orders it as SQLite's single writer would.
"""

import asyncio
import re
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import lru_cache
from typing import Any, Self, TypeVar

import asyncpg

from bot.errors import ConfigurationError
from db.database import Row, Transaction, Unit, Value
from db.vault import Vault

T = TypeVar("T")

MOST_TRIES = 5
SERVER_SETTINGS = {
    "application_name": "mistok",
    "jit": "off",  # compiling pays for long queries; ours are short
    "plan_cache_mode": "force_generic_plan",  # planning the claim anew costs far more than running it
    "idle_in_transaction_session_timeout": "60000",
    "lock_timeout": "30000",
}
_REPEAT = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
_TOKEN = re.compile(r"'(?:[^']|'')*'|::|:([a-z_][a-z0-9_]*)")


@lru_cache(maxsize=1024)
def numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """The statement with ``$1``, ``$2``… for its ``:names``, and the names in that order."""
    names: list[str] = []

    def number(match: re.Match[str]) -> str:
        name = match.group(1)
        if name is None:  # a quoted text or a cast
            return match.group()
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return _TOKEN.sub(number, sql), tuple(names)


class PostgresTransaction:
    """The statements of one unit, over one connection of the pool."""

    skip_locked = "FOR UPDATE SKIP LOCKED"

    def __init__(self, connection: Any, vault: Vault) -> None:
        self._connection = connection
        self.vault = vault

    async def execute(self, sql: str, /, **values: Value) -> int:
        text, names = numbered(sql)
        status: str = await self._connection.execute(text, *(values[name] for name in names))
        count = status.rpartition(" ")[2]  # "UPDATE 3", "INSERT 0 1", "CREATE TABLE"
        return int(count) if count.isdecimal() else 0

    async def many(self, sql: str, rows: Sequence[Mapping[str, Value]], /) -> None:
        text, names = numbered(sql)
        await self._connection.executemany(text, [tuple(row[name] for name in names) for row in rows])

    async def one(self, sql: str, /, **values: Value) -> Row | None:
        text, names = numbered(sql)
        row: Row | None = await self._connection.fetchrow(text, *(values[name] for name in names))
        return row

    async def all(self, sql: str, /, **values: Value) -> list[Row]:
        text, names = numbered(sql)
        rows: list[Row] = await self._connection.fetch(text, *(values[name] for name in names))
        return rows

    async def lock(self, key: str) -> None:
        await self._connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", key)

    async def in_thread(self, function: Callable[..., T], /, *args: Any) -> T:
        return await asyncio.to_thread(function, *args)


class PostgresDatabase:
    """One server database, shared by several processes."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self.vault = Vault.passing()
        self._running: set[asyncio.Task[Any]] = set()
        self._closing = False

    @classmethod
    async def open(cls, url: str, *, most: int = 10) -> Self:
        """The database at ``url`` with at most ``most`` connections.

        Raises:
            ConfigurationError: It cannot be reached; the text does not hold the address.
        """
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=most,
                timeout=10,
                command_timeout=60,
                server_settings=SERVER_SETTINGS,
            )
        except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            reason = type(error).__name__
            raise ConfigurationError(f"the PostgreSQL database cannot be opened: {reason}") from None
        return cls(pool)

    async def run(self, unit: Unit[T]) -> T:
        return await self._to_its_end(self._tried(unit))

    async def script(self, statements: Sequence[str]) -> None:
        async def unit(tx: Transaction) -> None:
            for statement in statements:
                await tx.execute(statement)

        await self.run(unit)

    async def close(self) -> None:
        self._closing = True
        try:
            if self._running:
                await asyncio.wait(self._running)
        finally:
            await self._pool.close()

    async def _to_its_end(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of ``work``, which goes on when the caller is cancelled."""
        if self._closing:
            work.close()
            raise RuntimeError("the database is closed")
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # seen, also when the caller was cancelled and cannot see it

    async def _tried(self, unit: Unit[T]) -> T:
        for _ in range(MOST_TRIES - 1):
            try:
                return await self._once(unit)
            except _REPEAT:
                continue  # the server undid it for the sake of another one; the unit may run again
        return await self._once(unit)

    async def _once(self, unit: Unit[T]) -> T:
        async with self._pool.acquire() as connection, connection.transaction():
            return await unit(PostgresTransaction(connection, self.vault))
