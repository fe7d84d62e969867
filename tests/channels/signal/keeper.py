"""A process to be killed: receives, and notes the keys in a file that is synced before it accepts."""

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.channels.channel import Envelope
from bot.channels.signal.channel import SignalChannel
from tests.servers.signal_world import ACCOUNT


async def keep(url: str, path: Path) -> None:
    """Receive until killed."""
    channel = SignalChannel(url, ACCOUNT)
    with path.open("a") as file:

        async def accept(envelopes: Sequence[Envelope]) -> None:
            file.writelines(f"{envelope.key}\n" for envelope in envelopes)
            file.flush()
            os.fsync(file.fileno())

        await channel.receive(accept)


if __name__ == "__main__":
    asyncio.run(keep(sys.argv[1], Path(sys.argv[2])))
