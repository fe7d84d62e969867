"""Nothing that a person sent is lost between Telegram and the inbox."""

import asyncio
from typing import Any

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.errors import ConfigurationError
from tests.channels.telegram.conftest import Inbox, MakeChannel, Pauses, receiving, texts
from tests.servers.telegram import TelegramServer


async def test_what_waits_and_what_comes_later_is_accepted_then_confirmed(
    server: TelegramServer, channel: TelegramChannel, inbox: Inbox
) -> None:
    for number in range(250):
        server.type(5 + number % 3, f"n{number}")
    async with receiving(channel, inbox):
        await inbox.holds(250)
        await server.called("getUpdates", 4)
        assert server.pending == []
        server.type(5, "late")
        await inbox.holds(251)
    assert texts(inbox) == [f"n{number}" for number in range(250)] + ["late"]
    assert {envelope.lane for envelope in inbox.kept.values()} == {"telegram:5", "telegram:6", "telegram:7"}
    assert channel.last_poll > 0


async def test_a_failed_commit_repeats_the_updates(
    server: TelegramServer, channel: TelegramChannel, inbox: Inbox, pauses: Pauses
) -> None:
    inbox.failures = 2
    server.type(5, "keep me")
    async with receiving(channel, inbox):
        await inbox.holds(1)
    assert len(inbox.offered) == 3
    assert len(pauses.taken) == 2
    assert 0.5 <= pauses.taken[0] <= 1 <= pauses.taken[1] <= 2


async def test_a_stop_between_the_commit_and_the_next_poll_repeats_the_updates(
    server: TelegramServer, make_channel: MakeChannel, inbox: Inbox
) -> None:
    first = make_channel()
    server.type(5, "once")

    async def store_and_die(envelopes: Any) -> None:
        await inbox(envelopes)
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await first.receive(store_and_die)
    assert len(server.pending) == 1
    async with receiving(make_channel(), inbox):
        await server.called("getUpdates", 3)
    assert inbox.offered == ["telegram:1000000"] * 2
    assert len(inbox.kept) == 1
    assert server.pending == []


async def test_a_stop_in_the_middle_of_a_poll_loses_nothing(
    server: TelegramServer, make_channel: MakeChannel, inbox: Inbox
) -> None:
    async with receiving(make_channel(), inbox):
        await server.called("getUpdates")
    server.type(5, "while nobody listened")
    async with receiving(make_channel(), inbox):
        await inbox.holds(1)


async def test_one_broken_update_among_a_hundred(
    server: TelegramServer, channel: TelegramChannel, inbox: Inbox
) -> None:
    for number in range(100):
        extra: dict[str, Any] = {"date": 10**17} if number == 50 else {}
        server.type(5, f"n{number}", **extra)
    async with receiving(channel, inbox):
        await inbox.holds(100)
    good, broken = 0, 0
    for envelope in inbox.kept.values():
        try:
            good += channel.parse(envelope.raw) is not None
        except ValueError:
            broken += 1
    assert (good, broken) == (99, 1)


async def test_odd_characters_are_stored_as_ascii_json(
    server: TelegramServer, channel: TelegramChannel, inbox: Inbox
) -> None:
    odd = "a\ud800\0\u202e👩‍👩‍👧"
    server.type(5, odd)
    async with receiving(channel, inbox):
        await inbox.holds(1)
    [envelope] = inbox.kept.values()
    assert envelope.raw.isascii()
    incoming = channel.parse(envelope.raw)
    assert incoming is not None
    assert incoming.text == odd


