"""A picture of both countries with two places and the distance between them."""

import io
import json
from functools import cache
from importlib.resources import files
from math import cos, radians
from typing import Literal

from PIL import Image, ImageDraw

from bot.model.municipality import Municipality, distance_km
from bot.places.lettering import text_width, write
from bot.places.map_words import ATTRIBUTION
from bot.places.transcribe import latin

WIDTH, HEIGHT = 1000, 600  # pixels
WEST, NORTH = 13.0, 55.05  # degrees at the upper left corner
SCALE = 35.2 / cos(radians(49.5))  # pixels a degree of latitude
LETTERS = 30  # pixels, so that the picture can be read on a phone
FINE = 2  # the base map is drawn larger and reduced for smooth edges
SEA, LAND, BORDER, INNER = "#dfe9f2", "#fbf8f0", "#5b6470", "#d3cdbd"
FIRST, SECOND, LINE, INK = "#c8372d", "#1f5fa8", "#444a52", "#1b1e22"
Colour = str
Spot = tuple[float, float]
Side = Literal["left", "right", "above", "below"]


def draw(one: Municipality, other: Municipality) -> bytes:
    """A PNG of 1000 by 600 pixels; ValueError when the position of a place is not known."""
    km = distance_km(one, other)
    if km is None:
        raise ValueError("no position")
    picture = _base().copy()
    pen = ImageDraw.Draw(picture)
    start, end = (pixel(m.lat or 0.0, m.lon or 0.0) for m in (one, other))
    pen.line((start, end), fill=LINE, width=3)
    taken: list[tuple[float, float, float, float]] = []
    for municipality, spot, far, colour in ((one, start, end, FIRST), (other, end, start, SECOND)):
        x, y = spot
        pen.ellipse((x - 9, y - 9, x + 9, y + 9), fill=colour, outline="white", width=2)
        _label(pen, _place(municipality), spot, colour, taken, "left" if far[0] > x else "right")
    _label(pen, f"{km:.0f} km", ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), INK, taken, "above")
    write(pen, (12, HEIGHT - 30), ATTRIBUTION, INK, size=18)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()


def pixel(lat: float, lon: float) -> Spot:
    """Where a position lies on the picture."""
    return (lon - WEST) * SCALE * cos(radians(49.5)), (NORTH - lat) * SCALE


@cache
def outlines() -> dict[str, list[list[tuple[float, float]]]]:
    """Lines of ``(lat, lon)`` by ``UA:border``, ``UA:inner``, ``PL:border`` and ``PL:inner``."""
    data = json.loads(files("bot.places").joinpath("outlines.json").read_text(encoding="utf-8"))
    return {name: [[(y / 1000, x / 1000) for x, y in line] for line in lines] for name, lines in data.items()}


@cache
def _base() -> Image.Image:
    """Both countries without places; kept, for it is the slow part."""
    picture = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), SEA)
    pen = ImageDraw.Draw(picture)

    def line(points: list[tuple[float, float]]) -> list[Spot]:
        return [(x * FINE, y * FINE) for x, y in (pixel(lat, lon) for lat, lon in points)]

    for country in ("UA", "PL"):
        for ring in outlines()[f"{country}:border"]:
            pen.polygon(line(ring), fill=LAND)
        for border in outlines()[f"{country}:inner"]:
            pen.line(line(border), fill=INNER, width=FINE)
    for country in ("UA", "PL"):
        for ring in outlines()[f"{country}:border"]:
            pen.line(line(ring), fill=BORDER, width=2 * FINE, joint="curve")
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _place(municipality: Municipality) -> str:
    """The seat in Latin letters, or the name when the seat is not in them."""
    return latin(municipality.seat) if municipality.country == "UA" else municipality.seat


def _label(
    pen: ImageDraw.ImageDraw,
    text: str,
    spot: Spot,
    colour: Colour,
    taken: list[tuple[float, float, float, float]],
    first: Side,
) -> None:
    """Write on the ``first`` side of a spot, or where no other label stands, inside the picture."""
    wide, high = text_width(text, LETTERS), LETTERS * 1.2
    x, y = spot
    sides: dict[Side, Spot] = {
        "left": (x - wide - 14, y - high / 2),
        "right": (x + 14, y - high / 2),
        "above": (x - wide / 2, y - high - 14),
        "below": (x - wide / 2, y + 14),
    }
    places = [sides[first], sides["above"], sides["below"], sides["left"], sides["right"]]
    for x, y in (*places, *((a, b + high) for a, b in places), places[0]):
        box = (x, y, x + wide, y + high)
        inside = x >= 4 and y >= 4 and box[2] <= WIDTH - 4 and box[3] <= HEIGHT - 36
        if inside and not any(_meet(box, other) for other in taken):
            break
    taken.append(box)
    write(pen, (box[0], box[1]), text, colour, size=LETTERS, halo=True)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
