"""What a person sent, the same for every channel."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A shared point; used once to propose a municipality and never stored."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person did: typed, pressed, shared, blocked the bot or came back.

    Exactly one of ``text``, ``handle``, ``ordinal``, ``location``, ``refused`` and ``presence`` is set.

    Attributes:
        address: ``telegram:123``, ``signal:uuid`` or ``web:mayor``; identifies the sender.
        text: As typed, not yet cleaned.
        handle: Of the pressed button; treat as forgeable.
        ordinal: 1-based number of a choice given without a word (a reaction); ``quoted`` names its message.
        location: A shared point.
        refused: Kind of a thing we do not take: ``voice``, ``photo``, ``sticker``, ``file``, ``other``.
        presence: ``blocked`` or ``returned``: the person stopped or restarted the bot; ``rekeyed``: their
            safety number changed; ``timer``: they changed how long messages live; ``deleted``: they took
            back the message named in ``edits``.
        quoted: The channel's own id of the message answered to, empty if none.
        language: The client's language tag as claimed, such as ``uk`` or ``pl-PL``; may be empty.
        sent_at: UTC epoch milliseconds by the channel's clock.
        edits: ``sent_at`` of the person's earlier message that this one replaces or takes back; may be empty.
        expires_in: Seconds after which the chat deletes what is written in it; 0 means never.
    """

    address: str
    text: str = ""
    handle: str = ""
    ordinal: int = 0
    location: Location | None = None
    refused: str = ""
    presence: str = ""
    quoted: str = ""
    language: str = ""
    sent_at: int = 0
    edits: str = ""
    expires_in: int = 0
