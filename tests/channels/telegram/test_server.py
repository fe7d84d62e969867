"""The tests' own Bot API server refuses what it should; otherwise passing against it means nothing."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from tests.servers.telegram import TOKEN, TelegramServer
from tests.servers.telegram_rules import Refused, check


def text(words: str = "hello", **fields: Any) -> dict[str, Any]:
    return {"chat_id": 5, "text": words, **fields}


def mark(offset: int, length: int, kind: str = "bold", **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def keys(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def key(label: str = "x", data: str = "h", **more: Any) -> dict[str, Any]:
    return {"text": label, "callback_data": data, **more}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (text(parse_mode="HTML"), "unknown fields"),
        ({"chat_id": 5}, "text is empty"),
        (text(" \n"), "message text is empty"),
        (text("x" * 4097), "message is too long"),
        (text("\ud800"), "UTF-8"),
        (text("\0"), "NUL"),
        (text(entities=[mark(0, 6)]), "range"),
        (text(entities=[mark(0, 0)]), "range"),
        (text("a👍b", entities=[mark(0, 2)]), "range"),
        (text("a👍b", entities=[mark(2, 2)]), "range"),
        (text(entities=[mark(0, 3), mark(2, 3)]), "cross"),
        (text(entities=[mark(0, 1)] * 101), "at most 100"),
        (text(entities=[mark(0, 1, "text_link", url="nowhere")]), "http"),
        (text(entities=[mark(0, 1, "shiny")]), "entity"),
        (text(reply_markup=keys([key(data="я" * 33)])), "BUTTON_DATA_INVALID"),
        (text(reply_markup=keys([key(data="")])), "BUTTON_DATA_INVALID"),
        (text(reply_markup=keys([key(label=" ")])), "BUTTON_TEXT_EMPTY"),
        (text(reply_markup=keys([key(url="https://example.org")])), "unallowed"),
        (text(reply_markup=keys([key()] * 9)), "STRICT"),
        (text(reply_markup=keys(*[[key()]] * 101)), "too long"),
        (text(reply_markup=keys(*[[key("я" * 60)]] * 90)), "too long"),
    ],
)
def test_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        check("sendmessage", fields)


@pytest.mark.parametrize(
    "fields",
    [
        text("👍" * 4096),
        text("a👍b", entities=[mark(1, 2), mark(0, 4)]),
        text(reply_markup=keys(*[[key()]] * 100)),
    ],
)
def test_taken(fields: dict[str, Any]) -> None:
    check("sendmessage", fields)


async def test_updates_are_kept_until_a_higher_offset_confirms_them(server: TelegramServer) -> None:
    first, second, third = (server.type(5, word) for word in ("one", "two", "three"))
    async with aiohttp.ClientSession(f"{server.url}/bot{TOKEN}/") as session:

        async def poll(**fields: Any) -> tuple[int, list[int]]:
            async with session.post("getUpdates", json=fields) as answer:
                body = await answer.json()
                return answer.status, [update["update_id"] for update in body.get("result", [])]

        assert await poll() == await poll() == (200, [first, second, third])
        assert await poll(offset=second, limit=1) == (200, [second])
        assert await poll(offset=-1) == (200, [third])
        assert server.pending == [third]
        older = asyncio.create_task(poll(offset=third + 1, timeout=50))
        await server.called("getUpdates", 5)
        newer = asyncio.create_task(poll(timeout=50))
        assert await older == (409, [])
        fourth = server.type(5, "four")
        assert await newer == (200, [fourth])


async def test_it_can_be_steered_over_http(server: TelegramServer) -> None:
    async with aiohttp.ClientSession(f"{server.url}/control/") as session:

        async def ask(name: str, **arguments: Any) -> Any:
            async with session.post(name, json=arguments) as answer:
                return await answer.json()

        await ask("type", chat_id=5, text="/start", language="pl")
        assert [shown["text"] for shown in await ask("chat", chat_id=5)] == ["/start"]
        assert (await ask("stats"))["pending"] == 1
        async with session.post("heal", data=json.dumps({})) as answer:
            assert answer.status == 404
