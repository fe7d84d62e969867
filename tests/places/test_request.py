"""What a sentence says about the partner somebody looks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places import Gazetteer
from bot.places.region_names import named_regions
from bot.places.request import NEAR_KM, Wanted, all_fitting, read_request

SEATS = {
    "partner near Lublin, 5-20 thousand people, has waterworks experience": ("Lublin", 100, 5000, 20_000),
    "партнер біля Любліна, 5–20 тис., досвід з водоканалом": ("Lublin", 100, 5000, 20_000),
    "szukam partnera koło Lwowa, 5-20 tys. mieszkańców, wodociągi": ("Львів", 100, 5000, 20_000),
    "до 50 км від Перемишля": ("Przemyśl", 50, 0, 0),
    "50 km od Rzeszowa": ("Rzeszów", 50, 0, 0),
    "w promieniu 80 km od Rzeszowa, od 5 do 20 tys.": ("Rzeszów", 80, 5000, 20_000),
    "near Kraków up to 15,000 inhabitants": ("Kraków", 100, 0, 15_000),
    "small community near Kraków with experience in heating": ("Kraków", 100, 0, 10_000),
    "koło Nowego Sącza": ("Nowy Sącz", 100, 0, 0),
    "koło Biłgoraja, kanalizacja": ("Biłgoraj", 100, 0, 0),
    "біля Білої Підляської": ("Biała Podlaska", 100, 0, 0),
}
SIZES = {
    "понад 50 тис. мешканців": (50_000, 0),
    "5 000–20 000 осіб": (5000, 20_000),
    "between 5 and 20 thousand": (5000, 20_000),
    "громада 12 тис.": (6000, 24_000),
    "менше ніж 8 тисяч": (0, 8000),
    "duża gmina": (50_000, 0),
    "pompy 5 szt": (0, 0),
    "проєкти 2022-2026": (0, 0),
}
REGIONS = {
    "на Підкарпатті": ["PL-18"],
    "Dolny Śląsk": ["PL-02"],
    "małopolskie lub śląskie": ["PL-12", "PL-24"],
    "Львівська область, сміття": ["UA-46"],
    "досвід з водоканалом": [],
}


PIECES = [
    "near",
    "біля",
    "50 km od",
    "5-20",
    "20–5",
    "тис.",
    "up to",
    "0",
    "9 999 999",
    "Lublin",
    "Львова",
    ",",
    "мала",
]


@pytest.mark.parametrize("text", SEATS)
def test_place_distance_and_size_are_read_from_one_sentence(gazetteer: Gazetteer, text: str) -> None:
    wanted = read_request(text, gazetteer)
    near = gazetteer.get(wanted.near)
    assert (near and near.seat, wanted.km, wanted.least, wanted.most) == SEATS[text]


@pytest.mark.parametrize("text", SIZES)
def test_sizes(gazetteer: Gazetteer, text: str) -> None:
    wanted = read_request(text, gazetteer)
    assert (wanted.least, wanted.most) == SIZES[text]


@pytest.mark.parametrize("text", REGIONS)
def test_regions(text: str) -> None:
    assert named_regions(text) == REGIONS[text]


def test_what_is_left_is_the_topic(gazetteer: Gazetteer) -> None:
    assert (
        read_request("біля Любліна, 5–20 тис., досвід з водоканалом", gazetteer).rest
        == "досвід з водоканалом"
    )


def test_filters_narrow_together(gazetteer: Gazetteer) -> None:
    home = next(m for m in gazetteer.all("UA") if m.seat == "Львів")
    near = read_request("біля Любліна", gazetteer)
    small = read_request("біля Любліна, до 50 тис.", gazetteer)
    wide, narrow = (set(all_fitting(w, "PL", home, gazetteer)) for w in (near, small))
    assert narrow < wide
    assert all((m.population or m.seat_population or 0) <= 50_000 for m in narrow)
    assert near.km == NEAR_KM
    assert all(m.country == "PL" for m in wide)


def test_nobody_finds_themselves(gazetteer: Gazetteer) -> None:
    home = next(m for m in gazetteer.all("PL") if m.seat == "Lublin")
    assert home not in set(all_fitting(Wanted(), "PL", home, gazetteer))


@given(st.text(max_size=120) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_any_words_are_read_without_a_word_of_complaint(gazetteer: Gazetteer, text: str) -> None:
    wanted = read_request(text, gazetteer)
    assert wanted.km >= 0
    assert not wanted.most or wanted.least <= wanted.most
    assert not wanted.near or gazetteer.get(wanted.near)
