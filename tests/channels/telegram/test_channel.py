"""Sending, editing, signs and menus against a strict server, and what each failure means."""

import asyncio
import json
from typing import Any

import pytest

from bot.channels.channel import Channel
from bot.channels.telegram.api import deep_link
from bot.channels.telegram.channel import MAX_SIGNS, TelegramChannel
from bot.errors import ConfigurationError
from bot.model.message import Drawn, Span
from tests.channels.telegram.conftest import HELLO, MakeChannel
from tests.servers.telegram import TelegramServer


async def test_a_message_is_shown_then_replaced(
    server: TelegramServer, channel: TelegramChannel, chat: str
) -> None:
    message_id = await channel.send(chat, HELLO)
    shown = server.chat(5)[-1]
    assert (str(shown.message_id), shown.text) == (message_id, "Вітаємо!")
    assert shown.buttons == [("Далі", "h1"), ("Назад", "h2")]
    assert shown.protected
    await channel.edit(chat, message_id, Drawn("Далі ✓"))
    assert (server.chat(5)[-1].text, server.chat(5)[-1].buttons) == ("Далі ✓", [])
    assert server.refused == []


async def test_the_id_of_a_long_reply_is_that_of_its_buttons(
    server: TelegramServer, channel: TelegramChannel, chat: str
) -> None:
    long = Drawn("слово " * 1500, buttons=(("Далі", "h"),))
    message_id = await channel.send(chat, long)
    assert [bool(shown.buttons) for shown in server.chat(5)[1:]] == [False, False, True]
    await channel.edit(chat, message_id, Drawn("слово " * 1499 + "кінець"))
    assert server.chat(5)[-1].text.endswith("кінець")
    assert server.refused == []


@pytest.mark.parametrize(
    ("name", "kind", "shown_name"),
    [
        ("a.ics", "text/calendar", "a.ics"),
        ("map.png", "image/png", "map.png"),
        ("зустріч.ics", "text/calendar", "зустріч.ics"),
        ('a"\r\nX: b\ud800/\\.ics', "text/calendar", "a___X: b___.ics"),
    ],
)
async def test_files_arrive_with_their_caption(
    name: str, kind: str, shown_name: str, server: TelegramServer, channel: TelegramChannel, chat: str
) -> None:
    await channel.send(chat, Drawn("Зустріч", (Span(0, 7, "bold"),), file=(name, kind, b"\x89PNG\0\xff")))
    shown = server.chat(5)[-1]
    assert (shown.text, shown.file, shown.entities[0]["length"]) == ("Зустріч", shown_name, 7)
    assert server.refused == []


@pytest.mark.parametrize(
    "edit",
    [
        lambda channel, chat, sent: channel.edit(chat, sent, HELLO),
        lambda channel, chat, sent: channel.edit(chat, "999", HELLO),
    ],
    ids=["already equal", "gone"],
)
async def test_an_edit_that_changes_nothing_is_fine(edit: Any, channel: TelegramChannel, chat: str) -> None:
    await edit(channel, chat, await channel.send(chat, HELLO))


async def test_a_message_with_the_location_button_stays_as_it_is(
    server: TelegramServer, channel: TelegramChannel, chat: str
) -> None:
    sent = await channel.send(chat, Drawn("Де Ви?", location_asked=True))
    await channel.edit(chat, sent, Drawn("Громада"))
    assert server.chat(5)[-1].text == "Де Ви?"


async def test_a_press_is_answered_and_a_message_shows_typing(
    server: TelegramServer, channel: TelegramChannel, chat: str
) -> None:
    await channel.send(chat, HELLO)
    server.press(5, "Далі")
    typed, pressed = (json.dumps(update) for update in server.waiting())
    await channel.acknowledge(typed)
    await channel.acknowledge(pressed)
    await server.called("answerCallbackQuery")
    [sign] = await server.called("sendChatAction")
    assert sign == {"chat_id": 5, "action": "typing"}
    await channel.acknowledge(pressed)  # too old now
    await channel.acknowledge('{"update_id": 1}')
    assert server.refused == []


async def test_signs_never_pile_up(server: TelegramServer, channel: TelegramChannel, chat: str) -> None:
    server.fail("sendChatAction", times=100, delay=30)
    [typed] = (json.dumps(update) for update in server.waiting())
    for _ in range(100):
        await channel.acknowledge(typed)
    assert len(channel._tasks) == MAX_SIGNS
    await channel.send(chat, HELLO)


async def test_the_pool_survives_cancelled_sends(
    server: TelegramServer, channel: TelegramChannel, chat: str
) -> None:
    server.fail("sendMessage", times=200, delay=30)
    sends = [asyncio.create_task(channel.send(chat, HELLO)) for _ in range(200)]
    await asyncio.sleep(0.1)
    for send in sends:
        send.cancel()
    await asyncio.gather(*sends, return_exceptions=True)
    server.heal()
    async with asyncio.timeout(5):
        await asyncio.gather(*(channel.send(chat, HELLO) for _ in range(50)))
    assert len(server.chat(5)) >= 51


async def test_a_paid_broadcast_is_marked_only_above_the_free_rate(
    server: TelegramServer, make_channel: MakeChannel, chat: str
) -> None:
    await make_channel(rate=25).send(chat, HELLO)
    await make_channel(rate=200).send(chat, HELLO)
    assert [call.get("allow_paid_broadcast") for call in server.calls("sendMessage")] == [None, True]
    assert make_channel(rate=25).in_flight == 8


async def test_menus(server: TelegramServer, channel: TelegramChannel, chat: str) -> None:
    await channel.menu(chat, "pl", ["coordinator"])
    assert [entry["command"] for entry in server.commands["chat 5"]] == ["start", "help", "stats"]
    server.fail("setMyCommands", status=429, text="Too Many Requests", retry_after=500)
    await channel.menu(chat, "uk", [])


async def test_common_menus_are_registered_once(server: TelegramServer, channel: TelegramChannel) -> None:
    digest = await channel.register_commands()
    assert set(server.commands) == {"default", "default uk", "default pl", "default en"}
    assert server.commands["default"] == server.commands["default uk"]
    calls = server.counts["setmycommands"]
    assert await channel.register_commands(digest) == digest
    assert server.counts["setmycommands"] == calls
    server.fail("setMyCommands", status=500)
    assert await channel.register_commands("older") == "older"


async def test_check(server: TelegramServer, channel: TelegramChannel, make_channel: MakeChannel) -> None:
    assert await channel.check() == "@mistok_test_bot"
    with pytest.raises(ConfigurationError, match="MISTOK_TELEGRAM_TOKEN"):
        await make_channel(token="1:wrong").check()
    with pytest.raises(ConfigurationError, match="MISTOK_TELEGRAM_TOKEN"):
        make_channel(token="no token")


def test_deep_links() -> None:
    assert deep_link("@mistok_test_bot", "aB-_9") == "https://t.me/mistok_test_bot?start=aB-_9"
    for code in ("", "a b", "x" * 65, "ж"):
        with pytest.raises(ValueError, match="start code"):
            deep_link("@b", code)


def test_it_is_a_channel(channel: TelegramChannel) -> None:
    as_channel: Channel = channel
    assert as_channel.name == "telegram"
