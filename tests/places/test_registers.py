"""Register files as they are published, with their faults, and what they change."""

import io
import json

import pytest
from openpyxl import Workbook

from bot.errors import BadFile
from bot.places import Gazetteer
from bot.places.changes import Changes, Row, plan
from bot.places.regions import REGIONS
from bot.places.registers import read

EDITION = "2026-01-01"


def terc(*more: str, drop: str = "", edition: str = EDITION) -> bytes:
    """A register with one invented gmina in each voivodeship, as GUS writes it."""
    lines = ["WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA"]
    for region in REGIONS.values():
        if region.iso.startswith("PL") and region.register != drop:
            lines += [
                f"{region.register};;;;{region.iso};województwo;",
                f"{region.register};01;;;testowy;powiat;",
            ]
            lines += [f"{region.register};01;01;1;Wymyślin{region.register};gmina miejska;"]
            lines += [line for line in more if line.startswith(region.register)]
    dated = [lines[0], *(line + edition for line in lines[1:])]
    return ("\ufeff" + "\r\n".join(dated) + "\r\n\r\n").encode()


def katottg_rows(*more: list[str], hromada: str = "Вигадана") -> list[list[str]]:
    """One invented hromada in each region, two of them occupied, and a city of its own."""
    rows = [
        ["Перший рівень", "Другий рівень", "Третій рівень", "Четвертий рівень", "Додатковий рівень", "К", "Н"]
    ]
    for number in [region.register for region in REGIONS.values() if region.iso.startswith("UA")] + ["01"]:
        codes = [
            f"UA{number}{'0' * n}{level}{'0' * (14 - n)}" for n, level in ((0, 1), (1, 2), (2, 3), (3, 4))
        ]
        if number == "80":
            rows.append([codes[0], "", "", "", "", "K", "Київ"])
            continue
        rows.append([codes[0], "", "", "", "", "O", "Область"])
        rows.append([*codes[:2], "", "", "", "P", "Тестовий"])
        rows.append([*[*codes[:3], "", "", "H", f"{hromada} "][:3], "", "", "H", f"{hromada} "])
        rows.append([*codes, "", "T", "Вигадане"])
        rows.append([*codes[:3], codes[3][:-1] + "9", "", "C", "Сельце"])
    return [
        *rows,
        *more,
        ["", "", "", "", "", "", ""],
        ["Коди набирають чинності пізніше.", "", "", "", "", "", ""],
    ]


def as_csv(rows: list[list[str]]) -> bytes:
    return ("\r\n".join(";".join(row) for row in rows) + "\r\n").encode()


def as_xlsx(rows: list[list[str]], titles: int) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for _ in range(titles):
        sheet.append([None, None, "ЗАТВЕРДЖЕНО"])
    for row in rows:
        sheet.append([cell or None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_terc_is_read_as_published() -> None:
    parts = (
        "06;01;02;3;Wymyślinek;gmina miejsko-wiejska;",
        "06;01;02;4;Wymyślinek;miasto;",
        "06;01;02;5;Wymyślinek;obszar wiejski;",
    )
    register = read(terc(*parts))
    assert (register.title, register.edition, len(register.units)) == ("TERC", EDITION, 17)
    mixed = next(unit for unit in register.units if unit.kind == "mixed")
    assert (mixed.code, mixed.name, mixed.region, mixed.district) == (
        "0601023",
        "Wymyślinek",
        "PL-06",
        "testowy",
    )


@pytest.mark.parametrize(
    "data", [as_csv(katottg_rows()), as_xlsx(katottg_rows(), 2), as_xlsx(katottg_rows(), 3)]
)
def test_katottg_is_read_in_every_layout(data: bytes) -> None:
    register = read(data)
    assert (register.title, len(register.units), register.held_back) == ("KATOTTG", 25, 1)
    one = register.units[0]
    assert (one.name, one.kind, one.seat, one.villages) == ("Вигадана", "settlement", "Вигадане", ("Сельце",))


def test_a_latin_letter_in_a_ukrainian_name_is_mended() -> None:
    assert read(as_csv(katottg_rows(hromada="Вiгадана"))).units[0].name == "Вігадана"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"PK\x03\x04 broken",
        b"a;b;c\r\n1;2;3\r\n",
        "Zażółć".encode("cp1250"),
        terc()[:-30],
        terc(drop="32"),
        terc("06;01;01;1;Wymyślin06;gmina miejska;"),
        as_xlsx(katottg_rows(), 2)[:3000],
        as_csv(katottg_rows()[:60]),
        as_csv(katottg_rows(["UA05", "", "", "", "", "H", "Зламана"])),
    ],
)
def test_a_wrong_or_cut_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile):
        read(data)


