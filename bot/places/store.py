"""The index file: every municipality with its names and keys, as compressed text.

``index.xz`` is LZMA-compressed UTF-8. The first line is ``mistok places 1``, the second holds the
skeletons of cities and countries elsewhere, parted by blanks. Each further line is a municipality:
15 tab-separated fields in the order of ``FIELDS`` (empty means unknown), then one field for each name:
source number, text, skeletons, stems, parted by ``|``; the latter two parted by ``,``.
"""

import lzma
from collections.abc import Iterable, Sequence, Set
from importlib.resources import files
from typing import Any, NamedTuple, cast

from bot.errors import ConfigurationError
from bot.model.municipality import Country, Kind, Municipality
from bot.places.names import Name, Source
from bot.places.skeleton import skeletons, stems

MAGIC = "mistok places 1"
FIELDS = (
    "key", "code", "country", "name", "latin", "cyrillic", "kind", "seat", "region", "district",
    "lat", "lon", "population", "population_year", "seat_population",
)  # fmt: skip


class Keyed(NamedTuple):
    """A name with the keys under which it is found."""

    text: str
    source: Source
    skeletons: tuple[str, ...]
    stems: tuple[str, ...]


_SOURCES = {str(int(source)): source for source in Source}
Entry = tuple[Municipality, tuple[Keyed, ...]]


def keyed(name: Name, country: str) -> Keyed:
    """The name with its keys; a Polish official name is read as Polish only."""
    readings = (0,) if country == "PL" and name.source is not Source.OTHER else (0, 1)
    return Keyed(name.text, name.source, skeletons(name.text, readings), stems(name.text, readings))


def entry(municipality: Municipality, names: Iterable[Name]) -> Entry:
    """A municipality with its keyed names, each spelling once, the most trusted source first.

    A Polish one is also known by its Ukrainian spelling.
    """
    spelled = [Name(municipality.cyrillic, Source.SEAT)] if municipality.country == "PL" else []
    found: dict[tuple[str, ...], Keyed] = {}
    for name in sorted([*names, *spelled], key=lambda name: name.source):
        item = keyed(name, municipality.country)
        if all(item.skeletons) and (name.source is not Source.OTHER or len(item.skeletons[0]) > 2):
            found.setdefault((*item.skeletons, *item.stems), item)
    return municipality, tuple(found.values())


def pack(entries: Sequence[Entry], foreign: Set[str]) -> bytes:
    """The file's content; equal entries give equal bytes."""
    lines = [MAGIC, " ".join(sorted(foreign))]
    for municipality, names in entries:
        fields = ["" if (value := getattr(municipality, name)) is None else str(value) for name in FIELDS]
        fields += [
            "|".join((str(int(n.source)), n.text, ",".join(n.skeletons), ",".join(n.stems))) for n in names
        ]
        lines.append("\t".join(fields))
    return lzma.compress("\n".join(lines).encode(), preset=9)


def unpack(data: bytes) -> tuple[list[Entry], frozenset[str]]:
    """What ``pack`` wrote; ConfigurationError when the file is of another version."""
    magic, foreign, *lines = lzma.decompress(data).decode().split("\n")
    if magic != MAGIC:
        raise ConfigurationError(f"bot/places/index.xz is {magic!r}, this version reads {MAGIC!r}")
    return [_entry(line.split("\t")) for line in lines], frozenset(foreign.split())


def embedded() -> tuple[list[Entry], frozenset[str]]:
    """The entries and foreign skeletons of the file that ships with the product."""
    return unpack(files("bot.places").joinpath("index.xz").read_bytes())


def _entry(fields: list[str]) -> Entry:
    key, code, country, name, latin, cyrillic, kind, seat, region, district = fields[:10]
    lat, lon, population, year, seat_population = fields[10:15]
    municipality = Municipality(
        key=key, code=code, country=cast(Country, country), name=name, latin=latin, cyrillic=cyrillic,
        kind=cast(Kind, kind), seat=seat, region=region, district=district,
        lat=_number(lat, float), lon=_number(lon, float),
        population=_number(population, int), population_year=_number(year, int),
        seat_population=_number(seat_population, int),
    )  # fmt: skip
    return municipality, tuple(map(_name, fields[15:]))


def _name(field: str) -> Keyed:
    source, text, keys, roots = field.split("|")
    return Keyed(text, _SOURCES[source], tuple(keys.split(",")), tuple(roots.split(",")))


def _number(text: str, kind: Any) -> Any:
    return kind(text) if text else None
