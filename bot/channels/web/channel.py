"""The web demo as a channel like any other: its desk plays the messenger's server."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.channel import Accept, Envelope
from bot.channels.web.desk import Desk
from bot.channels.web.parse import parse
from bot.channels.web.records import Entry, Phone, Screen, State, Typing
from bot.channels.web.words import PHONE, drawn
from bot.errors import ChannelUnavailable, MessageRejected, NotFound
from bot.i18n import plain
from bot.model.incoming import Incoming
from bot.model.message import Drawn

ACTS_KEPT = 5000
"""How many things people did are remembered to recognise one that is sent again."""

DEEDS = frozenset({"id", "text", "handle", "message", "location", "refused"})
"""What the page may say about a deed; everything else is ours to say."""

Commands = Callable[[str, Sequence[str]], Sequence[tuple[str, str]]]
"""Commands and their descriptions, without the slash, for a language and roles."""


def _now() -> int:
    return time.time_ns() // 1_000_000


def _no_commands(_language: str, _roles: Sequence[str]) -> Sequence[tuple[str, str]]:
    return ()


@dataclass(slots=True)
class _Act:
    """Something a person did, until the bot has stored it and after."""

    raw: str
    delivered: bool = False


class WebChannel:
    """Several phones on one page; whatever happens on them is what happens on a messenger."""

    name = "web"
    in_flight = 8
    rate = 1000.0
    chat_rate = 1000.0
    bulk_share = 0.8

    def __init__(
        self, phones: Sequence[Phone], commands: Commands = _no_commands, clock: Callable[[], int] = _now
    ) -> None:
        self.desk = Desk()
        self.phones: Mapping[str, Phone] = {phone.id: phone for phone in phones}
        self._commands = commands
        self._clock = clock
        self._accept: Accept | None = None
        self._acts: dict[str, _Act] = {}
        self._sent = 0
        for phone in phones:
            self._light(phone, phone.language, ())

    async def receive(self, accept: Accept) -> None:
        """Let the phones reach the bot until cancelled."""
        self._accept = accept
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            self._accept = None

    async def take(self, phone_id: str, deed: Mapping[str, Any]) -> None:
        """Hand what a person did to the bot; done means committed. The same ``id`` again changes nothing.

        Raises:
            NotFound: No such phone.
            ValueError: A phone cannot send this.
            ChannelUnavailable: The bot takes nothing now; the phone tries again.
        """
        if phone_id not in self.phones:
            raise NotFound("no such phone")
        key = f"{phone_id}:{deed.get('id')}"
        act = self._acts.get(key)
        if act is None:
            act = self._show(phone_id, deed)
            self._acts[key] = act
            if len(self._acts) > ACTS_KEPT:
                del self._acts[next(iter(self._acts))]
        if act.delivered:
            return
        if self._accept is None:
            raise ChannelUnavailable("the bot is not receiving")
        await self._accept([Envelope(key, act.raw, lane=f"web:{phone_id}")])
        if not act.delivered:
            act.delivered = True
            self._advance(act.raw, "delivered")

    def parse(self, raw: str) -> Incoming | None:
        """What the person did. Pure.

        Raises:
            ValueError: The envelope cannot be understood.
        """
        return parse(raw)

    async def acknowledge(self, raw: str) -> None:
        """Mark the message as read and show that the bot is writing."""
        self._advance(raw, "read")
        self._typing(json.loads(raw)["phone"], True)

    async def send(self, address: str, drawn: Drawn) -> str:
        """Put a message on the phone; its id.

        Raises:
            MessageRejected: There is no such phone.
            ChannelUnavailable: The page is closed.
        """
        phone_id = self._phone(address)
        self._sent += 1
        message_id = f"b{self._sent}"
        self._typing(phone_id, False)
        entry = Entry(message_id, phone_id, seq=0, at=self._clock(), mine=False, file=drawn.file)
        self.desk.add(_filled(entry, drawn))
        return message_id

    async def edit(self, address: str, message_id: str, drawn: Drawn) -> None:
        """Replace a message; one that is gone or already equal is no error.

        Raises:
            MessageRejected: There is no such phone.
            ChannelUnavailable: The page is closed.
        """
        phone_id = self._phone(address)
        self._typing(phone_id, False)
        before = self.desk.entry(phone_id, message_id)
        if before and (after := _filled(before, drawn)) != before:
            self.desk.put(f"{phone_id}/{message_id}", replace(after, edited=True))

    async def menu(self, address: str, language: str, roles: Sequence[str]) -> None:
        """Offer these roles' commands, and speak this language around the chat from now on."""
        phone = self.phones.get(address.removeprefix("web:"))
        if phone:
            self._light(phone, language, roles)

    async def check(self) -> str:
        """How many phones lie on the desk."""
        return f"{len(self.phones)} phones on the page"

    async def close(self) -> None:
        """End every open stream to a page."""
        self.desk.close()

    def _phone(self, address: str) -> str:
        phone_id = address.removeprefix("web:")
        if phone_id not in self.phones:
            raise MessageRejected("there is no such phone on the page")
        if self.desk.closed:
            raise ChannelUnavailable("the page is closed")
        return phone_id

    def _typing(self, phone_id: str, on: bool) -> None:
        self.desk.put(f"{phone_id}.typing", Typing(phone_id, on))

    def _light(self, phone: Phone, language: str, roles: Sequence[str]) -> None:
        screen = Screen(
            phone.id,
            language,
            phone.zone,
            words=drawn(PHONE, language),
            commands=self._commands(language, roles),
            points=[(plain(point.label, language), point.lat, point.lon) for point in phone.points],
        )
        self.desk.put(phone.id, screen)

    def _show(self, phone_id: str, deed: Mapping[str, Any]) -> _Act:
        """Check what was done and put it on the person's own phone: one tick."""
        now = self._clock()
        own = {name: deed[name] for name in DEEDS & deed.keys()}
        language = self.phones[phone_id].language
        raw = json.dumps(own | {"phone": phone_id, "at": now, "language": language})
        incoming = parse(raw)
        if incoming.handle:
            self.desk.change(phone_id, incoming.quoted, pressed=incoming.handle)
        else:
            place = incoming.location
            self.desk.add(
                Entry(
                    str(deed["id"]),
                    phone_id,
                    seq=0,
                    at=now,
                    mine=True,
                    text=incoming.text,
                    location=(place.lat, place.lon) if place else None,
                    refused=incoming.refused,
                )
            )
        return _Act(raw)

    def _advance(self, raw: str, state: State) -> None:
        data = json.loads(raw)
        entry = self.desk.entry(data["phone"], data["id"])
        if entry and entry.state != "read":
            self.desk.change(data["phone"], data["id"], state=state)


def _filled(entry: Entry, drawn: Drawn) -> Entry:
    """The entry with this content; a file stays, since messengers edit only what is said about it."""
    handles = {handle for _, handle in drawn.buttons}
    return replace(
        entry,
        text=drawn.text,
        spans=drawn.spans,
        buttons=drawn.buttons,
        pressed=entry.pressed if entry.pressed in handles else "",
        location_asked=drawn.location_asked,
    )
