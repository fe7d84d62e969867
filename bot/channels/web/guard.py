"""Who may talk to the page: browsers on this machine, from the page itself."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names of this machine only: a foreign name that resolves to it (DNS rebinding) is refused."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Refuses foreign hosts and origins before anything else looks, and marks every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 421 to a foreign host, 403 to a foreign origin; pass the rest on."""
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        if not _ours(headers.get("host", "")):
            await PlainTextResponse("not a name of this machine", 421)(scope, receive, send)
        elif not _same_origin(scope["method"], headers):
            await PlainTextResponse("not from this page", 403)(scope, receive, send)
        else:
            await self._app(scope, receive, _marked(send))


def _ours(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").hostname in HOSTS
    except ValueError:
        return False


def _same_origin(method: str, headers: Headers) -> bool:
    """Browsers name the origin of every POST; one without it does not come from the page."""
    origin = headers.get("origin")
    if origin is None:
        return method in ("GET", "HEAD")
    return origin == f"http://{headers['host']}"


def _marked(send: Send) -> Send:
    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return marked
