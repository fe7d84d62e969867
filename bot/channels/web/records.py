"""What the page is told about: phones, what surrounds their chats, messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.model.message import Message, Span

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
