"""How well places are found: ``python -m benchmarks.places [--registers FILE…] [--failures]``.

Prints one table for the half that may be looked at and one for the unseen half. Without register files
only the fresh install is measured. ``--failures`` lists what went wrong in the tuning half.
"""

# ruff: noqa: E501 - tables and templates read better in whole lines

import argparse
import csv
import resource
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from rapidfuzz import process
from rapidfuzz.fuzz import WRatio

from bot.places import Gazetteer, Located
from bot.places.changes import plan
from bot.places.registers import read

SETS = [Path(__file__).parent / "places_data" / name for name in ("set.csv", "tune2.csv")]
REFUSED = 0.98


@dataclass(frozen=True, slots=True)
class Case:
    """One query; ``codes`` are right with registers, ``fresh`` keys without."""

    half: str
    kind: str
    query: str
    decision: str
    codes: frozenset[str]
    fresh: frozenset[str]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a case: the place of the first right candidate (0 is first, None is nowhere)."""

    case: Case
    found: Located
    place: int | None
    offered: float
    ms: float

    @property
    def score(self) -> float:
        """Of the first candidate, 0 when nothing is meant."""
        return self.found.results[0].score if self.found.results else 0.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--registers", nargs="+", type=Path, default=[])
    parser.add_argument("--failures", action="store_true")
    arguments = parser.parse_args()
    cases = _cases()
    before, memory = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fresh = Gazetteer.embedded()
    print(f"start-up {time.perf_counter() - before:.2f} s, memory {(_memory() - memory) / 1024:.0f} MB")
    full = fresh
    for path in arguments.registers:
        full = full.with_rows(plan(full.entries, read(path.read_bytes())).rows)
    for half in ("tune", "unseen"):
        chosen = [case for case in cases if case.half == half]
        results = [_run(fresh, case, official=False) for case in chosen]
        _table(f"{half} half, fresh install", results)
        if arguments.registers:
            results = [_run(full, case, official=True) for case in chosen]
            _table(f"{half} half, registers imported", results)
        if half == "tune" and arguments.failures:
            _failures(results)
    if arguments.registers:
        _baseline(full, [case for case in cases if case.half == "unseen"])


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _cases() -> list[Case]:
    return [case for path in SETS for case in _read(path)]


def _read(path: Path) -> list[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Case(
                row["half"],
                row["kind"],
                row["query"],
                row["decision"],
                frozenset(row["codes"].split()),
                frozenset(row["fresh"].split()),
            )
            for row in csv.DictReader(file)
        ]


def _run(gazetteer: Gazetteer, case: Case, *, official: bool) -> Result:
    begin = time.perf_counter()
    found = gazetteer.locate(case.query)
    ms = (time.perf_counter() - begin) * 1000
    right = case.codes if official else case.fresh
    got = [c.municipality.code if official else c.municipality.key for c in found.results]
    place = next((n for n, key in enumerate(got) if key in right), None)
    return Result(case, found, place, len(right & set(got)) / max(len(right), 1), ms)


def _table(title: str, results: Sequence[Result]) -> None:
    clear = [r for r in results if r.case.decision == "match"]
    asked = [r for r in results if r.case.decision == "ambiguous"]
    nothing = [r for r in results if r.case.decision == "none"]
    kinds: dict[str, list[bool]] = defaultdict(list)
    for r in clear:
        kinds[r.case.kind].append(r.place == 0)
    by_kind = sorted((mean(right), kind) for kind, right in kinds.items())
    scores = sorted(r.score if r.found.decision != "none" else 0.0 for r in nothing)
    threshold = scores[min(int(REFUSED * len(scores)), len(scores) - 1)]
    accepted = mean(r.place == 0 and r.score > threshold and r.found.decision != "none" for r in clear)
    times = sorted(r.ms for r in results)
    print(f"\n{title}: {len(clear)} clear, {len(asked)} namesakes, {len(nothing)} non-places")
    print(f"  top-1 / top-3                     {_share(clear, 1):.3f} / {_share(clear, 3):.3f}")
    print(f"  mean top-1 of the kinds           {mean(share for share, _ in by_kind):.3f}")
    print(
        f"  weakest kinds                     {', '.join(f'{kind} {share:.2f}' for share, kind in by_kind[:6])}"
    )
    print(f"  accepted top-1 at 98 % refused    {accepted:.3f} (score over {threshold:.2f})")
    print(f"  non-places refused as it stands   {mean(r.found.decision == 'none' for r in nothing):.3f}")
    print(f"  namesakes all offered / asked     {mean(r.offered == 1 for r in asked):.3f} /", end=" ")
    print(f"{mean(r.found.decision == 'ambiguous' for r in asked):.3f}")
    print(f"  needless questions                {mean(r.found.decision == 'ambiguous' for r in clear):.3f}")
    print(f"  clear, wrongly matched / refused  {mean(_wrong(r) for r in clear):.3f} /", end=" ")
    print(f"{mean(r.found.decision == 'none' for r in clear):.3f}")
    print(
        f"  ms p50 / p99                      {times[len(times) // 2]:.2f} / {times[int(len(times) * 0.99)]:.2f}"
    )


def _share(results: Sequence[Result], best: int) -> float:
    return mean(r.place is not None and r.place < best for r in results)


def _wrong(result: Result) -> bool:
    return result.found.decision == "match" and result.place != 0


def _failures(results: Sequence[Result]) -> None:
    for r in results:
        good = r.found.decision == r.case.decision and (r.place == 0 or r.case.decision != "match")
        if r.case.decision == "ambiguous":
            good = good and r.offered == 1
        if not good:
            best = [
                f"{c.municipality.name} {c.municipality.region} {c.score:.2f} {c.via}"
                for c in r.found.results[:3]
            ]
            print(
                f"{r.case.kind} | {r.case.query} | {r.case.decision} -> {r.found.decision} {r.place} | {best}"
            )


def _baseline(gazetteer: Gazetteer, cases: Sequence[Case]) -> None:
    """rapidfuzz WRatio over the register's names, for comparison."""
    names = {m.code: m.seat for m in gazetteer.all()}
    clear = [case for case in cases if case.decision == "match"]
    right, times = 0, []
    for case in clear:
        begin = time.perf_counter()
        best = process.extractOne(case.query, names, scorer=WRatio, processor=str.casefold)
        times.append((time.perf_counter() - begin) * 1000)
        right += bool(best) and best[2] in case.codes
    print(
        f"\nWRatio over the names, unseen half: top-1 {right / len(clear):.3f}, p50 {sorted(times)[len(times) // 2]:.1f} ms"
    )


if __name__ == "__main__":
    main()
