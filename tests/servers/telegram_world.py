"""People, their chats with the bot and what each method of the Bot API does to them."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

BOT = {"id": 123456, "is_bot": True, "first_name": "Mistok", "username": "mistok_test_bot"}


@dataclass
class Shown:
    """One message in a chat as the person sees it now."""

    message_id: int
    by: str
    text: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    file: str = ""
    keyboard: bool = False
    protected: bool = False
    edits: int = 0


class Problem(Exception):
    """An answer other than ok."""

    def __init__(self, status: int, text: str, **parameters: Any) -> None:
        super().__init__(text)
        self.status = status
        self.parameters = parameters


class World:
    """The state behind the server: ``type`` and ``press`` are people, ``perform`` is the bot."""

    def __init__(self, *, record: bool = True) -> None:
        self.blocked: set[int] = set()
        self.left: list[int] = []
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.webhook: dict[str, Any] = {}
        self._record = record
        self._chats: dict[int, list[Shown]] = {}
        self._languages: dict[int, str] = {}
        self._asked: dict[int, float] = {}
        self.waits: list[float] = []  # seconds from what a person wrote to the next message they got
        self._updates: dict[int, dict[str, Any]] = {}
        self._next_update = 1_000_000
        self._next_message = 1
        self._queries: set[str] = set()
        self._news = asyncio.Event()

    def type(self, chat_id: int, text: str, language: str = "uk", **extra: Any) -> int:
        """A person writes; ``extra`` replaces fields of the message (``text=None`` is left out)."""
        self._languages[chat_id] = language
        self._asked.setdefault(chat_id, time.monotonic())
        shown = Shown(self._message_id(), "person", text)
        self._chats.setdefault(chat_id, []).append(shown)
        message = self._message(chat_id, shown, self._person(chat_id)) | extra
        if text.startswith("/"):
            length = len(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self.update({"message": {key: value for key, value in message.items() if value is not None}})

    def press(self, chat_id: int, label: str) -> int:
        """The person presses the latest button with this label."""
        for shown in reversed(self._chats.get(chat_id, [])):
            for text, data in shown.buttons:
                if text == label:
                    query = str(self._next_update)
                    self._queries.add(query)
                    message = self._message(chat_id, shown, BOT)
                    return self.update(
                        {
                            "callback_query": {
                                "id": query,
                                "from": self._person(chat_id),
                                "message": message,
                                "chat_instance": "1",
                                "data": data,
                            }
                        }
                    )
        raise LookupError(f"no button {label!r} in chat {chat_id}")

    def update(self, content: dict[str, Any]) -> int:
        """Queue any update; its id."""
        number = self._next_update
        self._next_update += 1
        self._updates[number] = {"update_id": number, **content}
        self._news.set()
        return number

    def restart_ids(self, number: int) -> None:
        """Count updates from ``number`` again, as Telegram may do after a quiet week."""
        self._next_update = number

    def flood(self, count: int, chats: int, text: str = "hello") -> None:
        """Queue ``count`` texts from ``chats`` people in turn."""
        for number in range(count):
            self.type(1000 + number % chats, text)

    def block(self, chat_id: int) -> None:
        """The person blocks the bot; nobody can be written to who never wrote."""
        self.blocked.add(chat_id)

    def chat(self, chat_id: int) -> list[Shown]:
        """The messages of a chat in order, edits applied."""
        return self._chats.get(chat_id, [])

    def perform(self, method: str, fields: dict[str, Any]) -> Any:
        """The result of one call of the bot; Problem if it cannot be done."""
        return getattr(self, f"_{method}")(fields)

    def _getme(self, _: dict[str, Any]) -> dict[str, Any]:
        return BOT

    def _sendmessage(self, fields: dict[str, Any]) -> dict[str, Any]:
        if asked := self._asked.pop(int(fields["chat_id"]), 0.0):
            self.waits.append(time.monotonic() - asked)
        return self._show(fields, Shown(0, "bot", fields["text"], fields.get("entities", [])))

    def _sendphoto(self, fields: dict[str, Any]) -> dict[str, Any]:
        return self._sendfile(fields, fields["photo"])

    def _senddocument(self, fields: dict[str, Any]) -> dict[str, Any]:
        return self._sendfile(fields, fields["document"])

    def _sendfile(self, fields: dict[str, Any], name: str) -> dict[str, Any]:
        return self._show(
            fields, Shown(0, "bot", fields.get("caption", ""), fields.get("caption_entities", []), file=name)
        )

    def _show(self, fields: dict[str, Any], shown: Shown) -> dict[str, Any]:
        chat_id = self._reachable(fields)
        markup = fields.get("reply_markup", {})
        shown.message_id = self._message_id()
        shown.buttons = _buttons(markup)
        shown.keyboard = "keyboard" in markup
        shown.protected = bool(fields.get("protect_content"))
        self._chats[chat_id].append(shown)
        if not self._record:
            del self._chats[chat_id][:-20]
        return self._message(chat_id, shown, BOT)

    def _editmessagetext(self, fields: dict[str, Any]) -> dict[str, Any]:
        chat_id = self._reachable(fields)
        found = [one for one in self._chats[chat_id] if one.message_id == int(fields["message_id"])]
        if not found or found[0].by != "bot":
            raise Problem(400, "Bad Request: message to edit not found")
        shown = found[0]
        if shown.keyboard:
            raise Problem(400, "Bad Request: message can't be edited")
        if shown.file:
            raise Problem(400, "Bad Request: there is no text in the message to edit")
        now = (fields["text"], fields.get("entities", []), _buttons(fields.get("reply_markup", {})))
        if now == (shown.text, shown.entities, shown.buttons):
            raise Problem(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message",
            )
        shown.text, shown.entities, shown.buttons = now
        shown.edits += 1
        return self._message(chat_id, shown, BOT)

    def _answercallbackquery(self, fields: dict[str, Any]) -> bool:
        if fields["callback_query_id"] not in self._queries:
            raise Problem(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        self._queries.discard(fields["callback_query_id"])
        return True

    def _sendchataction(self, fields: dict[str, Any]) -> bool:
        self._reachable(fields)
        return True

    def _setmycommands(self, fields: dict[str, Any]) -> bool:
        self.commands[_scope(fields)] = fields["commands"]
        return True

    def _deletemycommands(self, fields: dict[str, Any]) -> bool:
        self.commands.pop(_scope(fields), None)
        return True

    def _leavechat(self, fields: dict[str, Any]) -> bool:
        self.left.append(int(fields["chat_id"]))
        return True

    def _setwebhook(self, fields: dict[str, Any]) -> bool:
        self.webhook = fields
        return True

    def _deletewebhook(self, fields: dict[str, Any]) -> bool:
        self.webhook = {}
        return True

    def _reachable(self, fields: dict[str, Any]) -> int:
        chat_id = int(fields["chat_id"])
        if chat_id not in self._chats:
            raise Problem(400, "Bad Request: chat not found")
        if chat_id in self.blocked:
            raise Problem(403, "Forbidden: bot was blocked by the user")
        return chat_id

    def _message_id(self) -> int:
        self._next_message += 1
        return self._next_message

    def _person(self, chat_id: int) -> dict[str, Any]:
        language = self._languages.get(chat_id, "uk")
        return {"id": chat_id, "is_bot": False, "first_name": "Somebody", "language_code": language}

    def _message(self, chat_id: int, shown: Shown, sender: dict[str, Any]) -> dict[str, Any]:
        chat = {"id": chat_id, "type": "private", "first_name": "Somebody"}
        message = {"message_id": shown.message_id, "date": int(time.time()), "chat": chat, "from": sender}
        return message | ({"text": shown.text} if not shown.file else {})


def _buttons(markup: dict[str, Any]) -> list[tuple[str, str]]:
    rows = markup.get("inline_keyboard", [])
    return [(button["text"], button["callback_data"]) for row in rows for button in row]


def _scope(fields: dict[str, Any]) -> str:
    scope = fields.get("scope", {"type": "default"})
    return " ".join(str(part) for part in (*scope.values(), fields.get("language_code", "")) if part)
