"""What goes out, over every door of a strict daemon."""

import asyncio
import json

import pytest

from bot.channels.signal.channel import SignalChannel
from bot.errors import ConfigurationError, MessageRejected, Throttled
from bot.model.message import Drawn
from tests.channels.signal.conftest import (
    ADDRESS,
    DOORS,
    HELLO,
    Clock,
    Inbox,
    MakeChannel,
    Pauses,
    receiving,
)
from tests.servers.signal import OKSANA, PAWEL, SignalDaemon
from tests.servers.signal_world import ACCOUNT, SPARE

DAY = 24 * 3_600_000


@pytest.mark.parametrize("door", DOORS)
async def test_send_and_edit(make_channel: MakeChannel, daemon: SignalDaemon, door: str) -> None:
    """A person sees the text with its choices; when they have chosen, the choice in their place."""
    channel = make_channel(door)
    message_id = await channel.send(ADDRESS, HELLO)
    [shown] = daemon.chat(OKSANA)
    assert (shown.text, shown.styles) == ("Вітаємо!\n\n1. Далі\n2. Назад", [(0, 8, "BOLD")])
    assert message_id == str(shown.timestamp)
    await channel.edit(ADDRESS, message_id, Drawn("Вітаємо!\n\n✓ Далі"))
    assert (daemon.chat(OKSANA)[0].text, shown.edits) == ("Вітаємо!\n\n✓ Далі", 1)
    assert daemon.refused == []


async def test_single_account_mode(make_channel: MakeChannel, daemon: SignalDaemon, inbox: Inbox) -> None:
    """The daemon started for one account ignores which one is named."""
    daemon.single = True
    channel = make_channel()
    daemon.type(OKSANA, "2")
    async with receiving(channel, inbox):
        await inbox.holds(1)
    await channel.send(ADDRESS, HELLO)
    assert "ending in 0001" in await channel.check()


async def test_edit_too_late_or_too_often_says_it_below(
    channel: SignalChannel, daemon: SignalDaemon, clock: Clock
) -> None:
    """After ten edits or a day the apps would not show another."""
    message_id = await channel.send(ADDRESS, HELLO)
    for n in range(11):
        await channel.edit(ADDRESS, message_id, Drawn(f"Вітаємо!\n\n✓ {n}"))
    first, below = daemon.said(OKSANA)
    assert (first.text, below.text) == ("Вітаємо!\n\n✓ 9", "✓ 10")
    assert below.quote == first.timestamp
    message_id = await channel.send(ADDRESS, HELLO)
    clock.moved = DAY + 60_000
    await channel.edit(ADDRESS, message_id, Drawn("Вітаємо!\n\n✓ Далі"))
    assert [shown.text for shown in daemon.said(OKSANA)[3:]] == ["✓ Далі"]
    assert daemon.dropped == []


async def test_one_request_at_a_time(channel: SignalChannel, daemon: SignalDaemon) -> None:
    """A daemon that is asked before it has answered may lose a message."""
    for person in (OKSANA, PAWEL):
        daemon.fail("send", delay=0.01, times=3)
        await channel.acknowledge(_text(person))
    await asyncio.gather(*(channel.send(f"signal:{who}", HELLO) for who in (OKSANA, PAWEL) for _ in "abc"))
    assert daemon.busiest == 1
    assert len(daemon.said(OKSANA)) == len(daemon.said(PAWEL)) == 3


async def test_read_receipt_and_typing(make_channel: MakeChannel, daemon: SignalDaemon) -> None:
    """Read at once; typing only when the answer takes long."""
    channel = make_channel(slow=0.05)
    await channel.acknowledge(_text(OKSANA))
    await channel.send(ADDRESS, HELLO)
    await channel.acknowledge(_text(PAWEL, 1_760_000_000_500))
    await channel.acknowledge(_text(PAWEL, 1_760_000_000_600))
    await daemon.called("sendTyping")
    assert daemon.typing == [PAWEL]
    assert daemon.read == {OKSANA: [1_760_000_000_123], PAWEL: [1_760_000_000_500, 1_760_000_000_600]}


async def test_signs_never_fail(channel: SignalChannel, daemon: SignalDaemon) -> None:
    """Nothing depends on them."""
    daemon.fail("sendReceipt", -3)
    await channel.acknowledge(_text(OKSANA))
    await daemon.called("sendReceipt")
    await channel.acknowledge(json.dumps({"envelope": {"sourceUuid": OKSANA, "typingMessage": {}}}))
    assert await channel.send(ADDRESS, HELLO)


