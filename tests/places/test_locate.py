"""What people type, and which municipality it must mean on a fresh install."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.places import Gazetteer

ONE = """
немішаєве                                        | Немішаївська | UA-32
Немішаївської громади                            | Немішаївська | UA-32
Nemiszajewe                                      | Немішаївська | UA-32
НЕМІШАЄВЕ!!!                                     | Немішаївська | UA-32
Zolkiew                                          | Жовківська   | UA-46
Żółkiew                                          | Жовківська   | UA-46
Lwów                                             | Львівська    | UA-46
Дніпропетровськ                                  | Дніпровська  | UA-12
Новоград-Волинський                              | Звягельська  | UA-18
Червоноград                                      | Шептицька    | UA-46
Н. Яричів                                        | Новояричівська | UA-46
Кам-Подільський                                  | Кам’янець-Подільська | UA-68
Камянець Подільський                             | Кам’янець-Подільська | UA-68
з Умані                                          | Уманська     | UA-71
Хaркiв                                           | Харківська   | UA-63
я из Коростеня                                   | Коростенська | UA-18
;vthbyrf                                         | Жмеринська   | UA-05
мер міста Дрогобич, Львівщина                    | Дрогобицька  | UA-46
Тростянець, Сумська обл.                         | Тростянецька | UA-59
Rzeszow                                          | Rzeszów      | PL-18
Ряшів                                            | Rzeszów      | PL-18
Жешув                                            | Rzeszów      | PL-18
w Kielcach                                       | Kielce       | PL-26
Gorzów Wlkp.                                     | Gorzów Wielkopolski | PL-08
jestem z Nowego Targu                            | Nowy Targ    | PL-12
Burmistrz Lubaczowa szuka partnera               | Lubaczów     | PL-18
Dabrowa Gornicza                                 | Dąbrowa Górnicza | PL-24
Warsaw                                           | Warszawa     | PL-14
Lublin                                           | Lublin       | PL-06
dzień dobry, piszę z urzędu gminy Zamość         | Zamość       | PL-06
Hello, we are Drohobych in Ukraine               | Дрогобицька  | UA-46
"""
SEVERAL = """
Миколаївська громада
Іванівка
Білоцерківська
"""
NOTHING = """
у нас гарна долина і став
вийшли під гору
nad wodą jest góra
Надія Полтавська
Завідувач сектору міжнародної співпраці
Department of Economic Development
Соломія
Marcin
Добрий день
dzień dobry
hello
Львівщина
Львівська область
obwód lwowski
lubelskie
Lviv region
powiat zamojski
Jan Kowal
Мене звати Іван Коваль
Коваль
Berlin
Париж
Niemcy
gmina
міський голова
нам потрібен генератор
12345
🙂
"""


def _lines(table: str) -> list[str]:
    return table.strip().splitlines()


@pytest.mark.parametrize("line", _lines(ONE))
def test_one_municipality_is_meant(gazetteer: Gazetteer, line: str) -> None:
    query, name, region = (part.strip() for part in line.split("|"))
    found = gazetteer.locate(query)
    best = found.results[0].municipality
    assert (found.decision, best.name, best.region) == ("match", name, region)


@pytest.mark.parametrize("query", _lines(SEVERAL))
def test_namesakes_are_offered_not_guessed(gazetteer: Gazetteer, query: str) -> None:
    found = gazetteer.locate(query)
    assert found.decision == "ambiguous"
    assert len({c.municipality.key for c in found.results}) == len(found.results) > 1


@pytest.mark.parametrize("query", _lines(NOTHING))
def test_no_municipality_is_meant(gazetteer: Gazetteer, query: str) -> None:
    assert gazetteer.locate(query).decision == "none"


@pytest.mark.parametrize("query", ["бар", "пишу з міста бар", "zielona góra", "Góra", "wisła"])
def test_everyday_words_are_places_where_a_place_is_named(gazetteer: Gazetteer, query: str) -> None:
    assert gazetteer.locate(query).decision == "match"


def test_the_region_tells_namesakes_apart(gazetteer: Gazetteer) -> None:
    for region, word in (("UA-32", "Київщина"), ("UA-53", "obwód połtawski")):
        found = gazetteer.locate(f"Білоцерківська громада, {word}")
        assert (found.decision, found.results[0].municipality.region) == ("match", region)


def test_the_raion_tells_namesakes_apart(gazetteer: Gazetteer) -> None:
    wanted = next(m for m in gazetteer.all("UA") if m.name == "Миколаївська" and m.region == "UA-14")
    found = gazetteer.locate(f"Миколаївська громада, {wanted.district} район, Донецька область")
    assert found.only == wanted


def test_a_plural_in_the_genitive_is_among_the_first(gazetteer: Gazetteer) -> None:
    assert "Tychy" in [c.municipality.name for c in gazetteer.locate("z Tychów").results[:2]]


def test_a_village_leads_to_its_hromada_and_is_named(gazetteer: Gazetteer) -> None:
    best = gazetteer.locate("село Гута-Зеленицька").results[0]
    assert (best.municipality.name, best.via) == ("Барашівська", "Гута-Зеленицька")


def test_the_other_country_can_be_left_out(gazetteer: Gazetteer) -> None:
    assert {c.municipality.country for c in gazetteer.locate("Brody", country="UA").results} == {"UA"}
    assert {c.municipality.country for c in gazetteer.locate("Brody", country="PL").results} == {"PL"}


def test_occupied_crimea_is_held_back(gazetteer: Gazetteer) -> None:
    assert not any(m.code.startswith(("UA01", "UA85")) for m in gazetteer.all())


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from([None, "UA", "PL"]), st.integers(0, 20))
def test_any_text_gets_an_answer(gazetteer: Gazetteer, text: str, country: str | None, limit: int) -> None:
    found = gazetteer.locate(text, country=country, limit=limit)  # type: ignore[arg-type]  # any text is tried as a country
    assert len(found.results) <= limit
    assert sum(c.score for c in found.results) <= 1 + 1e-6
    assert all(0 <= c.score <= 1 for c in found.results)


@pytest.mark.parametrize(
    "text", ["а" * 4096, "Іванівка " * 500, "\ud800\u202e\x00", "ł" * 70, "-" * 300, "'ʼ’`" * 90]
)
def test_hostile_text_gets_an_answer(gazetteer: Gazetteer, text: str) -> None:
    gazetteer.locate(text)
