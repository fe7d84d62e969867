"""Messages that did not arrive: contacts are shown again only while both sides still agree."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from bot.dialogue.services import Services
from bot.model.request import Request
from db.database import Database, Transaction
from db.stores import Stores
from tests.chat import Chat

MAYOR_HOME, CLERK_HOME = "sample:zorianopillia", "sample:jasnowodzie"
CONTACT = "rada@example.org"


@dataclass
class Scene:
    """A coordinator, and two officials whose contacts were exchanged; the clerk's message is in doubt."""

    database: Database
    boss: Chat
    mayor: Chat
    clerk: Chat

    async def do(self, unit: Callable[[Stores], Awaitable[object]]) -> None:
        async def run(tx: Transaction) -> None:
            await unit(Stores(tx))

        await self.database.run(run)

    async def seen_by_clerk(self) -> int:
        return sum(CONTACT in drawn.text for drawn in await self.clerk.shown())


@pytest.fixture
async def scene(database: Database, services: Services) -> Scene:
    boss = Chat(database, services, "web:boss", "pl")
    mayor = Chat(database, services, "web:mayor", "uk")
    clerk = Chat(database, services, "web:clerk", "pl")
    await mayor.known_as("head", MAYOR_HOME)
    await clerk.known_as("head", CLERK_HOME)
    await boss.known_as("other", MAYOR_HOME)

    async def prepare(tx: Transaction) -> None:
        stores = Stores(tx)
        await tx.execute("DELETE FROM seat WHERE person = :boss", boss=boss.person)
        await stores.people.make_coordinator(boss.person, "")
        seats = {one.person: one for one in await stores.seats.of(MAYOR_HOME)}
        [asked] = await stores.seats.of(CLERK_HOME)
        await stores.seats.set_contact(seats[mayor.person].id, CONTACT)
        await stores.seats.set_contact(asked.id, "urzad@example.org")
        request = Request(
            "r1", "", "", MAYOR_HOME, CLERK_HOME, seats[mayor.person].id, "", "waiting", boss.now
        )
        await stores.requests.create(request)

    await database.run(prepare)
    await clerk.say("/start")
    found = Scene(database, boss, mayor, clerk)

    async def exchange(stores: Stores) -> None:
        [seat] = await stores.seats.of(CLERK_HOME)
        await stores.requests.decide("r1", "accepted", seat=seat.id, now=boss.now)
        await stores.tx.execute(
            "INSERT INTO outbox (id, channel, address, order_key, person, class, secrecy, priority, rank,"
            " subject, not_before, created_at, state, finished_at, error)"
            " VALUES ('lost', 'web', :address, 'k', :person, 'once', 'personal', 0, 0, 'request:r1', 1, 1,"
            " 'unknown', 5, 'OutcomeUnknown')",
            address=clerk.address,
            person=clerk.person,
        )

    await found.do(exchange)
    return found


async def open_it(scene: Scene) -> str:
    [listed] = await scene.boss.say("/stuck")
    assert "niedostarcz" in listed.text
    [card] = await scene.boss.press(listed.buttons[0][0])
    return card.buttons[0][0]


async def test_the_contact_is_shown_again_and_leaves_the_list(scene: Scene) -> None:
    again = await open_it(scene)
    assert CONTACT not in str(await scene.boss.shown())  # the coordinator does not see it
    await scene.boss.press(again)
    assert await scene.seen_by_clerk() == 1
    [nothing] = await scene.boss.say("/stuck")
    assert not nothing.buttons


async def test_a_second_press_shows_nothing_twice(scene: Scene) -> None:
    again = await open_it(scene)
    await scene.boss.press(again)
    await scene.boss.press(again)
    assert await scene.seen_by_clerk() == 1


async def lose_consent(stores: Stores) -> None:
    for seat in await stores.seats.of(MAYOR_HOME):
        await stores.seats.set_contact(seat.id, "")


async def lose_office(stores: Stores) -> None:
    for seat in await stores.seats.of(MAYOR_HOME):
        await stores.seats.drop(seat.id)


async def hold_person(stores: Stores) -> None:
    for seat in await stores.seats.of(MAYOR_HOME):
        await stores.people.freeze(seat.person)


@pytest.mark.parametrize("loss", [lose_consent, lose_office, hold_person])
async def test_nothing_is_shown_when_one_side_no_longer_agrees(
    scene: Scene, loss: Callable[[Stores], Awaitable[None]]
) -> None:
    again = await open_it(scene)
    await scene.do(loss)
    await scene.boss.press(again)
    assert await scene.seen_by_clerk() == 0
    [listed] = await scene.boss.say("/stuck")
    assert listed.buttons  # still to be dealt with


@pytest.mark.parametrize(("region", "sees"), [("PL-06", True), ("UA-53", False), ("", True)])
async def test_a_regional_coordinator_sees_only_the_region(scene: Scene, region: str, sees: bool) -> None:
    async def move(stores: Stores) -> None:
        await stores.people.make_coordinator(scene.boss.person, region)

    await scene.do(move)
    [listed] = await scene.boss.say("/stuck")
    assert bool(listed.buttons) == sees


async def test_others_learn_nothing(scene: Scene) -> None:
    said = await scene.mayor.say("/stuck")
    assert not any("niedostarcz" in one.text or "доставлен" in one.text for one in said)
