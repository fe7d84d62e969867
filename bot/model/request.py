"""One municipality asks another to talk."""

from dataclasses import dataclass
from typing import Literal

RequestState = Literal["waiting", "accepted", "declined", "expired", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Request:
    """A wish to talk about two listings that fit; contacts pass only once it is accepted.

    Attributes:
        from_seat: Who asked; consented to give the office's contact if the other side agrees.
        to_seat: Who answered; empty while nobody has.
        words: First words of the sender, in their language; may be empty.
        reason: Why it was declined, a key of the dialogue.
        nudged_at: When the asked side was last reminded; 0 while it was not.
    """

    id: str
    from_listing: str
    to_listing: str
    from_municipality: str
    to_municipality: str
    from_seat: str
    words: str
    state: RequestState
    created_at: int
    to_seat: str = ""
    reason: str = ""
    decided_at: int = 0
    nudged_at: int = 0
