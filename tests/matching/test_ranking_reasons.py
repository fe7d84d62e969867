"""Reasons are few, strongest first, and say only what is stored."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import fit, taxonomy
from bot.matching.ranking import Acquaintance, rank
from bot.matching.ranking_service import in_english
from bot.matching.reasons import amount, why_not
from bot.model.listing import Subject
from bot.model.message import Listed, Message, Value, Words
from bot.model.understanding import Quantity

TOPIC, OTHER = "water-supply", "waste"
THING = taxonomy.concepts(TOPIC)[0]
NEED = Subject(
    "n", "need", "Потрібно", subtopics=(TOPIC,), concepts=(THING,), country="UA", municipality="verbivka"
)
OFFER = Subject(
    "o", "offer", "Oddamy", subtopics=(TOPIC,), concepts=(THING,), country="PL", municipality="dobrowola"
)


def said(need: Subject, offer: Subject, known: Acquaintance | None = None) -> list[str]:
    """The reasons of the only match, in English."""
    (match,) = rank(need, [offer], known=known or Acquaintance())
    return [in_english(reason) for reason in match.reasons]


def english(slug: str) -> str:
    return taxonomy.label(slug).by_language["en"]


def test_a_shared_topic_is_named() -> None:
    assert said(NEED, replace(OFFER, concepts=())) == [f"The same topic: {english(TOPIC)}."]


def test_a_shared_thing_says_more_and_depends_on_the_reader() -> None:
    assert said(NEED, OFFER) == [f"They offer what you need: {english(THING)}."]
    assert said(OFFER, NEED) == [f"They need what you offer: {english(THING)}."]


EXTRA: list[Any] = [
    ({"quantities": (Quantity(2, "pcs"),)}, {"quantities": (Quantity(5, "pcs"),)},
     "The amount is enough: 2 pieces needed, 5 pieces offered."),
    ({"quantities": (Quantity(1, "pcs"),)}, {"quantities": (Quantity(1, "pcs"),)},
     "The amount is enough: 1 piece needed, 1 piece offered."),
    ({"nature": ("know-how",)}, {"nature": ("know-how", "hosting")},
     "Both of you want to exchange experience."),
    ({"lat": 50.0, "lon": 24.0}, {"lat": 50.0, "lon": 22.6}, "You are only about 100 km apart."),
    ({"region": "UA-46"}, {"region": "PL-18"},
     "Both your regions take part in the Poland-Ukraine cross-border programme."),
    ({"population": 9_040}, {"population": 8_700},
     "Your communities are of a similar size: 9040 and 8700 inhabitants."),
    ({}, {"partners": 0}, "They have no partner abroad yet."),
]  # fmt: skip


@pytest.mark.parametrize(("yours", "theirs", "sentence"), EXTRA)
def test_each_stored_field_can_be_a_reason(yours: Any, theirs: Any, sentence: str) -> None:
    assert said(replace(NEED, **yours), replace(OFFER, **theirs)) == [said(NEED, OFFER)[0], sentence]


SILENT: list[Any] = [
    ({"quantities": (Quantity(9, "pcs"),)}, {"quantities": (Quantity(2, "pcs"),)}),
    ({"quantities": (Quantity(9, "t"),)}, {"quantities": (Quantity(20, "pcs"),)}),
    ({"nature": ("know-how",)}, {"nature": ("money",)}),
    ({"nature": ("goods",)}, {"nature": ("goods",)}),
    ({"lat": 50.0, "lon": 36.0}, {"lat": 53.0, "lon": 15.0}),
    ({"region": "UA-63"}, {"region": "PL-18"}),
    ({"population": 9_040}, {"population": 600_000}),
    ({"population": 9_040}, {}),
    ({}, {"partners": 2}),
]


@pytest.mark.parametrize(("yours", "theirs"), SILENT)
def test_what_does_not_speak_for_it_is_no_reason(yours: Any, theirs: Any) -> None:
    assert said(replace(NEED, **yours), replace(OFFER, **theirs)) == said(NEED, OFFER)


def test_partners_and_giving_back() -> None:
    known = Acquaintance(partners={"dobrowola"}, returned={"dobrowola": THING})
    assert said(NEED, OFFER, known)[1:] == [
        "You are partners already.",
        f"They, in turn, need something that you offer: {english(THING)}.",
    ]


def test_never_more_than_three_strongest_first() -> None:
    common: dict[str, Any] = {
        "concepts": (THING,),
        "nature": ("know-how",),
        "quantities": (Quantity(2, "pcs"),),
        "population": 9_000,
        "lat": 50.0,
        "lon": 24.0,
    }
    reasons = said(replace(NEED, **common), replace(OFFER, partners=0, **common))
    assert [reason.split(":")[0] for reason in reasons] == [
        "They offer what you need",
        "The amount is enough",
        "Both of you want to exchange experience.",
    ]


def test_a_topic_that_the_taxonomy_no_longer_has_is_not_named() -> None:
    need, offer = replace(NEED, concepts=("gone-thing",)), replace(OFFER, concepts=("gone-thing",))
    assert said(need, offer) == [f"The same topic: {english(TOPIC)}."]


slugs = st.sampled_from([TOPIC, OTHER, "heating"])


@st.composite
def known_subjects(draw: st.DrawFn, name: str, country: str) -> Subject:
    topics = draw(st.lists(slugs, min_size=1, max_size=2, unique=True))
    return Subject(
        id=name,
        side="need" if country == "UA" else "offer",
        text="",
        subtopics=tuple(topics),
        concepts=tuple(taxonomy.concepts(topic)[0] for topic in topics),
        quantities=tuple(draw(st.lists(st.builds(Quantity, st.integers(1, 9), st.just("kW")), max_size=1))),
        population=draw(st.one_of(st.none(), st.integers(1, 10**6))),
        region=draw(st.sampled_from(["", "UA-46", "PL-18"])),
        partners=draw(st.sampled_from([None, 0, 2])),
        country=country,
    )


def values(value: Value) -> list[object]:
    """Every plain value in a message, however deep."""
    match value:
        case Message(_, _, inner):
            return [found for item in inner.values() for found in values(item)]
        case Listed(items):
            return [found for item in items for found in values(item)]
        case Words(by_language):
            return [by_language["en"]]
        case _:
            return [value]


@given(known_subjects("n", "UA"), known_subjects("o", "PL"))
def test_every_value_is_stored_on_both_sides(need: Subject, offer: Subject) -> None:
    stored: set[object] = {need.population, offer.population}
    stored |= {
        english(slug) for slug in {*need.subtopics, *need.concepts} & {*offer.subtopics, *offer.concepts}
    }
    stored |= {part for it in (*need.quantities, *offer.quantities) for part in (it.n, it.unit)}
    for match in rank(need, [offer]):
        assert 1 <= len(match.reasons) <= 3
        assert {found for reason in match.reasons for found in values(reason)} <= stored


WHY_NOT: list[Any] = [
    ({"municipality": "verbivka"}, "This one is from your own community."),
    ({"country": "UA"}, "It is from your own country; matches come from the other side of the border."),
    ({"open_share": 0.0}, "Nothing is left of it."),
    ({"side": "need"}, "They need help as well, so you cannot meet each other's request here."),
    ({"subtopics": (), "concepts": ()}, "The topic of one of the two is not clear yet."),
    ({}, "It fits too, but others fit better."),
]


@pytest.mark.parametrize(("change", "sentence"), WHY_NOT)
def test_why_not(change: Any, sentence: str) -> None:
    assert in_english(why_not(NEED, replace(OFFER, **change))) == sentence


def test_why_not_names_both_topics() -> None:
    sentence = in_english(why_not(NEED, replace(OFFER, subtopics=(OTHER,), concepts=())))
    assert sentence == f"The topics differ: yours is {english(TOPIC)}, theirs is {english(OTHER)}."


def test_why_not_of_one_that_is_shown() -> None:
    assert in_english(why_not(NEED, OFFER, shown=True)) == "It is among your matches."


def test_searches_for_a_partner_are_not_told_that_both_need_help() -> None:
    search = replace(NEED, subtopics=("partnership-search",))
    other = replace(OFFER, side="need", subtopics=("partnership-search",))
    assert in_english(why_not(search, other)) == "It fits too, but others fit better."


AMOUNTS: list[Any] = [
    (Quantity(1, "pcs"), "1 piece"),
    (Quantity(40, "people"), "40 persons"),
    (Quantity(2.5, "t"), "2.5 t"),
    (Quantity(100.0, "kW"), "100 kW"),
]


@pytest.mark.parametrize(("quantity", "written"), AMOUNTS)
def test_amounts(quantity: Quantity, written: str) -> None:
    assert in_english(amount(quantity)) == written


def test_measures_have_the_sign_of_the_language() -> None:
    unit = amount(Quantity(3, "m3")).values["unit"]
    assert isinstance(unit, Words)
    assert unit.by_language == {"en": "m³", "pl": "m³", "uk": "м³"}


def test_amounts_of_different_things_are_not_compared() -> None:
    two = (Quantity(2, "pcs"),)
    other = replace(OFFER, quantities=two, concepts=taxonomy.concepts(TOPIC)[1:2])
    assert said(replace(NEED, quantities=two), other) == [f"The same topic: {english(TOPIC)}."]


def test_inhabitants_in_a_search_for_a_partner_are_no_amount() -> None:
    search = replace(NEED, subtopics=("partnership-search",), quantities=(Quantity(9_000, "people"),))
    other = replace(search, id="o", side="offer", country="PL", municipality="x")
    assert said(search, other) == said(replace(search, quantities=()), other)


def test_power_is_compared_across_its_units() -> None:
    need = replace(NEED, quantities=(Quantity(100, "kW"),))
    assert fit.quantity(need, replace(OFFER, quantities=(Quantity(250, "kVA"),))) == 1
    assert fit.quantity(need, replace(OFFER, quantities=(Quantity(100, "kVA"),))) == pytest.approx(0.8)
