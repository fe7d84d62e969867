"""What each failure of a send means for the message."""

import socket
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.errors import (
    ChannelUnavailable,
    DeliveryError,
    MessageRejected,
    OutcomeUnknown,
    RecipientGone,
    Throttled,
)
from bot.model.message import Drawn
from tests.channels.telegram.conftest import HELLO, MakeChannel
from tests.servers.telegram import TelegramServer


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"status": 403, "text": "Forbidden: bot was blocked by the user"}, RecipientGone),
        ({"status": 403, "text": "Forbidden: user is deactivated"}, RecipientGone),
        ({"status": 403, "text": "Forbidden: bot can't initiate conversation with a user"}, RecipientGone),
        ({"status": 400, "text": "Bad Request: chat not found"}, RecipientGone),
        ({"status": 400, "text": "Bad Request: message is too long"}, MessageRejected),
        ({"status": 400, "text": "Bad Request: BUTTON_DATA_INVALID"}, MessageRejected),
        ({"status": 413, "text": "Request Entity Too Large"}, MessageRejected),
        ({"status": 401, "text": "Unauthorized"}, ChannelUnavailable),
        ({"status": 404, "text": "Not Found"}, ChannelUnavailable),
        ({"status": 429, "text": "Too Many Requests: retry after 3", "retry_after": 3}, Throttled),
        ({"status": 429, "text": "Too Many Requests"}, Throttled),
        ({"status": 500, "text": "Internal Server Error"}, OutcomeUnknown),
        ({"status": 502, "text": "Bad Gateway"}, OutcomeUnknown),
        ({"drop": "before"}, OutcomeUnknown),
        ({"drop": "after"}, OutcomeUnknown),
        ({"body": "<html>"}, OutcomeUnknown),
        ({"body": '{"ok": true}'}, OutcomeUnknown),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else value.__name__,
)
async def test_what_a_failed_send_means(
    fault: dict[str, Any],
    expected: type[DeliveryError],
    server: TelegramServer,
    channel: TelegramChannel,
    chat: str,
) -> None:
    sent = await channel.send(chat, HELLO)
    server.fail("sendMessage", **fault)
    server.fail("editMessageText", **fault)
    with pytest.raises(expected):
        await channel.send(chat, HELLO)
    with pytest.raises(expected):
        await channel.edit(chat, sent, Drawn("Далі"))


async def test_an_answer_without_a_message_id_leaves_the_outcome_open(
    server: TelegramServer, channel: TelegramChannel, chat: str
) -> None:
    server.fail("sendMessage", body='{"ok": true, "result": true}')
    with pytest.raises(OutcomeUnknown):
        await channel.send(chat, HELLO)


async def test_a_server_that_does_not_listen_was_sent_nothing(make_channel: MakeChannel) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(ChannelUnavailable):
        await make_channel(url=f"http://127.0.0.1:{port}").send("telegram:5", HELLO)
    with pytest.raises(ChannelUnavailable):
        await make_channel(url="http://nowhere.invalid").send("telegram:5", HELLO)
    with pytest.raises(ChannelUnavailable, match="MISTOK_TELEGRAM_API_URL"):
        await make_channel(url=f"http://127.0.0.1:{port}").check()


async def test_plain_http_where_tls_is_expected_was_sent_nothing(
    server: TelegramServer, make_channel: MakeChannel
) -> None:
    with pytest.raises(ChannelUnavailable):
        await make_channel(url=server.url.replace("http:", "https:")).send("telegram:5", HELLO)


async def test_an_answer_that_stays_out_leaves_the_outcome_open(
    server: TelegramServer, channel: TelegramChannel, chat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel._bot.request, "_read_timeout", 0.05)
    server.fail("sendMessage", delay=30)
    with pytest.raises(OutcomeUnknown):
        await channel.send(chat, HELLO)


async def test_the_first_pause_is_for_one_chat_and_a_second_for_all(
    server: TelegramServer, channel: TelegramChannel
) -> None:
    server.type(5, "hi")
    server.type(6, "hi")
    server.fail("sendMessage", times=3, status=429, text="Too Many Requests", retry_after=9)
    whole = []
    for address in ("telegram:5", "telegram:5", "telegram:6"):
        with pytest.raises(Throttled) as caught:
            await channel.send(address, HELLO)
        assert caught.value.retry_after == timedelta(seconds=9)
        whole.append(caught.value.whole_channel)
    assert whole == [False, False, True]


async def test_a_failure_in_the_middle_of_a_long_reply_leaves_the_outcome_open(
    server: TelegramServer, channel: TelegramChannel, chat: str
) -> None:
    server.fail("sendMessage")
    server.fail("sendMessage", status=429, text="Too Many Requests", retry_after=9)
    with pytest.raises(OutcomeUnknown):
        await channel.send(chat, Drawn("слово " * 1500))


async def test_refused_entities_go_out_plain(
    server: TelegramServer, channel: TelegramChannel, chat: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.fail("sendMessage", status=400, text="Bad Request: can't parse entities: unexpected end")
    await channel.send(chat, HELLO)
    assert (server.chat(5)[-1].text, server.chat(5)[-1].entities) == ("Вітаємо!", [])
    assert "entities were refused" in caplog.text


async def test_a_blocked_bot_and_a_stranger(
    server: TelegramServer, channel: TelegramChannel, chat: str
) -> None:
    server.block(5)
    with pytest.raises(RecipientGone):
        await channel.send(chat, HELLO)
    with pytest.raises(RecipientGone):
        await channel.send("telegram:404", HELLO)


@pytest.mark.parametrize(
    "address", ["signal:5", "telegram:", "telegram:-5", "telegram:x", "telegram:1_0", "telegram:٣"]
)
async def test_an_address_of_something_else(address: str, channel: TelegramChannel) -> None:
    with pytest.raises(MessageRejected):
        await channel.send(address, HELLO)
