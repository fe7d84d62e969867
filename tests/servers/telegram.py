"""A strict Bot API server over real HTTP, with the people who chat with the bot.

In a test::

    async with TelegramServer() as server:
        server.type(5, "/start", language="pl")
        server.press(5, "Tak")
        server.chat(5)  # what the person sees, with edits applied

As a process of its own: ``python -m tests.servers.telegram --port 8081``. Then ``POST /control/NAME`` with
a JSON object calls the method of that name: type, press, chat, fail, update, calls, flood, block.
"""

import argparse
import asyncio
import json
import time
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.servers.telegram_rules import FIELDS, Refused, check

TOKEN = "123456:canary-token-that-must-not-show"
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


@dataclass
class Fault:
    """What to do with a call instead of answering it.

    Attributes:
        status: 429, 403, 500 …; 0 answers as usual (after ``delay``).
        text: The server's words.
        retry_after: Seconds, for 429.
        drop: ``before`` closes the connection without processing the call, ``after`` with it processed.
        delay: Seconds to wait first.
        body: Sent with status 200 as it is.
        times: How many calls it meets.
    """

    status: int = 0
    text: str = ""
    retry_after: int = 0
    drop: str = ""
    delay: float = 0.0
    body: str = ""
    times: int = 1


class Problem(Exception):
    """An answer other than ok."""

    def __init__(self, status: int, text: str, **parameters: Any) -> None:
        super().__init__(text)
        self.status = status
        self.parameters = parameters


