"""What a messenger is told and asked at each start: the commands to offer, the name of our account."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from bot.channels.channel import Channel
from bot.errors import MistokError
from db.database import Database
from db.stores.channels import ChannelStore


@runtime_checkable
class Introduced(Protocol):
    """A channel with a menu of commands and links that open it with a code."""

    @property
    def name(self) -> str: ...

    async def register_commands(self, known: str = "") -> str:
        """Set the menus if they differ from the digest of last time; the digest to keep."""

    async def check(self) -> str:
        """The name of our account."""

    def link(self, account: str, code: str) -> str:
        """Opens the chat with our account and sends the code."""


class Introduction:
    """Knows our accounts' names once the messengers have answered."""

    def __init__(self) -> None:
        self._named: dict[str, tuple[Introduced, str]] = {}

    def links(self, code: str) -> tuple[str, ...]:
        """A link with the code for each messenger that has such links and has answered."""
        return tuple(channel.link(account, code) for channel, account in self._named.values())

    async def make(self, database: Database, channels: Sequence[Channel]) -> None:
        """Set the menus and ask the names; a messenger that does not answer is left as it is."""
        for channel in channels:
            if isinstance(channel, Introduced):
                name = channel.name
                state = await database.run(lambda tx, name=name: ChannelStore(tx).load(name))  # type: ignore[misc]  # mypy cannot type a default in a lambda
                digest = await channel.register_commands(state.position)
                await database.run(lambda tx, name=name, digest=digest: ChannelStore(tx).move(name, digest))  # type: ignore[misc]  # as above
                try:
                    self._named[name] = (channel, await channel.check())
                except MistokError:
                    continue  # invitations go without a link until the next start
