"""How long understanding and ranking take, and how that grows."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from resource import getpagesize
from time import perf_counter, thread_time
from typing import NamedTuple, TypeVar

from bot.matching.index import ListingIndex
from bot.matching.ranking import rank
from bot.model.listing import Side, Subject

T = TypeVar("T")
NOW = 1_800_000_000_000
DAY_MS = 86_400_000


class Times(NamedTuple):
    """Quantiles in milliseconds of processor time, which other programs on the machine leave alone."""

    p50: float
    p95: float
    p99: float


def timed(work: Callable[[T], object], inputs: Iterable[T]) -> Times:
    """How long ``work`` takes for one input."""
    taken = []
    for item in inputs:
        start = thread_time()
        work(item)
        taken.append((thread_time() - start) * 1000)
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


@dataclass(frozen=True, slots=True)
class Growth:
    """The index at one size.

    Attributes:
        search: Of one need.
        built: Seconds to add every listing.
        megabytes: That the index and its listings take.
        recall: Share of the five that a full ranking shows which the index finds too.
    """

    search: Times
    built: float
    megabytes: float
    recall: float


def growth(seeds: Sequence[Subject], size: int, compared: int = 6) -> Growth:
    """Fill an index and search it; the first ``compared`` needs are ranked in full as well."""
    chance = Random(1)
    before = resident()
    stored = sorted(listings(seeds, size, chance), key=lambda listing: listing.published_at)
    start = perf_counter()
    index = ListingIndex()
    for listing in stored:
        index.add(listing)
    built = perf_counter() - start
    megabytes = resident() - before
    needs = [_listing(seeds, f"q{place}", chance, ("need",)) for place in range(300)]
    search = timed(lambda need: index.search(need, now=NOW), needs)
    return Growth(search, built, megabytes, _recall(index, stored, needs[:compared]))


def _recall(index: ListingIndex, stored: Sequence[Subject], needs: Sequence[Subject]) -> float:
    found = full = 0
    for need in (
        replace(need, municipality="") for need in needs
    ):  # the index alone knows what they could return
        best = {match.id for match in rank(need, stored, now=NOW)}
        found += len(best & {match.id for match in index.search(need, now=NOW)})
        full += len(best)
    return found / full


def resident() -> float:
    """Memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * getpagesize() / 2**20


_FRESH = """
import time
from benchmarks.matching_speed import resident
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