def _small() -> Gazetteer:
    """A gazetteer after a first import of the invented register."""
    return _after(Gazetteer([]), terc("06;01;02;2;Wymyślinek;gmina wiejska;"))


def _plan(gazetteer: Gazetteer, data: bytes) -> Changes:
    return plan(gazetteer.entries, read(data))


def _after(gazetteer: Gazetteer, data: bytes) -> Gazetteer:
    return gazetteer.with_rows(_plan(gazetteer, data).rows)


def test_the_same_register_again_changes_nothing() -> None:
    changes = _plan(_small(), terc("06;01;02;2;Wymyślinek;gmina wiejska;"))
    assert (changes.rows, changes.unchanged) == ((), 17)


def test_a_gmina_that_becomes_a_town_keeps_its_key() -> None:
    before = _small()
    old = before.by_code("0601022")
    changes = _plan(before, terc("06;01;02;3;Wymyślinek;gmina miejsko-wiejska;"))
    (row,) = changes.rekeyed
    assert old is not None
    assert (row.municipality.key, row.municipality.code, row.municipality.kind) == (
        old.key,
        "0601023",
        "mixed",
    )


def test_a_former_name_still_leads_to_the_gmina() -> None:
    after = _after(_small(), terc("06;01;02;2;Zmyślanka;gmina wiejska;"))
    found = after.locate("Wymyślinek")
    assert (found.only and found.only.name, found.results[0].via) == ("Zmyślanka", "Wymyślinek")


def test_a_withdrawn_gmina_is_kept_for_answers_but_not_offered() -> None:
    more = [
        f"06;02;{n:02};2;Zmyślanka {'abcdefghijklmnopqrstuvwxyz'[n % 26] * 3}{n};gmina wiejska;"
        for n in range(1, 99)
    ]
    powiat = "06;02;;;drugi;powiat;"
    before = _after(Gazetteer([]), terc(powiat, *more))
    gone = before.by_code("0602982")
    after = _after(before, terc(powiat, *more[:-1]))
    assert gone is not None
    assert after.get(gone.key) == gone
    assert gone not in after.all()


def test_a_register_that_loses_many_at_once_is_refused() -> None:
    more = [f"06;02;{n:02};2;Zmyślanka{n};gmina wiejska;" for n in range(1, 99)]
    before = _after(Gazetteer([]), terc("06;02;;;drugi;powiat;", *more))
    with pytest.raises(BadFile):
        _plan(before, terc())


def test_provisional_gminas_get_their_code_and_keep_their_key(gazetteer: Gazetteer) -> None:
    old = next(m for m in gazetteer.all("PL") if m.name == "Wąchock")
    data = terc(f"26;01;02;3;{old.name};gmina miejsko-wiejska;")
    (row,) = (row for row in plan(gazetteer.entries, read(data)).rekeyed if row.municipality.name == old.name)
    assert (row.municipality.key, row.municipality.code) == (old.key, "2601023")
    assert (row.municipality.lat, row.municipality.lon) == (old.lat, old.lon)


def test_rows_survive_a_trip_through_json() -> None:
    rows = _plan(Gazetteer([]), as_csv(katottg_rows())).rows
    assert tuple(Row.from_json(json.loads(json.dumps(row.to_json()))) for row in rows) == rows
