"""Whose words are shown where: held ones nowhere, sensitive ones on Telegram only if both councils agree."""

from itertools import product

import pytest

from bot.dialogue.cards import listing_card
from bot.i18n import plain
from bot.model.listing import Draft, Listing
from db.database import Database, Transaction
from db.stores import Stores

WORDS = "насосна під мостом стоїть"
AUTHOR, READER = "sample:a", "sample:b"
POLICIES = ("yes", "no", "unknown")


def listing(topic: str = "water-supply", *, held: bool = False) -> Listing:
    draft = Draft("1", "need", WORDS, 1, (topic,) if topic else ())
    return Listing(draft, AUTHOR, "p", "uk", "open", held, 1)


async def shown(
    database: Database, one: Listing, address: str, author: str, reader: str, *, council: bool = True
) -> bool:
    async def unit(tx: Transaction) -> str:
        stores = Stores(tx)
        for municipality, policy in ((AUTHOR, author), (READER, reader)):
            await stores.policies.keep(municipality, policy, 1)
        card = await listing_card(stores, one, address=address, municipality=READER if council else "")
        return plain(card, "uk")

    text = await database.run(unit)
    assert "Їм потрібно" in text  # the summary is always there
    return WORDS in text


@pytest.mark.parametrize(("author", "reader"), list(product(POLICIES, POLICIES)))
async def test_sensitive_words_on_telegram_need_both_councils(
    database: Database, author: str, reader: str
) -> None:
    seen = await shown(database, listing(), "telegram:1", author, reader)
    assert seen == (author == reader == "yes")


@pytest.mark.parametrize("address", ["signal:1", "web:1"])
async def test_other_channels_carry_them(database: Database, address: str) -> None:
    assert await shown(database, listing(), address, "no", "unknown")


async def test_ordinary_words_go_everywhere(database: Database) -> None:
    assert await shown(database, listing("waste"), "telegram:1", "unknown", "unknown")


async def test_words_without_a_topic_are_sensitive(database: Database) -> None:
    assert not await shown(database, listing(""), "telegram:1", "unknown", "yes")


@pytest.mark.parametrize("address", ["telegram:1", "signal:1", "web:1"])
async def test_held_words_are_shown_nowhere(database: Database, address: str) -> None:
    assert not await shown(database, listing("waste", held=True), address, "yes", "yes")


async def test_a_coordinator_answers_to_the_authors_council_alone(database: Database) -> None:
    assert await shown(database, listing(), "telegram:1", "yes", "no", council=False)
    assert not await shown(database, listing(), "telegram:1", "unknown", "yes", council=False)
