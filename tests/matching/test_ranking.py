"""Who fits whom: the order, what is left out, and that it is always the same."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import fit
from bot.matching.ranking import DAY_MS, Acquaintance, meets, mutual, rank
from bot.matching.weights import WEIGHTS
from bot.model.listing import Match, Side, Subject
from bot.model.understanding import Quantity

NOW = 1_800_000_000_000
TOPICS = ["water-supply", "sewage", "waste", "heating", "medicines", "partnership-search"]
THINGS = ["pump", "pipe", "boiler", "garbage-truck", "insulin", "leak-detection"]

NEED = Subject(
    id="n",
    side="need",
    text="Потрібні насоси",
    subtopics=("water-supply",),
    concepts=("pump", "pipe"),
    country="UA",
    municipality="verbivka",
)


def offer(name: str, **changes: Any) -> Subject:
    """An offer that meets ``NEED``, changed where a test needs it."""
    start = Subject(
        id=name,
        side="offer",
        text="Oddamy pompy",
        subtopics=("water-supply",),
        concepts=("pump",),
        country="PL",
        municipality=name,
    )
    return replace(start, **changes)


def ids(matches: list[Match]) -> list[str]:
    return [match.id for match in matches]


@pytest.fixture(autouse=True)
def labels(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about the order: invented slugs are their own labels."""
    monkeypatch.setattr("bot.matching.reasons.taxonomy.label", str, raising=False)


WORSE = [
    pytest.param({"concepts": ("boiler",)}, id="another thing"),
    pytest.param({"concepts": ("pump", "boiler", "insulin")}, id="mostly other things"),
    pytest.param({"subtopics": ("water-supply", "waste", "heating")}, id="also other topics"),
    pytest.param({"nature": ("hosting",)}, id="another kind of help"),
    pytest.param({"quantities": (Quantity(1, "pcs"),)}, id="too few"),
    pytest.param({"lat": 53.4, "lon": 14.5}, id="far away"),
    pytest.param({"population": 600_000}, id="of another size"),
    pytest.param({"municipality": "stranger"}, id="not a partner"),
    pytest.param({"published_at": NOW - 90 * DAY_MS}, id="old"),
    pytest.param({"open_share": 0.2}, id="nearly used up"),
]


@pytest.mark.parametrize("change", WORSE)
def test_each_part_of_the_score_moves_the_order(change: dict[str, Any]) -> None:
    need = replace(
        NEED, nature=("goods",), quantities=(Quantity(4, "pcs"),), lat=50.0, lon=24.0, population=9_000
    )
    good = offer(
        "z-good",
        nature=("goods",),
        quantities=(Quantity(4, "pcs"),),
        lat=50.7,
        lon=23.2,
        population=8_700,
        published_at=NOW - DAY_MS,
    )
    worse = replace(good, id="a-worse", **{"municipality": "a-worse", **change})
    known = Acquaintance(partners={"z-good", "a-worse"})
    best, second = rank(need, [worse, good], now=NOW, known=known)
    assert [best.id, second.id] == ["z-good", "a-worse"]
    assert best.score > second.score


def test_a_rare_thing_says_more_than_a_common_one() -> None:
    common = [offer(f"c{i}", concepts=("pump",)) for i in range(9)]
    rare = offer("rare", concepts=("pipe",))
    assert rank(NEED, [*common, rare])[0].id == "rare"


def test_a_new_partner_is_preferred_when_asked_for() -> None:
    pair = [offer("friend"), offer("stranger")]
    assert rank(NEED, pair, known=Acquaintance(partners={"friend"}))[0].id == "friend"
    assert rank(NEED, pair, known=Acquaintance(partners={"friend"}, prefer_new=True))[0].id == "stranger"


def test_giving_something_back_counts() -> None:
    mine = replace(NEED, id="mine", side="offer", concepts=("leak-detection",))
    theirs = offer("wish", side="need", concepts=("leak-detection",), municipality="b")
    known = Acquaintance(returned=mutual(NEED, [mine], [theirs]))
    assert known.returned == {"b": "leak-detection"}
    first, second = rank(NEED, [offer("a"), offer("b")], known=known)
    assert (first.id, first.components["reciprocity"], second.components["reciprocity"]) == ("b", 1, 0)


LEFT_OUT = [
    pytest.param({"municipality": "verbivka"}, id="one's own"),
    pytest.param({"country": "UA"}, id="the same country"),
    pytest.param({"side": "need"}, id="the same side"),
    pytest.param({"open_share": 0.0}, id="used up"),
    pytest.param(
        {"subtopics": ("waste",), "concepts": (), "text": "Śmieciarka", "group": 1}, id="group alone"
    ),
]


@pytest.mark.parametrize("change", LEFT_OUT)
def test_left_out(change: dict[str, Any]) -> None:
    assert rank(NEED, [offer("a", **change)]) == []


def test_training_in_something_else_is_no_counterpart() -> None:
    need = replace(NEED, concepts=("pump", "staff-training"))
    other = offer("a", subtopics=("waste",), concepts=("garbage-truck", "staff-training"))
    assert rank(need, [other]) == []
    only_training = [replace(it, concepts=("staff-training",), text="") for it in (need, other)]
    assert ids(rank(only_training[0], only_training[1:])) == ["a"]


def test_words_that_sound_alike_relate_texts_nobody_understood() -> None:
    need = Subject("n", "need", "трансформатор", country="UA")
    found = rank(need, [Subject("t", "offer", "Transformator", country="PL"), offer("p")])
    assert ids(found) == ["t"]


