"""From names met to municipalities with probabilities, and to what the bot should do.

Every candidate gets a strength, the sum of its evidence times ``WEIGHTS``; "none of them" has strength 0.
Probabilities are the shares of the exponentials (a multinomial logit).
"""

from collections.abc import Sequence
from math import exp, log1p
from operator import mul
from typing import Literal

from bot.model.municipality import Municipality
from bot.places.evidence import evidence
from bot.places.index import NameIndex
from bot.places.names import Source
from bot.places.reading import Reading
from bot.places.search import Hit, hits
from bot.places.store import Entry
from bot.places.weights import WEIGHTS

MATCH = 0.6  # probability of the first from which it is proposed alone
KNOWN = 0.5  # probability that any of them is meant, below which the bot asks again
FAR = 8.0  # strength below the best at which a candidate no longer counts

Ranked = list[tuple[float, int, str]]  # probability, owner, via


def rank(
    reading: Reading,
    index: NameIndex,
    entries: Sequence[Entry],
    country: str | None,
    *,
    fuzzy: bool = True,
) -> tuple[Ranked, float]:
    """Candidates best first, and the probability that any of them is meant."""
    best: dict[int, tuple[float, Hit]] = {}
    for hit in hits(reading, index, fuzzy=fuzzy):
        owner = index.owners[hit.name]
        municipality = entries[owner][0]
        if country and municipality.country != country:
            continue
        strength = sum(map(mul, WEIGHTS, evidence(reading, hit, index, municipality)))
        if owner not in best or strength > best[owner][0]:
            best[owner] = strength, hit
    top = max((strength for strength, _ in best.values()), default=0.0)
    kept = {owner: pair for owner, pair in best.items() if pair[0] > top - FAR}
    none = exp(-max(top, 0))
    total = none + sum(exp(strength - max(top, 0)) for strength, _ in kept.values())
    ranked = [(exp(s - max(top, 0)) / total, owner, _via(index, hit)) for owner, (s, hit) in kept.items()]
    ranked.sort(key=lambda item: (-round(item[0], 2), -_size(entries[item[1]][0]), item[1]))
    return ranked, 1 - none / total


def decide(probabilities: Sequence[float], known: float) -> Literal["match", "ambiguous", "none"]:
    """Confirm the first, let choose, or ask again."""
    if not probabilities or known < KNOWN:
        return "none"
    return "match" if probabilities[0] >= MATCH else "ambiguous"


def _size(municipality: Municipality) -> float:
    return log1p(municipality.population or municipality.seat_population or 0)


def _via(index: NameIndex, hit: Hit) -> str:
    return index.texts[hit.name] if index.sources[hit.name] in (Source.FORMER, Source.VILLAGE) else ""