async def test_what_nobody_waits_for_keeps_its_distance(
    channel: SignalChannel, daemon: SignalDaemon, pauses: Pauses
) -> None:
    """Answers go at once; of the rest two wait and the others are put off for their own people only."""
    pauses.taken.clear()
    people = [f"signal:6f1c0000-0000-4000-8000-0000000000{n:02}" for n in range(6)]
    done = await asyncio.gather(*(channel.send(who, HELLO) for who in people), return_exceptions=True)
    put_off = [error for error in done if isinstance(error, Throttled)]
    assert len(put_off) == 4
    assert not any(error.whole_channel for error in put_off)
    assert len(pauses.taken) == 2
    assert pauses.taken[1] > 2
    await channel.acknowledge(_text(OKSANA))
    pauses.taken.clear()
    await channel.send(ADDRESS, HELLO)
    assert pauses.taken == []


async def test_nobody_sleeps_longer_than_a_claim_lasts(
    channel: SignalChannel, daemon: SignalDaemon, pauses: Pauses, clock: Clock
) -> None:
    """After limits the pauses are long; then messages are put off instead of waiting inside ``send``."""
    for _ in range(6):
        daemon.limit(OKSANA, 1)
        with pytest.raises(Throttled):
            await channel.send(ADDRESS, HELLO)
        clock.moved += 3_600_000
    pauses.taken.clear()
    assert await channel.send(f"signal:{PAWEL}", HELLO)
    with pytest.raises(Throttled) as put_off:
        await channel.send(f"signal:{PAWEL}", Drawn("Ще"))
    assert not put_off.value.whole_channel
    assert max(pauses.taken) <= 20


async def test_new_chats_are_rationed(channel: SignalChannel, daemon: SignalDaemon, clock: Clock) -> None:
    """People the account has no chat with: twenty a day."""
    midnight = -(-clock() // DAY) * DAY
    clock.moved = midnight - clock()
    daemon.contacts[ACCOUNT] = {OKSANA}
    strangers = [f"signal:6f1c0000-0000-4000-8000-0000000001{n:02}" for n in range(21)]
    for who in strangers[:20]:
        await channel.send(who, HELLO)
        clock.moved += 60_000
    with pytest.raises(Throttled) as refused:
        await channel.send(strangers[20], HELLO)
    assert not refused.value.whole_channel
    assert channel.state.accounts[0].new_chats_left == 0
    assert await channel.send(ADDRESS, HELLO)


async def test_the_spare_account_goes_on(
    make_channel: MakeChannel, daemon: SignalDaemon, inbox: Inbox, clock: Clock
) -> None:
    """While the first is limited; answers and edits stay with the number they belong to."""
    daemon.accounts.append(SPARE)
    channel = make_channel("unix", ACCOUNT, spare=SPARE)
    before = await channel.send(ADDRESS, HELLO)
    daemon.limit(PAWEL, 3600)
    with pytest.raises(Throttled) as limited:
        await channel.send(f"signal:{PAWEL}", HELLO)
    assert not limited.value.whole_channel
    after = await channel.send(ADDRESS, Drawn("Далі"))
    assert [shown.account for shown in daemon.said(OKSANA)] == [ACCOUNT, SPARE]
    assert after.endswith("*")
    await channel.edit(ADDRESS, after, Drawn("Далі!"))
    await channel.edit(ADDRESS, before, Drawn("x"))
    assert [shown.text for shown in daemon.said(OKSANA)] == ["Вітаємо!\n\n1. Далі\n2. Назад", "Далі!"]
    async with receiving(channel, inbox):
        daemon.react(OKSANA, int(after[:-1]), "👍", account=SPARE)
        daemon.type(OKSANA, "до головного")
        stored = await inbox.holds(2)
    answers = [channel.parse(envelope.raw) for envelope in stored]
    assert {answer.quoted for answer in answers if answer} == {after, ""}


@pytest.mark.parametrize("address", ["telegram:5", "signal:", "signal:+380501234567", f"signal:{OKSANA}\n"])
async def test_foreign_addresses(channel: SignalChannel, address: str) -> None:
    with pytest.raises(MessageRejected):
        await channel.send(address, HELLO)


def test_settings_are_checked() -> None:
    for url, account in (
        ("http://x:port", ACCOUNT),
        ("ftp://x", ACCOUNT),
        ("", ACCOUNT),
        ("tcp://x", "0440"),
    ):
        with pytest.raises(ConfigurationError):
            SignalChannel(url, account)


def _text(person: str, stamp: int = 1_760_000_000_123) -> str:
    data = {"timestamp": stamp, "message": "2", "expiresInSeconds": 0}
    return json.dumps(
        {"envelope": {"sourceUuid": person, "timestamp": stamp, "dataMessage": data}, "account": ACCOUNT}
    )
