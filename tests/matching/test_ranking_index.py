"""The index finds what a full ranking finds, and follows every change."""

from dataclasses import replace
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.index import ListingIndex
from bot.matching.ranking import rank
from bot.model.listing import Subject
from tests.matching.test_ranking import NEED, NOW, offer, pool, subjects


@pytest.fixture(autouse=True)
def labels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invented slugs are their own labels."""
    monkeypatch.setattr("bot.matching.reasons.taxonomy.label", str, raising=False)


def index_of(listings: list[Subject]) -> ListingIndex:
    index = ListingIndex()
    for listing in listings:
        index.add(listing)
    return index


@given(subjects(), pool)
@settings(max_examples=150)
def test_finds_what_a_full_ranking_finds(need: Subject, listings: list[Subject]) -> None:
    """Apart from texts that only sound alike (here there are none), and from what giving back adds."""
    need = replace(need, municipality="", text="")
    assert index_of(listings).search(need, now=NOW) == rank(need, listings, now=NOW)


@given(pool, st.data())
def test_what_is_removed_is_not_found(listings: list[Subject], data: st.DataObject) -> None:
    index = index_of(listings)
    gone = set(data.draw(st.lists(st.sampled_from(listings)) if listings else st.just([])))
    for listing in gone:
        index.remove(listing.id)
        index.remove(listing.id)
    kept = [listing for listing in listings if listing not in gone]
    assert len(index) == len(kept)
    for need in listings:
        assert index.search(need, now=NOW) == index_of(kept).search(need, now=NOW)


def test_a_listing_is_seen_at_once_and_a_new_version_replaces_it() -> None:
    index = ListingIndex()
    assert index.search(NEED, now=NOW) == []
    index.add(offer("a"))
    assert [match.id for match in index.search(NEED, now=NOW)] == ["a"]
    index.add(offer("a", concepts=("insulin",), subtopics=("medicines",)))
    assert index.search(NEED, now=NOW) == []
    assert (index.get("a"), index.get("b"), len(index)) == (
        offer("a", concepts=("insulin",), subtopics=("medicines",)),
        None,
        1,
    )


def test_searches_for_a_partner_are_found_from_both_sides() -> None:
    search = replace(NEED, subtopics=("partnership-search",), concepts=())
    other = replace(search, id="pl", country="PL", municipality="dobrowola")
    index = index_of([search, other])
    assert [match.id for match in index.search(search, now=NOW)] == ["pl"]
    assert [match.id for match in index.search(other, now=NOW)] == ["n"]


def test_a_crowd_of_other_offers_does_not_hide_the_closest_search_for_a_partner() -> None:
    search = replace(NEED, subtopics=("water-supply", "partnership-search"), concepts=("pump", "boiler"))
    closest = replace(search, id="closest", country="PL", municipality="dobrowola")
    crowd = [offer(f"c{i:04}", concepts=("pump", "insulin"), text="") for i in range(1_000)]
    assert index_of([closest, *crowd]).search(search, now=NOW)[0].id == "closest"


def test_what_each_side_could_give_the_other_is_looked_up() -> None:
    mine = replace(NEED, id="mine", side="offer", concepts=("leak-detection",))
    wish = offer("wish", side="need", concepts=("leak-detection",), municipality="b")
    found = index_of([NEED, mine, wish, offer("a"), offer("b")]).search(NEED, now=NOW)
    assert [(match.id, match.components["reciprocity"]) for match in found] == [("b", 1), ("a", 0)]


def test_many_equal_listings_do_not_hide_a_closer_one() -> None:
    crowd = [offer(f"c{i:04}", concepts=("boiler",)) for i in range(2_000)]
    index = index_of([offer("closest", published_at=NOW), *crowd])
    assert index.search(NEED, now=NOW)[0].id == "closest"


def test_threads_may_change_it_while_others_search() -> None:
    index = index_of([offer(f"fixed{i}") for i in range(50)])
    failures: list[BaseException] = []

    def churn(seed: int) -> None:
        try:
            for step in range(150):
                name = f"moving{(seed * 7 + step) % 20}"
                index.add(offer(name, concepts=(["pump", "pipe", "boiler"][step % 3],)))
                assert len(index.search(NEED, now=NOW)) == 5
                index.remove(name)
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=churn, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
