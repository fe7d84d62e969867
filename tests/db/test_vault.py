"""Sealed columns: only the right key opens them, and only in their place."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigurationError
from db.connect import connect
from db.database import Database, Transaction
from db.migrate import migrate
from db.stores import Stores
from db.vault import Vault

SECRET = "a secret of the operator, long enough"
CONTACT = "rada@example.org"


@given(st.text(), st.text())
def test_what_is_sealed_opens(text: str, place: str) -> None:
    text = text.encode(errors="ignore").decode()
    place = place.encode(errors="ignore").decode()
    vault = Vault(SECRET)
    assert vault.open(vault.seal(text, place), place) == text


@given(st.integers(0, 200))
def test_a_changed_byte_does_not_open(position: int) -> None:
    vault = Vault(SECRET)
    sealed = vault.seal(CONTACT, "seat.contact/1")
    at = position % len(sealed)
    changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
    try:
        assert vault.open(changed, "seat.contact/1") == CONTACT  # the unused bits of base64's last letter
        assert at == len(sealed) - 1 or sealed.endswith("=")
    except ConfigurationError:
        pass


@pytest.mark.parametrize("sealed", ["x", "1.2", "1.00000000.AAAA", "2.00000000.AAAA", "1..", "...", "1.a.é"])
def test_nonsense_does_not_open(sealed: str) -> None:
    with pytest.raises(ConfigurationError):
        Vault(SECRET).open(sealed, "seat.contact/1")


def test_neither_another_place_nor_another_key_opens() -> None:
    sealed = Vault(SECRET).seal(CONTACT, "seat.contact/1")
    with pytest.raises(ConfigurationError):
        Vault(SECRET).open(sealed, "seat.contact/2")
    with pytest.raises(ConfigurationError):
        Vault(SECRET + "!").open(sealed, "seat.contact/1")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ConfigurationError):
        Vault("short")


async def test_a_stolen_file_holds_no_contact(tmp_path: Path) -> None:
    """The contact is read again with the key beside the file, and stands nowhere in the file."""
    path = tmp_path / "mistok.db"
    seat = await _with_contact(await connect(f"sqlite:///{path}"))
    key = tmp_path / "mistok.db.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert CONTACT.encode() not in _bytes(tmp_path)
    again = await connect(f"sqlite:///{path}")
    try:
        assert await again.run(lambda tx: _contact(tx, seat)) == CONTACT
    finally:
        await again.close()
    other = await connect(f"sqlite:///{path}", secret=SECRET)
    try:
        with pytest.raises(ConfigurationError):
            await other.run(lambda tx: _contact(tx, seat))
    finally:
        await other.close()


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def _with_contact(database: Database) -> str:
    async def unit(tx: Transaction) -> str:
        stores = Stores(tx)
        person = await stores.people.of_address("web:x", language="uk", zone="Europe/Kyiv", now=1)
        seat = await stores.seats.claim(person.id, "UA1", "head", "claimed", 1)
        await stores.seats.set_contact(seat.id, CONTACT)
        return seat.id

    await migrate(database)
    try:
        return await database.run(unit)
    finally:
        await database.close()


async def _contact(tx: Transaction, seat: str) -> str:
    found = await Stores(tx).seats.get(seat)
    assert found
    return found.contact
