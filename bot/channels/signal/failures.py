"""What a failed send means, read from the daemon's answer. Pure."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from bot.channels.signal.rpc import JSON, NoAnswer, NotSent, RpcError, Unusable
from bot.errors import MessageRejected

Meaning = Literal["limited", "rekeyed", "unregistered", "undelivered", "unknown", "unreachable", "rejected"]

_MEANINGS: dict[str, Meaning] = {
    "RATE_LIMIT_FAILURE": "limited",
    "IDENTITY_FAILURE": "rekeyed",
    "UNREGISTERED_FAILURE": "unregistered",
    "NETWORK_FAILURE": "undelivered",
    "INVALID_PRE_KEY_FAILURE": "undelivered",
}
_CODES: dict[int, Meaning] = {
    -1: "rejected",  # a mistake of ours, or no member of a group
    -3: "unreachable",
    -4: "rekeyed",
    -5: "limited",
    -32600: "unreachable",
    -32601: "unreachable",
    -32602: "unreachable",
    -32603: "rejected",
    -32700: "unreachable",
}
_REMEDIES = {
    -32600: "signal-cli does not understand the request; install 0.14.6 or newer",
    -32601: "signal-cli does not know the method; install 0.14.6 or newer",
    -32602: "signal-cli has no such account, or not any longer; register or link it again",
    -32700: "signal-cli does not understand the request; install 0.14.6 or newer",
}
_HIDDEN_LIMIT = re.compile(r"(?<![0-9])(?:413|429)(?![0-9])|rate.?limit", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a message did not go out.

    Attributes:
        meaning: ``limited`` all have to wait; ``rekeyed`` the person's safety number changed;
            ``unregistered`` the person is not on Signal; ``undelivered`` it did not reach this person;
            ``unknown`` it may have gone out; ``unreachable`` it did not, for a reason that concerns all;
            ``rejected`` a defect of this message.
        reason: For the operator; nothing personal.
        retry_after: Seconds to wait as told; 0 if nothing was said.
        token: What to solve a captcha for; empty if none is wanted.
        timestamp: Id the message would have; it may have arrived nevertheless. 0 if it got none.
    """

    meaning: Meaning
    reason: str
    retry_after: int = 0
    token: str = ""
    timestamp: int = 0


def failure_of(error: Exception) -> Failure:
    """What an error of ``send`` means; one that we do not know leaves the outcome open."""
    match error:
        case NotSent() | Unusable():
            return Failure("unreachable", str(error))
        case NoAnswer():
            return Failure("unknown", str(error))
        case RpcError():
            return _answered(error)
        case ValueError() | MessageRejected():
            return Failure("rejected", "the request is malformed")
        case _:
            return Failure("unknown", type(error).__name__)


def failure_in(response: Any) -> Failure | None:
    """What is wrong with a result of ``send`` to one person; None when it went out."""
    if not isinstance(response, dict) or not isinstance(response.get("timestamp"), int):
        return Failure("unknown", "an answer without a timestamp")
    entries = [entry for entry in response.get("results") or () if isinstance(entry, dict)]
    kinds = [str(entry.get("type")) for entry in entries]
    if "SUCCESS" in kinds or not kinds:
        return None
    worst = next((kind for kind in _MEANINGS if kind in kinds), "")
    meaning = _MEANINGS.get(worst, "unknown")
    return Failure(
        meaning,
        worst or "an unknown result",
        retry_after=max((_seconds(entry.get("retryAfterSeconds")) for entry in entries), default=0),
        token=next((entry["token"] for entry in entries if isinstance(entry.get("token"), str)), ""),
        timestamp=response["timestamp"],
    )


def _answered(error: RpcError) -> Failure:
    if isinstance(error.response.get("results"), list) and (found := failure_in(error.response)):
        return found
    if error.code not in (-4, -5, -6) and _HIDDEN_LIMIT.search(error.message):
        return Failure("limited", "a limit inside another error", timestamp=_timestamp(error.response))
    meaning = _CODES.get(error.code, "unknown")
    reason = _REMEDIES.get(error.code, f"error {error.code}")
    return Failure(meaning, reason, timestamp=_timestamp(error.response))


def _timestamp(response: JSON) -> int:
    return _seconds(response.get("timestamp"))


def _seconds(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
