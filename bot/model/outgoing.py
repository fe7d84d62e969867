"""A message on its way to one address, as the outbox keeps it."""

from dataclasses import dataclass
from typing import Literal

from bot.model.message import Reply

Class = Literal["once", "notice", "reminder", "reply", "digest"]
Secrecy = Literal["public", "internal", "personal", "restricted"]

REPLY, CHANGE, REMINDER, MATCH, BROADCAST, DIGEST = range(6)
"""Priorities; a lower number goes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One row of the outbox before it is stored.

    Attributes:
        person: Id of whoever reads it; gives language and zone when it is sent.
        address: Where it goes, ``telegram:123``.
        reply: What it says.
        klass: Decides what happens when the outcome is unknown: ``once`` never goes out again.
        secrecy: Highest class of what it says; the channel must be allowed to carry it.
        priority: One of the constants above.
        order_key: Rows with the same key leave one after another; empty means address and priority.
        dedupe: A second row with the same key is dropped; empty means none.
        subject: The object it is about, ``meeting:<id>``; with ``revision`` it can be superseded.
        revision: Of that object.
        not_before, not_after: UTC epoch milliseconds; 0 means at once, and never stale.
        edits: Id of the outbox row whose message this one replaces; empty means a new message.
        prompt: Id of the prompt whose buttons it carries; empty means none.
    """

    person: str
    address: str
    reply: Reply
    klass: Class = "reply"
    secrecy: Secrecy = "internal"
    priority: int = REPLY
    order_key: str = ""
    dedupe: str = ""
    subject: str = ""
    revision: int = 0
    not_before: int = 0
    not_after: int = 0
    edits: str = ""
    prompt: str = ""
