"""What people do on the phones, in a real browser."""

import io

import pytest
from PIL import Image
from playwright.async_api import Page, Route, expect

from bot.channels.web.channel import WebChannel
from bot.channels.web.words import PHONE, drawn
from bot.model.message import Drawn
from tests.browser.conftest import Demo
from tests.channels.web.echo import PHONES

pytestmark = pytest.mark.asyncio(loop_scope="session")

UK, PL = drawn(PHONE, "uk"), drawn(PHONE, "pl")


async def write(page: Page, phone: str, text: str) -> None:
    """Type into a phone and press Enter."""
    await page.fill(f"#write-{phone}", text)
    await page.press(f"#write-{phone}", "Enter")


async def test_typing(demo: Demo) -> None:
    """Enter sends, Shift+Enter begins a line, the answer follows, ticks say how far it went."""
    page = await demo.open()
    await page.click("#write-mayor")
    await page.keyboard.type("перший")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("<b>другий</b>")
    await page.keyboard.press("Enter")
    bubbles = page.locator("#phone-mayor .text")
    typed = "перший\n<b>другий</b>"
    await expect(bubbles).to_have_text([typed, f"Echo: {typed}"], use_inner_text=True)
    await expect(page.locator("#phone-mayor .ticks")).to_have_class("ticks read")
    await expect(page.locator("#write-mayor")).to_have_value("")
    await expect(page.locator("#write-mayor")).to_be_focused()
    await expect(page.locator("#phone-clerk .text")).to_have_count(0)


async def test_start_button(demo: Demo) -> None:
    """An empty phone offers to begin."""
    page = await demo.open()
    await page.click("#phone-clerk .begin")
    await expect(page.locator("#phone-clerk .text")).to_have_text(["/start", "Echo: /start"])
    await expect(page.locator("#phone-clerk .begin")).to_be_hidden()


async def test_buttons_and_edit(demo: Demo) -> None:
    """A press reaches the bot; the answered question changes in place and its buttons go."""
    page = await demo.open()
    await write(page, "mayor", "choose")
    await page.get_by_role("button", name="Second").click()
    bubbles = page.locator("#phone-mayor .row:not(.mine) .text")
    await expect(bubbles).to_have_text(["Which one? Second", "You chose Second."])
    await expect(page.locator("#phone-mayor .choice")).to_have_count(0)


async def test_pressed_button_is_marked(demo: Demo) -> None:
    """Until the bot changes the message the pressed button stays marked, also for a screen reader."""
    page = await demo.open()
    demo.bot.silent = True
    await demo.channel.send("web:mayor", Drawn("Which?", buttons=(("A", "ha"), ("B", "hb"))))
    await page.get_by_role("button", name="B").click()
    await expect(page.get_by_role("button", name=f"B ({UK['chosen']})")).to_be_visible()
    await expect(page.locator(".choice[aria-disabled]")).to_have_count(0)
    assert len(demo.bot.stored) == 1


async def test_styles_and_links(demo: Demo) -> None:
    """Spans become elements at the right code points; a link opens apart; a script is no link."""
    page = await demo.open()
    await write(page, "mayor", "styled")
    bubble = page.locator("#phone-mayor .row:not(.mine) .text")
    await expect(bubble.locator("strong")).to_have_text("<b>bold</b>")
    await expect(bubble.locator("strong em")).to_have_text("bold")
    link = bubble.locator("a")
    await expect(link).to_have_attribute("href", "https://example.org/")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await write(page, "mayor", "bad link")
    await expect(page.get_by_text("press here")).to_be_visible()
    await expect(page.locator("#phone-mayor .text a")).to_have_count(1)


