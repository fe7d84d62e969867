"""kill -9 while a broadcast is queued and sent, and a stop in its midst."""

import random
from pathlib import Path

from tests.jobs.kills import IN_FLIGHT, killed

PEOPLE = 1000
KILLS = 4


async def test_kill_9_in_a_broadcast(tmp_path: Path) -> None:
    """Nobody is missed; at most what was in flight comes twice, with the number it had."""
    chance = random.Random(5)  # noqa: S311 - repeatable moments
    outcome = await killed(tmp_path, PEOPLE, KILLS, chance)
    reached = {line.split()[0] for line in outcome.arrived}
    assert sum(outcome.counts.values()) == PEOPLE
    assert len(reached) + outcome.counts.get("unknown", 0) >= PEOPLE, "who was missed is told of as unknown"
    assert outcome.counts.get("sent", 0) + outcome.counts.get("unknown", 0) == PEOPLE
    assert len(outcome.arrived) == len(reached), "a copy bears the number of its first"
    assert outcome.arrived.total() - len(reached) <= KILLS * IN_FLIGHT
