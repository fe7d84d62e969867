"""Municipalities as an official register states them."""

from dataclasses import dataclass

from bot.model.municipality import Country, Kind


@dataclass(frozen=True, slots=True)
class Unit:
    """A municipality as a register states it.

    Attributes:
        code: KATOTTG of the hromada or 7-digit TERYT of the gmina.
        region: ISO 3166-2.
        villages: Settlements of the hromada besides its seat; TERC names none.
    """

    code: str
    country: Country
    name: str
    kind: Kind
    region: str
    district: str
    seat: str
    villages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """What one file holds.

    Attributes:
        title: ``TERC`` or ``KATOTTG``.
        edition: Date of the state as the file gives it; empty for KATOTTG, whose title line runs late.
        held_back: Municipalities left out because they are occupied.
    """

    title: str
    country: Country
    edition: str
    units: tuple[Unit, ...]
    held_back: int = 0
