"""The durable poll loop: an update is confirmed only after it was accepted."""

import asyncio
import json
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.channels.channel import Accept, Envelope
from bot.channels.telegram.api import REFUSED_TOKEN
from bot.channels.telegram.failures import pause_of
from bot.channels.telegram.parse import ALLOWED_UPDATES, address_of, sent_in
from bot.errors import ConfigurationError

POLL_SECONDS = 50  # the longest the server allows
CONFLICT_PAUSE = 30.0
LONGEST_PAUSE = 30.0

log = logging.getLogger(__name__)
Leave = Callable[[int, dict[str, Any]], None]
Pause = Callable[[float], Awaitable[object]]


class Poller:
    """Fetches updates, hands them over and only then moves the offset.

    The offset is the last accepted update's id + 1 and is sent once; without one the server begins at the
    earliest update that is not confirmed. So a crash repeats updates and never skips any, and ids that
    start again lower, as they may after a quiet week, do no harm.

    Args:
        leave: Called with chat and update for everything that comes from a group or a channel.
        pause: Waits the given seconds between attempts.

    Attributes:
        last_poll: Monotonic seconds of the last answer from Telegram that was dealt with; 0 before the first.
    """

    def __init__(self, bot: Bot, leave: Leave, pause: Pause = asyncio.sleep) -> None:
        self._bot = bot
        self._leave = leave
        self._pause = pause
        self._offset: int | None = None
        self._failures = 0
        self.last_poll = 0.0

    async def run(self, accept: Accept) -> None:
        """Poll until cancelled.

        Raises:
            ConfigurationError: Telegram refuses the token.
        """
        while True:
            try:
                await self._round(accept)
            except (InvalidToken, EndPointNotFound):
                raise ConfigurationError(REFUSED_TOKEN) from None
            except Conflict as conflict:
                await self._yield_to_other(conflict)
            except RetryAfter as throttled:
                await self._pause(pause_of(throttled).total_seconds() + 0.5)
            except Exception as error:  # whatever it was, polling goes on; the updates come again
                await self._back_off(error)
            else:
                self._failures = 0
                self.last_poll = time.monotonic()

    async def _round(self, accept: Accept) -> None:
        updates = await self._bot.do_api_request(
            "getupdates",
            {"timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES}
            | ({} if self._offset is None else {"offset": self._offset}),
            read_timeout=POLL_SECONDS + 10,
        )
        self._offset = None
        if envelopes := enveloped(updates, self._leave):
            await accept(envelopes)
        if updates:
            self._offset = updates[-1]["update_id"] + 1

    async def _yield_to_other(self, conflict: Conflict) -> None:
        if "webhook" in str(conflict).lower():
            log.warning("telegram: a webhook was set; removing it, because this process polls")
            with suppress(TelegramError):
                await self._bot.delete_webhook()
            await self._pause(1)
            return
        log.warning("telegram: another process polls with this token; waiting %.0f s", CONFLICT_PAUSE)
        await self._pause(CONFLICT_PAUSE)

    async def _back_off(self, error: Exception) -> None:
        pause = backoff(self._failures)
        self._failures = min(self._failures + 1, 10)
        log.warning("telegram: polling failed (%s); trying again in %.1f s", type(error).__name__, pause)
        await self._pause(pause)


def backoff(failures: int) -> float:
    """Seconds to wait after so many failures before: 1, 2, 4 … 30, shortened by up to half at random."""
    return min(2.0**failures, LONGEST_PAUSE) * random.uniform(0.5, 1)  # noqa: S311 - no secret


def enveloped(updates: Sequence[dict[str, Any]], leave: Leave) -> list[Envelope]:
    """Envelopes of what came from private chats; groups and channels go to ``leave`` and no further.

    The text is ASCII JSON, so that no odd character stands in the way of storing it.
    """
    envelopes = []
    for update in updates:
        chat = sent_in(update)
        if chat.get("type") in ("group", "supergroup", "channel"):
            leave(chat.get("id", 0), update)
            continue
        lane = address_of(chat.get("id", 0))
        envelopes.append(Envelope(f"telegram:{update['update_id']}", json.dumps(update), lane))
    return envelopes
