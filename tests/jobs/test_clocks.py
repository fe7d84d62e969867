"""Expiry and the request clock: each step once, and only while the office is open."""

from datetime import UTC, datetime

import pytest

from bot.dialogue.services import Services
from bot.jobs import Jobs, expiry, requests
from bot.jobs.hours import office_is_open
from bot.model.request import Request
from db.database import Database, Transaction
from db.stores import Stores
from db.stores.listings import LIFE
from tests.chat import Chat

HOUR = 3600 * 1000
DAY = 24 * HOUR
NEED = "потрібні 3 насоси для водоканалу"


def at(text: str) -> int:
    """UTC epoch milliseconds of ``2026-11-23 09:00``."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("moment", "country", "is_open"),
    [
        ("2026-11-23 09:00", "UA", True),
        ("2026-11-23 05:59", "UA", False),  # 7:59 in Kyiv
        ("2026-11-23 06:00", "UA", True),
        ("2026-11-23 06:59", "PL", False),  # 7:59 in Warsaw
        ("2026-11-23 18:00", "UA", False),  # 20:00
        ("2026-11-23 18:59", "PL", True),
        ("2026-11-21 10:00", "UA", False),  # Saturday
        ("2026-11-22 10:00", "PL", False),  # Sunday
        ("2026-11-11 10:00", "PL", False),  # Independence Day
        ("2026-11-11 10:00", "UA", True),
        ("2026-08-24 10:00", "UA", True),  # no holidays under martial law
    ],
)
def test_office_hours(moment: str, country: str, is_open: bool) -> None:
    assert office_is_open(at(moment), country) is is_open


async def test_a_listing_is_asked_about_once_and_ends_once(database: Database, services: Services) -> None:
    """However often the job looks, also at night and at the weekend."""
    jobs = Jobs(database, services, [expiry.job()])
    chat = Chat(database, services)
    await chat.known_as("head", "sample:zorianopillia")
    await chat.say("/need", NEED, "1", "4")
    published = chat.now
    before = len(await chat.shown())
    heard: list[tuple[int, str]] = []
    for hour in range(80 * 24, 100 * 24):
        now = published + hour * HOUR
        await jobs.run_due(now)
        told = (await chat.shown())[before + len(heard) :]
        heard += [(now, drawn.text) for drawn in told]
    assert len(heard) == 2
    assert all(office_is_open(now, "UA") for now, _ in heard)
    (asked, _), (ended, _) = heard
    assert LIFE - 7 * DAY <= asked - published <= LIFE - 7 * DAY + 3 * DAY
    assert LIFE <= ended - published <= LIFE + 3 * DAY


async def test_an_expired_listing_is_hidden_at_once_even_at_night(
    database: Database, services: Services
) -> None:
    jobs = Jobs(database, services, [expiry.job()])
    chat = Chat(database, services)
    await chat.known_as("head", "sample:zorianopillia")
    await chat.say("/need", NEED, "1", "4")
    listing = (await database.run(lambda tx: tx.all("SELECT id, expires_at FROM listing")))[0]
    night = listing["expires_at"] + 1
    while office_is_open(night, "UA"):
        night += HOUR
    said = len(await chat.shown())
    await jobs.run_due(night)
    found = await database.run(lambda tx: Stores(tx).listings.get(listing["id"]))
    assert found
    assert found.state == "expired"
    assert len(await chat.shown()) == said


async def asked(database: Database, services: Services) -> tuple[Chat, Chat]:
    """A mayor who has just written to a clerk."""
    mayor, clerk = Chat(database, services), Chat(database, services, "web:clerk", "pl")
    await mayor.known_as("head", "sample:zorianopillia")
    await clerk.known_as("head", "sample:jasnowodzie")
    await clerk.say("/offer", "oferujemy 2 pompy do wody", "1", "4")
    listing = (await database.run(lambda tx: tx.all("SELECT id FROM listing")))[0]["id"]

    async def write(tx: Transaction) -> None:
        seat = (await Stores(tx).seats.of_person(mayor.person))[0]
        request = Request(
            id="r",
            from_listing="",
            to_listing=listing,
            from_municipality=seat.municipality,
            to_municipality="sample:jasnowodzie",
            from_seat=seat.id,
            words="",
            state="waiting",
            created_at=mayor.now,
        )
        await Stores(tx).requests.create(request)

    await database.run(write)
    return mayor, clerk


async def test_the_clock_of_a_request(database: Database, services: Services) -> None:
    """One nudge after three days, then the coordinators, then the sender; nothing at night."""
    mayor, clerk = await asked(database, services)
    boss = Chat(database, services, "web:boss", "pl")
    await boss.known_as("head", "sample:sosnodolek")
    await database.run(lambda tx: Stores(tx).people.make_coordinator(boss.person, ""))
    jobs = Jobs(database, services, [requests.job()])
    begun = mayor.now
    said = {chat.address: len(await chat.shown()) for chat in (mayor, clerk, boss)}
    heard: list[tuple[str, int]] = []
    for hour in range(20 * 24):
        await jobs.run_due(begun + hour * HOUR)
        for chat in (mayor, clerk, boss):
            count = len(await chat.shown())
            heard += [(chat.address, hour)] * (count - said[chat.address])
            said[chat.address] = count
    assert [address for address, _ in heard] == ["web:clerk", "web:boss", "web:mayor"]
    days = [hour / 24 for _, hour in heard]
    assert [3 <= days[0] < 6, 7 <= days[1] < 10, 14 <= days[2] < 17] == [True] * 3
    assert all(office_is_open(begun + hour * HOUR, "UA") for _, hour in heard)


async def test_an_answered_request_is_left_alone(database: Database, services: Services) -> None:
    mayor, clerk = await asked(database, services)
    await database.run(lambda tx: Stores(tx).requests.decide("r", "declined", now=mayor.now))
    jobs = Jobs(database, services, [requests.job()])
    before = (len(await mayor.shown()), len(await clerk.shown()))
    for day in range(30):
        await jobs.run_due(mayor.now + day * DAY)
    assert (len(await mayor.shown()), len(await clerk.shown())) == before
