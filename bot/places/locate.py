"""From names met to municipalities with probabilities, and to what the bot should do.

Every candidate gets a strength, "none of them" has strength 0; probabilities are the shares of the
exponentials (a multinomial logit). The weights are in ``WEIGHTS`` and come from the tuning half of the
benchmark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log1p
from typing import Literal

from bot.model.municipality import Municipality
from bot.places.index import NameIndex
from bot.places.names import Source
from bot.places.reading import Reading
from bot.places.search import Hit, hits
from bot.places.store import Entry

MATCH = 0.6  # probability of the first from which it is proposed alone
KNOWN = 0.5  # probability that any of them is meant, below which the bot asks again


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence adds to the strength of a candidate."""

    base: float = 6.0
    source: tuple[float, ...] = (0.0, 0.0, -1.0, -1.0, -4.0, -2.0)
    unlike: float = -18.0  # times 1 - quality
    blurred: float = -4.0  # times 1 - sharp
    uncovered: float = -4.0  # times the share of free letters outside the name
    short: float = -2.5  # a name of three letters or fewer
    region: float = 5.0
    other_region: float = -6.0
    district: float = 4.0
    kind: float = 1.5
    other_kind: float = -3.0
    country: float = 1.0
    other_country: float = -3.0
    office: float = 1.5
    village: float = 2.5  # a word for village before a village
    person: float = -6.0


WEIGHTS = Weights()


def rank(
    reading: Reading, index: NameIndex, entries: Sequence[Entry], country: str | None
) -> tuple[list[tuple[float, int, str]], float]:
    """``(probability, owner, via)`` best first, and the probability that any of them is meant."""
    best: dict[int, tuple[float, Hit]] = {}
    for hit in hits(reading, index):
        owner = index.owners[hit.name]
        municipality = entries[owner][0]
        if country and municipality.country != country:
            continue
        strength = _strength(reading, hit, Source(index.sources[hit.name]), municipality)
        if owner not in best or strength > best[owner][0]:
            best[owner] = strength, hit
    top = max((strength for strength, _ in best.values()), default=0.0)
    kept = {owner: pair for owner, pair in best.items() if pair[0] > top - 8}
    total = exp(-max(top, 0)) + sum(exp(s - max(top, 0)) for s, _ in kept.values())
    ranked = [
        (exp(strength - max(top, 0)) / total, owner, _via(index, hit))
        for owner, (strength, hit) in kept.items()
    ]
    ranked.sort(key=lambda item: (-round(item[0], 3), -_size(entries[item[1]][0]), item[1]))
    return ranked, 1 - exp(-max(top, 0)) / total


def decide(probabilities: Sequence[float], known: float) -> Literal["match", "ambiguous", "none"]:
    """Confirm the first, let choose, or ask again."""
    if not probabilities or known < KNOWN:
        return "none"
    return "match" if probabilities[0] >= MATCH else "ambiguous"


def _size(municipality: Municipality) -> float:
    return log1p(municipality.population or municipality.seat_population or 0)


def _via(index: NameIndex, hit: Hit) -> str:
    return index.texts[hit.name] if index.sources[hit.name] in (Source.FORMER, Source.VILLAGE) else ""


def _strength(reading: Reading, hit: Hit, source: Source, municipality: Municipality) -> float:
    w = WEIGHTS
    letters = sum(len(reading.tokens[at].text) for at in reading.free)
    strength = w.base + w.source[source] + w.unlike * (1 - hit.quality)
    strength += w.blurred * (1 - hit.sharp) if hit.sharp >= 0 else 0
    strength += w.uncovered * (1 - hit.span.letters / letters)
    strength += w.short if hit.span.letters <= 3 else 0
    strength += _regions(reading, hit, municipality) + _hints(reading, source, municipality)
    return strength + (w.person if reading.person and not reading.hints else 0)


def _regions(reading: Reading, hit: Hit, municipality: Municipality) -> float:
    span = range(hit.span.first, hit.span.last + 1)
    regions = reading.regions | {iso for at, iso in reading.maybe_regions.items() if at not in span}
    strength = 0.0
    if regions:
        strength += WEIGHTS.region if municipality.region in regions else WEIGHTS.other_region
    return strength


def _hints(reading: Reading, source: Source, municipality: Municipality) -> float:
    w, hints = WEIGHTS, reading.hints
    strength = w.office if "office" in hints else 0.0
    if named := hints & {"UA", "PL"}:
        strength += w.country if municipality.country in named else w.other_country
    if source is Source.VILLAGE:
        return strength + (w.village if "village" in hints else 0)
    if kinds := hints & {"urban", "settlement", "rural", "mixed"}:
        if municipality.kind in kinds:
            strength += w.kind
        elif municipality.kind:
            strength += w.other_kind
    return strength
