"""One number of ours at the daemon: a request at a time, its pace and its limits."""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.channels.signal.pace import Pace
from bot.channels.signal.rpc import Line, NoAnswer, NotSent, RpcError, Unusable

ANSWER_TIMEOUT = 60.0
"""Seconds for a request; one with a file may take that long."""
FIRST_PAUSE, LONGEST_PAUSE = 300, 86_400
"""Seconds to be silent after a limit that names no time; doubled after each further one."""


class Account:
    """An account of ours.

    Attributes:
        number: E.164.
        pace: How fast it may write.
        limited_until: UTC epoch ms before which Signal takes nothing from it.
        token: What the captcha is to be solved for; empty while none is wanted.
    """

    def __init__(self, number: str, line: Line, now: Callable[[], int]) -> None:
        self.number = number
        self.pace = Pace()
        self.limited_until = 0
        self.token = ""
        self._line = line
        self._now = now
        self._lock = asyncio.Lock()
        self._limits_in_a_row = 0
        self._chats: set[str] | None = None

    @property
    def is_free(self) -> bool:
        """Whether no limit holds at this moment."""
        return self.limited_until <= self._now()

    async def call(self, method: str, timeout: float = ANSWER_TIMEOUT, **params: Any) -> Any:  # noqa: ASYNC109 - part of every request
        """The result of one request for this account, after those before it are answered.

        Raises:
            NotSent, NoAnswer, Unusable, RpcError: As the line does.
        """
        async with self._lock:
            return await self._line.call(method, {"account": self.number, **params}, timeout)

    async def has_chat_with(self, person: str) -> bool:
        """Whether the account knows this person already; yes when the daemon does not tell."""
        if self._chats is None:
            try:
                contacts = await self.call("listContacts")
            except (NotSent, NoAnswer, Unusable, RpcError):
                return True
            self._chats = {str(contact.get("uuid")) for contact in contacts if isinstance(contact, dict)}
        return person in self._chats

    def met(self, person: str) -> None:
        """The person and the account have written to each other."""
        if self._chats is not None:
            self._chats.add(person)

    def limit(self, retry_after: int, token: str) -> int:
        """Signal takes nothing for a while; the seconds it will last."""
        pause = retry_after or min(LONGEST_PAUSE, FIRST_PAUSE << min(self._limits_in_a_row, 10))
        self._limits_in_a_row += 1
        self.limited_until = max(self.limited_until, self._now() + pause * 1000)
        self.token = token or self.token
        self.pace.limited()
        return pause

    def went_well(self) -> None:
        """A message went out: whatever limit there was is over."""
        self._limits_in_a_row = 0
        self.pace.went_well()
        self.lift()

    def lift(self) -> None:
        """The limit is over, because the captcha was solved or a message got through."""
        self.limited_until = 0
        self.token = ""
