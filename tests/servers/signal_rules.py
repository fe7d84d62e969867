"""What signal-cli's JSON-RPC asks of a call: names, types, and the shape of texts and files."""

import base64
import binascii
import re
import uuid
from typing import Any
from urllib.parse import unquote

MOST_BYTES = 65_536
STYLES = {"BOLD", "ITALIC", "SPOILER", "STRIKETHROUGH", "MONOSPACE"}

_DATA_URI = re.compile(r"data:([a-z]+/[a-z0-9.+-]+)((?:;[a-z]+=[^;,]*)*);base64,([A-Za-z0-9+/=]*)")
_LISTS = (str, list)

PARAMETERS: dict[str, dict[str, Any]] = {
    "version": {},
    "listAccounts": {},
    "listContacts": {"recipient": _LISTS},
    "subscribeReceive": {},
    "unsubscribeReceive": {"subscription": int},
    "send": {
        "recipient": _LISTS,
        "recipients": list,
        "groupId": _LISTS,
        "username": _LISTS,
        "noteToSelf": bool,
        "message": str,
        "attachment": _LISTS,
        "attachments": list,
        "textStyle": _LISTS,
        "mention": _LISTS,
        "quoteTimestamp": int,
        "quoteAuthor": str,
        "quoteMessage": str,
        "editTimestamp": int,
        "previewUrl": str,
        "previewTitle": str,
        "noUrgent": bool,
        "notifySelf": bool,
        "viewOnce": bool,
    },
    "sendReaction": {
        "recipient": _LISTS,
        "emoji": str,
        "targetAuthor": str,
        "targetTimestamp": int,
        "remove": bool,
    },
    "sendTyping": {"recipient": _LISTS, "groupId": _LISTS, "stop": bool},
    "sendReceipt": {"recipient": str, "targetTimestamp": (int, list), "type": str},
    "getAttachment": {"id": str, "recipient": str, "groupId": str},
    "trust": {"recipient": str, "trustAllKnownKeys": bool, "verifiedSafetyNumber": str},
    "submitRateLimitChallenge": {"challenge": str, "captcha": str},
    "updateProfile": {
        "givenName": str,
        "familyName": str,
        "about": str,
        "aboutEmoji": str,
        "avatar": str,
        "removeAvatar": bool,
    },
    "updateAccount": {
        "username": str,
        "discoverableByNumber": bool,
        "numberSharing": bool,
        "deleteUsername": bool,
    },
    "updateConfiguration": {
        "readReceipts": bool,
        "typingIndicators": bool,
        "linkPreviews": bool,
        "unidentifiedDeliveryIndicators": bool,
    },
}
REQUIRED = {
    "sendReaction": {"emoji", "targetTimestamp"},
    "sendReceipt": {"recipient", "targetTimestamp"},
    "getAttachment": {"id"},
    "trust": {"recipient"},
    "submitRateLimitChallenge": {"challenge", "captcha"},
    "unsubscribeReceive": {"subscription"},
}
WITHOUT_ACCOUNT = {"version", "listAccounts", "unsubscribeReceive", "subscribeReceive"}


class Problem(Exception):
    """An answer with an error."""

    def __init__(self, code: int, text: str, response: dict[str, Any] | None = None) -> None:
        super().__init__(text)
        self.code = code
        self.response = response

    def body(self) -> dict[str, Any]:
        """The member ``error``."""
        data = {"response": self.response} if self.response else None
        return {"code": self.code, "message": str(self), "data": data}


def check(method: str, params: dict[str, Any]) -> list[str]:
    """Names the real daemon would pass over in silence; a good client sends none.

    Raises:
        Problem: As the real daemon answers.
    """
    known = PARAMETERS.get(method)
    if known is None:
        raise Problem(-32601, "Method not implemented")
    for name, value in params.items():
        kinds = known.get(name, object)
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is int):
            raise Problem(-32603, f"class java.lang.{type(value).__name__} cannot be cast ({name})")
    if missing := REQUIRED.get(method, set()) - params.keys():
        raise Problem(-1, f"Missing {', '.join(sorted(missing))}.")
    if method == "send":
        _check_send(params)
    return [name for name in params if name not in known and name != "account"]


def files(params: dict[str, Any]) -> list[tuple[str, str, bytes]]:
    """Name, media type and bytes of each file of a call.

    Raises:
        Problem: One cannot be read.
    """
    given = params.get("attachments", params.get("attachment", []))
    return [_file(uri) for uri in ([given] if isinstance(given, str) else given)]


def styles(params: dict[str, Any]) -> list[tuple[int, int, str]]:
    """Start, length and style of each stretch.

    Raises:
        Problem: One is malformed or outside the text.
    """
    given = params.get("textStyle", [])
    units = len(params.get("message", "").encode("utf-16-le")) // 2
    found = []
    for style in [given] if isinstance(given, str) else given:
        match = re.fullmatch(r"([0-9]+):([0-9]+):([A-Z]+)", style)
        if not match or match[3] not in STYLES:
            raise Problem(-1, "Invalid syntax for textStyle")
        start, length = int(match[1]), int(match[2])
        if not length or start + length > units:
            raise Problem(-1, "textStyle outside of the message")
        found.append((start, length, match[3]))
    return found


def recipient(params: dict[str, Any]) -> str:
    """The one person a call is for.

    Raises:
        Problem: There are several, or it is nobody's identifier.
    """
    given = params["recipient"]
    if isinstance(given, list) and len(given) != 1:
        raise Problem(-1, "Mistok writes to one person at a time")
    try:
        return str(uuid.UUID(given[0] if isinstance(given, list) else given))
    except ValueError:
        raise Problem(-1, "Invalid recipient") from None


def _check_send(params: dict[str, Any]) -> None:
    if not any(params.get(name) for name in ("recipient", "recipients", "groupId", "username", "noteToSelf")):
        raise Problem(-1, "No recipients given")
    if not params.get("message") and not files(params):
        raise Problem(-1, "No message or attachment given")
    if len(params.get("message", "").encode()) > MOST_BYTES:
        raise Problem(-32603, "Message too long")
    if ("quoteTimestamp" in params) != ("quoteAuthor" in params):
        raise Problem(-1, "Quote author parameter is missing")
    styles(params)


def _file(uri: str) -> tuple[str, str, bytes]:
    match = _DATA_URI.fullmatch(uri)
    if not match:
        raise Problem(-32603, "Attachment cannot be read")
    names = re.findall(r";([a-z]+)=([^;]*)", match[2])
    try:
        content = base64.b64decode(match[3], validate=True)
    except binascii.Error:
        raise Problem(-32603, "Attachment cannot be read") from None
    name = unquote(names[0][1]) if [key for key, _ in names] == ["filename"] else ""
    return name, match[1], content
