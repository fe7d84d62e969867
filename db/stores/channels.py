"""Where each channel stands: what it remembers, until when it must be silent, which process sends."""

from dataclasses import dataclass

from db.database import Transaction


@dataclass(frozen=True, slots=True)
class ChannelState:
    """Attributes:
    position: What the channel itself remembers, such as the digest of the menus it has set.
    blocked_until: UTC epoch milliseconds before which nothing may be sent.
    """

    position: str
    blocked_until: int


class ChannelStore:
    """One row a channel. Times are UTC epoch milliseconds."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def load(self, name: str) -> ChannelState:
        """The state of a channel; one that was never used remembers nothing."""
        row = await self._tx.one("SELECT position, blocked_until FROM channel WHERE name = :name", name=name)
        return ChannelState(row["position"], row["blocked_until"]) if row else ChannelState("", 0)

    async def move(self, name: str, position: str) -> None:
        """Note what the channel is to remember."""
        await self._tx.execute(
            "INSERT INTO channel (name, position) VALUES (:name, :position)"
            " ON CONFLICT (name) DO UPDATE SET position = excluded.position",
            name=name,
            position=position,
        )

    async def block(self, name: str, until: int) -> None:
        """Let nothing leave before ``until``; a later time already noted stays, and so does a ``lift``."""
        await self._tx.execute(
            "INSERT INTO channel (name, blocked_until) VALUES (:name, :until)"
            " ON CONFLICT (name) DO UPDATE SET blocked_until = excluded.blocked_until"
            " WHERE channel.blocked_until >= 0 AND channel.blocked_until < excluded.blocked_until",
            name=name,
            until=until,
        )

    async def lift(self, name: str) -> None:
        """Let messages leave again; the process that sends them sees it by ``take_lift``."""
        await self._tx.execute("UPDATE channel SET blocked_until = -1 WHERE name = :name", name=name)

    async def take_lift(self, name: str) -> bool:
        """Whether the silence was lifted since the last time this was asked."""
        lifted = await self._tx.execute(
            "UPDATE channel SET blocked_until = 0 WHERE name = :name AND blocked_until < 0", name=name
        )
        return lifted == 1

    async def take(self, name: str, boot: str, *, now: int, until: int) -> ChannelState | None:
        """Become or remain the one process that sends for the channel; None while another one is."""
        row = await self._tx.one(
            "INSERT INTO channel (name, sender, sender_until) VALUES (:name, :boot, :until)"
            " ON CONFLICT (name) DO UPDATE SET sender = excluded.sender, sender_until = excluded.sender_until"
            " WHERE channel.sender = excluded.sender OR channel.sender_until <= :now"
            " RETURNING position, blocked_until",
            name=name,
            boot=boot,
            now=now,
            until=until,
        )
        return ChannelState(row["position"], row["blocked_until"]) if row else None

    async def leave(self, name: str, boot: str) -> None:
        """Let another process send for the channel at once."""
        await self._tx.execute(
            "UPDATE channel SET sender_until = 0 WHERE name = :name AND sender = :boot", name=name, boot=boot
        )
