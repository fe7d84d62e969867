"""Fits the weights of the evidence: ``python -m benchmarks.places_data.fit FILE… [--negatives FILE]``.

Register files as for ``generate``. Learns from rows made with other seeds and from the tuning half, never
from a query of the unseen half, and writes ``bot/places/weights.py``. ``--negatives`` names a text file
whose lines mean no place.
"""

import argparse
import random
import re
from collections.abc import Iterable, Sequence
from math import exp, log, sqrt
from operator import mul
from pathlib import Path

from benchmarks.places import _cases
from benchmarks.places_data.generate import rows_of
from bot.places import Gazetteer, weights
from bot.places.build.geonames import elsewhere
from bot.places.changes import plan
from bot.places.evidence import evidence
from bot.places.names import Source
from bot.places.reading import clean, read
from bot.places.registers import read as read_register
from bot.places.search import hits
from bot.places.words import GIVEN_NAMES, ORDINARY, SURNAMES

SEEDS = (11, 12, 13)
NOTHING_AGAIN = 2  # times more a text without a place counts: a wrong proposal is worse than a question
STEPS = 40
RATE = 0.05
PRIOR = 0.002  # pull towards the weights as they stand before the fit
Vector = tuple[float, ...]
Example = tuple[list[tuple[int, list[Vector]]], frozenset[int]]  # owner and its hits; owners that are right


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("registers", nargs="+", type=Path)
    parser.add_argument("--negatives", type=Path)
    arguments = parser.parse_args()
    registers = [read_register(path.read_bytes()) for path in arguments.registers]
    gazetteer = Gazetteer.embedded()
    for register in {register.country: register for register in registers}.values():
        gazetteer = gazetteer.with_rows(plan(gazetteer.entries, register).rows)
    unseen = {case.query for case in _cases() if case.half == "unseen"}
    queries = [(case.query, case.codes) for case in _cases() if case.half != "unseen"]
    for seed in SEEDS:
        rows = rows_of(registers, random.Random(seed))
        queries += [
            (query, frozenset(u.code for u in units)) for kind, query, _, units in rows if "hand" not in kind
        ]
    queries += _other_names(gazetteer)
    queries += [(text, frozenset()) for text in _nothing(arguments.negatives)]
    queries += [(text, frozenset()) for text in _ordinary(gazetteer)]
    foreign = sorted({name for name in elsewhere() if gazetteer._index.is_foreign(name)})
    queries += [(name, frozenset()) for name in random.Random(5).sample(foreign, 400)]
    queries += [(query.lower(), codes) for query, codes in queries[::3] if " " in query and codes]
    examples = [
        _example(gazetteer, query, codes) for query, codes in dict(queries).items() if query not in unseen
    ]
    examples = [e for e in examples if e[0]]
    fitted = _fit(examples + NOTHING_AGAIN * [e for e in examples if not e[1]], weights.WEIGHTS)
    _write(fitted)


def _other_names(gazetteer: Gazetteer) -> list[tuple[str, frozenset[str]]]:
    """Names in other languages of places that are large enough to have them in use."""
    known = [
        (name.text, frozenset((m.code,)))
        for m, names in gazetteer.entries
        for name in names
        if name.source is Source.OTHER and (m.seat_population or 0) > 8000
    ]
    return random.Random(6).sample(known, 500)


def _nothing(path: Path | None) -> Iterable[str]:
    """Texts without a place: made-up persons and the lines of a file."""
    rng = random.Random(7)
    ends = ("enko", "ski", "ska", "uk", "енко", "ський", "ська", "ук", "ич", "icz", "ak", "ик")
    roots = ("Mal", "Grab", "Wron", "Sad", "Lip", "Мал", "Граб", "Ворон", "Сад", "Лип", "Гор", "Бер", "Степ")
    given = sorted(GIVEN_NAMES)
    for _ in range(150):
        yield f"{rng.choice(given).capitalize()} {rng.choice(roots)}{rng.choice(ends)}"
    for surname in sorted(SURNAMES):
        yield surname.capitalize()
        yield f"{rng.choice(given).capitalize()} {surname.capitalize()}"
    if path:
        yield from path.read_text(encoding="utf-8").splitlines()


