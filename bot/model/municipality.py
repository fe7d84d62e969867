"""A hromada or a gmina."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Literal

Country = Literal["UA", "PL"]
Kind = Literal["urban", "settlement", "rural", "mixed", ""]

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality as the registers know it; unknown is empty or None, never guessed.

    Attributes:
        key: Our own stable key; does not change when an official code arrives.
        code: KATOTTG (19 characters) or TERYT (7 digits); ``gn:<geonames id>`` while provisional;
            ``sample:<name>`` for an invented one of the demo.
        country: ``UA`` or ``PL``.
        name: Official name in its own language: the adjective of a hromada (``Немішаївська``),
            the noun of a gmina (``Zamość``).
        latin: Ukrainian names in the official romanisation of their own country; Polish as is.
        cyrillic: How Ukrainian writes it.
        kind: ``urban`` (міська, miejska), ``settlement`` (селищна), ``rural`` (сільська, wiejska),
            ``mixed`` (miejsko-wiejska); empty when unknown.
        seat: The place where the council sits, in its own language.
        region: ISO 3166-2 code of the oblast or voivodeship, ``UA-32`` or ``PL-06``.
        district: Raion or powiat in its own language; empty when unknown.
        lat, lon: Of the seat, degrees; None when unknown.
        population: Inhabitants; None when unknown.
        population_year: Year of that figure; None when unknown.
        sample: Invented for the demo.
        seat_population: Inhabitants of the seat alone, by GeoNames; at most those of the municipality.
    """

    key: str
    code: str
    country: Country
    name: str
    latin: str
    cyrillic: str
    kind: Kind
    seat: str
    region: str
    district: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    population_year: int | None = None
    sample: bool = False
    seat_population: int | None = None


def distance_km(one: Municipality, other: Municipality) -> float | None:
    """Great-circle distance between the seats in kilometres; None when a position is unknown."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat1, lon1, lat2, lon2 = map(radians, (one.lat, one.lon, other.lat, other.lon))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h))
