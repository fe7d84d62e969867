"""What an official register changes in what is known: the plan, before anybody stores it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from bot.errors import BadFile
from bot.model.municipality import Municipality
from bot.places.names import Source
from bot.places.skeleton import skeletons
from bot.places.store import Entry
from bot.places.transcribe import cyrillic, latin
from bot.places.units import Register, Unit

MOST_WITHDRAWN = 0.02  # share of the official ones; a register that loses more at once is a cut file


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality as it stands after an import; what a database keeps.

    Attributes:
        former: Names it had before, oldest first.
        villages: Settlements besides the seat; empty keeps those already known.
        withdrawn: No longer in the register; kept for answers that name it, no longer offered.
    """

    municipality: Municipality
    former: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    withdrawn: bool = False

    def to_json(self) -> dict[str, Any]:
        """The row as JSON data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The row that ``to_json`` wrote, also after a trip through text."""
        former, villages = tuple(data["former"]), tuple(data["villages"])
        return cls(Municipality(**data["municipality"]), former, villages, data["withdrawn"])


@dataclass(frozen=True, slots=True)
class Changes:
    """The rows to store, by what happened to them.

    Attributes:
        added: New municipalities.
        changed: Another name, kind, seat, region, district or other villages.
        rekeyed: Had a provisional or another code before; the key is the same.
        withdrawn: Gone from the register.
        dropped: Provisional places that turned out to be no municipality.
        unchanged: How many need nothing.
    """

    register: Register
    added: tuple[Row, ...]
    changed: tuple[Row, ...]
    rekeyed: tuple[Row, ...]
    withdrawn: tuple[Row, ...]
    dropped: tuple[Row, ...]
    unchanged: int

    @property
    def rows(self) -> tuple[Row, ...]:
        """Everything to store."""
        return self.added + self.changed + self.rekeyed + self.withdrawn + self.dropped


def plan(entries: Iterable[Entry], register: Register) -> Changes:
    """What the register changes; BadFile when so much would vanish that the file must be cut."""
    known = {m.key: (m, names) for m, names in entries if m.country == register.country and not m.sample}
    owners = _owners(known, register.units)
    towns = {(m.name, m.district): m for m, _ in known.values() if m.lat is not None}
    added, changed, rekeyed = [], [], []
    for unit in register.units:
        entry = known.get(owners.get(unit.code, ""))
        row = _renewed(entry, unit) if entry else _new(unit, towns)
        if not entry:
            added.append(row)
        elif entry[0].code != unit.code:
            rekeyed.append(row)
        elif row.municipality != entry[0] or not _villages(entry) >= set(unit.villages):
            changed.append(row)
    gone = [entry for key, entry in known.items() if key not in set(owners.values())]
    _refuse_cut(register, known.values(), gone)
    withdrawn = tuple(Row(m, withdrawn=True) for m, _ in gone if not m.code.startswith("gn:"))
    dropped = tuple(Row(m, withdrawn=True) for m, _ in gone if m.code.startswith("gn:"))
    unchanged = len(register.units) - len(added) - len(changed) - len(rekeyed)
    return Changes(register, tuple(added), tuple(changed), tuple(rekeyed), withdrawn, dropped, unchanged)


def _owners(known: Mapping[str, Entry], units: Sequence[Unit]) -> dict[str, str]:
    """The key of what each unit was until now: by code, six digits and name, name and region, six digits."""
    owners: dict[str, str] = {}
    free = set(known)
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, (municipality, _) in known.items():
        names[_plain(municipality.name), municipality.region].append(key)
    by_code = {m.code: m.key for m, _ in known.values()}
    by_digits = {_digits(m): m.key for m, _ in known.values() if m.country == "PL"}

    def coded(unit: Unit) -> str:
        return by_code.get(unit.code, "")

    def digits(unit: Unit) -> str:
        return by_digits.get(unit.code[:6], "") if unit.country == "PL" else ""

    def digits_and_name(unit: Unit) -> str:
        key = digits(unit)
        return key if key and _plain(known[key][0].name) == _plain(unit.name) else ""

    def name(unit: Unit) -> str:
        alike = names[_plain(unit.name), unit.region] if unit.country == "PL" else []
        found = [key for key in alike if key in free]
        return found[0] if len(found) == 1 else ""

    def sure_name(unit: Unit) -> str:
        key = name(unit)
        return "" if key.startswith("gn:") else key

    for find in (coded, digits_and_name, sure_name, digits, name):
        for unit in units:
            if unit.code not in owners and (key := find(unit)) in free:
                owners[unit.code] = key
                free.discard(key)
    return owners


def _plain(name: str) -> str:
    return skeletons(name, (0,))[0]


def _digits(municipality: Municipality) -> str:
    return municipality.key[2:8] if municipality.code.startswith("gn:") else municipality.code[:6]


def _renewed(entry: Entry, unit: Unit) -> Row:
    """The known municipality with what the register says; vanished names stay as former ones."""
    old, names = entry
    former = [name.text for name in names if name.source is Source.FORMER]
    official = not old.code.startswith("gn:")
    former += [old.name] if official and old.name != unit.name else []
    former += [old.seat] if unit.country == "UA" and old.seat != unit.seat else []
    municipality = replace(
        old,
        code=unit.code,
        name=unit.name,
        latin=_latin(unit),
        cyrillic=_cyrillic(unit),
        kind=unit.kind,
        seat=unit.seat if unit.country == "UA" or (official and old.seat == old.name) else old.seat,
        region=unit.region,
        district=unit.district,
    )
    gone = tuple(name for name in dict.fromkeys(former) if name not in (municipality.name, municipality.seat))
    return Row(municipality, gone, unit.villages)


def _new(unit: Unit, towns: Mapping[tuple[str, str], Municipality]) -> Row:
    """A municipality not known before; a rural gmina named after a town has its seat there."""
    town = towns.get((unit.name, unit.district)) if unit.kind == "rural" else None
    municipality = Municipality(
        key=f"pl{unit.code[:6]}" if unit.country == "PL" else unit.code,
        code=unit.code,
        country=unit.country,
        name=unit.name,
        latin=_latin(unit),
        cyrillic=_cyrillic(unit),
        kind=unit.kind,
        seat=unit.seat,
        region=unit.region,
        district=unit.district,
        lat=town.lat if town else None,
        lon=town.lon if town else None,
    )
    return Row(municipality, (), unit.villages)


def _latin(unit: Unit) -> str:
    return latin(unit.name) if unit.country == "UA" else unit.name


def _cyrillic(unit: Unit) -> str:
    return unit.name if unit.country == "UA" else cyrillic(unit.name)


def _villages(entry: Entry) -> set[str]:
    return {name.text for name in entry[1]}


def _refuse_cut(register: Register, known: Iterable[Entry], gone: Sequence[Entry]) -> None:
    official = sum(not m.code.startswith("gn:") for m, _ in known)
    lost = sum(not m.code.startswith("gn:") for m, _ in gone)
    if lost > MOST_WITHDRAWN * official:
        raise BadFile(
            f"{register.title}: {lost} of {official} municipalities would vanish; is the file cut short?"
        )
