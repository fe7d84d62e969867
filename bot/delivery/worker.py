"""The delivery worker: one a channel, it claims what is due, sends it and marks what became of it.

Marking and claiming share one unit of work, so a busy channel costs one commit for a group of
messages, and the network is never inside a transaction.
"""

import asyncio
import math
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol
from uuid import uuid4

import structlog

from bot.delivery.pace import Pace
from bot.delivery.post import Messenger, Post, Recipe
from bot.delivery.retry import decide, outage_pause
from bot.errors import ChannelUnavailable, ConfigurationError, OutcomeUnknown, RecipientGone, Throttled
from bot.model.outgoing import BROADCAST, Secrecy
from db.database import Database, Transaction
from db.stores.channels import ChannelStore
from db.stores.sending import Sending, SendingStore, Verdict

TICK = 1.0
"""Seconds between looks at the outbox when nobody calls ``wake``."""
LEASE = 90_000
"""How long a claim holds, in ms: reading and writing time-outs and a margin."""
TURN = 15_000
"""How long this process remains the channel's sender without renewing it, in ms."""
UNKNOWNS_TO_PAUSE = 3
"""Unknown outcomes in a row after which the channel rests: the messenger is in trouble."""
LINGER = 0.002
"""Seconds that a landed message waits for others to be marked with it."""


class Aftermath(Protocol):
    """Told of every row that ended as ``failed`` or ``unknown``, in a unit of its own."""

    async def __call__(self, tx: Transaction, *, row: Sending, verdict: Verdict) -> None: ...


Landed = tuple[Sending, Verdict]

