"""Telegram: Bot API calls of python-telegram-bot over our own transport, by polling or webhook."""

import asyncio
import json
import logging
import re
import time
from collections.abc import Coroutine, Sequence
from typing import Any

from telegram.error import BadRequest, EndPointNotFound, InvalidToken, TelegramError

from bot.channels.channel import Accept
from bot.channels.telegram.api import REFUSED_TOKEN, deep_link, make_bot
from bot.channels.telegram.commands import Commands, offer_in_chat, register_commands
from bot.channels.telegram.failures import delivery_error, settles_edit
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.parse import parse
from bot.channels.telegram.poll import Pause, Poller
from bot.channels.telegram.render import Call, editing, sending
from bot.channels.telegram.webhook import Webhook, register, take
from bot.errors import (
    ChannelUnavailable,
    ConfigurationError,
    DeliveryError,
    MessageRejected,
    OutcomeUnknown,
    Throttled,
)
from bot.model.incoming import Incoming
from bot.model.message import Drawn

FREE_RATE = 30.0  # messages a second; beyond it Telegram wants them marked as paid
MAX_SIGNS = 8  # typing signs under way; more would only keep the answers themselves waiting

log = logging.getLogger(__name__)


class TelegramChannel:
    """One bot account on Telegram; implements ``Channel``.

    Args:
        token: From BotFather; appears in no log, no repr and no error.
        api_url: Root of the Bot API server.
        rate: Messages a second; over 30 they are sent as paid broadcasts.
        commands: The menu for a language and roles.
        webhook: Where Telegram shall bring updates; None polls.
        pause: Waits the given seconds between attempts to poll.

    Raises:
        ConfigurationError: The token is not shaped like one.
    """

    name = "telegram"
    chat_rate = 1.0
    bulk_share = 0.8

    def __init__(
        self,
        token: str,
        api_url: str,
        rate: float,
        commands: Commands,
        *,
        webhook: Webhook | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self.rate = rate
        self.in_flight = max(8, round(rate * 0.1))  # a call takes up to 0.1 s
        self._bot = make_bot(token, api_url, connections=self.in_flight + 2 * MAX_SIGNS)
        self._polling = make_bot(token, api_url, connections=2)
        self._commands = commands
        self._webhook = webhook
        self._pause = pause
        self._poller = Poller(self._polling, self._leave, pause)
        self._groups = Groups()
        self._accept: Accept | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._throttled: dict[str, float] = {}

    @property
    def last_poll(self) -> float:
        """Monotonic seconds of the last poll that was dealt with; 0 before the first."""
        return self._poller.last_poll

    async def receive(self, accept: Accept) -> None:
        """Hand over what arrives, until cancelled.

        Raises:
            ConfigurationError: Telegram refuses the token.
        """
        if self._webhook is None:
            await self._poller.run(accept)
        else:
            self._accept = accept
            await register(self._webhook, self._bot, self._pause)
            await asyncio.Event().wait()

    async def deliver(self, secret: str, body: bytes) -> int:
        """Status for a request to the webhook; see ``webhook.take``. 503 while nothing receives."""
        if self._webhook is None or self._accept is None:
            return 503
        return await take(self._webhook, secret, body, self._accept, self._leave)

    def parse(self, raw: str) -> Incoming | None:
        """See ``parse.parse``."""
        return parse(raw)

    async def acknowledge(self, raw: str) -> None:
        """Stop the spinner of a pressed button, or show the typing sign; returns without waiting."""
        match json.loads(raw):
            case {"callback_query": {"id": str(query)}}:
                self._spawn("answercallbackquery", {"callback_query_id": query})
            case {"message": {"chat": {"id": int(chat_id)}}} if len(self._tasks) < MAX_SIGNS:
                self._spawn("sendchataction", {"chat_id": chat_id, "action": "typing"})

    async def send(self, address: str, drawn: Drawn) -> str:
        """Send the reply, a long one as several messages; the id of the last.

        Raises:
            DeliveryError: As in ``bot.errors``. A failure after the first of several messages leaves
                the outcome open, because a part was sent.
        """
        chat_id, message_id = _chat_of(address), ""
        for call in sending(drawn):
            try:
                message_id = str((await self._post(chat_id, call))["message_id"])
            except Exception as error:
                failure = self._failure(address, error)
                raise (OutcomeUnknown("only the beginning was sent") if message_id else failure) from None
        return message_id

    async def edit(self, address: str, message_id: str, drawn: Drawn) -> None:
        """Replace a message sent before. One that is gone, equal or fixed is no error.

        Raises:
            DeliveryError: As in ``bot.errors``.
        """
        target = {"chat_id": _chat_of(address), "message_id": int(message_id)}
        parameters = target | editing(drawn)
        try:
            await self._bot.do_api_request("editmessagetext", parameters)
        except Exception as error:
            if not settles_edit(error):
                raise self._failure(address, error) from None

    async def menu(self, address: str, language: str, roles: Sequence[str]) -> None:
        """Offer the commands of these roles in this language; a refusal is only logged."""
        await _quietly(offer_in_chat(self._bot, self._commands, _chat_of(address), language, roles))

    async def register_commands(self, known: str = "") -> str:
        """Set the menus of everybody without a role, if they differ from the digest of last time.

        Returns:
            The digest to keep for the next start; ``known`` if Telegram could not be reached.
        """
        try:
            return await register_commands(self._bot, self._commands, known)
        except TelegramError as error:
            log.warning("telegram: the menu of commands was not set (%s)", type(error).__name__)
            return known

    async def check(self) -> str:
        """The bot's name, ``@name``.

        Raises:
            ConfigurationError, ChannelUnavailable: With the remedy in words.
        """
        try:
            return f"@{(await self._bot.do_api_request('getme'))['username']}"
        except (InvalidToken, EndPointNotFound):
            raise ConfigurationError(REFUSED_TOKEN) from None
        except Exception as error:
            reason = type(error).__name__
            raise ChannelUnavailable(f"no answer from MISTOK_TELEGRAM_API_URL ({reason})") from None

    def link(self, account: str, code: str) -> str:
        """See ``api.deep_link``."""
        return deep_link(account, code)

    async def close(self) -> None:
        """Let go of connections; signs under way are dropped."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for bot in (self._bot, self._polling):
            await bot.request.shutdown()

    async def _post(self, chat_id: int, call: Call) -> Any:
        parameters = {"chat_id": chat_id} | call.parameters
        if self.rate > FREE_RATE:
            parameters["allow_paid_broadcast"] = True
        try:
            return await self._bot.do_api_request(call.method, parameters)
        except BadRequest as error:
            if "entit" not in str(error).lower() or "entities" not in parameters:
                raise
            log.error("telegram: entities were refused; the text goes out plain")
            return await self._bot.do_api_request(call.method, parameters | {"entities": []})

    def _failure(self, address: str, error: Exception) -> DeliveryError:
        """What a failed call means. Telegram does not say whether a pause is for one chat or for all:
        the first is taken to be for its chat, a second chat paused meanwhile makes it all of them.
        """
        failure = delivery_error(error)
        if not isinstance(failure, Throttled):
            return failure
        now = time.monotonic()
        self._throttled = {chat: until for chat, until in self._throttled.items() if until > now}
        self._throttled[address] = now + failure.retry_after.total_seconds()
        return Throttled(failure.retry_after, whole_channel=len(self._throttled) > 1)

    def _leave(self, chat_id: int, update: dict[str, Any]) -> None:
        if self._groups.must_leave(chat_id, update, time.monotonic()):
            self._spawn("leavechat", {"chat_id": chat_id})

    def _spawn(self, method: str, parameters: dict[str, Any]) -> None:
        task = asyncio.create_task(_quietly(self._bot.do_api_request(method, parameters)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _chat_of(address: str) -> int:
    channel, _, chat_id = address.partition(":")
    if channel != "telegram" or not re.fullmatch(r"[0-9]{1,18}", chat_id):
        raise MessageRejected("this is no address on Telegram")
    return int(chat_id)


async def _quietly(call: Coroutine[Any, Any, Any]) -> None:
    try:
        await call
    except Exception as error:  # a sign that does not appear must not stop anything
        log.debug("telegram: %s", type(error).__name__)