class TelegramServer:
    """See the module. ``refused`` lists every call that broke a rule; a good test run leaves it empty."""

    def __init__(self, port: int = 0, *, record: bool = True) -> None:
        self.url = ""
        self.refused: list[str] = []
        self.counts: Counter[str] = Counter()
        self.confirmed = 0
        self.blocked: set[int] = set()
        self.left: list[int] = []
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.webhook: dict[str, Any] = {}
        self._record = record
        self._port = port
        self._calls: list[tuple[str, dict[str, Any]]] = []
        self._chats: dict[int, list[Shown]] = {}
        self._languages: dict[int, str] = {}
        self._updates: dict[int, dict[str, Any]] = {}
        self._next_update = 1_000_000
        self._next_message = 1
        self._queries: set[str] = set()
        self._faults: dict[str, deque[Fault]] = {}
        self._news = asyncio.Event()
        self._changed = asyncio.Condition()
        self._poll: asyncio.Future[None] | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=60_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_post("/control/{name}", self._control)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    # what people do

    def type(self, chat_id: int, text: str, language: str = "uk", **extra: Any) -> int:
        """A person writes; ``extra`` replaces fields of the message (``text=None`` is left out)."""
        self._languages[chat_id] = language
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

    # what a test looks at

    def chat(self, chat_id: int) -> list[Shown]:
        """The messages of a chat in order, edits applied."""
        return self._chats.get(chat_id, [])

    def calls(self, method: str = "") -> list[dict[str, Any]]:
        """Fields of the calls so far of one method, or ``{"method": …}`` with fields of all."""
        if method:
            return [fields for name, fields in self._calls if name == method.lower()]
        return [{"method": name, **fields} for name, fields in self._calls]

    @property
    def pending(self) -> list[int]:
        """Ids of updates that were not confirmed."""
        return sorted(self._updates)

    def fail(self, method: str, **fault: Any) -> None:
        """The next call (or ``times`` calls) of ``method`` meets a ``Fault``."""
        self._faults.setdefault(method.lower(), deque()).append(Fault(**fault))

    def heal(self) -> None:
        """Forget every fault that has not happened yet."""
        self._faults.clear()

    def waiting(self) -> list[dict[str, Any]]:
        """Updates that were not confirmed, oldest first."""
        return list(self._updates.values())

    async def called(self, method: str, times: int = 1) -> list[dict[str, Any]]:
        """Wait until ``method`` was processed so many times."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.counts[method.lower()] >= times)
        return self.calls(method)

    # the wire

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != TOKEN:
            return _answer(Problem(401, "Unauthorized"))
        method = request.match_info["method"].lower()
        if method not in FIELDS:
            return _answer(Problem(404, "Not Found"))
        fields = await _fields(request)
        fault = self._next_fault(method)
        await asyncio.sleep(fault.delay)
        if fault.drop == "before":
            _cut(request)
        if fault.body:
            return web.Response(text=fault.body, content_type="application/json")
        if fault.status:
            extra = {"retry_after": fault.retry_after} if fault.retry_after else {}
            return _answer(Problem(fault.status, fault.text or "Fault", **extra))
        try:
            result = await self._process(method, fields)
        except Refused as refused:
            self.refused.append(f"{method}: {refused}")
            return _answer(Problem(400, f"Bad Request: {refused}"))
        except Problem as problem:
            return _answer(problem)
        if fault.drop == "after":
            _cut(request)
        return web.json_response({"ok": True, "result": result})

    async def _process(self, method: str, fields: dict[str, Any]) -> Any:
        check(method, fields)
        if method == "getupdates":
            return await self._get_updates(fields)
        result = getattr(self, f"_{method}")(fields)
        await self._note(method, fields)
        return result

    async def _note(self, method: str, fields: dict[str, Any]) -> None:
        if self._record:
            self._calls.append((method, fields))
        self.counts[method] += 1
        async with self._changed:
            self._changed.notify_all()

    async def _get_updates(self, fields: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook:
            raise Problem(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        mine = self._poll = asyncio.get_running_loop().create_future()
        self._confirm(int(fields.get("offset", 0)))
        await self._note("getupdates", fields)
        deadline = time.monotonic() + min(int(fields.get("timeout", 0)), 50)
        while not self._updates and (left := deadline - time.monotonic()) > 0:
            self._news.clear()
            news = asyncio.ensure_future(self._news.wait())
            await asyncio.wait([mine, news], timeout=left, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
            if mine.done():
                raise Problem(
                    409,
                    "Conflict: terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                )
        mine.cancel()
        return list(self._updates.values())[: int(fields.get("limit", 100))]

    def _confirm(self, offset: int) -> None:
        confirmed = [number for number in self._updates if number < offset]
        for number in confirmed:
            del self._updates[number]
        self.confirmed += len(confirmed)

    def _getme(self, _: dict[str, Any]) -> dict[str, Any]:
        return BOT

    def _sendmessage(self, fields: dict[str, Any]) -> dict[str, Any]:
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

    def _next_fault(self, method: str) -> Fault:
        waiting = self._faults.get(method)
        if not waiting:
            return Fault()
        waiting[0].times -= 1
        return waiting[0] if waiting[0].times > 0 else waiting.popleft()

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

    async def _control(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in ("type", "press", "chat", "fail", "update", "calls", "flood", "block", "stats"):
            return web.Response(status=404)
        result = getattr(self, name)(**(await request.json()))
        if name == "chat":
            result = [asdict(shown) for shown in result]
        return web.json_response(result)

    def stats(self) -> dict[str, Any]:
        """Counts of calls, confirmed and waiting updates, broken rules."""
        return {
            "calls": dict(self.counts),
            "confirmed": self.confirmed,
            "pending": len(self._updates),
            "refused": self.refused,
        }


def _answer(problem: Problem) -> web.Response:
    body = {"ok": False, "error_code": problem.status, "description": str(problem)}
    if problem.parameters:
        body["parameters"] = problem.parameters
    return web.json_response(body, status=problem.status)


def _cut(request: web.Request) -> None:
    """Close the connection without an answer."""
    assert request.transport is not None
    request.transport.abort()
    raise ConnectionResetError


async def _fields(request: web.Request) -> dict[str, Any]:
    """The call's fields from a query, JSON, a form or multipart; nested JSON decoded, files by name."""
    if request.content_type == "application/json":
        return dict(await request.json())
    fields: dict[str, Any] = dict(request.query)
    for name, value in (await request.post()).items():
        fields[name] = value.filename if isinstance(value, web.FileField) else value
    for name in ("entities", "caption_entities", "reply_markup", "commands", "scope", "link_preview_options"):
        if isinstance(fields.get(name), str):
            fields[name] = json.loads(fields[name])
    return fields


def _buttons(markup: dict[str, Any]) -> list[tuple[str, str]]:
    rows = markup.get("inline_keyboard", [])
    return [(button["text"], button["callback_data"]) for row in rows for button in row]


def _scope(fields: dict[str, Any]) -> str:
    scope = fields.get("scope", {"type": "default"})
    return " ".join(str(part) for part in (*scope.values(), fields.get("language_code", "")) if part)


async def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--no-record", action="store_true", help="keep counts only")
    options = parser.parse_args()
    async with TelegramServer(options.port, record=not options.no_record) as server:
        print(server.url, flush=True)  # noqa: T201 - whoever started the process reads it
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
