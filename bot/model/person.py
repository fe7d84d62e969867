"""Who writes, for which municipality, and how far that is verified."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["claimed", "invited", "verified", "refused"]

DECIDING_ROLES = frozenset({"head", "administration", "acting"})
"""Offices that may accept for the municipality; everyone else prepares."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks to the bot.

    Attributes:
        id: Opaque.
        language: ``uk``, ``pl`` or ``en``.
        zone: Time zone name.
        consented: Agreed to the current privacy notice.
        coordinator: Works for an association and verifies, announces, follows up.
        coordinator_region: The only region a regional coordinator reaches; empty means all.
        frozen: Held until somebody has made sure that it is still the same person.
        fresh: Seen for the first time in this very turn.
        quiet_nights: At night only answers to what they write, and nothing else.
        private_word: Chosen by the person; official notices carry it.
    """

    id: str
    language: str
    zone: str
    consented: bool = False
    coordinator: bool = False
    coordinator_region: str = ""
    frozen: bool = False
    fresh: bool = False
    quiet_nights: bool = False
    private_word: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place in a municipality.

    Attributes:
        municipality: Key.
        role: Key of an office, as the dialogues name them.
        level: ``verified`` by a coordinator, ``invited`` by a code, ``claimed`` or ``refused``.
        may_decide: May accept and hand over for the municipality.
        contact: The office's mailbox or service number, as typed; given only on hand-over.
        claimed_at: UTC epoch milliseconds.
    """

    id: str
    person: str
    municipality: str
    role: str
    level: Level
    may_decide: bool
    contact: str = ""
    claimed_at: int = 0

    @property
    def verified(self) -> bool:
        return self.level == "verified"
