"""The delivery worker: one a channel, it claims what is due, sends it and marks what became of it.

Marking and claiming share one unit of work, so a busy channel costs one commit for a group of
messages, and the network is never inside a transaction.
"""

import asyncio
import math
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Protocol
from uuid import uuid4

import structlog

from bot.delivery.ledger import Landed, Ledger, Wanted
from bot.delivery.pace import Pace
from bot.delivery.post import Messenger, Post, Recipe, Translate
from bot.delivery.rest import Rest
from bot.errors import Throttled
from bot.model.outgoing import BROADCAST, Secrecy
from db.database import Database, Transaction
from db.stores.sending import Sending, Verdict

TICK = 1.0
"""Seconds between looks at the outbox when nobody calls ``wake``."""
LINGER = 0.001
LONGEST_LINGER = 0.01
"""Seconds that a landed message waits for others to be marked with it: one of LINGER for each on its way."""
CLOCK_JUMP = 60.0
"""Seconds by which the time of day must fall behind before rows that were due are put right."""
EVERYTHING: tuple[Secrecy, ...] = ("public", "internal", "personal", "restricted")

log = structlog.get_logger(__name__)


class Aftermath(Protocol):
    """Told of every row that ended as ``failed`` or ``unknown``, in a unit of its own."""

    async def __call__(self, tx: Transaction, *, row: Sending, verdict: Verdict) -> None: ...


def epoch_ms() -> int:
    """The time of day in UTC epoch milliseconds."""
    return time.time_ns() // 1_000_000


