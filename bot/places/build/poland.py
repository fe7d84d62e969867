"""Gminas as far as GeoNames knows them, provisional until TERC is imported.

A gmina is known by the six digits that GeoNames keeps with a place; its name is that of the seat.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.model.municipality import Municipality
from bot.places.build.geonames import Place
from bot.places.names import Name, Source
from bot.places.regions import region_of
from bot.places.transcribe import cyrillic

POLISH = {"Warsaw": "Warszawa", "Bielsko-Biala": "Bielsko-Biała"}  # where GeoNames keeps another main name
CITY_POWIATS = "61"  # powiat numbers from here on are cities with the rights of a powiat


def gminas(places: Iterable[Place], powiats: Mapping[str, str]) -> list[tuple[Municipality, list[Name]]]:
    """Every gmina of which a place is known, keyed by the GeoNames id of its seat."""
    inside: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place.gmina:
            inside[place.gmina].append(place)
    return [_gmina(code, members, powiats) for code, members in sorted(inside.items())]


def _gmina(code: str, members: list[Place], powiats: Mapping[str, str]) -> tuple[Municipality, list[Name]]:
    seat = max(members, key=lambda place: (place.seat, place.population))
    city = code[2:4] >= CITY_POWIATS
    name = POLISH.get(seat.name, seat.name)
    municipality = Municipality(
        key=f"gn:{seat.id}",
        code=f"gn:{seat.id}",
        country="PL",
        name=name,
        latin=name,
        cyrillic=cyrillic(name),
        kind="urban" if city else "",
        seat=name,
        region=region_of("PL", code[:2]),
        district=powiats.get(code[:4], ""),
        lat=seat.lat,
        lon=seat.lon,
        population=seat.population or None if city else None,
        seat_population=seat.population or None,
    )
    names = [Name(name, Source.OFFICIAL)]
    names += [Name(other, Source.OTHER) for other in seat.names]
    return municipality, names + [Name(p.name, Source.VILLAGE) for p in members if p is not seat]
