"""The database that an address names."""

import sqlite3
from urllib.parse import unquote

import structlog

from bot.errors import ConfigurationError
from db.database import Database
from db.sqlite import SQLiteDatabase
from db.vault import Vault

FIRST_SOUND_SQLITE = (3, 51, 3)

log = structlog.get_logger(__name__)


async def connect(url: str, *, exclusive: bool = False, secret: str = "") -> Database:
    """Open ``sqlite:///path``, ``sqlite:////absolute/path``, ``sqlite://`` (memory) or ``postgresql://…``.

    With ``exclusive`` an SQLite file is this process's alone until it is closed; the bot asks for it,
    short commands beside it do not. PostgreSQL needs no such thing. ``secret`` is the master key of sealed
    columns; without it a file has its own beside it, and everything else one that ends with the process.

    Raises:
        ConfigurationError: The address is not understood, the database cannot be opened, or another
            bot holds the file. The text holds no password.
    """
    scheme, _, rest = url.partition("://")
    if scheme in ("postgresql", "postgres"):
        from db.postgres import PostgresDatabase  # its driver costs a tenth of a second at every start

        server = await PostgresDatabase.open(url)
        server.vault = Vault(secret) if secret else server.vault
        return server
    if scheme != "sqlite" or (rest and not rest.startswith("/")):
        raise ConfigurationError("the database address must begin with sqlite:/// or postgresql://")
    path = unquote(rest[1:])
    path = "" if path == ":memory:" else path
    if path and exclusive and (warning := library_warning(sqlite3.sqlite_version_info)):
        log.warning("database.library", detail=warning)
    database = await SQLiteDatabase.open(path or ":memory:", exclusive=exclusive)
    try:
        if secret or path:
            database.vault = Vault(secret) if secret else Vault.beside(path)
    except BaseException:
        await database.close()
        raise
    return database


def library_warning(version: tuple[int, ...]) -> str:
    """What an operator should know about this version of SQLite; empty when there is nothing.

    Up to 3.51.2 two connections that write or checkpoint at the same moment can damage the file
    (the WAL-reset fault); one process with one connection, which is how the bot runs, is safe.
    """
    if version >= FIRST_SOUND_SQLITE:
        return ""
    number = ".".join(map(str, version))
    return f"SQLite {number} can damage a file that two programs write at once; keep to one bot per file"
