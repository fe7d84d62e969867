"""The demo as a stranger starts it: a mayor and a clerk find each other on the page."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROOT = Path(__file__).parents[2]
PATIENCE = 15_000
NEED = "у нас дві насосні стоять, труби ше з 70х, шукаєм хто в польщі вже міняв і може насос б/у дать"
OFFER = "mamy 2 pompy do wody do oddania i doświadczenie z wodociągami"


@pytest_asyncio.fixture(loop_scope="session")
async def address() -> AsyncIterator[str]:
    """Where a demo of its own process answers."""
    command = (sys.executable, "-m", "bot", "demo", "--port", "0", "--no-browser")
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    line = (await process.stdout.readline()).decode()
    found = re.search(r"http://\S+", line)
    assert found, line
    yield found[0]
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 20) == 0


class Story:
    """The three phones, played by one person."""

    def __init__(self, page: Page, *, narrow: bool) -> None:
        self._page = page
        self._narrow = narrow

    async def write(self, phone: str, text: str) -> None:
        """Type into a phone and send."""
        await self._turn_to(phone)
        await self._page.fill(f"#write-{phone}", text)
        await self._page.press(f"#write-{phone}", "Enter")

    async def press(self, phone: str, label: str) -> None:
        """Press the newest button with this label."""
        await self._turn_to(phone)
        button = self._page.locator(
            f"#phone-{phone} .choice", has_text=re.compile(f"^\\s*{re.escape(label)}")
        )
        await button.last.click(timeout=PATIENCE)

    async def sees(self, phone: str, text: str) -> None:
        """The phone shows these words sooner or later; a phone in a pocket gets them too."""
        bubble = self._page.locator(f"#phone-{phone} .row:not(.mine) .text", has_text=text)
        await expect(bubble.last).to_be_attached(timeout=PATIENCE)

    async def _turn_to(self, phone: str) -> None:
        if self._narrow:
            await self._page.locator(f"#tab-{phone}").click()


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844)], ids=["desk", "phone"])
async def test_they_find_each_other(
    browser: Browser, address: str, width: int, height: int, pictures: Path
) -> None:
    """From two empty phones to both contacts, without a word on the browser's console."""
    context = await browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(address)
    story = Story(page, narrow=width < 700)

    await story.write("clerk", "/start")
    await story.press("clerk", "Polski")
    await story.press("clerk", "Zgadzam się")
    await story.sees("clerk", "W jakiej gminie")
    await story.write("clerk", "jasnowodzie")
    await story.press("clerk", "Tak, to ta")
    await story.press("clerk", "wójt")
    await story.sees("clerk", "co może dać")
    await story.write("clerk", OFFER)
    await story.press("clerk", "Opublikuj")
    await story.press("clerk", "Od razu, w dzień i w nocy")
    await story.press("coordinator", "Zobacz listę")
    await story.press("coordinator", "Potwierdź: może decydować")
    await story.sees("clerk", "Państwa stanowisko jest potwierdzone")

    await story.write("mayor", "/start")
    await story.press("mayor", "Українська")
    await story.press("mayor", "Погоджуюся")
    await story.sees("mayor", "У якій громаді")
    await story.write("mayor", "зорянопілля")
    await story.press("mayor", "Так, саме ця")
    await story.press("mayor", "голова громади")
    await story.press("mayor", "Так")
    await story.sees("mayor", "чого потребує")
    await story.write("mayor", NEED)
    await story.press("mayor", "Опублікувати")
    await story.press("mayor", "Раз на день")
    await story.press("mayor", "Пізніше")

    await story.sees("coordinator", "Zorianopilska")
    await story.press("coordinator", "Zobacz listę")
    await story.press("coordinator", "Potwierdź: może decydować")
    await story.sees("mayor", "Вашу посаду підтверджено")

    await story.sees("clerk", "Nowe dla Państwa")
    if width > 700:
        await page.screenshot(path=pictures / "demo.png")
    await story.press("clerk", "Zobacz i napisz")
    await story.press("clerk", "Napisz")
    await story.write("clerk", "urzad@example.org")
    await story.press("clerk", "Bez")
    await story.press("clerk", "Wyślij")
    await story.press("mayor", "Відповісти")
    await story.press("mayor", "Погодитися")
    await story.write("mayor", "rada@example.org")
    await story.press("mayor", "Так")
    await story.sees("clerk", "rada@example.org")
    await story.sees("mayor", "urzad@example.org")
    await page.screenshot(path=pictures / f"agreed-{width}.png")
    assert complaints == []
    await context.close()
