"""What is stored about a person is theirs to see whole and to have erased whole."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import RECIPES
from bot.channels.channel import Envelope
from bot.dialogue.services import Services
from bot.jobs.feed import Feed
from bot.model.message import Drawn
from db.connect import connect
from db.database import Database, Transaction
from db.migrate import migrate
from db.stores import Stores
from db.stores.inbox import InboxStore
from db.stores.rights import MENTIONS
from tests.chat import Chat

WORDS = "потрібні насоси марки Канарейка для водоканалу"
CONTACT = "kanarejka@zoria.example"
FIRST_WORDS = "Вітаємо з Канаркової вулиці"
TO_A_PERSON = "прошу зателефонувати в Канарчин"
SECRET = "канаркослово"
ADDRESS = "web:canary-phone"
CANARIES = ("Канарейка", "kanarejka", "Канаркової", "Канарчин", "канаркослово", "canary-phone")
COLLEAGUE = "пропонуємо досвід пунктів незламності"

NOT_ABOUT_A_PERSON = {
    "migration",
    "policy",
    "invitation",
    "outbox_body",
    "channel",
    "listing_change",
    "reading",
    "municipality_fact",
    "candidate_term",
}
"""Tables without a row that is one person's."""

ABOUT_A_PERSON = {"person", "address", "lane", "seat", "author", "approver", "added_by", "decided_by"}


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    return tmp_path / "mistok.db"


@pytest.fixture
async def stored(file: Path) -> AsyncIterator[Database]:
    """A database in a file, to look into its bytes."""
    opened = await connect(f"sqlite:///{file}")
    await migrate(opened)
    yield opened
    await opened.close()


async def story(database: Database, services: Services) -> tuple[Chat, Chat, Chat]:
    """A mayor who leaves traces everywhere, a colleague, and a clerk who exchanged contacts with them."""
    mayor = Chat(database, services, ADDRESS)
    deputy = Chat(database, services, "web:deputy")
    clerk = Chat(database, services, "web:clerk", "pl")
    boss = Chat(database, services, "web:boss", "pl")
    await mayor.known_as("head", "sample:zorianopillia")
    await deputy.known_as("specialist", "sample:zorianopillia")
    await clerk.known_as("head", "sample:jasnowodzie")
    await boss.known_as("head", "sample:sosnodolek")
    await database.run(lambda tx: Stores(tx).people.make_coordinator(boss.person, ""))
    await deputy.say("/offer", COLLEAGUE, "1", "4")
    await clerk.say("/offer", "oferujemy 2 pompy do wody", "1", "4")
    await mayor.say("/settings", "5", SECRET)
    await mayor.say("/need", WORDS, "1", "4")
    await database.run(lambda tx: Feed().run(tx, services, mayor.now))
    await clerk.say("/matches")
    await mayor.say("/cancel", "/matches", WORDS, "1", CONTACT, FIRST_WORDS)
    await mayor.press("Надіслати")
    await clerk.press("Odpowiedz")
    await clerk.say("1", "urzad@jasnowodzie.example", "tak")
    await mayor.say("/human", TO_A_PERSON)
    await mayor.say("/need", WORDS)

    async def delivered(tx: Transaction) -> None:
        await tx.execute("UPDATE outbox SET state = 'sent', finished_at = 1")
        await tx.execute("UPDATE outbox SET provider_id = 'canary-phone' WHERE address = :a", a=ADDRESS)
        await InboxStore(tx).add("web", [Envelope("k", f"raw words of {ADDRESS}", ADDRESS)], 0)

    await database.run(delivered)
    return mayor, deputy, clerk


async def test_the_story_leaves_traces(stored: Database, file: Path, services: Services) -> None:
    """Otherwise the test of erasing proves nothing."""
    await story(stored, services)
    await stored.close()
    content = _bytes(file)
    assert all(canary.encode() in content for canary in CANARIES)


