"""Writes ``set.csv`` from register files: ``python -m benchmarks.places_data.generate FILE…`` (oldest first).

The same files and seed give the same rows. Each row: half (``tune`` may be looked at, ``unseen`` may not),
kind of distortion, query, decision, codes that are right, keys that are right on a fresh install.
"""

# ruff: noqa: E501 - tables and templates read better in whole lines

import csv
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.places_data import distort
from bot.places import Gazetteer
from bot.places.changes import plan
from bot.places.regions import region_words
from bot.places.registers import read
from bot.places.units import Register, Unit

SEED = 20260
EACH = 60  # rows of a kind
HERE = Path(__file__).parent
KINDS: dict[str, tuple[str, distort.Distortion]] = {
    "shouting": ("UA PL", distort.shouting),
    "genitive": ("UA PL", distort.genitive),
    "locative": ("UA PL", distort.locative),
    "typo": ("UA PL", distort.typo),
    "two typos": ("UA PL", distort.two_typos),
    "romanised": ("UA", distort.kmu),
    "sloppy romanised": ("UA", distort.sloppy),
    "Polish spelling": ("UA", distort.polish_spelling),
    "Russian": ("UA", distort.russian),
    "Ukrainian spelling": ("PL", distort.ukrainian_spelling),
    "no diacritics": ("PL", distort.no_diacritics),
    "look-alikes": ("UA", distort.lookalikes),
    "keyboard layout": ("UA PL", distort.layout),
    "no apostrophe": ("UA", distort.no_apostrophe),
    "abbreviated": ("UA PL", distort.abbreviated),
}
UK_SENTENCES = (
    "Доброго дня, пишу з громади {}", "Ми з {} громади, шукаємо партнера", "{} територіальна громада", "{} громада",
    "я представляю {} ТГ", "голова {} громади", "Добрий день! Мене звати Олена, {} громада",
)  # fmt: skip
PL_SENTENCES = (
    "Dzień dobry, piszę z gminy {}", "gmina {}", "jestem z {}", "reprezentuję gminę {}", "szukamy partnera, gmina {}",
    "Witam, urząd w {}",
)  # fmt: skip
Row = tuple[str, str, str, tuple[Unit, ...]]


def rows_of(registers: Sequence[Register], rng: random.Random) -> list[Row]:
    """Rows of every kind, the hand-written ones among them."""
    latest = {register.country: register for register in registers}
    return list(_rows([unit for country in sorted(latest) for unit in latest[country].units], registers, rng))


