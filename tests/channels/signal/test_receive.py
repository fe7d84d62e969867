"""What comes in: stored first, once, in order, through lost connections and restarts."""

import asyncio
import json

import pytest

from bot.channels.signal.by_http import HttpLine
from bot.channels.signal.channel import SignalChannel
from bot.channels.signal.receipts import Receipt
from bot.channels.signal.receive import in_order
from bot.channels.signal.rpc import NotSent
from tests.channels.signal.conftest import ADDRESS, DOORS, HELLO, Inbox, MakeChannel, Pauses, receiving, until
from tests.servers.signal import OKSANA, PAWEL, SignalDaemon
from tests.servers.signal_world import ACCOUNT

GROUP = {"groupId": "Z3JvdXA=", "groupName": "g", "revision": 1, "type": "DELIVER"}


def texts(channel: SignalChannel, inbox: Inbox) -> list[str]:
    parsed = (channel.parse(envelope.raw) for envelope in inbox.kept.values())
    return [incoming.text for incoming in parsed if incoming]


@pytest.mark.parametrize("door", DOORS)
async def test_messages_are_stored(
    make_channel: MakeChannel, daemon: SignalDaemon, inbox: Inbox, door: str
) -> None:
    """Those that waited and those that come; groups, receipts and signs are not kept."""
    channel = make_channel(door)
    daemon.type(OKSANA, "чекало")
    async with receiving(channel, inbox):
        daemon.type(OKSANA, "у групі", groupInfo=GROUP)
        daemon.receipt(OKSANA, [5])
        daemon.arrive(OKSANA, {"typingMessage": {"action": "STARTED"}})
        daemon.arrive(OKSANA, {"syncMessage": {}})
        daemon.type(PAWEL, "przyszło")
        await inbox.holds(2)
    assert texts(channel, inbox) == ["чекало", "przyszło"]
    assert {envelope.lane for envelope in inbox.kept.values()} == {f"signal:{OKSANA}", f"signal:{PAWEL}"}
    assert {name for name, _ in daemon.calls} <= {"subscribeReceive", "version"}


@pytest.mark.parametrize("door", DOORS)
async def test_long_texts_are_fetched_whole(
    make_channel: MakeChannel, daemon: SignalDaemon, inbox: Inbox, door: str
) -> None:
    """A text over 2,000 bytes arrives as its beginning and a file that holds it all."""
    channel = make_channel(door)
    async with receiving(channel, inbox):
        daemon.type(OKSANA, "Потрібен генератор. " * 90)
        await inbox.holds(1)
    assert texts(channel, inbox) == ["Потрібен генератор. " * 90]


async def test_a_long_text_whose_file_is_gone_keeps_its_beginning(
    channel: SignalChannel, daemon: SignalDaemon, inbox: Inbox
) -> None:
    daemon.fail("getAttachment", -1)
    async with receiving(channel, inbox):
        daemon.type(OKSANA, "я" * 1500)
        await inbox.holds(1)
    assert texts(channel, inbox) == ["я" * 1000]


async def test_nothing_is_let_go_before_it_is_stored(
    channel: SignalChannel, daemon: SignalDaemon, inbox: Inbox, pauses: Pauses
) -> None:
    """The daemon reports once, so a full disk is waited for."""
    inbox.failures = 3
    async with receiving(channel, inbox):
        daemon.type(OKSANA, "важливе")
        await inbox.holds(1)
    assert len(inbox.offered) == 4
    assert len(pauses.taken) >= 3


async def test_doubles_have_one_key(channel: SignalChannel, daemon: SignalDaemon, inbox: Inbox) -> None:
    """A daemon that crashed may report again; a reaction may bear the time of a message."""
    async with receiving(channel, inbox):
        stamp = daemon.type(OKSANA, "раз")
        data = {"timestamp": stamp, "message": "раз", "expiresInSeconds": 0}
        daemon.arrive(OKSANA, {"dataMessage": data}, timestamp=stamp)
        reaction = {"emoji": "👍", "targetSentTimestamp": 5, "isRemove": False}
        daemon.arrive(OKSANA, {"dataMessage": {"timestamp": stamp, "reaction": reaction}}, timestamp=stamp)
        await inbox.holds(2)
    assert [key.rpartition(":")[2] for key in inbox.kept] == ["text", "reaction"]
    assert len(inbox.offered) == 3


def test_what_comes_together_is_put_in_order() -> None:
    """By the time each person wrote it."""
    reports = [
        {"envelope": {"sourceUuid": OKSANA, "timestamp": at, "dataMessage": {"message": str(at)}}}
        for at in (3, 1, 2)
    ]
    sent = [json.loads(envelope.raw)["envelope"]["timestamp"] for envelope in in_order(reports)]
    assert sent == [1, 2, 3]


