"""How Signal stands, for coordinators and the operator."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccountState:
    """One number of ours.

    Attributes:
        ending: Its last four digits.
        limited_until: UTC epoch ms before which Signal takes nothing from it; 0 if no limit holds.
        challenge: What the operator gives to ``mistok signal captcha``; empty while none is wanted.
        interval: Mean seconds between two messages that nobody waits for.
        new_chats_left: How many people it may still write to first today.
    """

    ending: str
    limited_until: int
    challenge: str
    interval: float
    new_chats_left: int


@dataclass(frozen=True, slots=True)
class SignalState:
    """The channel at one moment.

    Attributes:
        up: Whether reports flow from the daemon.
        reason: Why not; empty when they do.
        accounts: The main number first.
        rekeyed: Addresses whose safety number changed; nothing is sent there until ``trust``.
    """

    up: bool
    reason: str
    accounts: tuple[AccountState, ...]
    rekeyed: tuple[str, ...]