def _ordinary(gazetteer: Gazetteer) -> Iterable[str]:
    """Everyday words together, and persons whose surnames are adjectives made from places."""
    rng = random.Random(8)
    for script in ("\u0400", "a"):
        known = sorted(word for word in ORDINARY if (word[0] >= "\u0400") == (script >= "\u0400"))
        links = ("і", "за", "біля", "під") if script >= "\u0400" else ("i", "pod", "w", "nad")
        for _ in range(120):
            one, other = rng.sample(known, 2)
            text = rng.choice((f"{one} {other}", f"{one} {rng.choice(links)} {other}"))
            yield rng.choice((text, text.capitalize()))
    names = sorted({m.name for m in gazetteer.all("UA") if m.name.endswith(("ська", "цька"))})
    given = sorted(name for name in GIVEN_NAMES if name[0] >= "\u0400")
    for name in rng.sample(names, 120):
        yield f"{rng.choice(given).capitalize()} {rng.choice((name, name[:-1] + 'ий'))}"
    for name in rng.sample(names, 40):
        yield name[:-1] + "ий"


def _example(gazetteer: Gazetteer, query: str, codes: frozenset[str]) -> Example:
    reading = read(clean(query))
    index = gazetteer._index
    found: dict[int, list[Vector]] = {}
    for hit in hits(reading, index):
        owner = index.owners[hit.name]
        found.setdefault(owner, []).append(evidence(reading, hit, index, gazetteer.entries[owner][0]))
    right = frozenset(owner for owner in found if gazetteer.entries[owner][0].code in codes)
    return list(found.items()), right


def _fit(examples: list[Example], prior: Sequence[float]) -> list[float]:
    """Adam on the negative log-likelihood, in batches."""
    rng = random.Random(1)
    size = len(prior)
    w, m, v = list(prior), [0.0] * size, [0.0] * size
    step = 0
    for epoch in range(STEPS):
        rng.shuffle(examples)
        loss = 0.0
        for start in range(0, len(examples), 64):
            gradient = [PRIOR * (a - b) for a, b in zip(w, prior, strict=True)]
            batch = examples[start : start + 64]
            for example in batch:
                loss += _add_gradient(example, w, gradient, 1 / len(batch))
            step += 1
            for i, g in enumerate(gradient):
                m[i] = 0.9 * m[i] + 0.1 * g
                v[i] = 0.99 * v[i] + 0.01 * g * g
                w[i] -= RATE * (m[i] / (1 - 0.9**step)) / (sqrt(v[i] / (1 - 0.99**step)) + 1e-8)
        print(f"{epoch} {loss / len(examples):.4f}", flush=True)
    return w


def _add_gradient(example: Example, w: Sequence[float], gradient: list[float], share: float) -> float:
    candidates, right = example
    best = [
        (owner, max((sum(map(mul, w, vector)), vector) for vector in vectors))
        for owner, vectors in candidates
    ]
    top = max(0.0, max(strength for _, (strength, _) in best))
    total = exp(-top) + sum(exp(strength - top) for _, (strength, _) in best)
    loss = 0.0
    for owner, (strength, vector) in best:
        p = exp(strength - top) / total
        wanted = 1 / len(right) if owner in right else 0.0
        if wanted:
            loss -= wanted * (strength - top - log(total))
        if abs(p - wanted) > 1e-4:
            scale = (p - wanted) * share
            for i, x in enumerate(vector):
                if x:
                    gradient[i] += scale * x
    return loss if right else top + log(total)


def _write(fitted: Sequence[float]) -> None:
    path = Path(weights.__file__)
    text = path.read_text(encoding="utf-8")
    numbers = "".join(
        f"    {value:.2f},  # {name}\n" for name, value in zip(weights.NAMES, fitted, strict=True)
    )
    path.write_text(
        re.sub(r"WEIGHTS = \(.*\Z", f"WEIGHTS = (\n{numbers})\n", text, flags=re.S), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
