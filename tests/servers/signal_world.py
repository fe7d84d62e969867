"""Signal itself for the strict daemon: people, their chats with the bot, and what waits for it."""

import base64
import json
import time
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers.signal_rules import Problem, files, recipient, styles

ACCOUNT, SPARE = "+380440000001", "+380440000002"
DAY = 24 * 3_600_000


@dataclass
class Shown:
    """One message in a chat as the person sees it now."""

    timestamp: int
    by: str
    text: str
    styles: list[tuple[int, int, str]] = field(default_factory=list)
    files: list[tuple[str, str, int]] = field(default_factory=list)
    quote: int = 0
    edits: int = 0
    account: str = ""


Deliver = Callable[[dict[str, Any]], None]


class World:
    """What people did and what they see; ``type`` and ``react`` are people, ``perform`` is the bot.

    Attributes:
        receipts: People's phones confirm at once what reaches them.
        unregistered, rekeyed: People who are not on Signal, and whose safety number changed.
        dropped: Edits that the apps do not show, because they come too late or too often.
    """

    def __init__(self, store: Path | None = None) -> None:
        self.accounts = [ACCOUNT]
        self.receipts = True
        self.unregistered: set[str] = set()
        self.rekeyed: set[str] = set()
        self.contacts: dict[str, set[str]] = {}
        self.dropped: list[int] = []
        self.profile: dict[str, Any] = {}
        self.username = ""
        self.read: dict[str, list[int]] = {}
        self.typing: list[str] = []
        self.waiting: deque[dict[str, Any]] = deque()
        self._attached: dict[str, bytes] = {}
        self._chats: dict[str, list[Shown]] = {}
        self._last = 0
        self._store = store
        self._restore()

    # --- what people do ---------------------------------------------------------------------------

    def type(self, person: str, text: str, quote: int = 0, account: str = "", **extra: Any) -> int:
        """A person writes; the timestamp of the message. ``extra`` are further members of it."""
        stamp = self._tick()
        self._chats.setdefault(person, []).append(Shown(stamp, "person", text, quote=quote))
        data: dict[str, Any] = {"timestamp": stamp, "message": text, "expiresInSeconds": 0}
        data |= {"isExpirationUpdate": False, "viewOnce": False}
        if quote:
            author = account or self.accounts[0]
            data["quote"] = {"id": quote, "author": author, "text": "…", "attachments": []}
        if len(text.encode()) > 2000:
            data |= self._long(text)
        self.arrive(person, {"dataMessage": data | extra}, account=account, timestamp=stamp)
        return stamp

    def react(
        self, person: str, timestamp: int, emoji: str, *, remove: bool = False, account: str = ""
    ) -> int:
        """A person reacts to the message with that timestamp."""
        stamp = self._tick()
        reaction: dict[str, Any] = {"emoji": emoji, "targetAuthor": account or self.accounts[0]}
        reaction |= {"targetSentTimestamp": timestamp, "isRemove": remove}
        data = {"timestamp": stamp, "message": None, "expiresInSeconds": 0, "reaction": reaction}
        self.arrive(person, {"dataMessage": data}, account=account, timestamp=stamp)
        return stamp

    def correct(self, person: str, timestamp: int, text: str) -> int:
        """A person edits their own message."""
        stamp = self._tick()
        inner = {"timestamp": stamp, "message": text, "expiresInSeconds": 0, "viewOnce": False}
        self.arrive(
            person,
            {"editMessage": {"targetSentTimestamp": timestamp, "dataMessage": inner}},
            timestamp=stamp,
        )
        return stamp

    def receipt(self, person: str, timestamps: list[int], *, read: bool = False, account: str = "") -> None:
        """A person's phone has, or the person has read, messages of the bot."""
        content: dict[str, Any] = {
            "when": self._tick(),
            "isDelivery": not read,
            "isRead": read,
            "isViewed": False,
        }
        self.arrive(person, {"receiptMessage": content | {"timestamps": timestamps}}, account=account)

    def arrive(
        self, person: str, content: dict[str, Any], account: str = "", timestamp: int = 0, **beside: Any
    ) -> None:
        """Any content at all reaches the account; ``beside`` stands beside the envelope."""
        stamp = timestamp or self._tick()
        envelope: dict[str, Any] = {
            "source": person,
            "sourceNumber": None,
            "sourceUuid": person,
            "sourceName": "Ім'я",
        }
        envelope |= {"sourceDevice": 1, "timestamp": stamp, "serverReceivedTimestamp": stamp} | content
        report = {"envelope": envelope, "account": account or self.accounts[0]} | beside
        self._note({"in": report})
        self.waiting.append(report)
        self.flow()

    def chat(self, person: str) -> list[Shown]:
        """What the person sees, oldest first, with edits applied."""
        return self._chats.get(person, [])

    def said(self, person: str) -> list[Shown]:
        """The bot's part of it."""
        return [shown for shown in self.chat(person) if shown.by == "bot"]

    def flow(self) -> None:
        """Let what waits reach whoever listens; the transports replace this."""

    def arrived(self, report: dict[str, Any]) -> None:
        """The daemon has handed it over and told Signal so."""
        self._note({"done": 1})

    # --- what the bot does ------------------------------------------------------------------------

    def perform(self, method: str, account: str, params: dict[str, Any]) -> Any:
        """The result of a call that is well formed.

        Raises:
            Problem: As the real daemon answers.
        """
        match method:
            case "send":
                return self._send(account, params)
            case "listContacts":
                return [{"uuid": person} for person in sorted(self.contacts.get(account, self._chats.keys()))]
            case "sendReceipt":
                stamps = params["targetTimestamp"]
                known = self.read.setdefault(params["recipient"], [])
                known.extend(stamps if isinstance(stamps, list) else [stamps])
            case "sendTyping":
                self.typing.append(recipient(params))
            case "getAttachment":
                if params["id"] not in self._attached:
                    raise Problem(-1, "Could not find attachment")
                return {"data": base64.b64encode(self._attached[params["id"]]).decode()}
            case "trust":
                self.rekeyed.discard(params["recipient"])
            case "updateProfile":
                self.profile |= {name: value for name, value in params.items() if name != "account"}
            case "updateAccount":
                self.username = f"{params['username'].partition('.')[0]}.01"
                return {"username": self.username, "usernameLink": "https://signal.me/#eu/invented-link"}
        return {}

    def _send(self, account: str, params: dict[str, Any]) -> dict[str, Any]:
        person, stamp = recipient(params), self._tick()
        if person in self.rekeyed:
            raise self.refusal(-4, person, "IDENTITY_FAILURE", stamp)
        if person in self.unregistered:
            raise self.refusal(-1, person, "UNREGISTERED_FAILURE", stamp)
        self.show(account, person, params, stamp)
        return {"timestamp": stamp, "results": [result(person, "SUCCESS")]}

    def show(self, account: str, person: str, params: dict[str, Any], stamp: int) -> None:
        """The message reaches the person's phone."""
        text = params.get("message", "")
        attached = [(name, kind, len(content)) for name, kind, content in files(params)]
        if target := params.get("editTimestamp"):
            self._edit(person, target, text, styles(params), stamp)
        else:
            quote = params.get("quoteTimestamp", 0)
            shown = Shown(stamp, "bot", text, styles(params), attached, quote, account=account)
            self._chats.setdefault(person, []).append(shown)
        self._note({"out": [person, text, stamp, target or 0]})
        if self.receipts:
            self.receipt(person, [stamp], account=account)

    def refusal(self, code: int, person: str, kind: str, stamp: int = 0, **more: Any) -> Problem:
        """The answer when the only recipient could not be reached."""
        response = {"timestamp": stamp or self._tick(), "results": [result(person, kind) | more]}
        return Problem(code, "Failed to send message", response)

    def _edit(
        self, person: str, target: int, text: str, marks: list[tuple[int, int, str]], stamp: int
    ) -> None:
        for shown in self.said(person):
            if shown.timestamp == target and stamp - target < DAY and shown.edits < 10:
                shown.text, shown.styles, shown.edits = text, marks, shown.edits + 1
                return
        self.dropped.append(target)

    def _long(self, text: str) -> dict[str, Any]:
        """A long text as phones send it: its beginning, and a file with the whole."""
        id_ = uuid.uuid4().hex
        self._attached[id_] = text.encode()
        start = text.encode()[:2000].decode(errors="ignore")
        attached = {"contentType": "text/x-signal-plain", "id": id_, "size": len(text.encode())}
        return {"message": start, "attachments": [attached]}

    def _tick(self) -> int:
        self._last = max(self._last + 1, time.time_ns() // 1_000_000)
        return self._last

    def _note(self, line: dict[str, Any]) -> None:
        if self._store:
            with self._store.open("a") as file:
                file.write(json.dumps(line) + "\n")

    def _restore(self) -> None:
        """What waited when the daemon was killed; what it had handed over but not told may come again."""
        if not self._store or not self._store.exists():
            return
        for line in self._store.read_text().splitlines():
            match json.loads(line):
                case {"in": report}:
                    self.waiting.append(report)
                case {"done": _} if self.waiting:
                    self.waiting.popleft()
                case {"out": [person, text, stamp, 0]}:
                    self._chats.setdefault(person, []).append(Shown(stamp, "bot", text))
                    self._last = max(self._last, stamp)


def result(person: str, kind: str) -> dict[str, Any]:
    """One entry of ``results``."""
    return {"recipientAddress": {"uuid": person, "number": None, "username": None}, "type": kind}
