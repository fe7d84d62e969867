"""``database``: an empty, migrated database; every test that asks for it runs on both engines."""

import os
from collections.abc import AsyncIterator, Iterator

import pytest

from db.connect import connect
from db.database import Database, Transaction
from db.migrate import migrate
from tests.db.server import NoServerError, running


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL database for tests: ``MISTOK_TEST_POSTGRES_URL``, or a server started for them."""
    if url := os.environ.get("MISTOK_TEST_POSTGRES_URL"):
        yield url
        return
    server = running()
    try:
        url = server.__enter__()
    except NoServerError as error:
        pytest.skip(str(error))
    try:
        yield url
    finally:
        server.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """An empty database of the current version."""
    sqlite = request.param == "sqlite"
    opened = await connect("sqlite://" if sqlite else request.getfixturevalue("postgres_url"))
    try:
        if not sqlite:
            await opened.run(_emptied)
        await migrate(opened)
        yield opened
    finally:
        await opened.close()


async def _emptied(tx: Transaction) -> None:
    tables = [
        row["name"]
        for row in await tx.all(
            "SELECT quote_ident(tablename) AS name FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'migration'"
        )
    ]
    if tables:
        await tx.execute("TRUNCATE " + ", ".join(tables) + " RESTART IDENTITY CASCADE")
