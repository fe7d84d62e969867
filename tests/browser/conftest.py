"""A real browser before the real page, with an echo bot behind it."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Error, Page, Request, async_playwright

from bot.channels.web.channel import WebChannel
from tests.channels.web.echo import PHONES, EchoBot, commands, live, served

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One headless Chromium for all tests."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine: install Debian's package chromium or set CHROMIUM")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=CHROMIUM, headless=True, args=["--no-sandbox", "--disable-gpu"]
        )
        yield launched
        await launched.close()


@dataclass
class Demo:
    """The running page: its channel, the bot behind it, and tabs of the browser."""

    channel: WebChannel
    bot: EchoBot
    browser: Browser
    stack: AsyncExitStack
    url: str = ""
    complaints: list[str] = field(default_factory=list)
    server: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def serve(self) -> None:
        """Open the page's port, the same one each time."""
        port = int(self.url.rpartition(":")[2]) if self.url else 0
        self.url = await self.server.enter_async_context(served(self.channel, port))

    async def cut(self) -> None:
        """Close the port; open streams break."""
        await self.server.aclose()

    async def open(self, width: int = 1400, height: int = 900, **options: Any) -> Page:
        """A fresh browser profile with the page in it."""
        options = {"locale": "en-GB", "reduced_motion": "reduce"} | options
        context = await self.browser.new_context(viewport={"width": width, "height": height}, **options)
        self.stack.push_async_callback(context.close)
        page = await context.new_page()
        page.set_default_timeout(5000)
        page.on("console", self._note_console)
        page.on("pageerror", self._note_error)
        page.on("request", self._note_foreign)
        await page.goto(self.url)
        await page.wait_for_selector("[role=log][aria-label]", state="attached")
        return page

    def forgive(self, words: str) -> None:
        """Drop complaints that a test provoked: browsers write every failed request to the console."""
        self.complaints[:] = [complaint for complaint in self.complaints if words not in complaint]

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _note_error(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _note_foreign(self, request: Request) -> None:
        if not request.url.startswith(f"{self.url}/"):
            self.complaints.append(f"request to {request.url}")


@pytest_asyncio.fixture(loop_scope="session")
async def demo(browser: Browser) -> AsyncIterator[Demo]:
    """A page that nobody has used yet; no script may complain and nothing may be asked from elsewhere."""
    channel = WebChannel(PHONES, commands)
    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(live(channel))
        running = Demo(channel, bot, browser, stack)
        await running.serve()
        yield running
        await running.channel.close()
        await running.cut()
    assert running.complaints == []


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go: the folder named by SCREENSHOTS, else a temporary one."""
    named = os.environ.get("SCREENSHOTS")
    return Path(named) if named else tmp_path_factory.mktemp("screenshots")
