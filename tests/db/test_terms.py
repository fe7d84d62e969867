"""Candidate terms: counted, decided once, never too many."""

import pytest

from db.database import Database, Transaction
from db.stores import terms
from db.stores.terms import CandidateTerm, TermStore

WORD = CandidateTerm("шиберки", "uk", "water-supply")
OTHER = CandidateTerm("hydrofornia", "pl", "water-supply")


async def test_a_word_is_counted_and_decided_once(database: Database) -> None:
    async def unit(tx: Transaction) -> None:
        store = TermStore(tx)
        await store.suggest([OTHER], 1)
        await store.suggest([WORD], 2)
        await store.suggest([WORD], 3)
        first, second = await store.list("waiting")
        assert (first.term, first.times, second.times) == ("шиберки", 2, 1)
        assert await store.decide(first, "accepted")
        assert not await store.decide(first, "dropped")
        assert [one.term for one in await store.list("accepted")] == ["шиберки"]

    await database.run(unit)


async def test_a_dropped_word_does_not_come_back(database: Database) -> None:
    async def unit(tx: Transaction) -> list[CandidateTerm]:
        store = TermStore(tx)
        await store.suggest([WORD], 1)
        await store.decide(WORD, "dropped")
        await store.suggest([WORD], 2)
        return await store.list("waiting")

    assert await database.run(unit) == []


async def test_a_flood_of_words_ends(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "MOST_WAITING", 3)

    async def unit(tx: Transaction) -> int:
        store = TermStore(tx)
        await store.suggest([CandidateTerm(f"слово{n}", "uk", "roads") for n in range(9)], 1)
        return len(await store.list("waiting"))

    assert await database.run(unit) == 3