@pytest.mark.parametrize("door", DOORS)
async def test_a_daemon_that_restarts(
    make_channel: MakeChannel, daemon: SignalDaemon, inbox: Inbox, pauses: Pauses, door: str
) -> None:
    """The channel is down meanwhile and says so; what was written then arrives."""
    channel = make_channel(door)
    async with receiving(channel, inbox):
        daemon.type(OKSANA, "до")
        await inbox.holds(1)
        await daemon.stop()
        daemon.type(OKSANA, "поки")
        await until(lambda: not channel.state.up)
        assert channel.state.reason
        await daemon.start()
        daemon.type(OKSANA, "після")
        await inbox.holds(3)
        assert channel.state.up
    assert texts(channel, inbox) == ["до", "поки", "після"]


@pytest.mark.parametrize("door", ["unix", "tcp"])
async def test_a_stuck_request_costs_the_connection(
    make_channel: MakeChannel, daemon: SignalDaemon, inbox: Inbox, door: str
) -> None:
    """After a request without an answer the channel connects anew and goes on."""
    channel = make_channel(door)
    async with receiving(channel, inbox):
        daemon.fail("send", drop="before")
        await asyncio.gather(channel.send(ADDRESS, HELLO), return_exceptions=True)
        daemon.type(OKSANA, "далі")
        await inbox.holds(1)
    assert texts(channel, inbox) == ["далі"]


async def test_an_event_stream_that_dies_loses_two(
    make_channel: MakeChannel, daemon: SignalDaemon, inbox: Inbox
) -> None:
    """The daemon writes twice into the dead stream; everything after that arrives."""
    channel = make_channel("http")
    async with receiving(channel, inbox):
        daemon.kill_streams()
        for text in ("втрачено", "втрачено", "є"):
            daemon.type(OKSANA, text)
        await until(lambda: "є" in texts(channel, inbox))
    assert texts(channel, inbox)[-1] == "є"


async def test_a_silent_stream_is_given_up(daemon: SignalDaemon) -> None:
    """Comments keep a stream alive; without them it counts as dead."""
    line = HttpLine(daemon.http, silence=0.05)
    opened: list[bool] = []
    with pytest.raises(NotSent):
        await line.listen(ACCOUNT, lambda report: None, lambda *, automatic: opened.append(automatic))
    assert opened == [False]
    await line.close()


async def test_comments_keep_a_stream_alive() -> None:
    async with SignalDaemon(comment_every=0.02) as daemon:
        line = HttpLine(daemon.http, silence=0.2)
        task = asyncio.create_task(line.listen(ACCOUNT, lambda report: None, lambda *, automatic: None))
        done, _ = await asyncio.wait({task}, timeout=0.5)
        assert not done
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await line.close()


@pytest.mark.parametrize("mode", ["on-connection", "on-start"])
@pytest.mark.parametrize("door", ["unix", "tcp"])
async def test_a_daemon_that_reports_unasked(mode: str, door: str, inbox: Inbox) -> None:
    """Each message comes once, although the channel had asked for it as well."""
    async with SignalDaemon(receive=mode) as daemon:
        channel = SignalChannel(getattr(daemon, door), ACCOUNT)
        async with receiving(channel, inbox):
            daemon.type(OKSANA, "раз")
            await inbox.holds(1)
            daemon.type(OKSANA, "два")
            await inbox.holds(2)
        await channel.close()
    assert len(inbox.offered) == 2


async def test_receipts_are_passed_on(make_channel: MakeChannel, daemon: SignalDaemon, inbox: Inbox) -> None:
    """For whoever settles what was unknown."""
    heard: list[Receipt] = []
    channel = make_channel(on_receipt=heard.append)
    async with receiving(channel, inbox):
        message_id = await channel.send(ADDRESS, HELLO)
        daemon.receipt(OKSANA, [int(message_id)], read=True)
        daemon.type(OKSANA, "кінець")
        await inbox.holds(1)
    assert heard == [Receipt(ADDRESS, (int(message_id),), read) for read in (False, True)]


@pytest.mark.parametrize("door", DOORS)
async def test_two_hundred_at_once(
    make_channel: MakeChannel, daemon: SignalDaemon, inbox: Inbox, door: str
) -> None:
    """While the daemon restarts in between, each is kept once and in order."""
    channel = make_channel(door)
    async with receiving(channel, inbox):
        for n in range(200):
            daemon.type(OKSANA, str(n))
            if n in (60, 130):
                await inbox.holds(n + 1)
                await daemon.stop()
                await daemon.start()
        await inbox.holds(200)
    assert texts(channel, inbox) == [str(n) for n in range(200)]
