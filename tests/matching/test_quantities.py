"""Numbers with their units as people write them."""

import pytest

from bot.matching.quantities import quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 x 100 kW", [(3, "pcs"), (100, "kW")]),
        ("генератор 30кВт", [(30, "kW")]),
        ("agregat 60 kVA, 2 szt.", [(60, "kVA"), (2, "pcs")]),
        ("1,5 МВт котельня", [(1.5, "MW")]),
        ("труби 2 500 м", [(2500, "m")]),
        ("14 km sieci", [(14, "km")]),
        ("200 м2 плівки", [(200, "m2")]),
        ("цистерна 5 м³", [(5, "m3")]),
        ("20 тонн вугілля", [(20, "t")]),
        ("1000 літрів", [(1000, "l")]),
        ("дві помпи", [(2, "pcs")]),
        ("dwie karetki", [(2, "pcs")]),
        ("three pumps", [(3, "pcs")]),
        ("9 тис. осіб", [(9000, "people")]),
        ("40 miejsc", [(40, "places")]),
        ("80–100 ліжок", [(100, "pcs")]),
        ("10 łóżek", [(10, "pcs")]),
        ("трансформатор 10/0,4 кВ 400 кВА", [(400, "kVA")]),
        ("автобус 2009 року", []),
        ("rok 2011, stan dobry", []),
        ("цілодобово 24/7", []),
        ("труби з 70х", []),
        ("до 15 грудня", []),
        ("діти 7 років", []),
        ("модель EPANET 2.0", []),
        ("+380 67 123 45 67", []),
        ("школа №3", []),
        ("100 000 грн", []),
        ("сім'я", []),
        ("в 6 селах", []),
    ],
)
def test_amounts(text: str, expected: list[tuple[float, str]]) -> None:
    """Only what is counted or measured; ranges by their upper end."""
    assert [(q.n, q.unit) for q in quantities(text)] == expected
