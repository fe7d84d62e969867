"""Official registers imported into a database, and what is stored already."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.errors import BadFile, ConfigurationError
from bot.importing import STEPS, editions, gazetteer_of, import_registers
from bot.places.changes import Changes
from db.connect import connect
from db.database import Database
from db.stores import Stores
from tests.places.test_registers import as_csv, katottg_rows, terc

NOW = 1_795_424_400_000
VILLAGE = "26;01;02;3;Wąchock;gmina miejsko-wiejska;"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A register of each country."""
    polish, ukrainian = tmp_path / "one.csv", tmp_path / "two.csv"
    polish.write_bytes(terc(VILLAGE))
    ukrainian.write_bytes(as_csv(katottg_rows()))
    return polish, ukrainian


async def _import(database: Database, *files: Path, dry_run: bool = False) -> list[Changes]:
    return await import_registers(database, files, now=NOW, dry_run=dry_run, step=lambda what: None)


async def test_a_seat_at_a_provisional_gmina_still_leads_there(
    database: Database, files: tuple[Path, Path]
) -> None:
    before = await gazetteer_of(database)
    home = next(m for m in before.all("PL") if m.name == "Wąchock")
    assert home.code.startswith("gn:")

    async def claim(stores: Stores) -> str:
        person = await stores.people.of_address("web:clerk", language="pl", zone="Europe/Warsaw", now=NOW)
        await stores.seats.claim(person.id, home.key, "head", "claimed", NOW)
        return person.id

    person = await database.run(lambda tx: claim(Stores(tx)))
    (changes,) = await _import(database, files[0])
    (seat,) = await database.run(lambda tx: Stores(tx).seats.of_person(person))
    after = (await gazetteer_of(database)).get(seat.municipality)
    assert after
    assert (after.name, after.code, after.lat) == (home.name, "2601023", home.lat)
    assert home.key in {row.municipality.key for row in changes.rekeyed}


async def test_a_second_import_adds_to_the_first_and_repeating_it_changes_nothing(
    database: Database, files: tuple[Path, Path]
) -> None:
    await _import(database, files[0])
    renamed = files[0].with_name("three.csv")
    renamed.write_bytes(terc(VILLAGE.replace("Wąchock", "Nowywymysł")))
    (changes,) = await _import(database, renamed)
    assert [row.municipality.name for row in changes.changed] == ["Nowywymysł"]
    found = (await gazetteer_of(database)).locate("Wąchock")
    assert (found.only and found.only.code, found.results[0].via) == ("2601023", "Wąchock")
    (again,) = await _import(database, renamed)
    assert again.rows == ()


async def test_a_dry_run_stores_nothing(database: Database, files: tuple[Path, Path]) -> None:
    (changes,) = await _import(database, files[0], dry_run=True)
    assert changes.added
    assert await database.run(lambda tx: Stores(tx).municipalities.rows()) == []
    assert await editions(database) == "as shipped, with no register imported"


async def test_one_bad_file_among_several_leaves_everything_as_it_was(
    database: Database, files: tuple[Path, Path], tmp_path: Path
) -> None:
    cut = tmp_path / "cut.csv"
    cut.write_bytes(terc(VILLAGE)[:-40])
    with pytest.raises(BadFile, match=r"cut\.csv"):
        await _import(database, files[0], cut)
    with pytest.raises(BadFile, match=r"missing\.csv"):
        await _import(database, tmp_path / "missing.csv")
    assert await database.run(lambda tx: Stores(tx).municipalities.rows()) == []


async def test_an_edition_is_named_where_the_file_has_one(
    database: Database, files: tuple[Path, Path]
) -> None:
    seen: list[str] = []
    small = files[0]
    await import_registers(database, [small], now=NOW, dry_run=False, step=seen.append)
    assert len(seen) == STEPS
    assert await editions(database) == "TERC of 2026-01-01 imported 2026-11-23"


async def test_a_database_without_tables_is_named(tmp_path: Path) -> None:
    empty = await connect(f"sqlite:///{tmp_path / 'empty.db'}")
    try:
        with pytest.raises(ConfigurationError, match=r"mistok migrate"):
            await gazetteer_of(empty)
    finally:
        await empty.close()


def test_the_command_counts_and_locate_uses_what_it_stored(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'mistok.db'}"
    monkeypatch.setenv("MISTOK_DATABASE_URL", url)
    run = CliRunner()
    assert run.invoke(main, ["migrate"]).exit_code == 0
    told = run.invoke(main, ["registers", "import", str(files[0])])
    assert "one.csv: TERC of 2026-01-01, 17 municipalities:" in told.output
    assert "0 withdrawn" in told.output
    asked = '{"query": "Wąchock"}\n'
    assert '"2601023"' in run.invoke(main, ["locate", "--database-url", url], input=asked).output
    files[1].write_text("no register")
    assert run.invoke(main, ["registers", "import", str(files[1])]).exit_code == 1
    assert "TERC of 2026-01-01" in run.invoke(main, ["check"]).output
