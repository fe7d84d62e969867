"""Small signs that a message arrived and is being worked on; none of them matters if it is lost."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from bot.channels.signal.account import Account
from bot.channels.signal.rpc import NoAnswer, NotSent, RpcError, Unusable

SLOW = 1.0
"""Seconds of work after which the person sees that somebody writes."""
SIGN_TIMEOUT = 10.0

log = logging.getLogger(__name__)


class Signs:
    """Read receipts, gathered per person, and typing signs for work that takes long."""

    def __init__(self, account_for: Callable[[str], Account], slow: float = SLOW) -> None:
        self._account_for = account_for
        self._slow = slow
        self._read: dict[str, list[int]] = {}
        self._telling = False
        self._answered: dict[str, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def received(self, address: str, timestamp: int) -> None:
        """The message is stored: tell its author, and show typing if no answer goes out soon."""
        self._read.setdefault(address, []).append(timestamp)
        if not self._telling:
            self._telling = True
            self._spawn(self._tell_read())
        if address not in self._answered:
            self._answered[address] = asyncio.Event()
            self._spawn(self._type(address))

    def answers(self, address: str) -> None:
        """A message is about to go out, so no sign is needed."""
        if answered := self._answered.get(address):
            answered.set()

    async def close(self) -> None:
        """Drop what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _tell_read(self) -> None:
        while self._read:
            address = next(iter(self._read))
            stamps = self._read.pop(address)
            await self._quietly(address, "sendReceipt", targetTimestamp=stamps, type="read")
        self._telling = False

    async def _type(self, address: str) -> None:
        answered = self._answered[address]
        try:
            async with asyncio.timeout(self._slow):
                await answered.wait()
        except TimeoutError:
            await self._quietly(address, "sendTyping")
        finally:
            del self._answered[address]

    async def _quietly(self, address: str, method: str, **params: Any) -> None:
        account = self._account_for(address)
        if not account.is_free:
            return
        try:
            await account.call(method, SIGN_TIMEOUT, recipient=address.removeprefix("signal:"), **params)
        except (NotSent, NoAnswer, Unusable, RpcError) as error:
            log.debug("signal: %s failed (%s)", method, type(error).__name__)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
