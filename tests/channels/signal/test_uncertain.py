"""Messages whose outcome is not known, and what settles it."""

import pytest

from bot.channels.signal.channel import SignalChannel
from bot.channels.signal.receipts import Receipt
from bot.errors import ChannelUnavailable, OutcomeUnknown, Throttled
from bot.model.message import Drawn
from tests.channels.signal.conftest import ADDRESS, DOORS, HELLO, Clock, Inbox, MakeChannel, receiving, until
from tests.servers.signal import OKSANA, SignalDaemon


@pytest.mark.parametrize("door", DOORS)
async def test_a_daemon_that_is_not_there(make_channel: MakeChannel, daemon: SignalDaemon, door: str) -> None:
    """Then nothing was sent, and the message may be tried again."""
    channel = make_channel(door)
    await daemon.stop()
    with pytest.raises(ChannelUnavailable):
        await channel.send(ADDRESS, HELLO)
    await daemon.start()
    assert await channel.send(ADDRESS, HELLO)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_connection_lost_in_the_middle(
    make_channel: MakeChannel, daemon: SignalDaemon, door: str, drop: str
) -> None:
    """Nobody knows whether the message went out."""
    channel = make_channel(door)
    daemon.fail("send", drop=drop)
    with pytest.raises(OutcomeUnknown):
        await channel.send(ADDRESS, HELLO)


@pytest.mark.parametrize("door", DOORS)
async def test_a_receipt_spares_the_copy(
    make_channel: MakeChannel, daemon: SignalDaemon, inbox: Inbox, door: str
) -> None:
    """The message went out, the answer was lost, the person's phone confirmed it: it is not sent again."""
    receipts: list[Receipt] = []
    channel = make_channel(door, on_receipt=receipts.append)
    async with receiving(channel, inbox):
        daemon.fail("send", drop="after")
        with pytest.raises(OutcomeUnknown):
            await channel.send(ADDRESS, HELLO)
        await until(lambda: bool(receipts))
        message_id = await channel.send(ADDRESS, HELLO)
    [shown] = daemon.said(OKSANA)
    assert message_id == str(shown.timestamp)


async def test_without_a_receipt_the_copy_waits_a_minute(
    channel: SignalChannel, daemon: SignalDaemon, clock: Clock
) -> None:
    daemon.receipts = False
    daemon.fail("send", drop="before")
    with pytest.raises(OutcomeUnknown):
        await channel.send(ADDRESS, HELLO)
    with pytest.raises(Throttled) as wait:
        await channel.send(ADDRESS, HELLO)
    assert (wait.value.whole_channel, round(wait.value.retry_after.total_seconds())) == (False, 60)
    clock.moved = 61_000
    assert await channel.send(ADDRESS, HELLO)
    assert len(daemon.said(OKSANA)) == 1


async def test_only_the_beginning(channel: SignalChannel, daemon: SignalDaemon) -> None:
    """A failure after the first of several messages leaves the outcome open."""
    daemon.fail("send", delay=0)
    daemon.fail("send", -1, "oops")
    with pytest.raises(OutcomeUnknown):
        await channel.send(ADDRESS, Drawn("слово " * 4_000))
