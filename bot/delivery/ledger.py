"""The database side of delivery: one unit of work marks what landed, tidies up and claims."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.delivery.retry import decide
from bot.errors import OutcomeUnknown, RecipientGone
from db.database import Database, Transaction
from db.stores.channels import ChannelStore
from db.stores.sending import Sending, SendingStore, Verdict

LEASE = 90_000
"""How long a claim holds, in ms: reading and writing time-outs and a margin."""
TURN = 15_000
"""How long this process remains the channel's sender without renewing it, in ms."""

Landed = tuple[Sending, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What one round shall do.

    Attributes:
        landed: Rows to mark.
        batch, bulk: Most rows to claim, and most broadcasts among them.
        tidy: Also end, raise and recover rows; wanted once a second.
        promised: Silence that the messenger asked for, to be stored.
        was: The time as it was before the clock was set back; 0 if it was not.
        now: The time. All in UTC epoch ms.
    """

    landed: Sequence[Landed]
    batch: int
    bulk: int
    tidy: bool
    promised: int
    was: int
    now: int


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did: rows to send now, rows that ended badly, and how long to be silent.

    ``lifted`` means that whatever silence was kept is over.
    """

    claimed: Sequence[Sending]
    ended_badly: Sequence[Landed]
    blocked_until: int
    lifted: bool


class Ledger:
    """The outbox of one channel, as the worker called ``boot`` keeps it."""

    def __init__(self, database: Database, channel: str, boot: str, *, alone: bool) -> None:
        self._database = database
        self._channel = channel
        self._boot = boot
        self._alone = alone

    async def round(self, wanted: Wanted) -> Round:
        """Do everything in one transaction."""

        async def unit(tx: Transaction) -> Round:
            rows, channels, now = SendingStore(tx, self._channel), ChannelStore(tx), wanted.now
            lifted = wanted.tidy and await channels.take_lift(self._channel)
            if wanted.promised > now and not lifted:
                await channels.block(self._channel, wanted.promised)
            ended = [*wanted.landed, *(await self._tidy(rows, wanted) if wanted.tidy else ())]
            await self._mark(rows, ended, now)
            blocked = await self._blocked_until(channels, wanted)
            claimed: list[Sending] = []
            if wanted.batch and blocked <= now:
                lease = now + LEASE
                claimed = await rows.claim(
                    wanted.batch, wanted.bulk, now=now, boot=self._boot, lease_until=lease
                )
            badly = [(row, verdict) for row, verdict in ended if verdict.state in ("failed", "unknown")]
            return Round(claimed, badly, blocked, lifted)

        return await self._database.run(unit)

    async def leave(self) -> None:
        """Let another process send for the channel at once."""
        if not self._alone:
            await self._database.run(lambda tx: ChannelStore(tx).leave(self._channel, self._boot))

    async def _mark(self, rows: SendingStore, landed: Sequence[Landed], now: int) -> None:
        if landed:
            await rows.mark(landed, now)
        for row, verdict in landed:
            if verdict.error == RecipientGone.__name__:
                await rows.fail_address(row.address, verdict.error, now)

    async def _tidy(self, rows: SendingStore, wanted: Wanted) -> list[Landed]:
        """End and raise what has waited; judge rows whose process died while it sent them."""
        if wanted.was:
            await rows.set_back(wanted.was, wanted.now)
        await rows.expire(wanted.now)
        await rows.age(wanted.now)
        found = []
        for row in await rows.stale(self._boot, wanted.now, alone=self._alone):
            verdict = decide(OutcomeUnknown(), row.klass, row.failures, row.claimed_at)
            found.append((row, replace(verdict, not_before=max(wanted.now, verdict.not_before))))
        return found

    async def _blocked_until(self, channels: ChannelStore, wanted: Wanted) -> int:
        """Until when nothing may leave: what is stored, or a moment while another process sends."""
        if self._alone:
            return (await channels.load(self._channel)).blocked_until if wanted.tidy else 0
        if not wanted.batch:
            return 0
        until = wanted.now + TURN
        state = await channels.take(self._channel, self._boot, now=wanted.now, until=until)
        return state.blocked_until if state else wanted.now + 1
