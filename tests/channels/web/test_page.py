"""The page over a real socket: who is let in, what is refused, what a reconnect brings."""

import json
import random
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from bot.channels.web.channel import WebChannel
from bot.channels.web.page import BODY_LIMIT, page
from bot.channels.web.serve import serve
from bot.errors import ConfigurationError
from bot.model.message import Drawn
from tests.channels.web.echo import PHONES, PIXEL, EchoBot, commands, live, served


@dataclass(frozen=True)
class Site:
    """A running page, its bot, and a client that sends what a browser would."""

    url: str
    channel: WebChannel
    bot: EchoBot
    http: aiohttp.ClientSession

    async def post(self, phone: str, body: Any, **headers: str) -> int:
        """Status of a deed posted by the page itself, unless headers say otherwise."""
        sent = {"Origin": self.url, "Content-Type": "application/json"} | headers
        data = body if isinstance(body, bytes) else json.dumps(body)
        url = f"{self.url}/api/phones/{phone}/messages"
        async with self.http.post(url, data=data, headers=sent) as response:
            return response.status

    async def events(self, after: str = "") -> tuple[list[str], list[dict[str, Any]], str]:
        """Events until the stream has caught up: ``(kinds, records, last id)``."""
        kinds, records, last = [], [], ""
        headers = {"Last-Event-ID": after} if after else {}
        async with self.http.get(f"{self.url}/api/events", headers=headers) as response:
            assert response.content_type == "text/event-stream"
            kind = "message"
            async for line in response.content:
                name, _, value = line.decode().strip().partition(": ")
                if name == "id":
                    last = value
                elif name == "event":
                    kind = value
                elif name == "data":
                    kinds.append(kind)
                    if kind == "message":
                        records.append(json.loads(value))
                    elif kind == "ready":
                        break
                    kind = "message"
        return kinds, records, last


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A page with an echo bot that stores and stays silent."""
    channel = WebChannel(PHONES, commands)
    async with served(channel) as url, live(channel) as bot, aiohttp.ClientSession() as http:
        bot.silent = True
        yield Site(url, channel, bot, http)


def text(words: str = "вода") -> dict[str, Any]:
    """A typed message."""
    return {"id": str(uuid4()), "text": words}


async def test_page_and_files_are_its_own(site: Site) -> None:
    """The page, its scripts and styles come with a policy that allows nothing from elsewhere."""
    for path in ("/", "/static/main.js", "/static/desk.css", "/api/desk"):
        async with site.http.get(site.url + path) as response:
            assert response.status == 200
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "http" not in policy
            assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize(
    ("accepted", "asked", "expected"),
    [
        ("pl-PL,pl;q=0.9,en;q=0.8", "", "pl"),
        ("de-DE,uk;q=0.5", "", "uk"),
        ("de-DE", "", "en"),
        ("pl", "uk", "uk"),
        ("", "../..", "en"),
    ],
)
async def test_language_of_the_page(site: Site, accepted: str, asked: str, expected: str) -> None:
    """The viewer's choice, else their browser's first language of ours, else English."""
    headers = {"Accept-Language": accepted}
    async with site.http.get(f"{site.url}/api/desk", params={"language": asked}, headers=headers) as response:
        data = await response.json()
    assert data["language"] == expected
    assert [phone["id"] for phone in data["phones"]] == ["mayor", "clerk", "coordinator"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "", "[::1", "10.0.0.1"])
async def test_foreign_host_is_refused(site: Site, host: str) -> None:
    """A name that merely resolves to this machine opens nothing."""
    for path in ("/", "/api/events", "/api/desk"):
        async with site.http.get(site.url + path, headers={"Host": host}) as response:
            assert response.status in (400, 421)
    assert await site.post("mayor", text(), Host=host) in (400, 421)
    assert not site.bot.stored


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
async def test_foreign_origin_is_refused(site: Site, origin: str) -> None:
    """Another site, or another port of this machine, cannot write or read."""
    assert await site.post("mayor", text(), Origin=origin) == 403
    async with site.http.get(f"{site.url}/api/events", headers={"Origin": origin}) as response:
        assert response.status == 403
    assert not site.bot.stored


async def test_post_without_origin_is_refused(site: Site) -> None:
    """A browser names the origin of every POST."""
    async with site.http.post(f"{site.url}/api/phones/mayor/messages", json=text()) as response:
        assert response.status == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{" + b" " * BODY_LIMIT + b"}", 413),
        (b"[]", 400),
        (b"[" * 30_000, 400),
        (b"\xff\xfe\xfd", 400),
        (b'{"text": "no id"}', 422),
        (text("я" * 4097), 422),
        (text("я" * 4096), 204),
        (text("\\ \ud83d\ud83d <b>"), 204),
    ],
)
async def test_bodies(site: Site, body: Any, status: int) -> None:
    """Too long, broken and foreign bodies are refused; the longest message fits."""
    assert await site.post("mayor", body) == status
    assert len(site.bot.stored) == (status == 204)


async def test_no_deed_breaks_the_door(site: Site) -> None:
    """Whatever JSON comes, the answer is taken or refused, never a failure of ours."""
    dice = random.Random(1)  # noqa: S311 - picks test values
    odd: list[Any] = [
        None,
        True,
        -1,
        1e308,
        "",
        "\ud800",
        "я" * 5000,
        [],
        {},
        {"lat": 1, "lon": "x"},
        "b1",
        str(uuid4()),
    ]
    names = ["id", "text", "handle", "message", "location", "refused", "phone", "at", "language"]
    for _ in range(150):
        deed = text() | {name: dice.choice(odd) for name in dice.sample(names, 3)}
        assert await site.post("mayor", deed) in (204, 422)


async def test_oversized_stream_is_cut(site: Site) -> None:
    """A body without a length is refused as soon as it passes the limit."""

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b" " * 4096

    headers = {"Origin": site.url, "Content-Type": "application/json"}
    url = f"{site.url}/api/phones/mayor/messages"
    try:
        async with site.http.post(url, data=endless(), headers=headers) as response:
            assert response.status == 413
    except aiohttp.ClientConnectionError:
        pass  # the server hung up while we were still writing: refused as well
    assert not site.bot.stored


async def test_other_doors(site: Site) -> None:
    """Unknown phones, kinds of content and files."""
    assert await site.post("nobody", text()) == 404
    assert await site.post("mayor", text(), **{"Content-Type": "text/plain"}) == 415
    for path in ("/api/phones/mayor/messages/b1/file", "/static/../channel.py", "/static/%2e%2e/page.py"):
        async with site.http.get(site.url + path) as response:
            assert response.status == 404


async def test_the_bot_is_away(site: Site) -> None:
    """While nothing can be stored the page is told to try again, and the retry delivers once."""
    deed = text()
    site.bot.broken = True
    assert await site.post("mayor", deed) == 503
    site.bot.broken = False
    assert [await site.post("mayor", deed) for _ in range(3)] == [204] * 3
    assert len(site.bot.stored) == 1


async def test_stream_continues_where_it_broke(site: Site) -> None:
    """All at first; after a reconnect exactly what changed since; after a new start all again."""
    kinds, records, last = await site.events()
    assert (kinds[0], kinds[-1]) == ("reset", "ready")
    assert [record["kind"] for record in records] == ["screen"] * 3

    first = await site.channel.send("web:clerk", Drawn("one"))
    await site.channel.send("web:clerk", Drawn("two"))
    _, records, last = await site.events(last)
    assert [r["text"] for r in records if r["kind"] == "message"] == ["one", "two"]

    await site.channel.edit("web:clerk", first, Drawn("ONE"))
    kinds, records, last = await site.events(last)
    assert (kinds, records[0]["text"]) == (["message", "ready"], "ONE")
    assert await site.events(last) == (["ready"], [], "")

    for foreign in (
        "000000000000.1",
        "nonsense",
        f"{site.channel.desk.epoch}.x",
        f"{site.channel.desk.epoch}.٣",
    ):
        kinds, records, _ = await site.events(foreign)
        assert kinds[0] == "reset"
        assert sum(record["kind"] == "message" for record in records) == 2


async def test_files(site: Site) -> None:
    """A calendar is downloaded under its own name, a picture is shown; neither can run anything."""
    calendar = await site.channel.send("web:clerk", Drawn("", file=("żółte;\r\n.ics", "text/calendar", b"B")))
    picture = await site.channel.send("web:clerk", Drawn("", file=("m.png", "image/png", PIXEL)))
    for message, disposition, body in (
        (calendar, "attachment; filename*=utf-8''%C5%BC%C3%B3%C5%82te%3B%0D%0A.ics", b"B"),
        (picture, "inline; filename*=utf-8''m.png", PIXEL),
    ):
        async with site.http.get(f"{site.url}/api/phones/clerk/messages/{message}/file") as response:
            assert await response.read() == body
            assert response.headers["Content-Disposition"] == disposition
            assert response.headers["X-Content-Type-Options"] == "nosniff"
    async with site.http.get(f"{site.url}/api/phones/mayor/messages/{calendar}/file") as response:
        assert response.status == 404


async def test_only_for_this_machine() -> None:
    """An address others can reach, or one that is taken, stops the start with its remedy."""
    app = page(WebChannel(PHONES))
    with pytest.raises(ConfigurationError, match="loopback"):
        await serve(app, "0.0.0.0", 0)  # noqa: S104 - the very thing that is refused
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(ConfigurationError, match="choose another"),
    ):
        await serve(app, "127.0.0.1", taken.getsockname()[1])
