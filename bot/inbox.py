"""One message in, one turn, one transaction.

What a channel receives is stored before it is acknowledged, then handled in the order of its sender:
people do not wait for each other, but nobody's messages overtake one another.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence

import structlog

from bot.channels.channel import Accept, Channel, Envelope
from bot.dialogue.engine import advance, resume
from bot.dialogue.services import Services
from bot.dialogue.state import Conversation
from bot.dialogue.turn import Turn
from bot.flood import MOST_LATE, PRESS, Flood, Hearing
from bot.i18n import HOME_ZONES, known_language
from bot.linking import join
from bot.model.incoming import Incoming
from bot.model.message import M, Message, Reply
from bot.model.outgoing import Outgoing
from bot.places.describe import describe
from db.database import Database, Transaction
from db.stores import Stores
from db.stores.inbox import InboxStore, Stored
from db.stores.prompts import Action

log = structlog.get_logger(__name__)

Lane = tuple[str, str]
SORRY = M(
    "Something went wrong on my side, so I put your message aside for a person to look at. Please go on."
)


SHORT_LIVED = 24 * 3600
VANISHING = M(
    "Messages in this chat now disappear within a day. Reminders and answers could be lost: "
    "please set the timer to a week or more, or switch it off."
)
SLOWLY = M("That is a lot at once. Please wait a minute; what you write until then I do not read.")


async def answer(tx: Transaction, services: Services, incoming: Incoming, now: int) -> Turn:
    """Let the sender's dialogue move on and queue what it says; either both happen or neither."""
    stores = Stores(tx)
    await tx.lock(incoming.address)
    language = known_language(incoming.language)
    person = await stores.people.of_address(
        incoming.address, language=language, zone=HOME_ZONES[language], now=now
    )
    await tx.lock(person.id)
    seats = [] if person.fresh else await stores.seats.of_person(person.id)
    turn = Turn(stores, services, person, seats, incoming.address, now)
    if incoming.presence == "blocked":
        await stores.people.mark_unreachable(incoming.address)
    if incoming.presence == "rekeyed":
        await _hold(turn)
    if incoming.presence == "timer" and 0 < incoming.expires_in < SHORT_LIVED:
        await turn.post([VANISHING])
    if person.frozen or incoming.presence not in ("", "deleted"):
        return turn
    joined = await join(turn, incoming)
    turn = joined or turn
    person = turn.person
    state = None if person.fresh else await stores.conversations.load(person.id)
    conversation = Conversation.from_json(state) if state else Conversation()
    if joined:
        await resume(conversation, turn)
    else:
        await advance(conversation, incoming, turn)
    if turn.person.id:  # else they have just been erased
        await stores.conversations.save(person.id, conversation.to_json(), now)
    return turn


async def _hold(turn: Turn) -> None:
    """A new safety number may be a new phone or another person: nothing more until somebody has called."""
    await turn.stores.people.freeze(turn.person.id)
    await turn.stores.audit.note(turn.person.id, "person.held", turn.person.id, turn.now, "safety number")
    home = turn.services.gazetteer.get(turn.seats[0].municipality) if turn.seats else None
    for coordinator in await turn.stores.people.coordinators(home.region if home else ""):
        await turn.unprompted().tell(
            coordinator,
            [
                M("The Signal safety number of an official has changed: {who}.", who=describe(home))
                if home
                else M("The Signal safety number of somebody who has not registered has changed."),
                M("I send them nothing until you have called them at the office and confirmed it is them."),
            ],
            [(M("I called: it is them"), Action("release", {"person": turn.person.id}))],
            dedupe=f"held:{turn.person.id}:{turn.now}",
        )


