"""The ways into the strict daemon: sockets with newline JSON-RPC, and HTTP with an event stream."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.servers.signal_faults import Dropped
from tests.servers.signal_rules import Problem

if TYPE_CHECKING:
    from tests.servers.signal import SignalDaemon

LONGEST = 16 * 1024 * 1024


@dataclass(eq=False)
class Subscriber:
    """Somebody who is told what arrives; an empty account means every one of them."""

    account: str
    deliver: Callable[[dict[str, Any]], None]


class SocketDoor:
    """A UNIX and a TCP socket."""

    def __init__(self, daemon: "SignalDaemon", path: Path) -> None:
        self.path = path
        self.port = 0
        self._daemon = daemon
        self._servers: list[asyncio.Server] = []
        self._writers: set[asyncio.StreamWriter] = set()

    async def open(self) -> None:
        self.path.unlink(missing_ok=True)
        unix = await asyncio.start_unix_server(self._serve, self.path, limit=LONGEST)
        tcp = await asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=LONGEST)
        self.port = tcp.sockets[0].getsockname()[1]
        self._servers = [unix, tcp]

    async def close(self) -> None:
        for server in self._servers:
            server.close()
        for writer in self._writers:
            writer.transport.abort()
        self._servers = []
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        client = _Client(self._daemon, writer)
        tasks: set[asyncio.Task[None]] = set()
        try:
            while line := await reader.readline():
                task = asyncio.create_task(client.answer(line))  # answers come in any order
                tasks.add(task)
                task.add_done_callback(tasks.discard)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._writers.discard(writer)
            client.leave()
            for task in tasks:
                task.cancel()
            writer.close()


class _Client:
    """One connection and what it subscribed to."""

    def __init__(self, daemon: "SignalDaemon", writer: asyncio.StreamWriter) -> None:
        self._daemon = daemon
        self._writer = writer
        self._subscribed: dict[int, Subscriber] = {}
        self._next = 0
        if daemon.receive != "manual":
            self._listen("", self._write_unasked)

    async def answer(self, line: bytes) -> None:
        try:
            request = json.loads(line)
        except ValueError:
            self._write(
                {"jsonrpc": "2.0", "error": {"code": -32700, "message": "?", "data": None}, "id": None}
            )
            return
        try:
            answer = await self._daemon.handle(request, self._subscribe)
        except Dropped:
            self._writer.transport.abort()
            return
        self._write(answer)
        if isinstance(request, dict) and request.get("method") == "subscribeReceive":
            self._daemon.flow()  # after the answer, as the daemon does

    def leave(self) -> None:
        for subscriber in self._subscribed.values():
            if subscriber in self._daemon.subscribers:
                self._daemon.subscribers.remove(subscriber)

    async def _subscribe(self, method: str, params: dict[str, Any]) -> Any:
        if method == "subscribeReceive":
            number = self._next

            def wrapped(report: dict[str, Any]) -> None:
                self._write_report({"subscription": number, "result": report})

            return self._listen(params.get("account", ""), wrapped)
        subscriber = self._subscribed.pop(params["subscription"], None)
        if subscriber is None:
            raise Problem(-1, "Unknown subscription id")
        if subscriber in self._daemon.subscribers:
            self._daemon.subscribers.remove(subscriber)
        return {}

    def _listen(self, account: str, deliver: Callable[[dict[str, Any]], None]) -> int:
        number = self._next
        self._next += 1
        self._subscribed[number] = Subscriber("" if self._daemon.single else account, deliver)
        self._daemon.subscribers.append(self._subscribed[number])
        if self._daemon.receive != "manual":
            self._daemon.flow()
        return number

    def _write_unasked(self, report: dict[str, Any]) -> None:
        self._write_report(report)

    def _write_report(self, params: dict[str, Any]) -> None:
        self._write({"jsonrpc": "2.0", "method": "receive", "params": params})

    def _write(self, message: dict[str, Any]) -> None:
        if not self._writer.is_closing():
            self._writer.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")


class HttpDoor:
    """``/api/v1/rpc``, ``/api/v1/events``, ``/api/v1/check`` and, for tests, ``/control/NAME``."""

    def __init__(self, daemon: "SignalDaemon", port: int, comment_every: float) -> None:
        self.port = port
        self._daemon = daemon
        self._comment_every = comment_every
        self._streams: dict[Subscriber, web.Request] = {}
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        app = web.Application(client_max_size=60_000_000)
        app.router.add_post("/api/v1/rpc", self._rpc)
        app.router.add_get("/api/v1/events", self._events)
        app.router.add_get("/api/v1/check", self._check)
        app.router.add_post("/control/{name}", self._control)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        for request in self._streams.values():
            if request.transport:
                request.transport.abort()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    def kill_streams(self) -> None:
        for subscriber, request in list(self._streams.items()):
            if request.transport:
                request.transport.abort()
            self._haunt(subscriber)

    def _haunt(self, dead: Subscriber) -> None:
        """Two writes to a dead stream seem to succeed; what they hold is lost."""
        ghost = Subscriber(dead.account, lambda report: None)
        left = 2

        def swallow(report: dict[str, Any]) -> None:
            nonlocal left
            left -= 1
            if not left:
                self._daemon.subscribers.remove(ghost)

        ghost.deliver = swallow
        self._daemon.subscribers[self._daemon.subscribers.index(dead)] = ghost

    async def _check(self, request: web.Request) -> web.Response:
        return web.Response()

    async def _rpc(self, request: web.Request) -> web.StreamResponse:
        if status := self._refusal(request):
            return web.Response(status=status)
        if request.content_type != "application/json":
            return web.Response(status=415)
        body = await request.json()
        try:
            answer = await self._daemon.handle(body)
        except Dropped:
            if request.transport:
                request.transport.abort()
            raise ConnectionResetError from None
        return web.json_response(answer) if "id" in body else web.Response(status=201)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        account = request.query.get("account", "")
        if status := self._refusal(request):
            return web.Response(status=status)
        if account and account not in self._daemon.accounts and not self._daemon.single:
            return web.Response(status=400)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        reports: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        subscriber = Subscriber("" if self._daemon.single else account, reports.put_nowait)
        self._streams[subscriber] = request
        self._daemon.listen(subscriber)
        try:
            while True:
                await response.write(await self._next_event(reports))
        except ConnectionError:
            return response
        finally:
            del self._streams[subscriber]
            if subscriber in self._daemon.subscribers:
                self._daemon.subscribers.remove(subscriber)

    async def _next_event(self, reports: asyncio.Queue[dict[str, Any]]) -> bytes:
        try:
            async with asyncio.timeout(self._comment_every):
                report = await reports.get()
        except TimeoutError:
            return b":\n"
        return f"event:receive\ndata:{json.dumps(report, ensure_ascii=False)}\n\n".encode()

    def _refusal(self, request: web.Request) -> int:
        host, _, port = request.headers.get("Host", "").partition(":")
        return 0 if host in ("127.0.0.1", "localhost") and port == str(self.port) else 421

    async def _control(self, request: web.Request) -> web.Response:
        result = self._daemon.control(request.match_info["name"], await request.json())
        return web.Response(status=404) if result is None else web.json_response(result)
