"""Signal through a running signal-cli daemon."""

import asyncio
import json
import re
import time
from collections.abc import Callable, Sequence

from bot.channels.channel import Accept
from bot.channels.signal.account import Account
from bot.channels.signal.check import check, connect
from bot.channels.signal.onboarding import Profile, introduce
from bot.channels.signal.pace import BULK_SHARE, CHAT_RATE, IN_FLIGHT, RATE
from bot.channels.signal.parse import parse
from bot.channels.signal.receipts import Receipt
from bot.channels.signal.receive import Receiver
from bot.channels.signal.rpc import NoAnswer, NotSent, RpcError, Unusable
from bot.channels.signal.sender import Pause, Sender, person_of
from bot.channels.signal.signs import SLOW, Signs
from bot.channels.signal.state import AccountState, SignalState
from bot.errors import ChannelUnavailable, ConfigurationError
from bot.model.incoming import Incoming
from bot.model.message import Drawn

_CAPTCHA = {
    -3: "Signal no longer knows this challenge; send a message, and take the new one from the log",
    -6: "Signal refuses the captcha; solve a new one, in a browser that has the address of this machine",
}


def epoch_ms() -> int:
    """The time of day in UTC epoch milliseconds."""
    return time.time_ns() // 1_000_000


class SignalChannel:
    """One or two accounts on Signal; implements ``Channel``.

    Args:
        url: ``unix:///path``, ``tcp://host:port`` or ``http://host:port`` of the daemon.
        account: The bot's number, E.164.
        spare: A second number at the same daemon, to go on with while the first is limited.
        on_receipt: Told of every receipt; must not wait. See ``receipts.settles``.
        now: UTC epoch ms.
        pause: Waits the given seconds between attempts to connect and between messages.
        slow: Seconds of work after which typing is shown.

    Raises:
        ConfigurationError: The address or a number is not shaped like one.
    """

    name = "signal"
    in_flight = IN_FLIGHT
    rate = RATE
    chat_rate = CHAT_RATE
    bulk_share = BULK_SHARE

    def __init__(
        self,
        url: str,
        account: str,
        spare: str = "",
        *,
        on_receipt: Callable[[Receipt], None] | None = None,
        now: Callable[[], int] = epoch_ms,
        pause: Pause = asyncio.sleep,
        slow: float = SLOW,
    ) -> None:
        numbers = [account, spare] if spare else [account]
        if not all(re.fullmatch(r"\+[1-9][0-9]{6,14}", number) for number in numbers):
            raise ConfigurationError("MISTOK_SIGNAL_ACCOUNT is no number such as +380440000001")
        self._url = url
        self._spare = spare
        self._now = now
        self._line = connect(url)
        self._accounts = [Account(number, self._line, now) for number in numbers]
        self._sender = Sender(self._accounts, now, pause)
        self._signs = Signs(self._sender.account_of, slow)
        self.on_receipt = on_receipt
        self._reason = "not connected yet"
        self._receiver = Receiver(
            self._line, self._accounts, on_receipt=self._take_receipt, on_change=self._change, pause=pause
        )

    @property
    def state(self) -> SignalState:
        """How the channel stands now."""
        return SignalState(
            up=not self._reason,
            reason=self._reason,
            accounts=tuple(self._state_of(account) for account in self._accounts),
            rekeyed=tuple(sorted(self._sender.troubles.rekeyed)),
        )

    def seconds_for(self, messages: int) -> float:
        """How long so many messages take that nobody waits for, with what is left of a limit."""
        now = self._now()
        limited = min(account.limited_until for account in self._accounts)
        return max(0, limited - now) / 1000 + self._accounts[0].pace.seconds_for(messages, now)

    async def receive(self, accept: Accept) -> None:
        """Hand over what arrives, until cancelled."""
        await self._receiver.run(accept)

    def parse(self, raw: str) -> Incoming | None:
        """See ``parse.parse``; what answers an edited message answers its first version."""
        return self._sender.revisions.traced(parse(raw, self._spare))

    async def acknowledge(self, raw: str) -> None:
        """Mark the message as read, and show typing when the answer takes long; returns at once."""
        incoming = self.parse(raw)
        if incoming and incoming.presence == "rekeyed":
            self._sender.troubles.rekey(incoming.address)
        elif incoming and not incoming.presence:
            self._sender.heard(incoming.address, str(json.loads(raw).get("account")))
            self._signs.received(incoming.address, incoming.sent_at)

    async def send(self, address: str, drawn: Drawn) -> str:
        """See ``Sender.send``."""
        self._signs.answers(address)
        return await self._sender.send(address, drawn)

    async def edit(self, address: str, message_id: str, drawn: Drawn) -> None:
        """See ``Sender.edit``."""
        await self._sender.edit(address, message_id, drawn)

    async def menu(self, address: str, language: str, roles: Sequence[str]) -> None:
        """Nothing: Signal has no menus."""

    async def check(self) -> str:
        """Version and receive mode of the daemon, and the end of the number.

        Raises:
            ConfigurationError, ChannelUnavailable: With the remedy in words.
        """
        line = connect(self._url)  # of its own: the question would end a subscription of ours
        try:
            return await check(line, [account.number for account in self._accounts])
        finally:
            await line.close()

    async def solve_captcha(self, captcha: str, challenge: str = "") -> None:
        """Lift a limit with a captcha that a person solved.

        Args:
            captcha: The whole link ``signalcaptcha://…`` that the page offers at its end.
            challenge: From the log or the state; empty takes the one this process knows.

        Raises:
            ConfigurationError: The link is none, no captcha is wanted, or Signal refuses it.
            ChannelUnavailable: The daemon does not answer.
        """
        if not captcha.startswith("signalcaptcha://"):
            raise ConfigurationError("give the whole link of the captcha; it begins with signalcaptcha://")
        asking = [account for account in self._accounts if account.token]
        account = next((one for one in asking if challenge in ("", one.token)), self._accounts[0])
        if not (wanted := challenge or account.token):
            raise ConfigurationError("Signal asks for no captcha now")
        try:
            await account.call("submitRateLimitChallenge", challenge=wanted, captcha=captcha)
        except RpcError as error:
            reason = _CAPTCHA.get(error.code, f"signal-cli answers with error {error.code}")
            raise ConfigurationError(reason) from None
        except (NotSent, NoAnswer, Unusable) as error:
            raise ChannelUnavailable(str(error)) from None
        account.lift()

    def lift(self) -> None:
        """Another process has lifted the limits."""
        for account in self._accounts:
            account.lift()

    async def trust(self, address: str) -> None:
        """Accept the new safety number of a person who showed by another way to be the same.

        Raises:
            ChannelUnavailable: The daemon did not do it.
        """
        account = self._sender.account_of(address)
        try:
            await account.call("trust", recipient=person_of(address), trustAllKnownKeys=True)
        except (NotSent, NoAnswer, Unusable, RpcError) as error:
            raise ChannelUnavailable(str(error)) from None
        self._sender.troubles.rekeyed.discard(address)

    async def introduce(self, profile: Profile) -> str:
        """See ``onboarding.introduce``."""
        return await introduce(self._accounts[0], profile)

    async def close(self) -> None:
        """Let go of connections; signs under way are dropped."""
        await self._signs.close()
        await self._line.close()

    def _state_of(self, account: Account) -> AccountState:
        return AccountState(
            ending=account.number[-4:],
            limited_until=0 if account.is_free else account.limited_until,
            challenge=account.token,
            interval=account.pace.interval,
            new_chats_left=account.pace.new_chats_left(self._now()),
        )

    def _take_receipt(self, receipt: Receipt) -> None:
        self._sender.uncertain.hear(receipt)
        if self.on_receipt:
            self.on_receipt(receipt)

    def _change(self, reason: str) -> None:
        self._reason = reason
