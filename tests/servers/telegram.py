"""A strict Bot API server over real HTTP, with the people who chat with the bot.

In a test::

    async with TelegramServer() as server:
        server.type(5, "/start", language="pl")
        server.press(5, "Tak")
        server.chat(5)  # what the person sees, with edits applied

As a process of its own: ``python -m tests.servers.telegram --port 8081``. Then ``POST /control/NAME`` with
a JSON object calls the method of that name: type, press, chat, fail, update, calls, flood,
block, stats.
"""

import argparse
import asyncio
import json
import time
from collections import Counter, deque
from dataclasses import asdict, dataclass
from typing import Any, Self

from aiohttp import web

from tests.servers.telegram_rules import FIELDS, Refused, check
from tests.servers.telegram_world import Problem, World

SECOND_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
TOKEN = "123456:canary-token-that-must-not-show"


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


class TelegramServer(World):
    """See the module. ``refused`` lists every call that broke a rule; a good test run leaves it empty."""

    def __init__(self, port: int = 0, *, record: bool = True) -> None:
        super().__init__(record=record)
        self.url = ""
        self.refused: list[str] = []
        self.counts: Counter[str] = Counter()
        self.confirmed = 0
        self._port = port
        self._calls: list[tuple[str, dict[str, Any]]] = []
        self._faults: dict[str, deque[Fault]] = {}
        self._changed = asyncio.Condition()
        self._poll: asyncio.Future[None] | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=60_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_post("/control/{name}", self._control)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    def calls(self, method: str = "") -> list[dict[str, Any]]:
        """Fields of the calls so far of one method, or ``{"method": …}`` with fields of all."""
        if method:
            return [fields for name, fields in self._calls if name == method.lower()]
        return [{"method": name, **fields} for name, fields in self._calls]

    @property
    def pending(self) -> list[int]:
        """Ids of updates that were not confirmed."""
        return list(self._updates)

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
        """Wait until ``method`` was processed so many times; at most ten seconds."""
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(lambda: self.counts[method.lower()] >= times)
        return self.calls(method)

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
        result = self.perform(method, fields)
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
                raise Problem(409, SECOND_POLLER)
        mine.cancel()
        return list(self._updates.values())[: int(fields.get("limit", 100))]

    def _confirm(self, offset: int) -> None:
        kept = list(self._updates)[offset:] if offset < 0 else []
        confirmed = [number for number in self._updates if (number not in kept if kept else number < offset)]
        for number in confirmed:
            del self._updates[number]
        self.confirmed += len(confirmed)

    def _next_fault(self, method: str) -> Fault:
        waiting = self._faults.get(method)
        if not waiting:
            return Fault()
        waiting[0].times -= 1
        return waiting[0] if waiting[0].times > 0 else waiting.popleft()

    async def _control(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in ("type", "press", "chat", "fail", "update", "calls", "flood", "block", "stats"):
            return web.Response(status=404)
        result = getattr(self, name)(**(await request.json()))
        if name == "chat":
            result = [asdict(shown) for shown in result]
        return web.json_response(result)

    def stats(self) -> dict[str, Any]:
        """Counts of calls, confirmed and waiting updates, broken rules, seconds until each answer."""
        return {
            "calls": dict(self.counts),
            "confirmed": self.confirmed,
            "pending": len(self._updates),
            "refused": self.refused,
            "waits": self.waits,
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
