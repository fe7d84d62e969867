"""Regular work: one job a file. What is due stands in rows; the clock only ticks."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.dialogue.services import Services
from db.database import Database, Transaction

Run = Callable[[Transaction, Services, int], Awaitable[bool]]


MOST_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Job:
    """Something to look after again and again.

    Attributes:
        every: Milliseconds between two looks.
        run: Does what is due at the given time in one unit of work; True when there is more to do at once.
    """

    name: str
    every: int
    run: Run


class Jobs:
    """All jobs; ``run_due`` is called by the ticking clock, and by tests with a clock of their own."""

    def __init__(self, database: Database, services: Services, jobs: Sequence[Job]) -> None:
        self._database = database
        self._services = services
        self._jobs = jobs
        self._next = dict.fromkeys((job.name for job in jobs), 0)

    async def run_due(self, now: int) -> None:
        """Run each job whose time has come, in their order; a failed one does not stop the others."""
        failed: list[Exception] = []
        for job in self._jobs:
            waits = self._next[job.name] - job.every <= now < self._next[job.name]
            if waits:  # otherwise it is due, or the clock was set back
                continue
            self._next[job.name] = now + job.every
            try:
                await self._finish(job, now)
            except Exception as error:
                failed.append(error)
        if failed:
            raise ExceptionGroup("jobs failed", failed)

    async def _finish(self, job: Job, now: int) -> None:
        """Run a job until it says that nothing more is due; a defect must not keep the others waiting."""
        for _ in range(MOST_ROUNDS):
            if not await self._database.run(lambda tx: job.run(tx, self._services, now)):
                return
        raise RuntimeError(f"the job {job.name} does not come to an end")
