"""python-telegram-bot's requests over aiohttp, and what a failed one means."""

import json
import logging
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 30.0
WHOLE_TIMEOUT = 60.0  # beyond the read timeout: an upload over a slow line, or an answer that drips

_NEVER_LEFT = (
    aiohttp.ClientConnectorError,  # also DNS, TLS and certificates
    aiohttp.ConnectionTimeoutError,  # also a pool without a free connection
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)


class NotSent(NetworkError):
    """The request certainly never left; every other ``NetworkError`` leaves the outcome open."""


class AiohttpRequest(BaseRequest):
    """Requests of one bot; polling and sending take an instance each, so neither waits for the other.

    A cancelled call gives its connection back at once. Errors carry no address, because addresses of
    the Bot API hold the token.

    Args:
        connections: At most so many at once.
        read_timeout: Seconds without a byte from the server, after the request was written.
    """

    def __init__(self, connections: int, read_timeout: float = READ_TIMEOUT) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """HTTP status and body; the write, connect and pool timeouts are always our own.

        Raises:
            NotSent: The request never left.
            NetworkError: It may have arrived, the answer did not.
        """
        await self.initialize()
        assert self._session is not None  # noqa: S101 - what initialize() is for; the checker cannot see it
        wait = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout
        timeout = aiohttp.ClientTimeout(
            total=CONNECT_TIMEOUT + wait + WHOLE_TIMEOUT, connect=CONNECT_TIMEOUT, sock_read=wait
        )
        failure: NetworkError
        try:
            async with self._session.request(
                method, url, timeout=timeout, allow_redirects=False, **_body(request_data)
            ) as response:
                return response.status, await response.read()
        except _NEVER_LEFT as error:
            failure = NotSent(type(error).__name__)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = NetworkError(type(error).__name__)
        raise failure  # outside the handlers: the caught error names the address, and with it the token

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a dict; the library's own version would log it whole when it is broken."""
        try:
            data = json.loads(payload)
        except ValueError:
            data = None
        if not isinstance(data, dict):
            raise TelegramError("Invalid server response")
        return data


def quiet_loggers() -> None:
    """Keep addresses with tokens and texts of people out of the log, whatever level the root has."""
    for name in ("telegram", "httpx", "httpcore", "aiohttp"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _body(data: RequestData | None) -> dict[str, Any]:
    """The arguments of an aiohttp request: JSON, or a form when there is a file."""
    if data is None:
        return {}
    if not data.contains_files:
        body = json.dumps(data.parameters, ensure_ascii=False, separators=(",", ":")).encode()
        return {"data": body, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)  # else Cyrillic names arrive as %D0…
    for name, (filename, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return {"data": form}
