"""uvicorn inside the bot's own event loop."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.channels.web.guard import HOSTS
from bot.errors import ConfigurationError

GRACE = 1
"""Seconds that open requests get when the server stops."""


class Server(uvicorn.Server):
    """Leaves the signals of the process to the bot."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


async def serve(
    app: ASGIApp, host: str, port: int, ready: Callable[[str], None] = lambda _address: None
) -> None:
    """Answer on this loopback address until cancelled.

    ``ready`` is called with the address once it can be opened; port 0 takes a free one. Close the
    channel before cancelling: its open streams end at once instead of after the grace period.

    Raises:
        ConfigurationError: The address is not of this machine alone, or taken.
    """
    if host not in HOSTS:
        raise ConfigurationError(f"the page is for this machine only: {host} is not a loopback address")
    try:
        listening = socket.create_server((host, port), family=_family(host))
    except OSError as error:
        raise ConfigurationError(f"port {port} cannot be opened; choose another one") from error
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
    )
    server = Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    ready(f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/")
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await serving


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