def test_searches_for_a_partner_meet_each_other() -> None:
    search = replace(NEED, subtopics=("partnership-search",), concepts=())
    other = replace(search, id="pl", country="PL", municipality="dobrowola")
    assert ids(rank(search, [other])) == ["pl"]
    assert ids(rank(other, [search])) == ["n"]


def test_one_municipality_stands_once_with_its_best() -> None:
    found = rank(NEED, [offer("a", open_share=0.5), offer("b", municipality="a"), offer("c", open_share=0.3)])
    assert ids(found) == ["b", "c"]


def test_the_last_place_is_kept_for_a_community_without_partners() -> None:
    known_ones = [offer(f"k{i}", partners=3) for i in range(6)]
    newcomer = offer("new", partners=0, open_share=0.5)
    assert ids(rank(NEED, [*known_ones, newcomer])) == ["k0", "k1", "k2", "k3", "new"]


def test_the_kept_place_is_not_for_a_poor_fit() -> None:
    known_ones = [offer(f"k{i}", partners=3, concepts=("pump", "pipe")) for i in range(6)]
    newcomer = offer("new", partners=0, concepts=("boiler",), open_share=0.01, published_at=NOW - 60 * DAY_MS)
    assert "new" not in ids(rank(NEED, [*known_ones, newcomer], now=NOW))


def test_no_place_is_lost_when_a_newcomer_is_shown_anyway() -> None:
    offers = [offer("a", partners=0), *(offer(f"k{i}", partners=1) for i in range(5)), offer("z", partners=0)]
    assert ids(rank(NEED, offers)) == ["a", "k0", "k1", "k2", "k3"]


def test_weights_sum_to_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


some = st.lists(st.sampled_from(THINGS), max_size=3, unique=True).map(tuple)
topics = st.lists(st.sampled_from(TOPICS), max_size=2, unique=True).map(tuple)
amounts = st.lists(
    st.builds(Quantity, st.floats(0, 1e6), st.sampled_from(["pcs", "kW", "kVA", "t"])), max_size=2
)
sides: st.SearchStrategy[Side] = st.sampled_from(["need", "offer"])
degrees = st.one_of(st.none(), st.floats(-80, 80))


@st.composite
def subjects(draw: st.DrawFn, side: Side | None = None) -> Subject:
    return Subject(
        id=draw(st.uuids().map(str)),
        side=draw(sides) if side is None else side,
        text=draw(st.text(max_size=40)),
        subtopics=draw(topics),
        concepts=draw(some),
        quantities=tuple(draw(amounts)),
        nature=draw(st.sampled_from([(), ("goods",), ("know-how", "hosting")])),
        urgency=draw(st.sampled_from(["", "high"])),
        country=draw(st.sampled_from(["UA", "PL", ""])),
        population=draw(st.one_of(st.none(), st.integers(0, 10**7))),
        lat=draw(degrees),
        lon=draw(degrees),
        published_at=draw(st.integers(0, 2 * NOW)),
        municipality=draw(st.sampled_from(["", "a", "b", "c", "d"])),
        partners=draw(st.sampled_from([None, 0, 4])),
        open_share=draw(st.floats(0, 1)),
    )


pool = st.lists(subjects(), max_size=12, unique_by=lambda subject: subject.id)


@given(subjects(), pool, st.randoms())
def test_the_order_does_not_depend_on_the_order_given(
    need: Subject, offers: list[Subject], chance: Any
) -> None:
    shuffled = list(offers)
    chance.shuffle(shuffled)
    assert rank(need, offers, now=NOW) == rank(need, shuffled, now=NOW)


@given(subjects(), pool, st.integers(1, 6))
def test_what_always_holds(need: Subject, offers: list[Subject], limit: int) -> None:
    found = rank(need, offers, now=NOW, limit=limit)
    by_id = {subject.id: subject for subject in offers}
    places = [by_id[match.id].municipality or match.id for match in found]
    assert len(found) <= limit
    assert len(places) == len(set(places))
    for match in found:
        assert 0 <= match.score <= 1
        assert set(match.components) == {*WEIGHTS, "freshness", "availability"}
        assert all(0 <= value <= 1 for value in match.components.values())
        assert len(match.reasons) <= 3


@given(subjects(), subjects())
def test_both_sides_see_the_same_fit(one: Subject, other: Subject) -> None:
    assert meets(replace(one, open_share=1.0), replace(other, open_share=1.0)) == meets(
        replace(other, open_share=1.0), replace(one, open_share=1.0)
    )
    for part in (fit.nature, fit.distance, fit.size):
        assert part(one, other) == pytest.approx(part(other, one))
    if one.side != other.side:
        assert fit.quantity(one, other) == fit.quantity(other, one)


@given(subjects(side="offer"))
def test_fresher_and_more_of_it_is_never_worse(subject: Subject) -> None:
    open_one = replace(subject, open_share=0.5, concepts=("pump",), country="PL", municipality="x")
    (match,) = rank(NEED, [open_one], now=NOW)
    (newer,) = rank(NEED, [replace(open_one, published_at=NOW)], now=NOW)
    (fuller,) = rank(NEED, [replace(open_one, open_share=1.0)], now=NOW)
    assert newer.score >= match.score
    assert fuller.score > match.score or match.score < 1e-9
