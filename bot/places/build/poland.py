"""Gminas as far as GeoNames knows them, provisional until TERC is imported.

A gmina is known by the six digits that GeoNames keeps with a place; its name is that of the seat.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.model.municipality import Municipality
from bot.places.build.geonames import Place
from bot.places.names import Name, Source
from bot.places.regions import region_of
from bot.places.transcribe import cyrillic

POLISH = {"Warsaw": "Warszawa", "Bielsko-Biala": "Bielsko-Biała"}  # where GeoNames keeps another main name
CITY_POWIATS = "61"  # powiat numbers from here on are cities with the rights of a powiat


def gminas(places: Iterable[Place], powiats: Mapping[str, str]) -> list[tuple[Municipality, list[Name]]]:
    """Every gmina of which a place is known, then the places whose gmina is not, marked as unsure.

    The key of a gmina holds its six digits, that of an unsure place its GeoNames id.
    """
    inside: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place.country == "PL":
            inside[place.gmina].append(place)
    voivodeships = _voivodeships(inside)
    unsure = [_unsure(place, voivodeships) for place in inside.pop("", [])]
    return [_gmina(code, members, powiats) for code, members in sorted(inside.items())] + unsure


def _voivodeships(inside: Mapping[str, list[Place]]) -> dict[str, str]:
    """The two digits of TERYT for each first-level code of GeoNames."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for code, members in inside.items():
        for place in members:
            seen[place.admin1][code[:2]] += 1
    return {
        admin1: Counter({k: n for k, n in c.items() if k}).most_common(1)[0][0] for admin1, c in seen.items()
    }


def _unsure(place: Place, voivodeships: Mapping[str, str]) -> tuple[Municipality, list[Name]]:
    municipality = _municipality(f"gn:{place.id}", place, region_of("PL", voivodeships[place.admin1]))
    return municipality, [Name(place.name, Source.UNSURE)]


def _gmina(code: str, members: list[Place], powiats: Mapping[str, str]) -> tuple[Municipality, list[Name]]:
    seat = max(members, key=lambda place: (place.seat, place.population))
    municipality = _municipality(f"pl{code}", seat, region_of("PL", code[:2]), powiats.get(code[:4], ""))
    if code[2:4] >= CITY_POWIATS:
        municipality = replace(municipality, kind="urban", population=seat.population or None)
    names = [Name(municipality.name, Source.OFFICIAL)] + [Name(other, Source.OTHER) for other in seat.names]
    return municipality, names + [Name(p.name, Source.VILLAGE) for p in members if p is not seat]


def _municipality(key: str, seat: Place, region: str, district: str = "") -> Municipality:
    name = POLISH.get(seat.name, seat.name)
    return Municipality(
        key=key,
        code=f"gn:{seat.id}",
        country="PL",
        name=name,
        latin=name,
        cyrillic=cyrillic(name),
        kind="",
        seat=name,
        region=region,
        district=district,
        lat=seat.lat,
        lon=seat.lon,
        seat_population=seat.population or None,
    )
