"""JSON-RPC over HTTP, with what arrives as a stream of server-sent events."""

import itertools
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp

from bot.channels.signal.rpc import JSON, NoAnswer, NotSent, Opened, Take, Unusable, request, result_of

CONNECT_TIMEOUT = 10.0
SILENCE = 45.0
"""Seconds without a byte after which a stream is dead: the daemon sends a comment every 15 s."""
LONGEST_LINE = 16 * 1024 * 1024

_NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
_REMEDIES = {
    400: "signal-cli does not know MISTOK_SIGNAL_ACCOUNT; register or link it",
    404: "nothing of signal-cli answers at MISTOK_SIGNAL_URL; give the address of its --http option",
    415: "something between Mistok and signal-cli changes the content type of requests",
    421: "signal-cli refuses the host name in MISTOK_SIGNAL_URL; use the one given to its --http option",
}


class HttpLine:
    """Requests and a stream per account.

    Args:
        url: ``http://host:port``.
        silence: Seconds after which a silent stream counts as lost.
    """

    def __init__(self, url: str, silence: float = SILENCE) -> None:
        self._root = url.rstrip("/")
        self._silence = silence
        self._ids = itertools.count(1)
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, params: JSON, timeout: float) -> Any:  # noqa: ASYNC109 - part of every request
        """See ``Line.call``."""
        body = request(str(next(self._ids)), method, params)
        limits = aiohttp.ClientTimeout(total=timeout, connect=CONNECT_TIMEOUT)
        headers = {"Content-Type": "application/json"}
        try:
            async with self._open().post(
                f"{self._root}/api/v1/rpc", data=body, headers=headers, timeout=limits, allow_redirects=False
            ) as response:
                _check(response.status)
                answer = json.loads(await response.read())
        except _NEVER_LEFT as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, RecursionError) as error:
            raise NoAnswer(type(error).__name__) from None
        return result_of(answer if isinstance(answer, dict) else {})

    async def listen(self, account: str, take: Take, opened: Opened) -> None:
        """See ``Line.listen``."""
        limits = aiohttp.ClientTimeout(total=None, connect=CONNECT_TIMEOUT, sock_read=self._silence)
        try:
            async with self._open().get(
                f"{self._root}/api/v1/events", params={"account": account}, timeout=limits
            ) as response:
                _check(response.status)
                opened(automatic=False)
                async for event in _events(response.content):
                    if isinstance(event, dict):
                        take(event)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NotSent(type(error).__name__) from None
        raise NotSent("the stream ended")

    async def is_automatic(self) -> None:
        """Nothing: over HTTP the receive mode cannot be seen."""

    def drop(self) -> None:
        """Nothing: a request has a connection of its own, and a dead stream ends by its silence."""

    async def close(self) -> None:
        """See ``Line.close``."""
        if self._session:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(force_close=True),  # a kept one may die under a request
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


def _check(status: int) -> None:
    if status in _REMEDIES:
        raise Unusable(_REMEDIES[status])
    if status != 200:
        raise NoAnswer(f"status {status}")


async def _events(stream: aiohttp.StreamReader) -> AsyncIterator[Any]:
    """The JSON data of each event; comments, names and broken data are passed over."""
    pending, data = b"", b""
    async for chunk in stream.iter_any():
        *lines, pending = (pending + chunk).split(b"\n")
        if len(pending) > LONGEST_LINE:
            raise OSError("a line without end")
        for line in (line.rstrip(b"\r") for line in lines):
            if line.startswith(b"data:"):
                data += line[5:] + b"\n"
            elif not line and data:
                text, data = data, b""
                try:
                    yield json.loads(text)
                except (ValueError, RecursionError):
                    continue
