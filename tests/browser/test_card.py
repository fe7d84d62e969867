"""A card with its map as the demo shows it."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.test_story import PATIENCE, Story, address

__all__ = ["address"]  # a fixture, used by its name

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_card_shows_its_map(browser: Browser, address: str, pictures: Path) -> None:
    """A mayor finds a gmina in words and sees where it lies, with the same in words below."""
    context = await browser.new_context(
        viewport={"width": 430, "height": 1100}, device_scale_factor=2, reduced_motion="reduce"
    )
    page = await context.new_page()
    await page.goto(address)
    story = Story(page, narrow=True)
    await story.write("mayor", "/start")
    await story.press("mayor", "Українська")
    await story.press("mayor", "Погоджуюся")
    await story.sees("mayor", "У якій громаді")
    await story.write("mayor", "зорянопілля")
    await story.press("mayor", "Так, саме ця")
    await story.press("mayor", "голова громади")
    await story.press("mayor", "Так")
    await story.sees("mayor", "чого потребує")
    await story.press("coordinator", "Zobacz listę")
    await story.press("coordinator", "Potwierdź: może decydować")
    await story.sees("mayor", "Вашу посаду підтверджено")
    await story.write("mayor", "/find біля Кракова, досвід з водоканалом")
    await story.press("mayor", "Велькобжезьно")
    await story.sees("mayor", "14 km sieci wodociągowej")
    await story.press("mayor", "Показати карту")
    picture = page.locator("#phone-mayor .row:not(.mine) img").last
    await expect(picture).to_be_visible(timeout=PATIENCE)
    await expect(
        page.locator("#phone-mayor .row:not(.mine) .text", has_text=re.compile("Natural Earth"))
    ).to_be_visible()
    assert await picture.evaluate("image => image.complete && image.naturalWidth === 1000")
    await page.screenshot(path=pictures / "card.png")
    await context.close()