def main() -> None:
    """Read the files, make the rows, write them."""
    rng = random.Random(SEED)
    registers = [read(Path(name).read_bytes()) for name in sys.argv[1:]]
    latest = {register.country: register for register in registers}
    rows = rows_of(registers, rng)
    fresh = _fresh(latest.values())
    with (HERE / "set.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["half", "kind", "query", "decision", "codes", "fresh"])
        for kind, query, decision, found in rows:
            keys = {key for unit in found for key in fresh.get(unit.code, ())}
            codes = " ".join(unit.code for unit in found)
            writer.writerow(
                [rng.choice(("tune", "unseen")), kind, query, decision, codes, " ".join(sorted(keys))]
            )


def _rows(units: list[Unit], registers: Sequence[Register], rng: random.Random) -> Iterator[Row]:
    names = Counter(unit.seat.casefold() for unit in units)
    taken = set(names) | {unit.name.casefold() for unit in units}
    own = {c: [u for u in units if u.country == c and names[u.seat.casefold()] == 1] for c in ("UA", "PL")}
    for country in own:
        yield from (("plain", u.seat, "match", (u,)) for u in rng.sample(own[country], EACH))
    for kind, (countries, change) in KINDS.items():
        for country in countries.split():
            yield from _distorted(kind, own[country], change, taken, rng, EACH // len(countries.split()))
    yield from _sentences(own, units, rng)
    yield from _namesakes(units, rng)
    yield from _villages(units, taken, rng)
    yield from _former(units, registers, taken)
    yield from _hard(units)


def _distorted(
    kind: str, units: list[Unit], change: distort.Distortion, taken: set[str], rng: random.Random, wanted: int
) -> Iterator[Row]:
    done = 0
    for unit in rng.sample(units, len(units)):
        name = unit.seat
        if kind == "abbreviated" and not re.search(r"\w[\s-]\w", name):
            continue
        if kind == "no apostrophe" and not re.search("[’-]", name):
            continue
        if kind == "no diacritics" and name.isascii():
            continue
        if "typo" in kind and len(name) < (9 if "two" in kind else 5):
            continue
        query = change(name, rng)
        if query == name or query.casefold() in taken - {name.casefold()}:
            continue
        yield kind, query, "match", (unit,)
        done += 1
        if done == wanted:
            return


def _sentences(own: dict[str, list[Unit]], units: list[Unit], rng: random.Random) -> Iterator[Row]:
    adjectives = Counter(unit.name for unit in units)
    for unit in rng.sample([u for u in own["UA"] if adjectives[u.name] == 1 and u.name.endswith("а")], EACH):
        sentence = rng.choice(UK_SENTENCES)
        inflected = "{} громади" in sentence
        yield "sentence", sentence.format(unit.name[:-1] + "ої" if inflected else unit.name), "match", (unit,)
    for unit in rng.sample(own["PL"], EACH):
        sentence = rng.choice(PL_SENTENCES)
        name = distort.locative(unit.seat, rng)[2:] if sentence.endswith("w {}") else unit.seat
        yield "sentence", sentence.format(name), "match", (unit,)


def _namesakes(units: list[Unit], rng: random.Random) -> Iterator[Row]:
    groups: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        groups[unit.name].append(unit)
    several = [group for group in groups.values() if 1 < len(group) <= 8]
    for group in rng.sample(several, 2 * EACH):
        name = f"{group[0].name} громада" if group[0].country == "UA" else group[0].name
        yield "namesakes", name, "ambiguous", tuple(group)
    for group in rng.sample(several, 2 * EACH):
        unit = rng.choice(group)
        if sum(other.region == unit.region for other in group) == 1:
            yield "with region", _with_region(unit, rng), "match", (unit,)
        elif [other.kind for other in group].count(unit.kind) == 1:
            yield "with kind", _with_kind(unit), "match", (unit,)


def _with_region(unit: Unit, rng: random.Random) -> str:
    uk, pl, en = (region_words(unit.region).by_language[language] for language in ("uk", "pl", "en"))
    if unit.country == "UA":
        short = uk.replace(" область", " обл.")
        return rng.choice(
            [
                f"{unit.name} громада, {uk}",
                f"{unit.seat} ({short})",
                f"{uk}, {unit.seat}",
                f"{unit.seat}, {en}",
            ]
        )
    bare = pl.removeprefix("województwo ")
    return rng.choice(
        [f"{unit.name}, {pl}", f"{unit.name} woj. {bare}", f"gmina {unit.name} {bare}", f"{unit.name}, {en}"]
    )


def _with_kind(unit: Unit) -> str:
    word = {
        "UA": {"urban": "міська", "settlement": "селищна", "rural": "сільська"},
        "PL": {"urban": "gmina miejska", "rural": "gmina wiejska", "mixed": "gmina miejsko-wiejska"},
    }[unit.country][unit.kind]
    return f"{unit.name} {word} громада" if unit.country == "UA" else f"{word} {unit.name}"


def _villages(units: list[Unit], taken: set[str], rng: random.Random) -> Iterator[Row]:
    count = Counter(village.casefold() for unit in units for village in unit.villages)
    alone = [
        (v, u) for u in units for v in u.villages if count[v.casefold()] == 1 and v.casefold() not in taken
    ]
    for village, unit in rng.sample(alone, 2 * EACH):
        yield (
            "village",
            rng.choice(["{}", "село {}", "с. {}", "я з села {}"]).format(village),
            "match",
            (unit,),
        )


def _former(units: list[Unit], registers: Sequence[Register], taken: set[str]) -> Iterator[Row]:
    now = {unit.code: unit for unit in units}
    for register in registers:
        for unit in register.units:
            later = now.get(unit.code)
            if (
                register.country == "UA"
                and later
                and unit.seat != later.seat
                and unit.seat.casefold() not in taken
            ):
                yield "former", unit.seat, "match", (later,)


def _hard(units: list[Unit]) -> Iterator[Row]:
    """The cases written by hand; ``seat@region`` names every municipality of that seat unless the kind is given."""
    for line in (HERE / "hard.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, query, place = (part.strip() for part in line.split("|"))
        if place == "-":
            yield kind, query, "none", ()
            continue
        seat, region, wanted = re.fullmatch(r"(.+)@([\w-]+)(?:/(\w+))?", place).groups()  # type: ignore[union-attr]  # every such line is ours and matches
        found = tuple(u for u in units if (u.seat, u.region) == (seat, region) and wanted in (None, u.kind))
        if not found:
            raise SystemExit(f"no such place: {line}")
        yield f"{kind}, by hand", query, "match" if len(found) == 1 else "ambiguous", found


def _fresh(registers: Iterable[Register]) -> dict[str, set[str]]:
    """Keys of the embedded gazetteer that stand for each official code; none when it lacks the place."""
    gazetteer = Gazetteer.embedded()
    keys: dict[str, set[str]] = defaultdict(set)
    for register in registers:
        for row in plan(gazetteer.entries, register).rows:
            if not row.withdrawn and gazetteer.get(row.municipality.key):
                keys[row.municipality.code].add(row.municipality.key)
        by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        for municipality in gazetteer.all(register.country):
            by_name[municipality.name, municipality.region].add(municipality.key)
        for unit in register.units:
            if register.country == "PL":
                keys[unit.code] |= by_name[unit.name, unit.region]
            else:
                keys[unit.code].add(unit.code)
    return keys


if __name__ == "__main__":
    main()
