"""The whole product on Signal alone and beside Telegram, against a strict daemon over a TCP socket."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

import pytest

from tests.e2e.product import Product
from tests.e2e.signal_phone import WAYS, SignalPhone
from tests.e2e.test_telegram import Phone as TelegramPhone
from tests.servers.signal import OKSANA, PAWEL, SignalDaemon
from tests.servers.signal_world import ACCOUNT
from tests.servers.telegram import TelegramServer

pytestmark = pytest.mark.slow  # starts and kills the whole product several times

BOSS = "6f1c0000-0000-4000-8000-00000000a003"
SECRETS = ("насоси стоять", "rada@example.org", "urzad@example.org", ACCOUNT, OKSANA)


class Phone(Protocol):
    """A phone with either messenger."""

    def type(self, text: str) -> None: ...
    async def sees(self, text: str) -> None: ...
    async def press(self, label: str) -> None: ...


@pytest.fixture
async def daemon() -> AsyncIterator[SignalDaemon]:
    """A daemon that notes every call a good client would not make; at the end there was none."""
    async with SignalDaemon() as running:
        yield running
        assert running.refused == []
        assert running.busiest == 1  # one request at a time


async def installed(product: Product) -> str:
    """Migrate; the code of a coordinator's invitation."""
    code, printed = await product.command("migrate")
    assert code == 0, printed
    return await product.invitation("coordinator")


async def test_they_find_each_other_on_signal_alone(daemon: SignalDaemon, tmp_path: Path) -> None:
    """No Telegram anywhere; the process is killed in mid-dialogue and goes on."""
    product = Product(
        tmp_path, "", MISTOK_TELEGRAM_TOKEN="", MISTOK_SIGNAL_URL=daemon.tcp, MISTOK_SIGNAL_ACCOUNT=ACCOUNT
    )
    boss_code = await installed(product)
    mayor, clerk, boss = (SignalPhone(daemon, person) for person in (OKSANA, PAWEL, BOSS))
    await product.start()
    mayor.type("/start")
    await mayor.press("Українська")
    await mayor.press("Погоджуюся")
    await mayor.sees("У якій громаді")
    await product.kill()
    mayor.type("немішаєве")  # while nobody listens
    await product.start()
    await asyncio.gather(become_coordinator(boss, boss_code), publish_need(mayor), register(clerk))
    await agree(mayor, clerk, boss)
    assert await product.stop() == 0
    for person, contact in ((PAWEL, "rada@example.org"), (OKSANA, "urzad@example.org")):
        assert sum(contact in shown.text for shown in daemon.said(person)) == 1  # handed over once
    assert set((mayor.used + clerk.used + boss.used).elements()) == set(WAYS)
    assert_silent(product)


async def test_they_find_each_other_across_messengers(daemon: SignalDaemon, tmp_path: Path) -> None:
    """The mayor may not use Telegram, the clerk and the coordinator know nothing else."""
    async with TelegramServer() as server:
        product = Product(tmp_path, server.url, MISTOK_SIGNAL_URL=daemon.tcp, MISTOK_SIGNAL_ACCOUNT=ACCOUNT)
        boss_code = await installed(product)
        mayor = SignalPhone(daemon, OKSANA)
        clerk, boss = TelegramPhone(server, 1002, "pl"), TelegramPhone(server, 1003, "pl")
        await product.start()
        mayor.type("/start")
        await mayor.press("Українська")
        await mayor.press("Погоджуюся")
        await mayor.sees("У якій громаді")
        mayor.type("немішаєве")
        await asyncio.gather(become_coordinator(boss, boss_code), publish_need(mayor), register(clerk))
        await agree(mayor, clerk, boss)
        assert await product.stop() == 0
        assert server.refused == []
        assert sum("urzad@example.org" in shown.text for shown in daemon.said(OKSANA)) == 1
        assert sum("rada@example.org" in message.text for message in server.chat(1002)) == 1
        assert set(mayor.used) == set(WAYS)
    assert_silent(product)


async def become_coordinator(boss: Phone, code: str) -> None:
    boss.type(f"/start {code}")
    await boss.press("Polski")
    await boss.press("Zgadzam się")
    await boss.sees("rolę koordynatora")


async def publish_need(mayor: Phone) -> None:
    """From the answer to "which hromada" to the published need."""
    await mayor.press("Так")
    await mayor.press("голова громади")
    await mayor.press("Так")
    await mayor.sees("чого потребує")
    mayor.type("дві насоси стоять, труби старі, шукаємо хто вже міняв насоси у водопроводі")
    await mayor.press("Опублікувати")
    await mayor.press("Одразу, вдень і вночі")
    await mayor.press("Пізніше")


async def register(clerk: Phone) -> None:
    """From nothing to a question for the first offer."""
    clerk.type("/start")
    await clerk.press("Polski")
    await clerk.press("Zgadzam się")
    await clerk.sees("W jakiej gminie")
    clerk.type("gmina Zamość, lubelskie")
    await clerk.press("Tak, to ta")
    await clerk.press("wójt")
    await clerk.sees("co może dać")


async def agree(mayor: Phone, clerk: Phone, boss: Phone) -> None:
    """Offer, verify, alert, request, answer, contacts."""
    clerk.type("mamy 2 pompy do wody do oddania i doświadczenie z wodociągami")
    await clerk.press("Opublikuj")
    await clerk.press("Od razu, w dzień i w nocy")
    boss.type("/verify")
    await boss.press("gmina")
    await boss.press("Potwierdź: może decydować")
    await clerk.sees("stanowisko jest potwierdzone")
    boss.type("/verify")
    await boss.press("Potwierdź: może decydować")
    await mayor.sees("Вашу посаду підтверджено")
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


def assert_silent(product: Product) -> None:
    """Nothing of the people is in the log."""
    logged = product.log.read_text()
    assert [secret for secret in SECRETS if secret in logged] == []
