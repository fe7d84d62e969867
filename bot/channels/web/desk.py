"""What lies on the desk: phones and their messages, kept in memory as a messenger's server keeps them."""

import asyncio
import secrets
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from bot.model.message import Message, Span

KEPT = 1000
"""Messages kept on one phone; older ones disappear from the page, never from the bot."""

State = Literal["sent", "delivered", "read"]


@dataclass(frozen=True, slots=True)
class Point:
    """A place that a phone can pretend to be at."""

    label: Message
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone as it lies on the desk.

    Attributes:
        id: Short and stable; its address is ``web:<id>``.
        title: Who holds it, in the language of the page.
        subtitle: Their municipality or office.
        language: ``uk``, ``pl`` or ``en``: what its person's client claims, and the words around
            the chat until the person chooses another one.
        zone: Time zone name of the clock beside each message.
        hint: What to try first.
        points: Sample places offered when the bot asks for a location.
    """

    id: str
    title: Message
    subtitle: Message
    language: str
    zone: str
    hint: Message | None = None
    points: Sequence[Point] = ()


class Record(Protocol):
    """Anything the page is told about; the newest version replaces the one before."""

    def to_json(self) -> Mapping[str, Any]:
        """Data for the page."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What surrounds the chat of one phone, in the language its person chose."""

    phone: str
    language: str
    zone: str
    words: Mapping[str, str]
    commands: Sequence[tuple[str, str]]
    points: Sequence[tuple[str, float, float]]

    def to_json(self) -> Mapping[str, Any]:
        """Data for the page."""
        return {
            "kind": "screen",
            "phone": self.phone,
            "language": self.language,
            "zone": self.zone,
            "words": self.words,
            "commands": self.commands,
            "points": self.points,
        }


@dataclass(frozen=True, slots=True)
class Typing:
    """Whether the bot is writing to this phone."""

    phone: str
    on: bool

    def to_json(self) -> Mapping[str, Any]:
        """Data for the page."""
        return {"kind": "typing", "phone": self.phone, "on": self.on}


@dataclass(frozen=True, slots=True)
class Entry:
    """One message on one phone.

    Attributes:
        seq: Order on the desk; stays when the message is edited.
        at: UTC epoch milliseconds.
        mine: Written by the person who holds the phone.
        state: ``sent`` reached the desk, ``delivered`` committed by the bot, ``read`` taken up.
        pressed: Handle of the button pressed last.
        refused: Kind of a thing the person tried to send, such as ``photo``.
    """

    id: str
    phone: str
    seq: int
    at: int
    mine: bool
    text: str = ""
    spans: Sequence[Span] = ()
    buttons: Sequence[tuple[str, str]] = ()
    state: State = "sent"
    pressed: str = ""
    edited: bool = False
    location: tuple[float, float] | None = None
    location_asked: bool = False
    refused: str = ""
    file: tuple[str, str, bytes] | None = None

    def to_json(self) -> Mapping[str, Any]:
        """Data for the page; of a file its name and type only."""
        return {
            "kind": "message",
            "phone": self.phone,
            "id": self.id,
            "seq": self.seq,
            "at": self.at,
            "mine": self.mine,
            "text": self.text,
            "spans": [[span.start, span.length, span.style, span.url] for span in self.spans],
            "buttons": self.buttons,
            "state": self.state,
            "pressed": self.pressed,
            "edited": self.edited,
            "location": self.location,
            "locationAsked": self.location_asked,
            "refused": self.refused,
            "file": self.file and self.file[:2],
        }


class Desk:
    """The newest version of every record, in the order of their last change.

    A page that knows the revision it has seen gets exactly what changed since, so a lost
    connection loses nothing and an edit made meanwhile arrives once.
    """

    def __init__(self) -> None:
        self.epoch = secrets.token_hex(6)
        self.closed = False
        self._revision = 0
        self._count = 0
        self._records: dict[str, tuple[int, Record]] = {}
        self._messages: defaultdict[str, deque[str]] = defaultdict(deque)
        self._changed = asyncio.Event()

    def put(self, key: str, record: Record) -> None:
        """Keep the record as the newest under its key and wake whoever waits."""
        self._revision += 1
        self._records.pop(key, None)
        self._records[key] = (self._revision, record)
        self._wake()

    def add(self, entry: Entry) -> Entry:
        """Put a new message at the end of its phone; the entry with its place."""
        self._count += 1
        placed = replace(entry, seq=self._count)
        key = f"{entry.phone}/{entry.id}"
        self.put(key, placed)
        keys = self._messages[entry.phone]
        keys.append(key)
        if len(keys) > KEPT:
            del self._records[keys.popleft()]
        return placed

    def entry(self, phone: str, message_id: str) -> Entry | None:
        """The message, if it is still there."""
        record = self._records.get(f"{phone}/{message_id}", (0, None))[1]
        return record if isinstance(record, Entry) else None

    def change(self, phone: str, message_id: str, **values: Any) -> None:
        """Change a message in place; one that is gone or already so stays as it is."""
        entry = self.entry(phone, message_id)
        if entry and (changed := replace(entry, **values)) != entry:
            self.put(f"{phone}/{message_id}", changed)

    def since(self, revision: int) -> list[tuple[int, Record]]:
        """What changed after this revision, oldest change first."""
        later = []
        for number, record in reversed(self._records.values()):
            if number <= revision:
                break
            later.append((number, record))
        return later[::-1]

    @property
    def changed(self) -> asyncio.Event:
        """Set at the next change; take it before reading what is there."""
        return self._changed

    def close(self) -> None:
        """Tell everybody who waits that nothing more will come."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
