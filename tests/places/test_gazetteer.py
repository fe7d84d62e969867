"""The gazetteer by key, code and distance, its filters, its cards and the answers to lines."""

from dataclasses import replace

import pytest

from bot.model.message import Message
from bot.model.municipality import Municipality
from bot.places import Gazetteer, region_words, regions
from bot.places.describe import both_scripts, confirmation, describe, describe_fully, population, title
from bot.places.filters import in_country, in_regions, of_size, select, within
from bot.places.service import respond

SAMPLE = Municipality(
    key="sample:1", code="sample:Vyhadka", country="UA", name="Вигадківська", latin="Vyhadkivska",
    cyrillic="Вигадківська", kind="settlement", seat="Вигадківка", region="UA-53", district="Полтавський",
    lat=49.6, lon=34.5, population=7000, population_year=2026, sample=True,
)  # fmt: skip


def test_all_of_ukraine_and_most_of_poland(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.all("UA")) == 1470
    assert len(gazetteer.all("PL")) > 2100
    assert all(m.code.startswith("gn:") for m in gazetteer.all("PL"))
    assert {m.region for m in gazetteer.all()} == set(regions())


def test_by_key_and_by_code(gazetteer: Gazetteer) -> None:
    for municipality in gazetteer.all()[::250]:
        assert gazetteer.get(municipality.key) == gazetteer.by_code(municipality.code) == municipality
    assert gazetteer.get("nothing") is None


def test_the_nearest_comes_first(gazetteer: Gazetteer) -> None:
    (first, km), *others = gazetteer.nearest(50.26, 28.66)
    assert (first.name, km < 5) == ("Житомирська", True)
    assert [d for _, d in others] == sorted(d for _, d in others)


def test_samples_are_found_by_every_name(gazetteer: Gazetteer) -> None:
    with_sample = gazetteer.with_samples([(SAMPLE, ["Стара Вигадка"])])
    for query in ("Вигадківка", "вигадківської громади", "Стара Вигадка"):
        assert with_sample.locate(query).only == SAMPLE


def test_filters_are_put_together(gazetteer: Gazetteer) -> None:
    lublin = gazetteer.locate("Lublin").results[0].municipality
    near = list(select(gazetteer.all(), in_country("PL"), in_regions("PL-06"), within(lublin, 40)))
    assert lublin in near
    assert {m.region for m in near} == {"PL-06"}
    assert not list(select(near, in_regions("PL-18")))


@pytest.mark.parametrize(
    ("low", "high", "unknown", "kept"),
    [(5000, 20000, False, True), (7001, None, True, False), (0, 6999, True, False), (0, None, False, True)],
)
def test_size(low: int, high: int | None, unknown: bool, kept: bool) -> None:
    assert of_size(low, high, unknown=unknown)(SAMPLE) is kept


def test_an_unknown_size_is_no_size() -> None:
    unknown = replace(SAMPLE, population=None, seat_population=9000)
    assert of_size(0, 20000)(unknown)
    assert not of_size(0, 20000, unknown=False)(unknown)
    assert not of_size(0, 8000)(unknown)


def _text(message: Message, language: str = "en") -> str:
    values = {}
    for name, value in message.values.items():
        values[name] = (
            _text(value, language)
            if isinstance(value, Message)
            else getattr(value, "by_language", {}).get(language, value)
        )
    return message.text.format(**values)


def test_cards() -> None:
    assert _text(title(replace(SAMPLE, sample=False)), "uk") == "Вигадківська settlement hromada"
    assert _text(title(SAMPLE), "uk") == "Вигадківська settlement hromada (sample)"
    assert _text(describe(SAMPLE)) == "Vyhadkivska settlement hromada (sample), Poltava Oblast"
    assert (
        _text(describe_fully(SAMPLE), "uk")
        == "Вигадківська settlement hromada (sample), Полтавський raion, Полтавська область"
    )
    assert _text(both_scripts(SAMPLE)) == "Вигадківська (Vyhadkivska)"
    assert _text(population(replace(SAMPLE, population=None))) == "population unknown"


def test_the_confirmation_names_the_village(gazetteer: Gazetteer) -> None:
    best = gazetteer.locate("село Гута-Зеленицька").results[0]
    assert _text(confirmation(best), "uk").startswith("Гута-Зеленицька belongs to: Барашівська")


def test_regions_have_names_in_three_languages() -> None:
    assert region_words("UA-53").by_language == {
        "uk": "Полтавська область",
        "pl": "obwód połtawski",
        "en": "Poltava Oblast",
    }
    assert (len(regions("UA")), len(regions("PL"))) == (25, 16)


def test_a_line_is_answered(gazetteer: Gazetteer) -> None:
    answer = respond(gazetteer, {"id": "a1", "query": "немішаєве", "limit": 10})
    assert (answer["id"], answer["decision"]) == ("a1", "match")
    best = answer["results"][0]
    assert (best["code"], best["name"], best["region"]) == (
        "UA32080210000074136",
        "Немішаївська",
        "Київська область",
    )
    assert 0.9 < best["score"] <= 1


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"query": 5},
        {"query": "x", "limit": 0},
        {"query": "x", "limit": True},
        {"query": "x", "country": "DE"},
    ],
)
def test_a_line_that_is_no_request(gazetteer: Gazetteer, request_: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"query|limit|country"):
        respond(gazetteer, request_)
