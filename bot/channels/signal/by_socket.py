"""Newline-delimited JSON-RPC over a UNIX or TCP socket."""

import asyncio
import itertools
import json
import socket
from typing import Any
from urllib.parse import urlsplit

from bot.channels.signal.rpc import JSON, NoAnswer, NotSent, Opened, RpcError, Take, request, result_of

CONNECT_TIMEOUT = 10.0
LONGEST_LINE = 16 * 1024 * 1024  # bytes; a message of 64 KiB beside its quotes stays far below
DEFAULT_PORT = 7583


class SocketLine:
    """One connection for requests and reports; a lost one is opened again by the next request.

    Args:
        url: ``unix:///path`` or ``tcp://host:port``.
    """

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._ids = itertools.count(1)
        self._opening = asyncio.Lock()
        self._subscribing = asyncio.Lock()
        self._subscriptions = 0
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._waiting: dict[str, asyncio.Future[JSON]] = {}
        self._takes: dict[str, Take] = {}

    async def call(self, method: str, params: JSON, timeout: float) -> Any:  # noqa: ASYNC109 - part of every request
        """See ``Line.call``. A request without an answer costs the connection: the daemon may be stuck."""
        id_ = str(next(self._ids))
        line = request(id_, method, params) + b"\n"
        writer = await self._connected()
        answer = self._waiting[id_] = asyncio.get_running_loop().create_future()
        try:
            writer.write(line)
            await writer.drain()
            await asyncio.wait({answer}, timeout=timeout)
        except OSError as error:
            raise NoAnswer(type(error).__name__) from None
        finally:
            self._waiting.pop(id_, None)
        if not answer.done():
            self.drop()
            raise NoAnswer("timeout")
        return result_of(answer.result())

    async def listen(self, account: str, take: Take, opened: Opened) -> None:
        """See ``Line.listen``. A daemon that reports unasked is not asked as well: all would come twice."""
        self._takes[account] = take
        await self._connected()
        reading = self._reading
        async with self._subscribing:
            opened(automatic=await self._subscribe(account))
        if reading:
            await asyncio.wait({reading})
        raise NotSent("the connection was lost")

    async def _subscribe(self, account: str) -> bool:
        """Ask for reports; whether they come unasked, which shows in a number taken before ours."""
        ours = self._subscriptions
        self._subscriptions += 1
        number = await self.call("subscribeReceive", {"account": account}, CONNECT_TIMEOUT)
        if not isinstance(number, int) or number <= ours:
            return False
        await self.call("unsubscribeReceive", {"account": account, "subscription": number}, CONNECT_TIMEOUT)
        return True

    async def is_automatic(self) -> bool:
        """See ``Line.is_automatic``; to be asked on a connection that listens to nothing.

        A daemon that reports unasked has given the new connection subscription 0; giving that one up
        fails only where there is none. Subscribing to find out would fetch messages and lose them.
        """
        try:
            await self.call("unsubscribeReceive", {"subscription": 0}, CONNECT_TIMEOUT)
        except RpcError as error:
            return error.code != -1
        return True

    def drop(self) -> None:
        """See ``Line.drop``."""
        if self._writer:
            self._writer.close()

    async def close(self) -> None:
        """See ``Line.close``."""
        self.drop()
        if self._reading:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    async def _connected(self) -> asyncio.StreamWriter:
        async with self._opening:
            if self._writer and not self._writer.is_closing():
                return self._writer
            try:
                async with asyncio.timeout(CONNECT_TIMEOUT):
                    reader, self._writer = await self._open()
            except (OSError, TimeoutError) as error:
                raise NotSent(type(error).__name__) from None
            self._subscriptions = 0
            self._reading = asyncio.create_task(self._read(reader, self._writer))
            return self._writer

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._url.scheme == "unix":
            return await asyncio.open_unix_connection(self._url.path, limit=LONGEST_LINE)
        host, port = self._url.hostname, self._url.port or DEFAULT_PORT
        reader, writer = await asyncio.open_connection(host, port, limit=LONGEST_LINE)
        connection: socket.socket = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if hasattr(socket, "TCP_KEEPIDLE"):  # else the system's two hours hold
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 30)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 10)
        return reader, writer

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                self._deal_with(line)
        except (OSError, ValueError):  # reset, or a line over the limit
            pass
        finally:
            writer.close()
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_result({})  # an answer that says nothing: the outcome is unknown

    def _deal_with(self, line: bytes) -> None:
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            return
        match message:
            case {"method": "receive", "params": {"subscription": _, "result": dict(report)}}:
                self._hand_over(report)
            case {"method": "receive", "params": dict(report)}:
                self._hand_over(report)
            case {"id": str(id_)} if (answer := self._waiting.get(id_)) and not answer.done():
                answer.set_result(message)

    def _hand_over(self, report: JSON) -> None:
        take = self._takes.get(str(report.get("account"))) or next(iter(self._takes.values()), None)
        if take:
            take(report)
