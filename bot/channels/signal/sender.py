"""Messages on their way out: whose turn it is, from which number, and what became of them."""

import hashlib
import logging
import random
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bot.channels.signal.account import Account
from bot.channels.signal.edits import Revisions
from bot.channels.signal.failures import Failure, failure_in, failure_of
from bot.channels.signal.parse import SPARE
from bot.channels.signal.receipts import Uncertain
from bot.channels.signal.render import editing, late, sending
from bot.channels.signal.rpc import JSON
from bot.channels.signal.troubles import HELD, Troubles
from bot.errors import ChannelUnavailable, DeliveryError, MessageRejected, OutcomeUnknown, Throttled
from bot.model.message import Drawn

RECEIPT_WAIT = 60_000
"""How long a receipt is awaited before a message that may have arrived is sent again, in ms."""
MOST_SLEEPERS = 2
"""Messages that wait inside ``send`` for their turn; others are put off, so that answers find room."""
LONGEST_SLEEP = 20.0
"""Seconds that they wait; a claim on the outbox must outlive it."""
LONGEST_PUT_OFF = 30.0

log = logging.getLogger(__name__)
Pause = Callable[[float], Awaitable[object]]


class Sender:
    """Sends and edits over the accounts; the spare one while the first is limited.

    Attributes:
        uncertain: Messages that may have arrived; receipts belong there.
        revisions: What edited messages are called.
        troubles: Whom messages do not reach.
    """

    def __init__(self, accounts: Sequence[Account], now: Callable[[], int], pause: Pause) -> None:
        self.uncertain = Uncertain()
        self.revisions = Revisions()
        self.troubles = Troubles()
        self._accounts = accounts
        self._now = now
        self._pause = pause
        self._wrote_to: dict[str, Account] = {}
        self._sleepers = 0

    def heard(self, address: str, number: str) -> None:
        """The person wrote to this number of ours: from there they are answered, and at once."""
        account = next((one for one in self._accounts if one.number == number), self._accounts[0])
        self._wrote_to[address] = account
        account.met(person_of(address))
        account.pace.heard(address, self._now())
        self.troubles.heard(address)

    def account_of(self, address: str) -> Account:
        """The number of ours that the person knows."""
        return self._wrote_to.get(address, self._accounts[0])

    async def send(self, address: str, drawn: Drawn) -> str:
        """See ``Channel.send``. A message that proves to have arrived is not sent again.

        Raises:
            DeliveryError: As in ``bot.errors``. ``Throttled`` also while nobody waits for the message
                and others go first, and while a receipt may still show that it arrived.
        """
        person_of(address)
        digest, calls = _digest(drawn), sending(drawn)
        if arrived := self.uncertain.arrived(address, digest):
            self.uncertain.settle(address, digest)
            return arrived
        if (left := self.uncertain.ended(address, digest) + RECEIPT_WAIT - self._now()) > 0:
            raise Throttled(timedelta(milliseconds=left), whole_channel=False)
        if self.troubles.holds(address, self._now()):
            raise Throttled(HELD, whole_channel=False)
        account = await self._turn(address)
        timestamp = 0
        for call in calls:
            try:
                timestamp = await self._post(account, address, digest, call)
            except DeliveryError:
                if timestamp:
                    raise OutcomeUnknown("only the beginning was sent") from None
                raise
        return self._id(account, timestamp)

    async def edit(self, address: str, message_id: str, drawn: Drawn) -> None:
        """See ``Channel.edit``. Where the apps no longer take an edit, its last paragraph is sent.

        Raises:
            DeliveryError: As in ``bot.errors``.
        """
        person_of(address)
        account = self._accounts[-1 if message_id.endswith(SPARE) else 0]
        target = int(message_id.removesuffix(SPARE))
        if not account.is_free:
            if any(one.is_free for one in self._accounts):
                return  # no other number can edit it, and the person must not wait for a flourish
            raise self._pause_of(account)
        if self.revisions.may_edit(message_id, target, self._now()):
            call = editing(drawn) | {"editTimestamp": target}
        else:
            call = late(drawn, target, account.number)
        revision = await self._post(account, address, _digest(drawn, message_id), call)
        self.revisions.edited(message_id, self._id(account, revision))

    async def _turn(self, address: str) -> Account:
        """The account to send from, when it is this message's turn.

        Raises:
            Throttled: It is not, and too many wait already.
        """
        account, now = self._free_account(address), self._now()
        if account.pace.converses(address, now):
            return account
        queue = account.pace.queue(now)
        if self._sleepers >= MOST_SLEEPERS or queue > LONGEST_SLEEP:
            wait = min(LONGEST_PUT_OFF, queue + account.pace.interval)
            raise Throttled(timedelta(seconds=wait), whole_channel=False)
        self._sleepers += 1
        try:
            person = person_of(address)
            if not await account.has_chat_with(person) and account.pace.meet(address, now):
                raise Throttled(HELD, whole_channel=False)  # until tomorrow, unless they write
            spread = random.uniform(0.5, 1.5)  # noqa: S311 - no secret
            await self._pause(account.pace.wait(address, now, spread))
        finally:
            self._sleepers -= 1
        return self._free_account(address)

    def _free_account(self, address: str) -> Account:
        known = self.account_of(address)
        free = [account for account in (known, *self._accounts) if account.is_free]
        if not free:
            raise self._pause_of(min(self._accounts, key=lambda account: account.limited_until))
        return free[0]

    def _pause_of(self, account: Account) -> Throttled:
        left = timedelta(milliseconds=max(1000, account.limited_until - self._now()))
        return Throttled(left, whole_channel=not any(one.is_free for one in self._accounts))

    async def _post(self, account: Account, address: str, digest: bytes, call: JSON) -> int:
        """Send once; the timestamp that names the message."""
        began = self._now()
        try:
            result = await account.call("send", recipient=[person_of(address)], **call)
            failure = failure_in(result)
        except Exception as error:  # whatever it is, the message needs an outcome
            failure = failure_of(error)
        if failure:
            raise self._outcome(failure, account, address, digest, began)
        account.went_well()
        account.met(person_of(address))
        self.troubles.went_well(address)
        timestamp = int(result["timestamp"])
        self.uncertain.sent(address, digest, timestamp)
        return timestamp

    def _outcome(
        self, failure: Failure, account: Account, address: str, digest: bytes, began: int
    ) -> DeliveryError:
        if failure.meaning in ("limited", "unknown"):
            self.uncertain.note(
                address,
                digest,
                began=began,
                ended=self._now(),
                timestamp=failure.timestamp,
                mark=self._mark(account),
            )
        match failure.meaning:
            case "limited":
                return self._limited(failure, account)
            case "rekeyed":
                log.warning("signal: a safety number changed; what waits for that person is held")
                return self.troubles.rekey(address)
            case "unregistered":
                return self.troubles.missing(address, self._now())
            case "undelivered":
                return self.troubles.undelivered(address)
            case "unreachable":
                log.error("signal: nothing can be sent (%s)", failure.reason)
                return ChannelUnavailable(failure.reason)
            case "rejected":
                log.error("signal: a message is refused (%s)", failure.reason)
                return MessageRejected(failure.reason)
            case _:
                return OutcomeUnknown(failure.reason)

    def _limited(self, failure: Failure, account: Account) -> Throttled:
        pause = account.limit(failure.retry_after, failure.token)
        log.warning("signal: limited for %d s", pause)
        if failure.token:
            log.warning("signal: solve a captcha with `mistok signal captcha`, challenge %s", failure.token)
        if any(one.is_free for one in self._accounts):  # it goes on, once no receipt can come any more
            return Throttled(timedelta(milliseconds=RECEIPT_WAIT), whole_channel=False)
        return self._pause_of(min(self._accounts, key=lambda one: one.limited_until))

    def _id(self, account: Account, timestamp: int) -> str:
        return f"{timestamp}{self._mark(account)}"

    def _mark(self, account: Account) -> str:
        return "" if account is self._accounts[0] else SPARE


def person_of(address: str) -> str:
    """The identifier in an address.

    Raises:
        MessageRejected: This is no address on Signal.
    """
    channel, _, person = address.partition(":")
    if channel != "signal" or not re.fullmatch(r"[0-9a-f-]{36}", person):
        raise MessageRejected("this is no address on Signal")
    return person


def _digest(drawn: Drawn, edited: str = "") -> bytes:
    """Tells messages to one person apart; every notice bears a number of its own."""
    labels = [label for label, _ in drawn.buttons]
    name, size = (drawn.file[0], len(drawn.file[2])) if drawn.file else ("", 0)
    return hashlib.blake2b(repr((drawn.text, labels, name, size, edited)).encode(), digest_size=16).digest()
