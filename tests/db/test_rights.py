"""The export and the erasing of a person, and what housekeeping asks, on both engines."""

from bot.dialogue.services import Services
from bot.jobs import Jobs, expiry, requests, retention
from db.database import Database
from db.stores import Stores
from db.stores.rights import MENTIONS
from tests.test_rights import CANARIES, story

DAY = 24 * 3600 * 1000


async def test_export_and_erase(database: Database, services: Services) -> None:
    """Every canary is in the export, and in no row of any table afterwards."""
    mayor, _, _ = await story(database, services)
    held = await database.run(lambda tx: Stores(tx).rights.export(mayor.person))
    assert [canary for canary in CANARIES if canary not in str(held)] == []
    await database.run(lambda tx: Stores(tx).rights.erase(mayor.person, mayor.now))
    left = [
        canary
        for table in MENTIONS
        for row in await database.run(lambda tx, table=table: tx.all(f"SELECT * FROM {table}"))  # type: ignore[misc]  # noqa: S608 - a table of ours; mypy cannot type a default in a lambda
        for canary in CANARIES
        if canary in str(tuple(row))
    ]
    assert left == []
    assert await database.run(lambda tx: Stores(tx).rights.export(mayor.person)) == {"audit": held["audit"]}


async def test_a_year_of_housekeeping(database: Database, services: Services) -> None:
    """Every statement of the regular jobs runs, and nothing personal outlives the year but the people."""
    mayor, _, _ = await story(database, services)
    jobs = Jobs(database, services, [expiry.job(), requests.job(), retention.job()])
    for day in range(0, 400, 4):
        now = mayor.now + day * DAY
        await jobs.run_due(now)
        await database.run(
            lambda tx, now=now: tx.execute(  # type: ignore[misc]  # mypy cannot type a default in a lambda
                "UPDATE outbox SET state = 'sent', finished_at = :now WHERE finished_at = 0", now=now
            )
        )
    rows = await database.run(lambda tx: tx.all("SELECT text, state FROM listing"))
    assert {(row["text"], row["state"]) for row in rows} == {("", "closed")}
    for table in ("conversation", "prompt", "outbox", "invitation"):
        assert not await database.run(lambda tx, table=table: tx.all(f"SELECT * FROM {table}"))  # type: ignore[misc]  # noqa: S608 - a table of ours; mypy cannot type a default in a lambda
