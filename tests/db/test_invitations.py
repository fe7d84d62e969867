"""Codes work once; guessing ends in a pause."""

import pytest

from db.database import Database, Transaction
from db.stores import Stores
from db.stores.invitations import HOUR, LIFE, MOST_WRONG, MOST_WRONG_IN_ALL, Invitation

NOW = 1_800_000_000_000
OFFICIAL = Invitation("official", "sample:x", "", by_operator=False)


async def newcomer(tx: Transaction, name: str) -> str:
    person = await Stores(tx).people.of_address(f"web:{name}", language="uk", zone="Europe/Kyiv", now=NOW)
    return person.id


async def test_a_code_works_once_and_not_for_ever(database: Database) -> None:
    async def unit(tx: Transaction) -> None:
        store = Stores(tx).invitations
        code = await store.issue(OFFICIAL, NOW + LIFE)
        late = await store.issue(OFFICIAL, NOW + LIFE)
        assert await store.redeem(f" {code} ", NOW) == OFFICIAL
        assert await store.redeem(code, NOW) is None
        assert await store.redeem(late, NOW + LIFE) is None

    await database.run(unit)


async def test_five_wrong_codes_pause_one_person_for_an_hour(database: Database) -> None:
    async def unit(tx: Transaction) -> None:
        store = Stores(tx).invitations
        guesser, other = await newcomer(tx, "guesser"), await newcomer(tx, "other")
        begun = [await store.missed(guesser, NOW + n) for n in range(MOST_WRONG)]
        assert begun == [False] * (MOST_WRONG - 1) + [True]
        assert await store.paused(guesser, NOW + MOST_WRONG)
        assert not await store.paused(other, NOW + MOST_WRONG)
        assert not await store.paused(guesser, NOW + HOUR)

    await database.run(unit)


async def test_a_hundred_wrong_codes_pause_everybody(database: Database) -> None:
    async def unit(tx: Transaction) -> list[bool]:
        store = Stores(tx).invitations
        for n in range(MOST_WRONG_IN_ALL):
            begun = await store.missed(await newcomer(tx, f"guesser{n}"), NOW)
            assert begun == (n == MOST_WRONG_IN_ALL - 1)
        innocent = await newcomer(tx, "innocent")
        return [await store.paused(innocent, NOW), await store.paused(innocent, NOW + HOUR)]

    assert await database.run(unit) == [True, False]


@pytest.mark.parametrize("guess", ["", "a", "../..", "' OR '1'='1", "ї" * 22])
async def test_a_guess_opens_nothing(database: Database, guess: str) -> None:
    async def unit(tx: Transaction) -> Invitation | None:
        store = Stores(tx).invitations
        await store.issue(OFFICIAL, NOW + LIFE)
        return await store.redeem(guess, NOW)

    assert await database.run(unit) is None
