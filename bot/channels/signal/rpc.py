"""Requests to signal-cli: which names they may hold and what may become of them.

The daemon passes over names it does not know without a word, so a misspelt one would change what a
message says or to whom it goes. Every request is therefore checked here first.
"""

import json
from collections.abc import Mapping
from typing import Any, Protocol

JSON = Mapping[str, Any]


class NotSent(Exception):
    """The request certainly never reached the daemon."""


class NoAnswer(Exception):
    """The request may have been carried out; nobody knows."""


class Unusable(Exception):
    """The daemon refuses this way of asking; the text says what the operator must change."""


class RpcError(Exception):
    """The daemon answered with an error.

    Attributes:
        code: As in JSON-RPC, or -1 to -6 of signal-cli's own.
        response: ``{timestamp, results}`` of a failed send; empty otherwise.
    """

    def __init__(self, code: int, message: str, response: JSON | None = None) -> None:
        super().__init__(f"error {code}")  # the message may hold a number or a name
        self.code = code
        self.message = message
        self.response = response or {}


class Take(Protocol):
    """Takes what the daemon reports: ``{"envelope": …, "account": …}``. Must not wait."""

    def __call__(self, report: JSON, /) -> None: ...


class Opened(Protocol):
    """Told when reports begin to flow; ``automatic`` if the daemon sends them unasked."""

    def __call__(self, *, automatic: bool) -> None: ...


class Line(Protocol):
    """A way to reach a running daemon."""

    async def call(self, method: str, params: JSON, timeout: float) -> Any:  # noqa: ASYNC109 - part of every request
        """The result of one request; ``timeout`` in seconds.

        Raises:
            NotSent, NoAnswer, Unusable, RpcError: See there.
        """

    async def listen(self, account: str, take: Take, opened: Opened) -> None:
        """Hand over what arrives for one account; ends only by raising, when the connection is lost."""

    async def is_automatic(self) -> bool | None:
        """Whether the daemon hands messages to whoever connects; None where that cannot be seen."""

    def drop(self) -> None:
        """Give up the present connection; the next call opens another."""

    async def close(self) -> None:
        """Let go for good."""


_TEXTS = (str, list)
_KNOWN: dict[str, dict[str, type | tuple[type, ...]]] = {
    "version": {},
    "listAccounts": {},
    "listContacts": {},
    "subscribeReceive": {},
    "unsubscribeReceive": {"subscription": int},
    "send": {
        "recipient": _TEXTS,
        "message": str,
        "textStyle": list,
        "attachments": list,
        "quoteTimestamp": int,
        "quoteAuthor": str,
        "quoteMessage": str,
        "editTimestamp": int,
    },
    "sendTyping": {"recipient": _TEXTS, "stop": bool},
    "sendReceipt": {"recipient": str, "targetTimestamp": (int, list), "type": str},
    "getAttachment": {"id": str, "recipient": str},
    "trust": {"recipient": str, "trustAllKnownKeys": bool},
    "submitRateLimitChallenge": {"challenge": str, "captcha": str},
    "updateProfile": {"givenName": str, "about": str, "avatar": str},
    "updateAccount": {"username": str},
    "updateConfiguration": {"readReceipts": bool, "typingIndicators": bool, "linkPreviews": bool},
}
_REQUIRED = {
    "unsubscribeReceive": {"subscription"},
    "send": {"recipient"},
    "sendTyping": {"recipient"},
    "sendReceipt": {"recipient", "targetTimestamp"},
    "getAttachment": {"id"},
    "trust": {"recipient"},
    "submitRateLimitChallenge": {"challenge", "captcha"},
}


def request(id_: str, method: str, params: JSON) -> bytes:
    """One request as JSON on one line, without the line's end.

    Raises:
        ValueError: The method or a parameter is not one the daemon knows, or has another type.
    """
    known = _KNOWN.get(method)
    if known is None:
        raise ValueError(f"no method {method}")
    for name, value in params.items():
        expected = str if name == "account" else known.get(name)
        if expected is None:
            raise ValueError(f"{method} has no parameter {name}")
        if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
            raise ValueError(f"{name} of {method} has the wrong type")
    if missing := _REQUIRED.get(method, set()) - params.keys():
        raise ValueError(f"{method} needs {', '.join(sorted(missing))}")
    return json.dumps({"jsonrpc": "2.0", "id": id_, "method": method, "params": dict(params)}).encode()


def result_of(answer: JSON) -> Any:
    """The result in an answer.

    Raises:
        RpcError: It is an error.
        NoAnswer: It is neither, so nothing is known.
    """
    match answer:
        case {"error": {"code": int(code), **rest}}:
            data = rest.get("data")
            response = data.get("response") if isinstance(data, dict) else None
            raise RpcError(
                code, str(rest.get("message", "")), response if isinstance(response, dict) else None
            )
        case {"result": result}:
            return result
        case _:
            raise NoAnswer("an answer without result and error")