class Inbox:
    """Takes what the channels receive and lets the dialogues answer it.

    Args:
        wake: Called after each turn that may have queued something.
    """

    def __init__(
        self,
        database: Database,
        services: Services,
        channels: Sequence[Channel],
        *,
        wake: Callable[[], None],
        now: Callable[[], int],
    ) -> None:
        self._database = database
        self._services = services
        self._channels: Mapping[str, Channel] = {channel.name: channel for channel in channels}
        self._wake = wake
        self._now = now
        self._flood = Flood()
        self._lanes: dict[Lane, deque[Stored]] = {}
        self._again: set[int] = set()  # rows left over from before this start
        self._tasks: set[asyncio.Task[None]] = set()
        self._opened = False

    def door(self, channel: Channel) -> Accept:
        """Where ``channel`` hands over what it receives; returns when it is committed."""

        async def accept(envelopes: Sequence[Envelope]) -> None:
            now = self._now()
            stored = await self._database.run(lambda tx: InboxStore(tx).add(channel.name, envelopes, now))
            if self._opened:  # before that, opening finds them
                for row in stored:
                    self._queue(row)

        return accept

    async def open(self) -> None:
        """Begin to handle: first what was stored but not handled when the bot last stopped."""
        for name in self._channels:
            after = 0
            while left := await self._undone(name, after):
                after = left[-1].seq
                self._again.update(stored.seq for stored in left)
                for stored in left:
                    self._queue(stored)
        self._opened = True

    @property
    def waiting(self) -> int:
        """How many people's messages are being answered."""
        return len(self._lanes)

    async def finish(self) -> None:
        """Wait until everything queued is handled."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def _queue(self, stored: Stored) -> None:
        lane = (stored.channel, stored.lane)
        if lane in self._lanes:
            self._lanes[lane].append(stored)
            return
        self._lanes[lane] = deque([stored])
        task = asyncio.create_task(self._work(lane), name=f"lane-{stored.channel}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, lane: Lane) -> None:
        waiting = self._lanes[lane]
        while waiting:
            await self._handle(waiting.popleft())
        del self._lanes[lane]

    async def _undone(self, channel: str, after: int) -> list[Stored]:
        return await self._database.run(lambda tx: InboxStore(tx).undone(channel, after=after))

    async def _begin(self, seq: int) -> bool:
        return await self._database.run(lambda tx: InboxStore(tx).begin(seq))

    async def _handle(self, stored: Stored) -> None:
        if stored.seq in self._again:
            self._again.discard(stored.seq)
            if not await self._begin(stored.seq):  # it may be what brought the process down
                return
        channel = self._channels[stored.channel]
        try:
            incoming = channel.parse(stored.raw)
        except ValueError as error:
            log.warning("inbox.unreadable", channel=stored.channel, seq=stored.seq)
            kind = type(error).__name__
            await self._database.run(lambda tx: InboxStore(tx).quarantine(stored.seq, kind))
            return
        if incoming is None:
            await self._database.run(lambda tx: InboxStore(tx).done(stored.seq))
            return
        await channel.acknowledge(stored.raw)
        match self._hearing(stored, incoming):
            case "heard":
                await self._answer(channel, stored, incoming)
            case "warned":
                await self._database.run(lambda tx: self._slow_down(tx, stored, incoming))
                self._wake()
            case "ignored":
                await self._database.run(lambda tx: InboxStore(tx).done(stored.seq))

    def _hearing(self, stored: Stored, incoming: Incoming) -> Hearing:
        late = incoming.sent_at and stored.received_at - incoming.sent_at > MOST_LATE
        if incoming.presence or late:
            return "heard"
        cost = PRESS if incoming.handle or incoming.ordinal else 1.0
        return self._flood.hears(incoming.address, stored.received_at, cost)

    async def _slow_down(self, tx: Transaction, stored: Stored, incoming: Incoming) -> None:
        if await InboxStore(tx).done(stored.seq):
            await self._say(tx, incoming, SLOWLY, f"slowly-{stored.seq}")

    async def _answer(self, channel: Channel, stored: Stored, incoming: Incoming) -> None:
        try:
            turn = await self._database.run(lambda tx: self._turn(tx, stored, incoming))
        except Exception as error:
            await self._failed(channel, stored, incoming, error)
            return
        self._wake()
        if turn and turn.menu_changed:
            await channel.menu(incoming.address, turn.person.language, sorted(turn.roles))

    async def _turn(self, tx: Transaction, stored: Stored, incoming: Incoming) -> Turn | None:
        if not await InboxStore(tx).done(stored.seq):
            return None
        return await answer(tx, self._services, incoming, self._now())

    async def _failed(self, channel: Channel, stored: Stored, incoming: Incoming, error: Exception) -> None:
        """Try again; after the last attempt put the message aside and say so."""
        log.error(
            "inbox.failed", channel=stored.channel, seq=stored.seq, error=type(error).__name__, exc_info=error
        )
        if await self._begin(stored.seq):
            await self._answer(channel, stored, incoming)
            return
        await self._database.run(lambda tx: self._say(tx, incoming, SORRY, f"sorry-{stored.seq}"))
        self._wake()

    async def _say(self, tx: Transaction, incoming: Incoming, sentence: Message, id: str) -> None:
        """Queue a sentence outside every dialogue."""
        stores, now = Stores(tx), self._now()
        person = await stores.people.of_address(
            incoming.address, language=known_language(incoming.language), zone=HOME_ZONES["uk"], now=now
        )
        said = Outgoing(person=person.id, address=incoming.address, reply=Reply((sentence,)))
        await stores.outbox.add(said, id=id, now=now)