class Worker:
    """Delivers the outbox of one channel.

    Args:
        boot: Names this start of the process; rows claimed by another one are ambiguous.
        alone: No other process delivers from this database, which is so with SQLite.
        carries: What the channel may carry; anything else fails instead of leaving.
        aftermath: Marks addresses that are gone and tells a coordinator of unknown outcomes.
        on_lift: Called when an operator has ended the silence that the messenger asked for.
        now, monotonic: Clocks, in UTC epoch ms and in seconds.
    """

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        *,
        boot: str = "",
        alone: bool = True,
        pace: Pace | None = None,
        recipes: Mapping[str, Recipe] | None = None,
        translate: Translate | None = None,
        carries: Collection[Secrecy] = EVERYTHING,
        aftermath: Aftermath | None = None,
        on_lift: Callable[[], None] = lambda: None,
        now: Callable[[], int] = epoch_ms,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.channel = messenger.name
        self.beat = monotonic()
        """When the last round ended well, by the monotonic clock; a watchdog reads it."""
        self._database = database
        self._in_flight = messenger.in_flight
        self._ledger = Ledger(database, messenger.name, boot or uuid4().hex, alone=alone)
        self._post = Post(database, messenger, recipes or {}, translate)
        self._pace = pace or Pace(messenger.rate)
        self._rest = Rest()
        self._carries = carries
        self._aftermath = aftermath
        self._on_lift = on_lift
        self._now = now
        self._monotonic = monotonic
        self._flying: set[asyncio.Task[None]] = set()
        self._landed: list[Landed] = []
        self._awake = asyncio.Event()
        self._woken = True
        self._stopping = False
        self._look_at = self._tidy_at = -math.inf
        self._offset = self._now() / 1000 - self._monotonic()

    def wake(self) -> None:
        """Something was queued: look at once."""
        self._woken = True
        self._awake.set()

    def stop(self) -> None:
        """Claim nothing more; ``run`` returns when what is on its way has landed and is marked."""
        self._stopping = True
        self._awake.set()

    async def run(self) -> None:
        """Deliver until ``stop``."""
        try:
            while not self._stopping:
                await self.step()
                await self._pause()
            while self._flying or self._landed:
                await self.settle()
                await self.step()
            await self._ledger.leave()
        finally:
            for task in self._flying:
                task.cancel()

    async def settle(self) -> None:
        """Wait until everything on its way has landed."""
        if self._flying:
            await asyncio.wait(self._flying)

    async def step(self) -> None:
        """Mark what landed, claim what is due and may leave, and begin to send it."""
        at, landed = self._monotonic(), self._landed
        # whoever has just got a message may have the next one waiting
        look = bool(landed) or self._woken or at >= self._look_at
        batch, bulk = self._room(at) if look else (0, 0)
        tidy = at >= self._tidy_at
        if not (landed or batch or tidy):
            return
        self._landed = []
        if batch:
            self._woken = False  # whoever queues from here on wakes it again
        wanted = self._wanted(landed, batch, bulk, at, tidy=tidy)
        try:
            done = await self._ledger.round(wanted)
        except Exception as error:  # a locked or full database must not stop delivery for good
            log.error("delivery.database", channel=self.channel, error=type(error).__name__)
            self._landed[:0] = landed
            self._woken = True
            await asyncio.sleep(TICK)
            return
        self.beat = self._monotonic()
        if tidy:
            self._tidy_at = at + TICK
        if done.lifted:
            self._rest = Rest()
            self._on_lift()
        if done.blocked_until > wanted.now:
            self._rest.until = max(self._rest.until, at + (done.blocked_until - wanted.now) / 1000)
        if batch:
            self._look_at = self._send_off(done.claimed, batch, bulk)
        await self._tell(done.ended_badly)

    def _room(self, at: float) -> tuple[int, int]:
        """How many messages may leave now, and how many of these may be broadcasts."""
        if self._stopping or at < self._rest.until:
            return 0, 0
        slots = self._in_flight - len(self._flying)
        free, bulk = self._pace.free(at)
        return max(0, min(slots, free)), max(0, min(slots, bulk))

    def _wanted(self, landed: Sequence[Landed], batch: int, bulk: int, at: float, *, tidy: bool) -> Wanted:
        now, was = self._now(), 0
        fell_behind = self._offset - (now / 1000 - at)
        if tidy:
            self._offset = now / 1000 - at
            was = now + int(fell_behind * 1000) if fell_behind > CLOCK_JUMP else 0
        silence = max(0.0, self._rest.promised - at)
        promised = now + math.ceil(silence * 1000) if silence else 0
        return Wanted(landed=landed, batch=batch, bulk=bulk, tidy=tidy, promised=promised, was=was, now=now)

    def _send_off(self, claimed: Sequence[Sending], batch: int, bulk: int) -> float:
        """Begin to send the claimed rows; when to look for more."""
        at, bulks, look_at = self._monotonic(), 0, math.inf
        for row in claimed:
            is_bulk = row.priority >= BROADCAST
            bulks += is_bulk
            if row.secrecy not in self._carries:
                self._land(row, Verdict("failed", "secrecy"))
            elif wait := self._pace.enter_chat(row.address, at):
                self._land(row, Verdict("queued", not_before=self._now() + math.ceil(wait * 1000)))
                look_at = min(look_at, at + wait)
            else:
                turn = self._pace.take(at, bulk=is_bulk)
                self._flying.add(task := asyncio.create_task(self._deliver(row, turn)))
                task.add_done_callback(self._flying.discard)
        if len(claimed) == batch or bulks >= bulk:
            bulk_only = len(claimed) < batch
            return at + self._pace.wait(at, self._in_flight, bulk=bulk_only)
        return min(look_at, at + TICK)

    async def _deliver(self, row: Sending, turn: float) -> None:
        if turn:
            await asyncio.sleep(turn)
        if self._stopping or self._monotonic() < self._rest.until:
            self._land(row, Verdict("queued", not_before=self._now()))
            return
        verdict, error = await self._post.deliver(row, self._now)
        at = self._monotonic()
        if isinstance(error, Throttled):
            log.warning("delivery.throttled", channel=self.channel, seconds=error.retry_after.total_seconds())
            if error.whole_channel:
                self._pace.throttled(at)
            else:
                self._pace.rest_chat(row.address, at, error.retry_after.total_seconds())
        elif error:
            log.warning("delivery.failed", id=row.id, channel=self.channel, error=type(error).__name__)
        self._rest.heed(error, at)
        self._land(row, verdict)
        if len(self._flying) >= self._in_flight or self._stopping:
            self._awake.set()  # its slot is wanted
        if task := asyncio.current_task():
            self._flying.discard(task)  # now, not after the round that this begins

    def _land(self, row: Sending, verdict: Verdict) -> None:
        self._landed.append((row, verdict))
        if len(self._landed) == 1:
            linger = min(LONGEST_LINGER, LINGER * len(self._flying))
            asyncio.get_running_loop().call_later(linger, self._awake.set)

    async def _tell(self, ended_badly: Sequence[Landed]) -> None:
        if not self._aftermath:
            return
        for row, verdict in ended_badly:
            try:
                await self._database.run(partial(self._aftermath, row=row, verdict=verdict))
            except Exception as error:  # the rows are marked and stay on the coordinators' list
                log.error("delivery.aftermath", id=row.id, error=type(error).__name__)

    async def _pause(self) -> None:
        """Until something landed or was queued, or more may leave."""
        at, until = self._monotonic(), self._tidy_at
        if len(self._flying) < self._in_flight:
            look_at = -math.inf if self._woken else self._look_at
            until = min(until, max(look_at, at + self._pace.wait(at), self._rest.until))
        try:
            async with asyncio.timeout(max(0.0, until - at)):
                await self._awake.wait()
        except TimeoutError:
            pass
        self._awake.clear()
