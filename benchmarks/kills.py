"""kill -9 at random moments of broadcasts to 1,000: ``python -m benchmarks.kills [--kills N]``.

Five kills a broadcast, an SQLite file each. A process is killed within its first 0.5 s, that is while
it queues or sends. Prints who was missed, how many copies arrived, and copies with another number.
"""

import argparse
import asyncio
import random
import tempfile
from pathlib import Path

from tests.jobs.kills import IN_FLIGHT, killed

PEOPLE = 1000
A_BROADCAST = 5


async def main() -> None:
    """Kill and count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    kills, chance = parser.parse_args().kills, random.Random(11)
    missed = unknown = copies = renumbered = worst = 0
    for _ in range(kills // A_BROADCAST):
        with tempfile.TemporaryDirectory() as folder:
            outcome = await killed(Path(folder), PEOPLE, A_BROADCAST, chance)
        reached = {line.split()[0] for line in outcome.arrived}
        again = outcome.arrived.total() - len(reached)
        missed += PEOPLE - len(reached)
        unknown += outcome.counts.get("unknown", 0)
        renumbered += len(outcome.arrived) - len(reached)
        copies, worst = copies + again, max(worst, again)
    print(f"{kills} kills: {missed} people missed, {unknown} outcomes unknown and on the coordinators' list")
    print(
        f"{copies} copies, {worst} at most in one broadcast (in flight: {A_BROADCAST} x {IN_FLIGHT}),"
        f" {renumbered} with another number"
    )


if __name__ == "__main__":
    asyncio.run(main())
