"""A broadcast whose process is killed again and again; run as a module it is that process."""

import asyncio
import os
import random
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from bot.delivery.pace import Pace
from bot.delivery.worker import Worker, epoch_ms
from bot.dialogue.services import Services
from bot.jobs import fanout
from bot.matching.index import ListingIndex
from bot.model.message import Drawn
from bot.places.gazetteer import Gazetteer
from db.connect import connect
from db.database import Transaction
from db.migrate import migrate
from db.stores import Stores
from tests.jobs.crowd import NOON, announce, crowd, meeting

IN_FLIGHT = 8
LONGEST = 0.5
"""Seconds within which a process is killed: while it queues, or while it sends."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What arrived, as ``address number`` with how often; and what became of the recipients."""

    arrived: Counter[str]
    counts: dict[str, int]


async def killed(folder: Path, people: int, kills: int, chance: random.Random) -> Outcome:
    """Send an invitation to so many people by processes that die at moments left to chance."""
    url = f"sqlite:///{folder}/bot.db"
    database = await connect(url)
    try:
        await migrate(database)
        await database.run(lambda tx: crowd(tx, people))
        broadcast = await database.run(lambda tx: announce(tx, meeting(), NOON))
    finally:
        await database.close()
    arrived: Counter[str] = Counter()
    for life in range(kills):
        arrived.update(await asyncio.to_thread(_live, url, life, chance.uniform(0.0, LONGEST)))
    arrived.update(await asyncio.to_thread(_live, url, kills, 0.0))
    database = await connect(url)
    try:
        counts = await database.run(lambda tx: Stores(tx).recipients.counts(broadcast))
    finally:
        await database.close()
    return Outcome(arrived, counts)


def _live(url: str, life: int, kill_after: float) -> list[str]:
    """What one process sends until it is killed so many seconds after it began; 0 lets it finish."""
    command = [sys.executable, "-m", "tests.jobs.kills", url, str(life)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 - our own module
        assert child.stdout is not None
        while child.stdout.readline() != "ready\n":  # what it has to say about its database
            pass
        timer = Timer(kill_after, child.kill) if kill_after else None
        if timer:
            timer.start()
        sent = [line for line in child.stdout.read().splitlines() if line.startswith("web:")]
        if timer:
            timer.cancel()
        return sent


class _Wire:
    """Writes what it is given to the standard output, each line at once."""

    name, in_flight, rate = "web", IN_FLIGHT, 1e6

    async def send(self, address: str, drawn: Drawn) -> str:
        number = re.findall(r"\d{6}", drawn.text)[-1]
        os.write(1, f"{address} {number}\n".encode())
        await asyncio.sleep(0)
        return address

    async def edit(self, address: str, message_id: str, drawn: Drawn) -> None:
        raise AssertionError("nothing is edited here")


async def _process(url: str, life: int) -> None:
    """Queue and send what is left, each life a minute after the one before."""
    database = await connect(url, exclusive=True)
    begun, services = epoch_ms(), Services(Gazetteer([]), ListingIndex())

    def now() -> int:
        return NOON + 60_000 * life + epoch_ms() - begun

    async def left(tx: Transaction) -> bool:
        row = await tx.one(
            "SELECT 1 FROM outbox WHERE finished_at = 0 UNION ALL"
            " SELECT 1 FROM broadcast WHERE state IN ('held', 'queueing') LIMIT 1"
        )
        return row is not None

    worker = Worker(database, _Wire(), pace=Pace(1e6, chat_rate=1e6), now=now)
    os.write(1, b"ready\n")
    running = asyncio.create_task(worker.run())
    while await database.run(lambda tx: fanout.run(tx, services, now())):
        worker.wake()
    while await database.run(left):  # noqa: ASYNC110 - no event tells it
        await asyncio.sleep(0.01)
    worker.stop()
    await running
    await database.close()


if __name__ == "__main__":
    asyncio.run(asyncio.wait_for(_process(sys.argv[1], int(sys.argv[2])), 60))
