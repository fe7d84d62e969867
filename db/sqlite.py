"""SQLite: one connection in one thread, whole units of work, waiting units share a commit.

A unit is an ``async def`` that awaits nothing but its transaction. Here every such await returns at
once, so the unit is driven to its end inside the connection's thread: one hop a unit instead of one
a statement. A unit that waits for anything else is stopped with an error, which is how "no network
inside a transaction" is enforced.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

import aiosqlite

from bot.errors import ConfigurationError
from db.database import Row, Transaction, Unit, Value
from db.vault import Vault

T = TypeVar("T")

MOST_UNITS_IN_ONE_COMMIT = 64
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a reply is promised once its row is committed, also over a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA secure_delete = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA journal_size_limit = 67108864",
)


class _Thread(aiosqlite.Connection):
    """aiosqlite's connection with its thread open to whole functions."""

    async def call(self, function: Callable[..., T], *args: Any) -> T:
        result: T = await self._execute(function, *args)  # type: ignore[no-untyped-call]  # untyped upstream
        return result


class SQLiteTransaction:
    """The statements of one unit; lives in the connection's thread."""

    skip_locked = ""

    def __init__(self, connection: sqlite3.Connection, vault: Vault) -> None:
        self._connection = connection
        self.vault = vault

    async def execute(self, sql: str, /, **values: Value) -> int:
        return self._connection.execute(sql, values).rowcount

    async def many(self, sql: str, rows: Sequence[Mapping[str, Value]], /) -> None:
        self._connection.executemany(sql, rows)

    async def one(self, sql: str, /, **values: Value) -> Row | None:
        row: Row | None = self._connection.execute(sql, values).fetchone()
        return row

    async def all(self, sql: str, /, **values: Value) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    async def lock(self, key: str) -> None:
        """Nothing to do: there is one writer."""

    async def in_thread(self, function: Callable[..., T], /, *args: Any) -> T:
        return function(*args)  # already off the event loop


class SQLiteDatabase:
    """A database file, or ``:memory:``."""

    def __init__(
        self, thread: _Thread, connection: sqlite3.Connection, lock: sqlite3.Connection | None = None
    ) -> None:
        self._thread = thread
        self._connection = connection
        self._lock = lock
        self.vault = Vault.passing()
        self._waiting: list[tuple[Unit[Any], asyncio.Future[Any]]] = []
        self._arrived = asyncio.Event()
        self._closing = False
        self._writer = asyncio.create_task(self._write(), name="sqlite-writer")

    @classmethod
    async def open(cls, path: str, *, exclusive: bool = False) -> Self:
        """The database in the file ``path``, made if it is not there.

        Raises:
            ConfigurationError: The file cannot be opened, or with ``exclusive`` another process has it.
        """
        opened: list[sqlite3.Connection] = []
        lock = _hold(path) if exclusive and path != ":memory:" else None

        def connect() -> sqlite3.Connection:
            _check_folder(path)
            # autocommit: BEGIN and COMMIT stand in this file and nowhere else
            connection = sqlite3.connect(path, isolation_level=None, cached_statements=512)
            connection.row_factory = sqlite3.Row
            for pragma in PRAGMAS:
                connection.execute(pragma)
            opened.append(connection)
            return connection

        thread = _Thread(connect, iter_chunk_size=64)
        try:
            await thread
        except BaseException as error:
            await asyncio.to_thread(thread._thread.join)  # it reports its end to this loop, so not after it
            if lock:
                lock.close()
            if not isinstance(error, sqlite3.Error):
                raise
            raise ConfigurationError(f"the database file {path} cannot be opened: {error}") from None
        return cls(thread, opened[0], lock)

    async def run(self, unit: Unit[T]) -> T:
        if self._closing:
            raise RuntimeError("the database is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((unit, future))
        self._arrived.set()
        return await future

    async def script(self, statements: Sequence[str]) -> None:
        async def unit(tx: Transaction) -> None:
            for statement in statements:
                await tx.execute(statement.replace("SERIAL PRIMARY KEY", "INTEGER PRIMARY KEY AUTOINCREMENT"))

        await self.run(unit)

    async def backup(self, path: str) -> None:
        """Write a consistent copy of the live database to ``path``."""

        def copy() -> None:
            target = sqlite3.connect(path)
            try:
                self._connection.backup(target)
            finally:
                target.close()

        await self._thread.call(copy)

    async def close(self) -> None:
        self._closing = True
        self._arrived.set()
        try:
            await self._writer
        finally:
            await self._thread.close()
            if self._lock:
                self._lock.close()

    async def _write(self) -> None:
        while not (self._closing and not self._waiting):
            await self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                group = self._waiting[:MOST_UNITS_IN_ONE_COMMIT]
                del self._waiting[: len(group)]
                outcomes = await self._outcomes([unit for unit, _ in group])
                for (_, future), (value, error) in zip(group, outcomes, strict=True):
                    if future.cancelled():
                        continue
                    if error is None:
                        future.set_result(value)
                    else:
                        future.set_exception(error)

    async def _outcomes(self, units: Sequence[Unit[Any]]) -> list[tuple[Any, BaseException | None]]:
        try:
            return await self._thread.call(self._commit_together, units)
        except Exception as error:  # even the rollback failed: these callers hear of it, the writer goes on
            return [(None, error)] * len(units)

    def _commit_together(self, units: Sequence[Unit[Any]]) -> list[tuple[Any, BaseException | None]]:
        """Run the units one after another in one transaction; each succeeds or fails for itself."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            outcomes = [self._attempt(unit) for unit in units]
            self._connection.execute("COMMIT")
        except BaseException as error:  # whatever it was, an open BEGIN would block everyone after it
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            return [(None, error)] * len(units)
        return outcomes

    def _attempt(self, unit: Unit[Any]) -> tuple[Any, BaseException | None]:
        self._connection.execute("SAVEPOINT unit")
        try:
            value = _drive(unit(SQLiteTransaction(self._connection, self.vault)))
        except BaseException as error:
            self._connection.execute("ROLLBACK TO unit")
            self._connection.execute("RELEASE unit")
            return None, error
        self._connection.execute("RELEASE unit")
        return value, None


def _check_folder(path: str) -> None:
    if path != ":memory:" and not Path(path).resolve().parent.is_dir():
        raise ConfigurationError(f"the folder of the database file {path} does not exist")


def _hold(path: str) -> sqlite3.Connection:
    """A lock beside the database file that ends with this process, however it ends."""
    _check_folder(path)
    lock = sqlite3.connect(f"{path}.lock", timeout=0, isolation_level=None, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")  # SQLite's own file locks work alike on every system
    except sqlite3.OperationalError:
        lock.close()
        raise ConfigurationError(f"another process uses the database file {path}; stop it first") from None
    return lock


def _drive(work: Any) -> Any:
    """The result of a coroutine none of whose awaits has to wait."""
    coroutine: Coroutine[Any, Any, Any] = work
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value
    coroutine.close()
    raise RuntimeError("a unit of work waited for something other than its transaction")
