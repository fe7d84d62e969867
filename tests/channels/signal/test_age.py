"""A daemon that Signal will soon refuse is named in the log."""

import asyncio

import pytest

from bot.channels.signal.account import Account
from bot.channels.signal.check import connect
from bot.channels.signal.receive import Receiver
from tests.channels.signal.conftest import Clock, Inbox
from tests.servers.signal import SignalDaemon
from tests.servers.signal_world import ACCOUNT


@pytest.mark.parametrize(("version", "warnings"), [("0.13.19", 1), ("0.14.6", 0), ("0.15.0", 0)])
async def test_an_old_daemon_is_named_once_a_day(
    version: str, warnings: int, caplog: pytest.LogCaptureFixture
) -> None:
    """However often it is asked."""
    async with SignalDaemon(version=version) as daemon:
        line = connect(daemon.unix)
        receiver = Receiver(
            line,
            [Account(ACCOUNT, line, Clock())],
            on_receipt=lambda _: None,
            on_change=lambda _: None,
            probe_every=0.01,
        )
        running = asyncio.create_task(receiver.run(Inbox()))
        await daemon.called("version", 4)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await line.close()
    assert sum("too old" in record.getMessage() for record in caplog.records) == warnings
