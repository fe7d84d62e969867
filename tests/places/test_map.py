"""The picture, and that both countries stand in their internationally recognised borders."""

# ruff: noqa: E501 - tables and templates read better in whole lines

import io
import itertools

import pytest
from PIL import Image

from bot.places import Gazetteer
from bot.places.map import HEIGHT, WIDTH, draw, outlines, pixel
from bot.places.map_words import alternative

INSIDE = {
    "UA": {
        "Kyiv": (50.45, 30.52), "Simferopol": (44.95, 34.10), "Sevastopol": (44.58, 33.55), "Yalta": (44.53, 34.14),
        "Kerch": (45.35, 36.43), "Donetsk": (48.0, 37.8), "Luhansk": (48.57, 39.3), "Uzhhorod": (48.63, 22.33),
        "Lviv": (49.84, 24.03), "Izmail": (45.36, 28.85),
    },
    "PL": {
        "Warszawa": (52.23, 21.01), "Szczecin": (53.43, 14.58), "Przemyśl": (49.78, 22.77), "Suwałki": (54.1, 22.93),
        "Zgorzelec": (51.15, 15.03),
    },
}  # fmt: skip
OUTSIDE = {
    "Kaliningrad": (54.71, 20.51), "Brest": (52.1, 23.75), "Chișinău": (47.01, 28.86), "Tiraspol": (46.85, 29.6),
    "Rostov": (47.24, 39.71), "Belgorod": (50.6, 36.6), "Krasnodar": (45.04, 38.98), "Görlitz": (51.15, 14.9),
    "Košice": (48.72, 21.26), "Vilnius": (54.69, 25.28),
}  # fmt: skip


def _inside(ring: list[tuple[float, float]], lat: float, lon: float) -> bool:
    inside = False
    for (lat1, lon1), (lat2, lon2) in itertools.pairwise(ring):
        if (lat1 > lat) != (lat2 > lat) and lon < (lon2 - lon1) * (lat - lat1) / (lat2 - lat1) + lon1:
            inside = not inside
    return inside


@pytest.mark.parametrize("country", ["UA", "PL"])
def test_recognised_borders(country: str) -> None:
    mainland = outlines()[f"{country}:border"][0]
    for name, (lat, lon) in INSIDE[country].items():
        assert _inside(mainland, lat, lon), name
    other = INSIDE["PL" if country == "UA" else "UA"]
    for name, (lat, lon) in (OUTSIDE | other).items():
        assert not any(_inside(ring, lat, lon) for ring in outlines()[f"{country}:border"]), name


def test_everything_is_on_the_picture() -> None:
    for lines in outlines().values():
        for line in lines:
            for lat, lon in line:
                x, y = pixel(lat, lon)
                assert 0 <= x <= WIDTH
                assert 0 <= y <= HEIGHT


def test_a_picture_of_two_places(gazetteer: Gazetteer) -> None:
    one, other = (gazetteer.locate(name).results[0].municipality for name in ("Жмеринка", "Łódź"))
    picture = Image.open(io.BytesIO(draw(one, other)))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    empty = Image.open(io.BytesIO(draw(one, one)))
    assert picture.tobytes() != empty.tobytes()
    assert alternative(one, other).values["n"] == pytest.approx(656, abs=30)


def test_no_picture_without_a_position(gazetteer: Gazetteer) -> None:
    nowhere = next(m for m in gazetteer.all() if m.lat is None)
    with pytest.raises(ValueError, match="position"):
        draw(nowhere, nowhere)
    assert "kilomet" not in alternative(nowhere, nowhere).text