async def test_commands(demo: Demo) -> None:
    """A slash offers the commands in the person's language; arrows and Enter choose one."""
    page = await demo.open()
    await demo.channel.menu("web:coordinator", "en", ["coordinator"])
    await expect(page.locator("#write-coordinator")).to_have_attribute("placeholder", "Message")
    await page.click("#write-coordinator")
    await page.keyboard.type("/")
    items = page.locator("#phone-coordinator [role=menuitem]")
    await expect(items).to_have_text([f"/{name}About {name} (en)" for name in ("need", "offer", "verify")])
    await page.keyboard.type("v")
    await expect(items).to_have_count(1)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator("#phone-coordinator .mine .text")).to_have_text("/verify")
    await expect(page.locator("#phone-coordinator [role=menu]")).to_be_hidden()


async def test_location(demo: Demo) -> None:
    """Asked for a place, a phone offers its sample points."""
    page = await demo.open()
    await write(page, "clerk", "where")
    await page.locator("#phone-clerk .choice").click()
    await page.get_by_role("menuitem", name="Szkoła").click()
    await expect(page.locator("#phone-clerk .row:not(.mine) .text").last).to_have_text("At 50.26")


async def test_files(demo: Demo) -> None:
    """A calendar is offered under its name; a picture is shown with its name for who cannot see it."""
    page = await demo.open()
    await write(page, "clerk", "calendar")
    async with page.expect_download() as downloading:
        await page.locator("#phone-clerk .chip").click()
    assert (await downloading.value).suggested_filename == "spotkanie żółte.ics"
    await write(page, "clerk", "map")
    picture = page.locator("#phone-clerk .picture img")
    await expect(picture).to_have_attribute("alt", PL["picture"].format(name="map.png"))
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1


async def test_pasted_picture_is_told_to_the_bot(demo: Demo) -> None:
    """A phone sends no files; the bot learns the kind and asks for words."""
    page = await demo.open()
    await page.locator("#write-mayor").evaluate(
        """area => {
          const data = new DataTransfer();
          data.items.add(new File(["x"], "x.png", { type: "image/png" }));
          area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }"""
    )
    await expect(page.locator("#phone-mayor .text")).to_have_text([UK["photo"], "No photo, words please."])


async def test_unread(demo: Demo) -> None:
    """A message elsewhere is counted until its phone is looked at; a reload remembers."""
    page = await demo.open()
    await write(page, "mayor", "tell Nowa potrzeba")
    badge = page.locator("#phone-clerk .bar .badge")
    await expect(badge).to_have_text("1")
    assert (await page.title()).startswith("(1)")
    await page.reload()
    await expect(badge).to_have_text("1")
    await page.hover("#phone-clerk")
    await expect(badge).to_be_hidden()
    await page.reload()
    await expect(page.locator("#phone-clerk .text")).to_have_text(["Nowa potrzeba"])
    await expect(badge).to_be_hidden()


async def test_scrolled_up(demo: Demo) -> None:
    """Who reads further up stays there; a pill leads to what is new."""
    page = await demo.open()
    for number in range(40):
        await demo.channel.send("web:mayor", Drawn(f"line {number}"))
    await expect(page.get_by_text("line 39")).to_be_in_viewport()
    await page.hover("#phone-mayor .scroll")
    await page.mouse.wheel(0, -5000)
    await expect(page.get_by_text("line 39")).not_to_be_in_viewport()
    await demo.channel.send("web:mayor", Drawn("the newest"))
    await page.locator("#phone-mayor .pill").click()
    await expect(page.get_by_text("the newest")).to_be_in_viewport()
    await expect(page.locator("#phone-mayor .pill")).to_be_hidden()


async def test_late_picture_keeps_the_end_in_view(demo: Demo) -> None:
    """A picture that loads after its message pushes nothing out of sight."""
    canvas = io.BytesIO()
    Image.new("RGB", (300, 900), "teal").save(canvas, "PNG")
    page = await demo.open()
    for number in range(10):
        await demo.channel.send("web:mayor", Drawn(f"line {number}"))
    await demo.channel.send("web:mayor", Drawn("the map", file=("map.png", "image/png", canvas.getvalue())))
    for _ in range(3):
        await expect(page.get_by_text("the map", exact=True)).to_be_in_viewport()
        await page.locator("img").evaluate("image => image.decode()")
        await expect(page.get_by_text("the map", exact=True)).to_be_in_viewport()
        await page.reload()


