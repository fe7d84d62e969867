"""The whole product over real HTTP against a strict Bot API server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.e2e.product import Product
from tests.servers.telegram import TOKEN, TelegramServer

pytestmark = pytest.mark.slow  # starts and kills the whole product several times

MAYOR, CLERK, BOSS = 1001, 1002, 1003
PATIENCE = 20.0


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    """A Bot API server that refuses whatever breaks a rule; at the end nothing was refused."""
    async with TelegramServer() as running:
        yield running
        assert running.refused == []


@pytest.fixture
async def product(server: TelegramServer, tmp_path: Path) -> AsyncIterator[Product]:
    """The product with a fresh database, not yet running."""
    made = Product(tmp_path, server.url)
    code, printed = await made.command("migrate")
    assert code == 0, printed
    yield made
    logged = made.log.read_text() if made.log.exists() else ""
    for secret in (TOKEN, "насоси стоять", "urzad@example.org"):
        assert secret not in logged


class Phone:
    """One person's chat."""

    def __init__(self, server: TelegramServer, number: int, language: str) -> None:
        self._server = server
        self._number = number
        self._language = language

    def type(self, text: str) -> None:
        """Send words."""
        self._server.type(self._number, text, language=self._language)

    async def sees(self, text: str) -> None:
        """Wait until a message holds these words."""
        await self._until(lambda: any(text in message.text for message in self._server.chat(self._number)))

    async def press(self, label: str) -> None:
        """Press the newest button whose label begins so, as soon as it is there."""
        await self._until(lambda: bool(self._buttons(label)))
        self._server.press(self._number, self._buttons(label)[-1])

    def _buttons(self, label: str) -> list[str]:
        shown = [text for message in self._server.chat(self._number) for text, _ in message.buttons]
        return [text for text in shown if text.startswith(label)]

    async def _until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not holds():  # noqa: ASYNC110 - what is waited for happens in another process
                await asyncio.sleep(0.02)


async def test_they_find_each_other_although_the_bot_is_killed(
    server: TelegramServer, product: Product
) -> None:
    """The main story; the process dies in mid-dialogue and in mid-send, and nobody notices."""
    boss_code = await product.invitation("coordinator")
    mayor, clerk, boss = Phone(server, MAYOR, "uk"), Phone(server, CLERK, "pl"), Phone(server, BOSS, "pl")
    await product.start()
    boss.type(f"/start {boss_code}")
    await boss.press("Polski")
    await boss.press("Zgadzam się")
    await boss.sees("rolę koordynatora")

    mayor.type("/start")
    await mayor.press("Українська")
    await mayor.press("Погоджуюся")
    await mayor.sees("У якій громаді")
    await product.kill()
    mayor.type("немішаєве")  # while nobody listens
    await product.start()
    await mayor.press("Так")
    await mayor.press("голова громади")
    await mayor.press("Так")
    await mayor.sees("чого потребує")
    server.fail("sendmessage", delay=0.4)
    mayor.type("дві насоси стоять, труби старі, шукаємо хто вже міняв насоси у водопроводі")
    await server.called("sendMessage", server.counts["sendmessage"] + 1)
    await product.kill()  # the answer is on its way
    await product.start()
    await mayor.press("Опублікувати")
    await mayor.press("Одразу, вдень і вночі")
    await mayor.press("Пізніше")

    clerk.type("/start")
    await clerk.press("Polski")
    await clerk.press("Zgadzam się")
    await clerk.sees("W jakiej gminie")
    clerk.type("gmina Zamość, lubelskie")
    await clerk.sees("Zamość")
    await clerk.press("Tak, to ta")
    await clerk.press("wójt")
    await clerk.sees("co może dać")
    clerk.type("mamy 2 pompy do wody do oddania i doświadczenie z wodociągami")
    await clerk.press("Opublikuj")
    await clerk.press("Od razu, w dzień i w nocy")
    boss.type("/verify")
    await boss.press("gmina")
    await boss.press("Potwierdź: może decydować")
    await clerk.sees("Państwa stanowisko jest potwierdzone")
    boss.type("/verify")
    await boss.press("Potwierdź: może decydować")
    await clerk.press("Zobacz i napisz")
    await clerk.press("Napisz")
    await clerk.sees("Jaki kontakt")
    clerk.type("urzad@example.org")
    await clerk.press("Bez")
    await clerk.press("Wyślij")
    await mayor.press("Відповісти")
    await mayor.press("Погодитися")
    await mayor.sees("контакт")
    mayor.type("rada@example.org")
    await mayor.press("Так, передати")
    await clerk.sees("rada@example.org")
    await mayor.sees("urzad@example.org")
    assert await product.stop() == 0
    for chat, contact in ((CLERK, "rada@example.org"), (MAYOR, "urzad@example.org")):
        assert sum(contact in message.text for message in server.chat(chat)) == 1  # handed over once
