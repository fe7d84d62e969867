"""A bot without dialogues that shows everything a phone can draw."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from bot.channels.channel import Envelope
from bot.channels.web.channel import WebChannel
from bot.channels.web.page import page
from bot.channels.web.records import Phone, Point
from bot.channels.web.serve import serve
from bot.model.message import Drawn, Span, verbatim

PHONES = (
    Phone("mayor", verbatim("Head of a hromada"), verbatim("Verbova, 9,000 people"), "uk", "Europe/Kyiv"),
    Phone(
        "clerk",
        verbatim("Clerk of a gmina"),
        verbatim("Dobrowola, 8,700 people"),
        "pl",
        "Europe/Warsaw",
        points=(Point(verbatim("Rynek"), 50.25, 20.5), Point(verbatim("Szkoła"), 50.26, 20.51)),
    ),
    Phone("coordinator", verbatim("Coordinator"), verbatim("Association"), "pl", "Europe/Warsaw"),
)

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8ffff3f0300050001ffd6b4c3b40000000049454e44ae426082"
)

ANSWERS = {
    "choose": Drawn("Which one?", buttons=(("First", "handle-1"), ("Second", "handle-2"))),
    "styled": Drawn(
        "😀 <b>bold</b> link",
        spans=(Span(2, 11, "bold"), Span(5, 4, "italic"), Span(14, 4, "link", "https://example.org/")),
    ),
    "bad link": Drawn("press here", spans=(Span(0, 5, "link", "javascript:alert(1)"),)),
    "where": Drawn("Where are you?", location_asked=True),
    "calendar": Drawn("The meeting.", file=("spotkanie żółte.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n")),
    "map": Drawn("The map.", file=("map.png", "image/png", PIXEL)),
}


def commands(language: str, roles: Sequence[str]) -> Sequence[tuple[str, str]]:
    """Two commands, and one more for coordinators."""
    names = ["need", "offer", *(["verify"] if "coordinator" in roles else [])]
    return [(name, f"About {name} ({language})") for name in names]


class EchoBot:
    """Answers at once; what it was given stands in ``stored``, each key once.

    ``broken`` refuses to store, ``silent`` stores without answering; ``tell …`` speaks to the clerk.
    """

    def __init__(self, channel: WebChannel) -> None:
        self.channel = channel
        self.stored: dict[str, str] = {}
        self.broken = False
        self.silent = False
        self._answering: set[asyncio.Task[None]] = set()

    async def accept(self, envelopes: Sequence[Envelope]) -> None:
        """Store, then answer later, as the real bot does."""
        if self.broken:
            raise OSError("disk full")
        for envelope in envelopes:
            if envelope.key not in self.stored:
                self.stored[envelope.key] = envelope.raw
                if not self.silent:
                    task = asyncio.create_task(self._answer(envelope))
                    self._answering.add(task)
                    task.add_done_callback(self._answering.discard)

    async def _answer(self, envelope: Envelope) -> None:
        incoming = self.channel.parse(envelope.raw)
        assert incoming is not None
        await self.channel.acknowledge(envelope.raw)
        if incoming.handle:
            chosen = {"handle-1": "First", "handle-2": "Second"}.get(incoming.handle, "?")
            await self.channel.edit(envelope.lane, incoming.quoted, Drawn(f"Which one? {chosen}"))
            await self.channel.send(envelope.lane, Drawn(f"You chose {chosen}."))
        elif incoming.location:
            await self.channel.send(envelope.lane, Drawn(f"At {incoming.location.lat}"))
        elif incoming.refused:
            await self.channel.send(envelope.lane, Drawn(f"No {incoming.refused}, words please."))
        elif incoming.text.startswith("tell "):
            await self.channel.send("web:clerk", Drawn(incoming.text[5:]))
            await self.channel.send(envelope.lane, Drawn("Told."))
        else:
            await self.channel.send(
                envelope.lane, ANSWERS.get(incoming.text, Drawn(f"Echo: {incoming.text}"))
            )


@asynccontextmanager
async def served(channel: WebChannel, port: int = 0) -> AsyncIterator[str]:
    """The page on loopback; its address without the last slash."""
    opened: asyncio.Queue[str] = asyncio.Queue()
    serving = asyncio.create_task(serve(page(channel), "127.0.0.1", port, opened.put_nowait))
    try:
        yield (await asyncio.wait_for(opened.get(), 5)).rstrip("/")
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


@asynccontextmanager
async def live(channel: WebChannel) -> AsyncIterator[EchoBot]:
    """An echo bot behind this channel."""
    bot = EchoBot(channel)
    receiving = asyncio.create_task(channel.receive(bot.accept))
    await asyncio.sleep(0)
    try:
        yield bot
    finally:
        receiving.cancel()
        await channel.close()