async def test_typing_sign(demo: Demo) -> None:
    """Dots while the bot is at work, gone with its message."""
    page = await demo.open()
    demo.bot.silent = True
    await write(page, "mayor", "вода")
    await expect(page.locator("#phone-mayor .ticks")).to_have_class("ticks delivered")
    [raw] = demo.bot.stored.values()
    await demo.channel.acknowledge(raw)
    await expect(page.locator("#phone-mayor .dots")).to_be_visible()
    await demo.channel.send("web:mayor", Drawn("done"))
    await expect(page.locator("#phone-mayor .dots")).to_be_hidden()


async def test_lost_connection(demo: Demo) -> None:
    """What is written without a connection waits and arrives once, in order; nothing else is missed."""
    page = await demo.open()
    await write(page, "mayor", "before")
    await expect(page.locator("#phone-mayor .text")).to_have_count(2)
    await demo.cut()
    await expect(page.locator(".banner.down")).to_be_visible()
    await write(page, "mayor", "first")
    await write(page, "mayor", "second")
    await expect(page.locator("#phone-mayor .ticks.waiting")).to_have_count(2)
    await demo.channel.send("web:clerk", Drawn("meanwhile"))
    await demo.serve()
    await expect(page.locator(".banner.up")).to_be_visible()
    mine = page.locator("#phone-mayor .mine .text")
    await expect(mine).to_have_text(["before", "first", "second"])
    await expect(page.locator("#phone-mayor .ticks.read")).to_have_count(3)
    await expect(page.locator("#phone-clerk .text")).to_have_text(["meanwhile"])
    assert len(demo.bot.stored) == 3
    demo.forgive("net::ERR")


async def test_answer_lost_on_the_way(demo: Demo) -> None:
    """The bot has it, the browser does not know: it is sent again and stored once."""
    page = await demo.open()
    tries = 0

    async def lose_first(route: Route) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/messages", lose_first)
    await write(page, "mayor", "once")
    bubbles = page.locator("#phone-mayor .text")
    await expect(bubbles).to_have_text(["once", "Echo: once"])
    await write(page, "mayor", "more")
    await expect(bubbles).to_have_text(["once", "Echo: once", "more", "Echo: more"])
    assert tries == 3
    assert len(demo.bot.stored) == 2
    demo.forgive("net::ERR")


async def test_reload_with_unsent(demo: Demo) -> None:
    """A message that waits outlives a reload, and so does an unfinished text."""
    page = await demo.open()
    demo.bot.broken = True
    await write(page, "mayor", "kept")
    await expect(page.locator("#phone-mayor .mine")).to_have_count(1)
    await page.fill("#write-clerk", "unfinished")
    await page.reload()
    await expect(page.locator("#phone-mayor .mine .text")).to_have_text("kept")
    await expect(page.locator("#write-clerk")).to_have_value("unfinished")
    demo.bot.broken = False
    await expect(page.locator("#phone-mayor .text")).to_have_text(["kept", "Echo: kept"], timeout=10_000)
    assert len(demo.bot.stored) == 1
    demo.forgive("503")


async def test_server_begins_anew(demo: Demo) -> None:
    """After a restart with an empty desk the page shows the new one and nothing of the old."""
    page = await demo.open()
    await demo.channel.send("web:mayor", Drawn("old"))
    await expect(page.get_by_text("old", exact=True)).to_be_visible()
    await demo.cut()
    demo.channel = WebChannel(PHONES)
    await demo.channel.send("web:mayor", Drawn("new"))
    await demo.serve()
    await expect(page.locator("#phone-mayor .text")).to_have_text(["new"])
    demo.forgive("net::ERR")