async def test_update_ids_may_start_again_lower(
    server: TelegramServer, channel: TelegramChannel, inbox: Inbox
) -> None:
    server.type(5, "before the quiet week")
    async with receiving(channel, inbox):
        await inbox.holds(1)
        await server.called("getUpdates", 2)
        server.type(5, "wake")
        await inbox.holds(2)
        await server.called("getUpdates", 3)
        server.restart_ids(10)
        server.type(5, "after")
        await inbox.holds(3)
        await server.called("getUpdates", 4)
        server.type(5, "and on")
        await inbox.holds(4)
    assert texts(inbox)[-2:] == ["after", "and on"]


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"status": 502},
        {"drop": "before"},
        {"drop": "after"},
        {"body": '{"ok": true'},
        {"body": '{"ok": true}'},
        {"body": "[]"},
        {"body": '{"ok": true, "result": [{}]}'},
    ],
)
async def test_polling_survives(
    fault: dict[str, Any], server: TelegramServer, channel: TelegramChannel, inbox: Inbox, pauses: Pauses
) -> None:
    server.fail("getUpdates", times=3, **fault)
    server.type(5, "x")
    async with receiving(channel, inbox):
        await inbox.holds(1)
    assert len(pauses.taken) == 3


async def test_the_pauses_grow_to_half_a_minute(
    server: TelegramServer, make_channel: MakeChannel, inbox: Inbox
) -> None:
    pauses = Pauses(limit=9)
    server.fail("getUpdates", times=20, status=500)
    async with receiving(make_channel(pause=pauses), inbox):
        await pauses.exhausted.wait()
    assert all(
        min(2**number, 30) / 2 <= pause <= min(2**number, 30) for number, pause in enumerate(pauses.taken)
    )


async def test_flood_control_is_obeyed(
    server: TelegramServer, channel: TelegramChannel, inbox: Inbox, pauses: Pauses
) -> None:
    server.fail("getUpdates", status=429, text="Too Many Requests: retry after 7", retry_after=7)
    server.type(5, "x")
    async with receiving(channel, inbox):
        await inbox.holds(1)
    assert pauses.taken == [7.5]


async def test_a_second_poller_makes_the_first_wait(
    server: TelegramServer, make_channel: MakeChannel, pauses: Pauses, caplog: pytest.LogCaptureFixture
) -> None:
    older, newer = Inbox(), Inbox()
    waiting = Pauses(limit=1)
    async with receiving(make_channel(pause=waiting), older):
        await server.called("getUpdates")
        async with receiving(make_channel(), newer):
            await server.called("getUpdates", 2)
            server.type(5, "x")
            await newer.holds(1)
    assert waiting.taken == [30]
    assert "another process polls" in caplog.text
    assert older.kept == {}


async def test_a_forgotten_webhook_is_removed(
    server: TelegramServer, channel: TelegramChannel, inbox: Inbox
) -> None:
    server.webhook = {"url": "https://example.org"}
    server.type(5, "x")
    async with receiving(channel, inbox):
        await inbox.holds(1)
    assert server.calls("deleteWebhook") == [{}]


@pytest.mark.parametrize("fault", [{"status": 401, "text": "Unauthorized"}, {"status": 404}])
async def test_a_refused_token_stops_the_channel(
    fault: dict[str, Any], server: TelegramServer, channel: TelegramChannel, inbox: Inbox
) -> None:
    server.fail("getUpdates", times=2, **fault)
    with pytest.raises(ConfigurationError, match="MISTOK_TELEGRAM_TOKEN"):
        await channel.receive(inbox)


async def test_only_what_is_used_is_asked_for(
    server: TelegramServer, channel: TelegramChannel, inbox: Inbox
) -> None:
    async with receiving(channel, inbox):
        [fields] = await server.called("getUpdates")
    assert fields == {"timeout": 50, "allowed_updates": ["message", "callback_query", "my_chat_member"]}


async def test_drop_pending_updates_is_never_asked_for(
    server: TelegramServer, channel: TelegramChannel, inbox: Inbox
) -> None:
    server.webhook = {"url": "https://example.org"}
    async with receiving(channel, inbox):
        await server.called("getUpdates")
    assert not any("drop_pending_updates" in call for call in server.calls())
