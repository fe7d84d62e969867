"""Hromadas: names and codes from KATOTTG, positions and other names of the seats from GeoNames."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import hypot
from statistics import median

from bot.model.municipality import Municipality
from bot.places.build.former import former_names
from bot.places.build.geonames import Place
from bot.places.names import Name, Source
from bot.places.regions import REGIONS
from bot.places.skeleton import skeletons
from bot.places.transcribe import latin
from bot.places.units import Register, Unit


def hromadas(register: Register, places: Iterable[Place]) -> list[tuple[Municipality, list[Name]]]:
    """Every hromada with its names; a seat that GeoNames lacks, or has twice, stays without a position."""
    former = former_names()
    seats = _seats(register.units, [place for place in places if place.country == "UA"])
    return [
        (
            _municipality(unit, seats.get(unit.code)),
            _names(unit, seats.get(unit.code), former.get((unit.region, unit.seat), [])),
        )
        for unit in register.units
    ]


def _municipality(unit: Unit, place: Place | None) -> Municipality:
    alone = unit.kind == "urban" and not unit.villages
    return Municipality(
        key=unit.code,
        code=unit.code,
        country="UA",
        name=unit.name,
        latin=latin(unit.name),
        cyrillic=unit.name,
        kind=unit.kind,
        seat=unit.seat,
        region=unit.region,
        district=unit.district,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        population=place.population or None if place and alone else None,
        seat_population=place.population or None if place else None,
    )


def _names(unit: Unit, place: Place | None, former: list[str]) -> list[Name]:
    names = [Name(unit.name, Source.OFFICIAL), Name(unit.seat, Source.SEAT)]
    names += [Name(old, Source.FORMER) for old in former]
    names += [Name(other, Source.OTHER) for other in (place.names if place else ())]
    return names + [Name(village, Source.VILLAGE) for village in dict.fromkeys(unit.villages)]


def _seats(units: Sequence[Unit], places: list[Place]) -> dict[str, Place]:
    """The place of each seat: same region, same Ukrainian name; among several the one near its raion."""
    named: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        for key in {key for name in (place.name, *place.names) for key in skeletons(name)}:
            named[place.admin1, key].append(place)
    options = {unit.code: _options(unit, named) for unit in units}
    found = {code: places[0] for code, places in options.items() if len(places) == 1}
    raions: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for unit in units:
        if unit.code in found:
            raions[unit.region, unit.district].append(found[unit.code])
    for unit in units:
        around = raions[unit.region, unit.district]
        if unit.code not in found and options[unit.code] and around:
            lat, lon = median(p.lat for p in around), median(p.lon for p in around)
            near = sorted(options[unit.code], key=lambda p: hypot(p.lat - lat, (p.lon - lon) * 0.65))
            if (
                len(near) == 1
                or hypot(near[1].lat - lat, (near[1].lon - lon) * 0.65) > 0.7
                or near[0].population > 3 * near[1].population
            ):
                found[unit.code] = near[0]
    return found


def _options(unit: Unit, named: dict[tuple[str, str], list[Place]]) -> list[Place]:
    same = named[REGIONS[unit.region].geonames, skeletons(unit.seat)[0]]
    exact = [
        place for place in same if unit.seat.replace("’", "'") in {n.replace("’", "'") for n in place.names}
    ]
    return exact or same
