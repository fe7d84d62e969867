"""The official registers as they are published: TERC (csv) and KATOTTG (xlsx and csv).

The kind is told by the content, never by the file's name. Rows of occupied Crimea and Sevastopol are
held back: the register itself says that their codes take effect on return.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from bot.errors import BadFile
from bot.model.municipality import Kind
from bot.places.reading import one_script
from bot.places.regions import OCCUPIED, REGIONS, region_of
from bot.places.units import Register, Unit

MAX_BYTES = 50_000_000
MAX_UNPACKED = 400_000_000
SETTLEMENTS: dict[str, Kind] = {"M": "urban", "T": "settlement", "X": "settlement", "C": "rural"}
GMINAS: dict[str, Kind] = {"1": "urban", "2": "rural", "3": "mixed"}
TERC_HEADER = ["WOJ", "POW", "GMI", "RODZ", "NAZWA", "NAZWA_DOD", "STAN_NA"]
KATOTTG_HEADER = ["Перший рівень", "Другий рівень", "Третій рівень", "Четвертий рівень"]
KATOTTG_CODE = re.compile(r"UA[0-9]{17}")


def read(data: bytes) -> Register:
    """The register in this file; BadFile when it is none of them, is cut short or contradicts itself."""
    if len(data) > MAX_BYTES:
        raise BadFile(f"the file is larger than {MAX_BYTES // 1_000_000} MB")
    rows = list(_workbook(data) if data[:2] == b"PK" else _table(data))
    for number, row in enumerate(rows[:20]):
        cells = [_plain(cell) for cell in row]
        if cells[:7] == TERC_HEADER:
            return _terc(rows[number + 1 :])
        if cells[:4] == KATOTTG_HEADER:
            return _katottg(rows[number + 1 :])
    raise BadFile("neither TERC nor KATOTTG: no known column titles in the first 20 lines")


def _plain(cell: str) -> str:
    """Without byte-order mark and needless blanks; a Latin i inside a Ukrainian word is mended."""
    return " ".join(one_script(word) for word in cell.replace("\ufeff", "").split())


def _workbook(data: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # costs a third of a second, which every start would pay

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
                raise BadFile("the workbook is too large when unpacked")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [str(cell) if cell is not None else "" for cell in row]
    except BadFile:
        raise
    except Exception as error:  # openpyxl lets through whatever zipfile, the XML parser and itself raise
        raise BadFile("the workbook is damaged or cut short") from error


def _table(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("the file is not UTF-8 text") from error
    if "\0" in text:
        raise BadFile("the file is not text")
    first = text[:2000]
    separator = max(";,\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise BadFile(f"not a readable table: {error}") from error


def _terc(rows: Iterable[list[str]]) -> Register:
    units: list[Unit] = []
    region, district, edition = "", "", ""
    for row in rows:
        cells = [_plain(cell) for cell in row]
        if not any(cells):
            continue
        if len(cells) < 7:
            raise BadFile("TERC: a line has fewer than 7 columns; is the file cut short?")
        woj, pow_, gmi, rodz, name, _, edition = cells[:7]
        if not pow_:
            region = region_of("PL", woj)
        elif not gmi:
            district = name
        elif rodz in GMINAS:
            code = woj + pow_ + gmi + rodz
            if not re.fullmatch("[0-9]{7}", code) or not region or not name:
                raise BadFile(f"TERC: not a gmina: {';'.join(cells)}")
            units.append(Unit(code, "PL", name, GMINAS[rodz], region, district, name))
    if not units or not re.fullmatch(r"\d{4}-\d\d-\d\d", edition):
        raise BadFile("TERC: no gminas, or the last line is cut short")
    _refuse_part("TERC", "PL", {unit.region for unit in units})
    return Register("TERC", "PL", edition, _unique(units))


def _katottg(rows: Iterable[list[str]]) -> Register:
    hromadas: dict[str, tuple[str, str]] = {}  # code: name, raion code
    raions: dict[str, str] = {}
    settlements: dict[str, list[tuple[str, str, str]]] = {}  # hromada: code, category, name
    cities: list[Unit] = []
    held_back = 0
    for row in rows:
        cells = [_plain(cell) for cell in row] + [""] * (7 - len(row))
        codes, category, name = [cell for cell in cells[:5] if cell], cells[5], cells[6]
        if not category and not name:
            continue  # empty lines, and the note at the end that stands alone in the first column
        if not codes or not all(KATOTTG_CODE.fullmatch(code) for code in codes) or not name:
            raise BadFile(f"KATOTTG: not a row of the register: {';'.join(cells)}")
        if codes[0][2:4] in OCCUPIED:
            held_back += category in "HK"
        elif category == "K":
            cities.append(Unit(codes[0], "UA", name, "urban", region_of("UA", codes[0][2:4]), "", name))
        elif category == "P":
            raions[codes[1]] = name
        elif category == "H":
            hromadas[codes[2]] = (name, codes[1])
        elif category in SETTLEMENTS and len(codes) == 4:
            settlements.setdefault(codes[2], []).append((codes[3], category, name))
    units = list(_hromadas(hromadas, raions, settlements))
    _refuse_part("KATOTTG", "UA", {unit.region for unit in units + cities})
    return Register("KATOTTG", "UA", "", _unique(units + cities), held_back)


def _hromadas(
    hromadas: dict[str, tuple[str, str]],
    raions: dict[str, str],
    settlements: dict[str, list[tuple[str, str, str]]],
) -> Iterator[Unit]:
    """The seat is the settlement with the lowest code; its category gives the kind of the hromada."""
    for code, (name, raion) in hromadas.items():
        if not settlements.get(code) or raion not in raions:
            raise BadFile(f"KATOTTG: {code} {name} has no settlements or no raion; is the file cut short?")
        (_, category, seat), *others = sorted(settlements[code])
        villages = tuple(name for _, _, name in others)
        yield Unit(
            code, "UA", name, SETTLEMENTS[category], region_of("UA", code[2:4]), raions[raion], seat, villages
        )


def _refuse_part(title: str, country: str, found: set[str]) -> None:
    """A register is published whole; one without a region is a piece of it."""
    missing = {region.iso for region in REGIONS.values() if region.iso.startswith(country)} - found
    if missing:
        raise BadFile(f"{title}: nothing from {', '.join(sorted(missing))}; is the file cut short?")


def _unique(units: list[Unit]) -> tuple[Unit, ...]:
    if len({unit.code for unit in units}) != len(units):
        raise BadFile("a code stands twice in the register")
    return tuple(units)
