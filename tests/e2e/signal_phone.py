"""Somebody with Signal on a phone: no buttons, so choices are numbers, quotes and reactions."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from itertools import cycle

from tests.servers.signal import SignalDaemon
from tests.servers.signal_world import Shown

PATIENCE = 20.0
WAYS = ("number", "quote", "reaction")


class SignalPhone:
    """One person's chat.

    Attributes:
        used: How often each way to answer was taken; they take turns.
    """

    def __init__(self, daemon: SignalDaemon, person: str) -> None:
        self.used: Counter[str] = Counter()
        self._daemon = daemon
        self._person = person
        self._ways = cycle(WAYS)

    def type(self, text: str) -> None:
        """Send words."""
        self._daemon.type(self._person, text)

    async def sees(self, text: str) -> None:
        """Wait until a message holds these words."""
        await self._until(lambda: any(text in shown.text for shown in self._daemon.said(self._person)))

    async def press(self, label: str) -> None:
        """Choose the newest choice whose words begin so, as soon as it is there."""
        await self._until(lambda: bool(self._offers(label)))
        said, number = self._offers(label)[-1]
        way = next(self._ways)
        if way == "number" and said is not self._daemon.said(self._person)[-1]:
            way = "quote"  # a bare number would answer what came after it
        self.used[way] += 1
        match way:
            case "number":
                self._daemon.type(self._person, number)
            case "quote":
                self._daemon.type(self._person, number, quote=said.timestamp)
            case _:
                self._daemon.react(self._person, said.timestamp, f"{number}\ufe0f\u20e3")

    def _offers(self, label: str) -> list[tuple[Shown, str]]:
        choice = re.compile(rf"^([0-9]+)\. {re.escape(label)}", re.MULTILINE)
        said = self._daemon.said(self._person)
        return [(shown, found[1]) for shown in said if (found := choice.search(shown.text))]

    async def _until(self, holds: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not holds():  # noqa: ASYNC110 - what is waited for happens in another process
                    await asyncio.sleep(0.02)
        except TimeoutError:
            last = [shown.text for shown in self._daemon.chat(self._person)][-4:]
            raise AssertionError(f"it did not come; the chat ends {last}") from None
