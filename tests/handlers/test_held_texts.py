"""What a guard keeps back is seen by nobody before a coordinator releases it."""

import pytest

from bot.dialogue.services import Services
from bot.jobs import Jobs
from bot.jobs.all import all_jobs
from bot.model.listing import Listing
from db.database import Database, Transaction
from db.stores import Stores
from tests.chat import Chat

HOME = "sample:zorianopillia"
MIXED = "треба генератор для лікарні і дрони для 93 бригади"


@pytest.fixture
async def mayor(database: Database, services: Services) -> Chat:
    chat = Chat(database, services)
    await chat.known_as("head", HOME)
    return chat


async def listings(database: Database) -> list[Listing]:
    return await database.run(lambda tx: Stores(tx).listings.of(HOME, "waiting", "open", "closed", "expired"))


async def test_a_mixed_text_waits_and_is_in_no_search(
    mayor: Chat, database: Database, services: Services
) -> None:
    await mayor.say(MIXED, "1")
    await Jobs(database, services, all_jobs()).run_due(mayor.now)
    [kept] = await listings(database)
    assert (kept.state, kept.text_held, kept.draft.held) == ("waiting", True, "military")
    assert len(services.index) == 0


async def test_confirming_the_office_does_not_open_it(database: Database, services: Services) -> None:
    """Words that the coordinator read on the card are published with the office; a held text is not."""
    newcomer, boss = Chat(database, services), Chat(database, services, "web:boss")
    await boss.known_as("head", "sample:vyshnelissia")

    async def appoint(tx: Transaction) -> None:
        await Stores(tx).people.make_coordinator(boss.person, "")

    await database.run(appoint)
    await newcomer.say("/start", "1", "згода", "зорянопілля", "так", "1", "1")
    await newcomer.say(MIXED, "1")
    await newcomer.say("/need", "потрібні контейнери для сміття", "1")
    [card] = await boss.say("/verify")
    assert "контейнери" in card.text
    assert "дрони" not in card.text
    await boss.press(card.buttons[0][0])
    found = {one.draft.text: one for one in await listings(database)}
    assert (found[MIXED].state, found[MIXED].text_held) == ("waiting", True)
    opened = found["потрібні контейнери для сміття"]
    assert (opened.state, opened.text_held) == ("open", False)


async def test_words_too_long_for_the_card_wait_for_a_look(database: Database, services: Services) -> None:
    newcomer, boss = Chat(database, services), Chat(database, services, "web:boss")
    await boss.known_as("head", "sample:vyshnelissia")

    async def appoint(tx: Transaction) -> None:
        await Stores(tx).people.make_coordinator(boss.person, "")

    await database.run(appoint)
    long = "потрібні контейнери для сміття " + "дуже " * 200
    await newcomer.say("/start", "1", "згода", "зорянопілля", "так", "1", "1", long, "1")
    [card] = await boss.say("/verify")
    await boss.press(card.buttons[0][0])
    [kept] = await listings(database)
    assert (kept.state, kept.text_held) == ("open", True)
    [listed] = await boss.say("/stuck")
    assert len(listed.buttons) == 2  # the text, and not now


async def test_rewriting_it_does_not_open_it_either(mayor: Chat, database: Database) -> None:
    """Cleaned words of a text that waits still wait."""
    await mayor.say(MIXED, "2", "5", "треба генератор для лікарні", "1")
    [kept] = await listings(database)
    assert (kept.state, kept.text_held) == ("waiting", True)


@pytest.mark.parametrize(
    "text",
    [
        "потрібні дрони для бригади",
        "рятуйте, чоловік мене б'є",
        "скільки можна, ганьба",
        "потрібне ліжко для хлопчика Іванка, 7 років",
    ],
)
@pytest.mark.parametrize("answer", ["так", "ні", "1"])
async def test_what_is_no_listing_never_becomes_one(
    mayor: Chat, database: Database, text: str, answer: str
) -> None:
    await mayor.say("/need", text, answer)
    assert await listings(database) == []


@pytest.mark.parametrize("text", [MIXED, "потрібні дрони для бригади"])
async def test_an_open_listing_cannot_be_turned_into_one(mayor: Chat, database: Database, text: str) -> None:
    """Military words put into a draft while it is corrected are refused or keep it back."""
    await mayor.say("треба генератор для лікарні", "2", "5", text, "1")
    [kept] = await listings(database)
    assert kept.draft.held == "military" or "дрони" not in kept.draft.text
    assert kept.state == "waiting" if kept.draft.held else kept.state == "open"


async def test_what_is_for_coordinators_reaches_them_and_nobody_else(
    mayor: Chat, database: Database, services: Services
) -> None:
    boss = Chat(database, services, "web:boss", "pl")
    await boss.known_as("head", "sample:jasnowodzie")

    async def appoint(tx: Transaction) -> None:
        await Stores(tx).people.make_coordinator(boss.person, "")

    await database.run(appoint)
    await mayor.say("потрібні контейнери для сміття", "2", "4", "2", "1")
    await Jobs(database, services, all_jobs()).run_due(mayor.now)
    assert any("контейнери для сміття" in one.text for one in await boss.shown())
    assert len(services.index) == 0
