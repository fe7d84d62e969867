"""What every messenger has to be for Mistok. A new one is a folder beside this file."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.model.incoming import Incoming
from bot.model.message import Drawn


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message exactly as the messenger gave it.

    Attributes:
        key: Unique within the channel; the same message delivered twice has the same key.
        raw: Its text on the wire, usually JSON.
        lane: The sender's address where it is cheap to read; messages of one lane are handled in order.
    """

    key: str
    raw: str
    lane: str


Accept = Callable[[Sequence[Envelope]], Awaitable[None]]
"""Stores envelopes; returns when they are committed. Only then may they be acknowledged."""


class Channel(Protocol):
    """One messenger account of the bot."""

    @property
    def name(self) -> str:
        """What its addresses begin with: ``telegram``, ``signal``, ``web``."""

    @property
    def in_flight(self) -> int:
        """How many messages may be on their way at once."""

    @property
    def rate(self) -> float:
        """Messages a second, all people together."""

    @property
    def chat_rate(self) -> float:
        """Messages a second to one person; a few may come at once."""

    @property
    def bulk_share(self) -> float:
        """The part of the rate that broadcasts and digests may use, 0 to 1."""

    async def receive(self, accept: Accept) -> None:
        """Hand over what arrives, until cancelled; reconnects by itself."""

    def parse(self, raw: str) -> Incoming | None:
        """What the person did, or None when there is nothing to answer. Pure.

        Raises:
            ValueError: The envelope cannot be understood; it goes to quarantine.
        """

    async def acknowledge(self, raw: str) -> None:
        """Show the person at once that the message arrived: a stopped spinner, a typing sign.

        Never raises for what the messenger answers; nothing depends on it.
        """

    async def send(self, address: str, drawn: Drawn) -> str:
        """Send a new message; the messenger's id of it.

        Raises:
            DeliveryError: See ``bot.errors``; every failure of the messenger maps to one of them.
        """

    async def edit(self, address: str, message_id: str, drawn: Drawn) -> None:
        """Replace a message sent before. One that is gone or already equal is no error."""

    async def menu(self, address: str, language: str, roles: Sequence[str]) -> None:
        """Offer the commands of these roles in this language; never raises for a refusal."""

    async def check(self) -> str:
        """One line about the account that answers.

        Raises:
            ConfigurationError, ChannelUnavailable: With the remedy in words.
        """

    async def close(self) -> None:
        """Let go of connections."""
