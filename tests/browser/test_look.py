"""The page on wide and narrow screens, in light and dark, by keyboard and for a screen reader."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from bot.channels.web.words import PHONE, drawn
from bot.model.message import Drawn, Span
from tests.browser.conftest import Demo
from tests.channels.web.echo import PIXEL

pytestmark = pytest.mark.asyncio(loop_scope="session")

AUDIT = (Path(__file__).parent / "audit.js").read_text("utf-8")


async def furnish(demo: Demo) -> None:
    """Something of every kind on the phones."""
    await demo.channel.send("web:mayor", Drawn("Вітаю!", spans=(Span(0, 6, "bold"),)))
    places = (("Вербова, Полтавська обл.", "a"), ("Інша", "b"))
    await demo.channel.send("web:mayor", Drawn("Котра?", buttons=places))
    demo.channel.desk.change("mayor", "b2", pressed="a")
    await demo.channel.send("web:clerk", Drawn("x" * 300, spans=(Span(0, 9, "link", "https://example.org"),)))
    await demo.channel.send("web:clerk", Drawn("Gdzie?", location_asked=True))
    await demo.channel.send("web:coordinator", Drawn("Mapa", file=("m.png", "image/png", PIXEL)))
    await demo.channel.send("web:coordinator", Drawn("Spotkanie", file=("s.ics", "text/calendar", b"B")))


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (900, 700), (390, 844), (320, 640)])
async def test_nothing_in_the_way(demo: Demo, pictures: Path, width: int, height: int) -> None:
    """Names, contrast, sizes and widths on every phone at every width, in light and dark."""
    page = await demo.open(width, height)
    await furnish(demo)
    await page.fill("#write-mayor", "у нас дві насосні стоять")
    await page.press("#write-mayor", "Enter")
    await expect(page.locator("#phone-mayor .row")).to_have_count(4)
    await page.fill("#write-mayor", "/")
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for phone in ("clerk", "coordinator", "mayor"):
            if width <= 700:
                await page.click(f"#tab-{phone}")
            assert await page.evaluate(AUDIT) == []
            await page.screenshot(path=pictures / f"{width}-{scheme}-{phone}.png")


async def visible_phones(page: Page) -> list[str]:
    """Ids of the phones on the screen."""
    return [
        phone
        for phone in ("mayor", "clerk", "coordinator")
        if await page.locator(f"#phone-{phone} .device").is_visible()
    ]


async def test_one_phone_at_a_time(demo: Demo) -> None:
    """At phone width tabs with unread marks lead from phone to phone, also by arrow keys."""
    page = await demo.open(390, 844)
    assert await visible_phones(page) == ["mayor"]
    await demo.channel.send("web:clerk", Drawn("Nowa potrzeba"))
    tab = page.get_by_role("tab", name="Clerk of a gmina")
    await expect(tab).to_have_accessible_name("Clerk of a gmina unread: 1")
    await page.locator("#tab-mayor").focus()
    await page.keyboard.press("ArrowRight")
    await expect(tab).to_be_focused()
    assert await visible_phones(page) == ["clerk"]
    await expect(tab).to_have_accessible_name("Clerk of a gmina")
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("ArrowLeft")
    assert await visible_phones(page) == ["coordinator"]
    await expect(page.get_by_role("tabpanel")).to_have_count(1)
    composer = await page.locator("#phone-coordinator .composer").bounding_box()
    assert composer is not None
    assert composer["y"] + composer["height"] <= 844
    await page.set_viewport_size({"width": 1400, "height": 900})
    await expect(page.locator(".device:visible")).to_have_count(3)


async def test_keyboard_alone(demo: Demo) -> None:
    """From the top of the page a button is reached, pressed and answered without a mouse."""
    page = await demo.open()
    choices = (("First", "handle-1"), ("Second", "handle-2"))
    await demo.channel.send("web:mayor", Drawn("Which?", buttons=choices))
    second = page.get_by_role("button", name="Second")
    await expect(second).to_be_visible()
    for _ in range(12):
        await page.keyboard.press("Tab")
        if await second.evaluate("node => node === document.activeElement"):
            break
    await expect(second).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("You chose Second.")).to_be_visible()
    await expect(page.locator("#phone-mayor .scroll")).to_be_focused()


async def test_screen_reader(demo: Demo) -> None:
    """Conversations are logs in their own language, and each message says who speaks."""
    page = await demo.open()
    await demo.channel.send("web:clerk", Drawn("Dzień dobry"))
    await page.fill("#write-clerk", "witam")
    await page.press("#write-clerk", "Enter")
    log = page.locator("#phone-clerk [role=log]")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(page.locator("#phone-clerk .device")).to_have_attribute("lang", "pl")
    await expect(page.locator("#phone-mayor .device")).to_have_attribute("lang", "uk")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(log.locator(".bubble").first).to_contain_text(f"{drawn(PHONE, 'pl')['bot']}: Dzień dobry")
    await expect(log.locator(".mine .bubble > .spoken")).to_have_count(1)


async def test_theme_and_language_are_remembered(demo: Demo) -> None:
    """The button goes from the device's choice to light and dark; both choices outlive a reload."""
    page = await demo.open(color_scheme="light")
    button = page.get_by_role("button", name="Light or dark")
    ground = "getComputedStyle(document.querySelector('.device')).backgroundColor"
    light = await page.evaluate(ground)
    await button.click()
    await button.click()
    assert await page.evaluate(ground) != light
    await page.reload()
    await expect(page.get_by_role("button", name="Light or dark: dark")).to_be_visible()
    assert await page.evaluate(ground) != light
    await page.get_by_label("Language of this page").select_option("pl")
    await expect(page.locator("html")).to_have_attribute("lang", "pl")


async def test_text_twice_as_large(demo: Demo) -> None:
    """At double size on a phone's width, nothing is cut off sideways."""
    page = await demo.open(390, 844)
    await furnish(demo)
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    await expect(page.locator("#phone-mayor .choice").first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
