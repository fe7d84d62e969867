"""The desk as a messenger's server: ticks, copies, edits, menus."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest

from bot.channels.channel import Channel
from bot.channels.web import desk as desk_module
from bot.channels.web.channel import WebChannel
from bot.channels.web.desk import Desk
from bot.channels.web.records import Entry, Typing
from bot.errors import ChannelUnavailable, MessageRejected, NotFound
from bot.model.message import Drawn
from tests.channels.web.echo import PHONES, commands, live


def channel() -> WebChannel:
    """A desk with three phones whose clock stands."""
    return WebChannel(PHONES, commands, clock=lambda: 1_764_000_000_000)


def shown(web: WebChannel, phone: str) -> list[dict[str, Any]]:
    """Messages on the phone in their order."""
    records = [dict(record.to_json()) for _, record in web.desk.since(0)]
    return sorted(
        (r for r in records if r["kind"] == "message" and r["phone"] == phone), key=lambda r: r["seq"]
    )


def screen(web: WebChannel, phone: str) -> dict[str, Any]:
    """What surrounds the chat."""
    records = [dict(record.to_json()) for _, record in web.desk.since(0)]
    return next(r for r in records if r["kind"] == "screen" and r["phone"] == phone)


async def test_it_is_a_channel() -> None:
    """It can stand wherever a channel is asked for."""
    web: Channel = channel()
    assert await web.check() == "3 phones on the page"


async def test_ticks() -> None:
    """Sent when the desk has it, delivered when the bot has stored it, read when it is taken up."""
    web = channel()
    states: list[str] = []
    deed = {"id": str(uuid4()), "text": "wait"}
    with pytest.raises(ChannelUnavailable):
        await web.take("mayor", deed)
    states.append(shown(web, "mayor")[0]["state"])
    async with live(web) as bot:
        bot.silent = True
        await web.take("mayor", deed)
        states.append(shown(web, "mayor")[0]["state"])
        await web.acknowledge(bot.stored[f"mayor:{deed['id']}"])
        states.append(shown(web, "mayor")[0]["state"])
        await web.take("mayor", deed)
        states.append(shown(web, "mayor")[0]["state"])
    assert states == ["sent", "delivered", "read", "read"]


async def test_sent_again_is_stored_once() -> None:
    """Ten copies of one deed, together and one after the other, are one message and one envelope."""
    web = channel()
    deed = {"id": str(uuid4()), "text": "вода"}
    async with live(web) as bot:
        bot.silent = True
        await asyncio.gather(*(web.take("mayor", deed) for _ in range(5)))
        for _ in range(5):
            await web.take("mayor", deed)
        assert len(bot.stored) == 1
        assert [message["text"] for message in shown(web, "mayor")] == ["вода"]


async def test_not_stored_is_not_delivered() -> None:
    """A failure to store leaves one tick; the next attempt delivers the same message."""
    web = channel()
    deed = {"id": str(uuid4()), "text": "вода"}
    async with live(web) as bot:
        bot.silent = bot.broken = True
        with pytest.raises(OSError, match="disk full"):
            await web.take("mayor", deed)
        assert [message["state"] for message in shown(web, "mayor")] == ["sent"]
        bot.broken = False
        await web.take("mayor", deed)
        assert [message["state"] for message in shown(web, "mayor")] == ["delivered"]


async def test_pressed_button_is_marked_until_an_edit_removes_it() -> None:
    """A press marks the button and says nothing by itself; an edit replaces text and buttons in place."""
    web = channel()
    async with live(web) as bot:
        bot.silent = True
        first = await web.send("web:clerk", Drawn("Which?", buttons=(("A", "ha"), ("B", "hb"))))
        await web.send("web:clerk", Drawn("Later."))
        await web.take("clerk", {"id": str(uuid4()), "handle": "hb", "message": first})
        assert [m["pressed"] for m in shown(web, "clerk")] == ["hb", ""]
        await web.edit("web:clerk", first, Drawn("Which? B"))
    edited = shown(web, "clerk")[0]
    assert (edited["text"], edited["buttons"], edited["pressed"], edited["edited"]) == (
        "Which? B",
        (),
        "",
        True,
    )


async def test_edit_of_the_same_or_the_gone_changes_nothing() -> None:
    """Equal content and unknown ids are no error and no event."""
    web = channel()
    message = await web.send("web:clerk", Drawn("Same."))
    before = web.desk.since(0)
    await web.edit("web:clerk", message, Drawn("Same."))
    await web.edit("web:clerk", "b99", Drawn("Gone."))
    assert web.desk.since(0) == before


async def test_menu_follows_person() -> None:
    """The words around the chat and the commands follow language and roles."""
    web = channel()
    await web.menu("web:coordinator", "en", ["coordinator"])
    around = screen(web, "coordinator")
    assert around["language"] == "en"
    assert [name for name, _ in around["commands"]] == ["need", "offer", "verify"]
    assert around["words"]["send"] == "Send"
    assert [name for name, _ in screen(web, "clerk")["commands"]] == ["need", "offer"]


async def test_the_same_menu_again_redraws_nothing() -> None:
    """A menu offered on every turn is one event, not one a turn."""
    web = channel()
    await web.menu("web:clerk", "pl", ())
    before = web.desk.since(0)
    await web.menu("web:clerk", "pl", ())
    assert web.desk.since(0) == before


async def test_typing_ends_with_an_answer() -> None:
    """A new message ends the typing sign, and so does an edit."""
    web = channel()
    raw = json.dumps({"phone": "mayor", "id": str(uuid4())})
    message = await web.send("web:mayor", Drawn("Which?"))
    for answer in (web.send("web:mayor", Drawn("x")), web.edit("web:mayor", message, Drawn("Which? A"))):
        await web.acknowledge(raw)
        assert Typing("mayor", True) in [record for _, record in web.desk.since(0)]
        await answer
        assert Typing("mayor", False) in [record for _, record in web.desk.since(0)]


async def test_unknown_phones_and_a_closed_page() -> None:
    """Every failure is one of ours."""
    web = channel()
    with pytest.raises(NotFound):
        await web.take("nobody", {"id": str(uuid4()), "text": "x"})
    with pytest.raises(MessageRejected):
        await web.send("web:nobody", Drawn("x"))
    await web.menu("web:nobody", "uk", ())
    await web.close()
    with pytest.raises(ChannelUnavailable):
        await web.send("web:mayor", Drawn("x"))


def test_changes_since_a_revision() -> None:
    """Who has seen a revision gets later changes once each, newest version only, in order of change."""
    desk = Desk()
    for name in "abc":
        desk.add(Entry(name, "mayor", seq=0, at=0, mine=False))
    seen = desk.since(0)[-1][0]
    desk.change("mayor", "b", text="1")
    desk.change("mayor", "a", text="2")
    desk.change("mayor", "b", text="3")
    later = [record.to_json() for _, record in desk.since(seen)]
    assert [(r["id"], r["text"], r["seq"]) for r in later] == [("a", "2", 1), ("b", "3", 2)]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A phone keeps its newest messages; the others' are untouched."""
    monkeypatch.setattr(desk_module, "KEPT", 3)
    desk = Desk()
    desk.add(Entry("other", "clerk", seq=0, at=0, mine=False))
    for number in range(10):
        desk.add(Entry(str(number), "mayor", seq=0, at=0, mine=False))
    assert [record.to_json()["id"] for _, record in desk.since(0)] == ["other", "7", "8", "9"]