log = structlog.get_logger(__name__)


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
        carries: Collection[Secrecy] = ("public", "internal", "personal", "restricted"),
        aftermath: Aftermath | None = None,
        now: Callable[[], int] = epoch_ms,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.channel = messenger.name
        self.beat = monotonic()
        """When the last step ended well, by the monotonic clock; a watchdog reads it."""
        self._database = database
        self._in_flight = messenger.in_flight
        self._boot = boot or uuid4().hex
        self._alone = alone
        self._pace = pace or Pace(messenger.rate)
        self._post = Post(database, messenger, recipes or {})
        self._carries = carries
        self._aftermath = aftermath
        self._now = now
        self._monotonic = monotonic
        self._flying: set[asyncio.Task[None]] = set()
        self._landed: list[Landed] = []
        self._awake = asyncio.Event()
        self._woken = True
        self._stopping = False
        self._first = True
        self._look_at = self._tidy_at = -math.inf
        self._blocked_until = self._promised_until = 0
        self._troubles = 0

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
            if not self._alone:
                await self._database.run(lambda tx: ChannelStore(tx).leave(self.channel, self._boot))
        finally:
            for task in self._flying:
                task.cancel()

    async def settle(self) -> None:
        """Wait until everything on its way has landed."""
        if self._flying:
            await asyncio.wait(self._flying)

    async def step(self) -> None:
        """Mark what landed, claim what is due and may leave, and begin to send it."""
        landed, self._landed = self._landed, []
        start = self._monotonic()
        batch, bulk = self._room(start) if self._woken or start >= self._look_at else (0, 0)
        tidy = start >= self._tidy_at
        if batch:
            self._woken = False  # whoever queues from here on wakes it again
        if not (landed or batch or tidy):
            return
        unit = partial(self._unit, landed=landed, batch=batch, bulk=bulk, tidy=tidy)
        try:
            claimed, ended = await self._database.run(unit)
        except Exception as error:  # a locked or full database must not stop delivery for good
            log.error("delivery.database", channel=self.channel, error=type(error).__name__)
            self._landed[:0] = landed
            await asyncio.sleep(TICK)
            return
        self.beat = self._monotonic()
        if tidy:
            self._first, self._tidy_at = False, start + TICK
        if batch:
            self._look_at = self._send_off(claimed, batch, bulk)
        await self._tell(ended)

    async def _unit(
        self, tx: Transaction, *, landed: Sequence[Landed], batch: int, bulk: int, tidy: bool
    ) -> tuple[list[Sending], list[Landed]]:
        """One transaction: mark, tidy up, claim. What was claimed, and what ended badly."""
        now, rows, channels = self._now(), SendingStore(tx, self.channel), ChannelStore(tx)
        ended = list(landed)
        if self._promised_until > now:
            await channels.block(self.channel, self._promised_until)
        if tidy:
            ended += await self._tidy(rows, channels, now)
        if ended:
            await rows.mark(ended, now)
        for row, verdict in ended:
            if verdict.error == RecipientGone.__name__:
                await rows.fail_address(row.address, verdict.error, now)
        claimed = []
        if batch and await self._may_send(channels, now):
            claimed = await rows.claim(batch, bulk, now=now, boot=self._boot, lease_until=now + LEASE)
        return claimed, [(row, verdict) for row, verdict in ended if verdict.state in ("failed", "unknown")]

    async def _tidy(self, rows: SendingStore, channels: ChannelStore, now: int) -> list[Landed]:
        """End and raise what has waited; judge rows whose process died while it sent them."""
        await rows.expire(now)
        await rows.age(now)
        if self._first:
            state = await channels.load(self.channel)
            self._blocked_until = max(self._blocked_until, state.blocked_until)
        if self._alone and not self._first:
            return []
        found = []
        for row in await rows.stale(self._boot, now, alone=self._alone):
            verdict = decide(OutcomeUnknown(), row.klass, row.failures, row.claimed_at)
            found.append((row, replace(verdict, not_before=max(now, verdict.not_before))))
        return found

    async def _may_send(self, channels: ChannelStore, now: int) -> bool:
        if not self._alone:
            state = await channels.take(self.channel, self._boot, now=now, until=now + TURN)
            return state is not None and state.blocked_until <= now
        return self._blocked_until <= now

    def _room(self, at: float) -> tuple[int, int]:
        """How many messages may leave now, and how many of these may be broadcasts."""
        if self._stopping or self._now() < self._blocked_until:
            return 0, 0
        slots = self._in_flight - len(self._flying)
        free, bulk = self._pace.free(at)
        return max(0, min(slots, free)), max(0, min(slots, bulk))

    def _send_off(self, claimed: Sequence[Sending], batch: int, bulk: int) -> float:
        """Begin to send the claimed rows; when to look for more."""
        at, bulks, look_at = self._monotonic(), 0, math.inf
        for row in claimed:
            if row.secrecy not in self._carries:
                self._land(row, Verdict("failed", "secrecy"))
            elif wait := self._pace.enter_chat(row.address, at):
                self._land(row, Verdict("queued", not_before=self._now() + math.ceil(wait * 1000)))
                look_at = min(look_at, at + wait)
            else:
                bulks += row.priority >= BROADCAST
                self._pace.take(at, bulk=row.priority >= BROADCAST)
                task = asyncio.create_task(self._deliver(row))
                self._flying.add(task)
                task.add_done_callback(self._flying.discard)
        if len(claimed) == batch or bulks >= bulk:
            bulk_only = len(claimed) < batch
            return at + self._pace.wait_for_step(at, self._in_flight, bulk=bulk_only)
        return min(look_at, at + TICK)

    async def _deliver(self, row: Sending) -> None:
        verdict, error = await self._post.deliver(row, self._now)
        self._heed(row, error)
        self._land(row, verdict)

    def _land(self, row: Sending, verdict: Verdict) -> None:
        self._landed.append((row, verdict))
        if len(self._flying) >= self._in_flight or self._stopping:
            self._awake.set()  # a slot is wanted
        elif len(self._landed) == 1:
            asyncio.get_running_loop().call_later(LINGER, self._awake.set)

    def _heed(self, row: Sending, error: Exception | None) -> None:
        """What an outcome means for the messages after it."""
        now, at = self._now(), self._monotonic()
        if error and not isinstance(error, Throttled):
            log.warning("delivery.failed", id=row.id, channel=self.channel, error=type(error).__name__)
        match error:
            case Throttled(retry_after=pause, whole_channel=True):
                self._pace.throttled(at)
                self._promised_until = now + math.ceil(pause.total_seconds() * 1000)
                self._blocked_until = max(self._blocked_until, self._promised_until)
                log.warning("delivery.throttled", channel=self.channel, seconds=pause.total_seconds())
            case Throttled(retry_after=pause):
                self._pace.rest_chat(row.address, at, pause.total_seconds())
            case ChannelUnavailable() | ConfigurationError() | OutcomeUnknown():
                if now < self._blocked_until:
                    return  # one of a group that failed together
                self._troubles += 1
                free = UNKNOWNS_TO_PAUSE - 1 if isinstance(error, OutcomeUnknown) else 0
                if self._troubles > free:
                    self._blocked_until = now + outage_pause(self._troubles - free)
            case _:
                self._troubles = 0

    async def _tell(self, ended: Sequence[Landed]) -> None:
        if not self._aftermath:
            return
        for row, verdict in ended:
            try:
                await self._database.run(partial(self._aftermath, row=row, verdict=verdict))
            except Exception as error:  # the rows are marked and stay on the coordinators' list
                log.error("delivery.aftermath", id=row.id, error=type(error).__name__)

    async def _pause(self) -> None:
        """Until something landed or was queued, or more may leave."""
        at, until = self._monotonic(), self._tidy_at
        if len(self._flying) < self._in_flight:
            look_at = (
                at + self._pace.wait(at) if self._woken else max(self._look_at, at + self._pace.wait(at))
            )
            until = min(until, max(look_at, at + (self._blocked_until - self._now()) / 1000))
        try:
            async with asyncio.timeout(max(0.0, until - at)):
                await self._awake.wait()
        except TimeoutError:
            pass
        self._awake.clear()
