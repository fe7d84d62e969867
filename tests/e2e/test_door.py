"""Health, figures and the webhook of the running product."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.product import Product
from tests.servers.telegram import TelegramServer

SECRET = "a-secret-of-the-webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    """A strict Bot API server."""
    async with TelegramServer() as running:
        yield running


async def test_the_door(server: TelegramServer, tmp_path: Path) -> None:
    """Updates that are brought with the secret are answered, others are turned away."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    product = Product(
        tmp_path,
        server.url,
        MISTOK_WEB_LISTEN=f"127.0.0.1:{port}",
        MISTOK_TELEGRAM_WEBHOOK_URL="https://bot.example.org/telegram",
        MISTOK_TELEGRAM_WEBHOOK_SECRET=SECRET,
    )
    await product.command("migrate")
    await product.start()
    await server.called("setWebhook")
    await server.called("setMyCommands", 4)  # for everybody, and in three languages
    server.type(5, "/start", language="pl")
    [update] = server.waiting()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        await _until_open(session)
        for secret, status in (("wrong", 403), ("", 403), (SECRET, 200), (SECRET, 200)):
            async with session.post("/telegram", json=update, headers={HEADER: secret}) as answer:
                assert answer.status == status
        async with session.post("/telegram", data=b"x" * 2_000_000, headers={HEADER: SECRET}) as answer:
            assert answer.status == 413
        async with session.post("/telegram", data=b"{", headers={HEADER: SECRET}) as answer:
            assert answer.status == 400
        async with session.get("/metrics") as answer:
            assert "mistok_messages_being_answered" in await answer.text()
        await server.called("sendMessage")
    assert await product.stop() == 0
    assert server.counts["sendmessage"] == 1  # though the update came twice


async def _until_open(session: aiohttp.ClientSession) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                async with session.get("/health") as answer:
                    assert answer.status == 200
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
