"""How long understanding and ranking take, and how that grows."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from random import Random
from time import perf_counter
from typing import NamedTuple, TypeVar

from bot.matching.index import ListingIndex
from bot.model.listing import Side, Subject

T = TypeVar("T")
NOW = 1_800_000_000_000
DAY_MS = 86_400_000


class Times(NamedTuple):
    """Quantiles in milliseconds."""

    p50: float
    p95: float
    p99: float


def timed(work: Callable[[T], object], inputs: Iterable[T]) -> Times:
    """How long ``work`` takes for one input."""
    taken = []
    for item in inputs:
        start = perf_counter()
        work(item)
        taken.append((perf_counter() - start) * 1000)
    taken.sort()
    return Times(*(taken[min(len(taken) - 1, int(len(taken) * part))] for part in (0.50, 0.95, 0.99)))


def listings(seeds: Sequence[Subject], number: int, chance: Random) -> list[Subject]:
    """Invented listings: one to three understood ones put together, at places all over both countries."""
    return [_listing(seeds, f"l{place}", chance, ("need", "offer")) for place in range(number)]


def _listing(seeds: Sequence[Subject], name: str, chance: Random, sides: Sequence[Side]) -> Subject:
    parts = chance.sample(seeds, chance.choice((1, 1, 1, 2, 2, 3)))
    country = chance.choice(("UA", "PL"))
    return replace(
        parts[0],
        id=name,
        side=chance.choice(sides),
        text=" ".join(part.text for part in parts),
        subtopics=tuple(dict.fromkeys(slug for part in parts for slug in part.subtopics)),
        concepts=tuple(dict.fromkeys(slug for part in parts for slug in part.concepts)),
        country=country,
        population=chance.randint(2_000, 200_000),
        lat=chance.uniform(48, 53),
        lon=chance.uniform(15, 35),
        published_at=NOW - chance.randint(0, 90) * DAY_MS,
        municipality=f"{country}-{chance.randrange(3_000)}",
        partners=chance.choice((None, 0, 1, 5)),
    )


def growth(seeds: Sequence[Subject], sizes: Sequence[int]) -> dict[int, tuple[Times, float]]:
    """Search times, and seconds to build the index, by number of listings."""
    chance = Random(1)
    measured = {}
    for size in sizes:
        stored = listings(seeds, size, chance)
        start = perf_counter()
        index = ListingIndex()
        for listing in stored:
            index.add(listing)
        built = perf_counter() - start
        needs = [_listing(seeds, f"q{place}", chance, ("need",)) for place in range(300)]
        measured[size] = (timed(lambda need, index=index: index.search(need, now=NOW), needs), built)  # type: ignore[misc] # mypy cannot type the bound default
    return measured


_FRESH = """
import time
from pathlib import Path
from bot.model.understanding import Understanding
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
before, start = resident(), time.perf_counter()
from bot.matching.understand import understand
understand("Потрібен генератор, mamy pompy")
print(time.perf_counter() - start, resident() - before)
"""


def start_up() -> tuple[float, float]:
    """Seconds and MB that a fresh process spends until the first message is understood."""
    answer = subprocess.run([sys.executable, "-c", _FRESH], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    seconds, megabytes = answer.stdout.split()
    return float(seconds), float(megabytes)
