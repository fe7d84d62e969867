"""The one open door: health for a supervisor, figures for a monitor, Telegram's webhook."""

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.web.serve import Server
from bot.errors import ConfigurationError

MOST_BYTES = 1_000_000
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


@runtime_checkable
class Webhooked(Protocol):
    """A channel that is brought its updates."""

    async def deliver(self, secret: str, body: bytes) -> int:
        """The status to answer with; 200 only after the update was committed."""


Figures = Callable[[], Mapping[str, float]]


def door(stalled: Callable[[], list[str]], figures: Figures, telegram: Webhooked | None) -> Starlette:
    """``/health``, ``/metrics`` and, if updates are brought, ``/telegram``."""

    async def health(request: Request) -> Response:
        parts = stalled()
        return JSONResponse({"stalled": parts}, status_code=503 if parts else 200)

    async def metrics(request: Request) -> Response:
        lines = [f"mistok_{name} {value:g}" for name, value in figures().items()]
        return PlainTextResponse("\n".join(lines) + "\n")

    async def webhook(request: Request) -> Response:
        if telegram is None:
            return Response(status_code=404)
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                return Response(status_code=413)
        return Response(
            status_code=await telegram.deliver(request.headers.get(SECRET_HEADER, ""), bytes(body))
        )

    return Starlette(
        routes=[
            Route("/health", health),
            Route("/metrics", metrics),
            Route("/telegram", webhook, methods=["POST"]),
        ]
    )


def server(app: Starlette, listen: str) -> Server:
    """A server for ``host:port``; await its ``serve``.

    Raises:
        ConfigurationError: ``listen`` is no such address.
    """
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ConfigurationError("MISTOK_WEB_LISTEN must be host:port, for example 127.0.0.1:8080")
    config = uvicorn.Config(
        app,
        host=host.strip("[]"),
        port=int(port),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_keep_alive=20,
        limit_concurrency=100,
    )
    return Server(config)
