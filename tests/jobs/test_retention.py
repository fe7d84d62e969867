"""Nothing outlives its period, and whoever loses something is told once."""

from collections.abc import Sequence

import pytest

from bot.dialogue.services import Services
from bot.jobs import Jobs, retention
from db.database import Database
from db.stores import Stores
from db.stores.invitations import Invitation
from tests.chat import Chat

REGISTRATION = ("/start", "1", "1", "Зорянопілля", "1", "1", "1")
NEED = "потрібні 3 насоси для водоканалу"


@pytest.fixture
def jobs(database: Database, services: Services) -> Jobs:
    return Jobs(database, services, [retention.job()])


async def count(database: Database, table: str) -> int:
    rows = await database.run(lambda tx: tx.all(f"SELECT count(*) AS n FROM {table}"))  # noqa: S608 - a table of ours
    return int(rows[0]["n"])


async def deliver(database: Database) -> None:
    await database.run(lambda tx: tx.execute("UPDATE outbox SET state = 'sent', finished_at = 1"))


async def test_an_idle_conversation_and_its_buttons_go(
    database: Database, services: Services, jobs: Jobs
) -> None:
    chat = Chat(database, services)
    await chat.known_as("head", "sample:zorianopillia")
    await chat.say("/need", NEED)
    await deliver(database)
    await chat.pass_days(29, jobs)
    assert await count(database, "conversation") == 1
    assert await count(database, "prompt") > 0
    await chat.pass_days(2, jobs)
    assert [await count(database, table) for table in ("conversation", "prompt", "outbox")] == [0, 0, 0]
    assert await chat.say("так"), "who comes back later is answered"


async def test_an_unconfirmed_registration_goes_with_its_words(
    database: Database, services: Services, jobs: Jobs
) -> None:
    chat = Chat(database, services)
    await chat.say(*REGISTRATION, NEED, "1", "4", "1")
    await chat.pass_days(13, jobs)
    assert await count(database, "seat") == 1
    await chat.pass_days(2, jobs)
    assert await count(database, "seat") == 0
    told = [drawn.text for drawn in await chat.shown() if "14 днів" in drawn.text and "/start" in drawn.text]
    assert len(told) == 1
    await chat.pass_days(2, jobs)
    assert len([d for d in await chat.shown() if d.text == told[0]]) == 1
    rows = await database.run(lambda tx: tx.all("SELECT text, detail, person, state FROM listing"))
    assert [(row["text"], row["person"], row["state"]) for row in rows] == [("", "", "closed")]
    assert "насос" not in rows[0]["detail"]


@pytest.mark.parametrize(("path", "left"), [(("/start", "1"), 0), (("/start", "1", "1"), 1)])
async def test_who_never_agreed_is_forgotten(
    path: Sequence[str], left: int, database: Database, services: Services, jobs: Jobs
) -> None:
    chat = Chat(database, services)
    await chat.say(*path)
    await chat.pass_days(13, jobs)
    assert await count(database, "person") == 1
    await chat.pass_days(2, jobs)
    assert await count(database, "person") == left


async def test_codes_end(database: Database, services: Services, jobs: Jobs) -> None:
    chat = Chat(database, services)
    invitation = Invitation("official", "", "", by_operator=True)
    await database.run(lambda tx: Stores(tx).invitations.issue(invitation, chat.now + 1000))
    await chat.pass_days(1, jobs)
    assert await count(database, "invitation") == 0


async def test_the_words_of_an_ended_listing_go_after_half_a_year(
    database: Database, services: Services, jobs: Jobs
) -> None:
    chat = Chat(database, services)
    await chat.known_as("head", "sample:zorianopillia")
    await chat.say("/need", NEED, "1", "4", "/mine", "1", "3", "1")
    await chat.pass_days(179, jobs)
    assert [row["text"] for row in await _listings(database)] == [NEED]
    await chat.pass_days(2, jobs)
    assert [row["text"] for row in await _listings(database)] == [""]


async def _listings(database: Database) -> Sequence[dict[str, str]]:
    rows = await database.run(lambda tx: tx.all("SELECT text, state FROM listing"))
    return [{"text": row["text"], "state": row["state"]} for row in rows]