async def test_nothing_is_left_after_erasing(stored: Database, file: Path, services: Services) -> None:
    """Not a byte of the person in the file; the colleague's listing and the counts stay."""
    mayor, deputy, clerk = await story(stored, services)
    count = await stored.run(lambda tx: tx.all("SELECT count(*) AS n FROM outbox"))
    erased = mayor.person
    farewell = await mayor.say("/forget", "так")
    assert "стерто" in farewell[-1].text
    assert "Зорянопільська" in _all(await clerk.shown()) or "Zorianopil" in _all(await clerk.shown())

    async def sent(tx: Transaction) -> None:
        await tx.execute("UPDATE outbox SET state = 'sent', finished_at = 1 WHERE finished_at = 0")
        await Stores(tx).rights.sweep()

    await stored.run(sent)
    after = await stored.run(lambda tx: tx.all("SELECT count(*) AS n FROM outbox"))
    assert after[0]["n"] > count[0]["n"]
    assert "незламності" in _all(await deputy.say("/mine"))
    audit = await stored.run(lambda tx: tx.all("SELECT * FROM audit WHERE action = 'person.erased'"))
    assert [(row["person"], row["object"]) for row in audit] == [("", "")]
    for table in MENTIONS:
        kept = await _rows(stored, table)
        assert table == "audit" or not [row for row in kept if erased in tuple(row)], table
    await stored.close()
    content = _bytes(file)
    assert [canary for canary in CANARIES if canary.encode() in content] == []


async def test_what_is_on_its_way_goes_when_it_has_arrived(stored: Database, services: Services) -> None:
    """A message in the air at that moment is erased once its end is known."""
    mayor, _, _ = await story(stored, services)
    erased = mayor.person
    await stored.run(
        lambda tx: tx.execute(
            "UPDATE outbox SET state = 'sending', finished_at = 0 WHERE person = :person", person=erased
        )
    )
    await mayor.say("/forget", "так")

    async def arrived(tx: Transaction) -> list[Any]:
        await tx.execute("UPDATE outbox SET state = 'sent', finished_at = 1 WHERE finished_at = 0")
        await Stores(tx).rights.sweep()
        return await tx.all("SELECT * FROM outbox WHERE address = :address", address=ADDRESS)

    assert await stored.run(arrived) == []


async def test_who_comes_back_is_a_stranger(stored: Database, services: Services) -> None:
    mayor, _, _ = await story(stored, services)
    erased = mayor.person
    await mayor.say("/forget", "так")
    assert "Якою мовою" in _all(await mayor.say("Добрий день"))
    assert mayor.person != erased


async def test_the_export_holds_everything(stored: Database, services: Services) -> None:
    """The file that is sent names every canary and every column of every table."""
    mayor, _, _ = await story(stored, services)
    said = await mayor.say("/cancel", "/mydata")
    assert CONTACT in said[-1].text
    recipe = RECIPES["mydata"]
    assert recipe.load
    load = recipe.load
    data = await stored.run(lambda tx: load(tx, {"person": mayor.person}))
    name, kind, content = recipe.cook(data, "uk", "Europe/Kyiv")
    assert (name.endswith(".json"), kind) == (True, "application/json")
    read = json.loads(content)
    text = content.decode()
    assert [canary for canary in CANARIES if canary not in text] == []
    for table, rows in read.items():
        if table in MENTIONS:
            known = await _columns(stored, table)
            assert all(set(row) == known for row in rows), table
    expected = "person address seat listing request outbox prompt inbox conversation passed_on".split()
    assert set(expected) <= set(read)


async def test_every_table_is_accounted_for(database: Database) -> None:
    """A new table with people in it must be exported, and erased with them."""
    tables = await database.run(
        lambda tx: tx.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    )
    for table in [row["name"] for row in tables]:
        columns = await _columns(database, table)
        if table in NOT_ABOUT_A_PERSON:
            assert not columns & ABOUT_A_PERSON, table
        else:
            assert table in MENTIONS or not columns & ABOUT_A_PERSON, f"{table} is not in MENTIONS"


async def _columns(database: Database, table: str) -> set[str]:
    rows = await database.run(lambda tx: tx.all(f"PRAGMA table_info({table})"))
    return {row["name"] for row in rows}


async def _rows(database: Database, table: str) -> list[Any]:
    return await database.run(lambda tx: tx.all(f"SELECT * FROM {table}"))  # noqa: S608 - a table of ours


def _bytes(file: Path) -> bytes:
    """The database with its log."""
    return b"".join(path.read_bytes() for path in file.parent.glob("mistok.db*"))


def _all(drawn: list[Drawn]) -> str:
    return "\n".join(text for one in drawn for text in (one.text, *(label for label, _ in one.buttons)))
