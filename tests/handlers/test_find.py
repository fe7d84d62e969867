"""What /find tells to whom: facts to everybody, who takes part to few, and never too many at once."""

import json
import re
import struct
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest

from bot.channels.channel import Envelope
from bot.dialogue.services import Services
from bot.model.incoming import Location
from bot.model.listing import Draft, Listing
from bot.model.message import Drawn
from bot.model.municipality import Municipality
from bot.places.gazetteer import Gazetteer
from db.connect import connect
from db.database import Database, Transaction
from db.migrate import migrate
from db.stores import Stores
from db.stores.cards import A_DAY, A_MONTH, DAY
from db.stores.inbox import InboxStore
from tests.chat import Chat
from tests.transcript import BEGINS

HOME = "sample:zorianopillia"
OFFERS = "Пропонує:"


async def _publish(database: Database, homes: Sequence[Municipality]) -> None:
    """An open offer of each municipality."""

    async def unit(tx: Transaction) -> None:
        for number, home in enumerate(homes):
            draft = Draft(f"offer-{number}", "offer", "pompy", 1, ("water-supply",), ("water-pump",))
            await Stores(tx).listings.publish(
                Listing(draft, home.key, "", "pl", "open", text_held=False, created_at=BEGINS)
            )

    await database.run(unit)


def _participants(said: Sequence[Drawn]) -> set[str]:
    """The headings below which something is offered."""
    blocks = re.split(r"\n\n", "\n\n".join(drawn.text for drawn in said))
    return {block.split("\n")[0].split(". ", 1)[1] for block in blocks if OFFERS in block}


def _told_apart(gazetteer: Gazetteer, count: int) -> list[Municipality]:
    """Polish municipalities whose heading names no other one."""
    found = {(m.cyrillic, m.kind, m.region): m for m in gazetteer.all("PL") if not m.sample}
    return list(found.values())[:count]


@pytest.mark.parametrize(("before", "new"), [(0, A_DAY), (A_MONTH - 7, 7), (A_MONTH, 0)])
async def test_nobody_reads_through_all_who_take_part(
    database: Database, services: Services, gazetteer: Gazetteer, before: int, new: int
) -> None:
    """Somebody who has met ``before`` others this month turns page after page."""
    await _publish(database, _told_apart(gazetteer, 2 * A_DAY))
    chat = Chat(database, services)
    await chat.known_as("head", HOME)
    others = [f"other-{n}" for n in range(before)]
    await database.run(lambda tx: Stores(tx).cards.see(chat.person, others, BEGINS - 2 * DAY))
    met = _participants(await chat.say("/find", "Показати всіх"))
    for _ in range(A_DAY // 5 + 1):
        met |= _participants(await chat.press("Ще"))
    assert len(met) == new
    chat.now += 28 * DAY
    assert await database.run(lambda tx: Stores(tx).cards.left(chat.person, chat.now)) == A_DAY


THERE = "sample:jasnowodzie"


async def _unconfirm(stores: Stores, person: str) -> None:
    await stores.tx.execute("UPDATE seat SET level = 'claimed'")


async def _use_up(stores: Stores, person: str) -> None:
    await stores.cards.see(person, [f"other-{n}" for n in range(A_DAY)], BEGINS + 60_000)


@pytest.mark.parametrize("bar", [_unconfirm, _use_up], ids=["not confirmed", "seen too many"])
async def test_a_card_that_may_not_be_seen_reads_like_one_without_listings(
    database: Database, services: Services, bar: Callable[[Stores, str], Awaitable[None]]
) -> None:
    there = services.gazetteer.get(THERE)
    assert there
    chat = Chat(database, services)
    await chat.known_as("head", HOME)
    (nothing,) = await chat.say(f"/find {there.cyrillic}")
    await _publish(database, [there])
    (something,) = await chat.say(f"/find {there.cyrillic}")
    await database.run(lambda tx: tx.execute("DELETE FROM card_seen"))
    await database.run(lambda tx: bar(Stores(tx), chat.person))
    (barred,) = await chat.say(f"/find {there.cyrillic}")
    assert something.text != nothing.text
    assert barred.text == nothing.text
    assert [label for label, _ in barred.buttons] == [label for label, _ in nothing.buttons]


async def test_listings_are_for_the_other_country(database: Database, services: Services) -> None:
    there = services.gazetteer.get(THERE)
    assert there
    await _publish(database, [there])
    chat = Chat(database, services, "web:clerk", "pl")
    await chat.known_as("head", "sample:sosnodolek")
    (card,) = await chat.say(f"/find {there.name}")
    assert "pompy" not in card.text
    assert "Nie wiem jeszcze" in card.text


async def test_a_card_seen_again_costs_nothing(database: Database, services: Services) -> None:
    there = services.gazetteer.get(THERE)
    assert there
    await _publish(database, [there])
    chat = Chat(database, services)
    await chat.known_as("head", HOME)
    for _ in range(3):
        await chat.say(f"/find {there.cyrillic}")
    left = await database.run(lambda tx: Stores(tx).cards.left(chat.person, chat.now))
    assert left == A_DAY - 1


def _bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_a_shared_place_is_stored_nowhere(services: Services, tmp_path: Path) -> None:
    """Neither in the rows of the conversation nor in the inbox once the message is handled."""
    lat, lon = 49.6123, 34.4567
    file = tmp_path / "mistok.db"
    database = await connect(f"sqlite:///{file}")
    await migrate(database)
    chat = Chat(database, services)
    await chat.say("/start", "1", "1")
    raw = f'{{"location": {{"lat": {lat}, "lon": {lon}}}}}'
    (stored,) = await database.run(
        lambda tx: InboxStore(tx).add("web", [Envelope("1", raw, chat.address)], chat.now)
    )
    said = await chat.receive(location=Location(lat, lon))
    assert await database.run(lambda tx: InboxStore(tx).done(stored.seq))
    assert "Зорянопільська" in said[-1].buttons[0][0]
    state = json.dumps(await chat.state()).encode()
    assert b"sample:zorianopillia" in state
    await database.close()
    kept = state + _bytes_of(tmp_path)
    for number in (lat, lon):
        assert str(number).encode() not in kept
        assert struct.pack(">d", number) not in kept
