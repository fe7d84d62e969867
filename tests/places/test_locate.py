"""What people type, and which municipality it must mean."""

import pytest

from bot.places import Gazetteer

ONE = """
немішаєве                                   | UA32080210000074136
Немішаївська громада                        | UA32080210000074136
Nemiszajewe                                 | UA32080210000074136
Zolkiew                                     | UA46060130000059055
Дніпропетровськ                             | UA12020010000033698
Новоград-Волинський                         | UA18080150000022496
"""


@pytest.mark.parametrize("line", ONE.strip().splitlines())
def test_one_municipality_is_meant(gazetteer: Gazetteer, line: str) -> None:
    query, code = (part.strip() for part in line.split("|"))
    found = gazetteer.locate(query)
    assert (found.decision, found.results[0].municipality.code) == ("match", code)


@pytest.mark.parametrize("query", ["", "Добрий день", "Львівщина", "obwód lwowski", "lubelskie", "Jan Kowal", "🙂"])
def test_no_municipality_is_meant(gazetteer: Gazetteer, query: str) -> None:
    assert gazetteer.locate(query).decision == "none"
