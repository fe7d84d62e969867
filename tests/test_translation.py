"""Machine translation beside the original, from a local server over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import translation
from bot.model.message import Foreign
from bot.translation import LibreTranslate

ANSWERS = {
    "Потрібні 3 насоси до 15.12": "Potrzebne 3 pompy do 15.12",
    "Потрібні 4 насоси": "Potrzebne cztery pompy",
    "пишіть на rada@example.org": "proszę pisać na rada@example.org",
}


class Server:
    """Answers what it knows, counts, and can be slow or broken."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.delay = 0.0
        self.body: Any = None
        self.status = 200

    async def answer(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self.asked.append(asked)
        await asyncio.sleep(self.delay)
        body = {"translatedText": ANSWERS[asked["q"]]} if self.body is None else self.body
        return web.json_response(body, status=self.status)


@pytest.fixture
async def server() -> AsyncIterator[tuple[Server, LibreTranslate]]:
    """A running server and its client."""
    answers, app = Server(), web.Application()
    app.router.add_post("/translate", answers.answer)
    async with TestServer(app) as running:
        client = LibreTranslate(str(running.make_url("/")))
        yield answers, client
        await client.close()


async def test_words_come_translated_and_are_remembered(server: tuple[Server, LibreTranslate]) -> None:
    answers, translate = server
    for _ in range(3):
        assert (
            await translate(Foreign("Потрібні 3 насоси до 15.12", "uk"), "pl") == "Potrzebne 3 pompy do 15.12"
        )
    assert (
        await translate(Foreign("пишіть на rada@example.org", "uk"), "pl")
        == "proszę pisać na rada@example.org"
    )
    assert [(a["source"], a["target"], a["format"]) for a in answers.asked] == [("uk", "pl", "text")] * 2


async def test_a_translation_that_loses_a_number_is_not_shown(server: tuple[Server, LibreTranslate]) -> None:
    _, translate = server
    assert await translate(Foreign("Потрібні 4 насоси", "uk"), "pl") == ""


@pytest.mark.parametrize(("status", "body"), [(500, {}), (200, {"error": "x"}), (200, ["x"]), (429, {})])
async def test_a_broken_server_costs_only_the_translation(
    server: tuple[Server, LibreTranslate], status: int, body: Any
) -> None:
    answers, translate = server
    answers.status, answers.body = status, body
    assert await translate(Foreign("Потрібні 3 насоси до 15.12", "uk"), "pl") == ""
    answers.status, answers.body = 200, None
    assert await translate(Foreign("Потрібні 3 насоси до 15.12", "uk"), "pl") != ""


async def test_a_slow_server_is_not_waited_for(
    server: tuple[Server, LibreTranslate], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, translate = server
    monkeypatch.setattr(translation, "LONGEST_WAIT", 0.05)
    answers.delay = 0.5
    assert await translate(Foreign("Потрібні 3 насоси до 15.12", "uk"), "pl") == ""


async def test_nobody_listens() -> None:
    translate = LibreTranslate("http://127.0.0.1:9")
    assert await translate(Foreign("Потрібні 3 насоси до 15.12", "uk"), "pl") == ""
    await translate.close()
