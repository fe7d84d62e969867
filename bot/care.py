"""Looks after the channels: proof by receipts, new safety numbers, another way when one stands still."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import structlog

from bot.channels.channel import Channel
from bot.channels.signal.channel import SignalChannel
from bot.channels.signal.receipts import Receipt, settles
from bot.channels.telegram.poll import POLL_SECONDS
from bot.dialogue.unprompted import Unprompted
from bot.errors import ChannelUnavailable
from bot.model.message import M, Message, Moment
from bot.model.outgoing import CHANGE
from db.database import Database, Transaction
from db.stores import Stores
from db.stores.doubtful import DoubtfulStore
from db.stores.failover import FailoverStore

LONG = 10 * 60_000
"""How long a channel must be out of order before messages take another way, in ms."""
LOOK_EVERY = 15_000
RECEIPT_RESTS = 3_000
"""In ms: by then whatever the receipt may be for has been marked as sent, if it was."""
MOST_RECEIPTS = 2_000
SILENT_POLLS = 2 * POLL_SECONDS
NAMES = {"signal": "Signal", "telegram": "Telegram"}

log = structlog.get_logger(__name__)


def can_send(channel: Channel) -> bool:
    """Whether a channel can send, from what is known without asking it."""
    if isinstance(channel, SignalChannel):
        return channel.state.up and any(not one.limited_until for one in channel.state.accounts)
    last_poll: float = getattr(channel, "last_poll", 0.0)  # stays 0 where a webhook brings updates
    return not last_poll or time.monotonic() - last_poll < SILENT_POLLS


class Care:
    """Called with every tick.

    Args:
        clock: Tells UTC epoch ms.
        works: Whether a channel can send now.
    """

    def __init__(
        self,
        database: Database,
        channels: Sequence[Channel],
        *,
        clock: Callable[[], int],
        works: Callable[[Channel], bool] = can_send,
    ) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock
        self._works = works
        self._down_since: dict[str, int] = {}
        self._told: set[tuple[str, int]] = set()
        self._look_at = 0
        self._receipts: deque[tuple[int, Receipt]] = deque(maxlen=MOST_RECEIPTS)
        for channel in channels:
            if isinstance(channel, SignalChannel):
                channel.on_receipt = self.hear

    def hear(self, receipt: Receipt) -> None:
        """Keep a receipt until it can be compared."""
        self._receipts.append((self._clock(), receipt))

    async def tick(self) -> None:
        """Do what is due."""
        now = self._clock()
        await self._trust_released()
        while self._receipts and not 0 <= now - self._receipts[0][0] < RECEIPT_RESTS:
            receipt = self._receipts[0][1]
            await self._database.run(partial(_settle, receipt=receipt, now=now))
            self._receipts.popleft()
        if 0 <= self._look_at - now <= LOOK_EVERY:
            return
        self._look_at = now + LOOK_EVERY
        working = []
        for channel in self._channels:
            if self._works(channel):
                working.append(channel.name)
                self._down_since.pop(channel.name, None)
            else:
                self._down_since.setdefault(channel.name, now)
        for channel in self._channels:
            since = self._down_since.get(channel.name, now)
            if now - since >= LONG:
                await self._out_of_order(channel, since, working, now)

    async def _trust_released(self) -> None:
        """Accept the new safety number of people whom a coordinator has let go on."""
        for channel in self._channels:
            if isinstance(channel, SignalChannel):
                for address in channel.state.rekeyed:
                    if await self._database.run(partial(_is_free, address=address)):
                        with suppress(ChannelUnavailable):  # the next tick tries again
                            await channel.trust(address)

    async def _out_of_order(self, channel: Channel, since: int, working: Sequence[str], now: int) -> None:
        tell = (channel.name, since) not in self._told

        async def unit(tx: Transaction) -> int:
            failover = FailoverStore(tx)
            if tell:
                await _tell(tx, channel, since, working, now)
            return sum([await failover.move(channel.name, other, now) for other in working])

        moved = await self._database.run(unit)
        self._told.add((channel.name, since))
        if moved or tell:
            log.warning("channel.out_of_order", channel=channel.name, since=since, moved=moved)


async def _is_free(tx: Transaction, *, address: str) -> bool:
    return await Stores(tx).people.is_free(address)


async def _settle(tx: Transaction, *, receipt: Receipt, now: int) -> None:
    """Mark the doubtful message that the receipt is for as sent."""
    store = DoubtfulStore(tx)
    doubtful = await store.of(receipt.address)
    if not doubtful:
        return
    unknown = [stamp for stamp in receipt.timestamps if not await store.is_known(receipt.address, str(stamp))]
    for row in doubtful:
        rest = Receipt(receipt.address, tuple(unknown), receipt.read)
        if stamp := settles(rest, receipt.address, row.began, row.ended):
            await store.arrived(row.number, str(stamp), now)
            unknown.remove(stamp)


async def _tell(tx: Transaction, channel: Channel, since: int, working: Sequence[str], now: int) -> None:
    """Tell coordinators on the channels that work, once."""
    failover, told = FailoverStore(tx), Unprompted(Stores(tx), now)
    everybody, reachable = await failover.reach(channel.name, working)
    parts: list[Message] = [
        M(
            "<b>{messenger} has stood still</b> since {time}.",
            messenger=NAMES.get(channel.name, channel.name),
            time=Moment(since, "time"),
        ),
        M(
            "Of {all} people there, {reachable} can be reached elsewhere: urgent messages and reminders "
            "go there meanwhile. Everything else waits.",
            all=str(everybody),
            reachable=str(reachable),
        ),
    ]
    waiting = await failover.backlog(channel.name, now)
    if isinstance(channel, SignalChannel) and channel.state.up and waiting:
        end = now + round(channel.seconds_for(waiting) * 1000)
        parts.append(
            M("Messages waiting: {n}. The last one leaves about {end}.", n=str(waiting), end=Moment(end))
        )
    for other in working:
        for person, address in await failover.coordinators(other):
            await told.tell(
                person,
                parts,
                klass="notice",
                priority=CHANGE,
                address=address,
                dedupe=f"still:{channel.name}:{since}:{person}",
            )
