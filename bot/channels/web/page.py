"""The page, its stream of events and the door for what people do on the phones."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.web.channel import WebChannel
from bot.channels.web.guard import Guard
from bot.channels.web.stream import events
from bot.channels.web.words import DESK, drawn
from bot.errors import ChannelUnavailable, NotFound
from bot.i18n import LANGUAGES, plain

BODY_LIMIT = 64 * 1024
"""Bytes of one deed; 4,096 code points escaped as JSON fit."""

STATIC = Path(__file__).parent / "static"
PICTURES = frozenset({"image/png", "image/jpeg"})
"""Shown in the chat; every other file is only ever downloaded."""


def page(channel: WebChannel) -> Starlette:
    """The web application around this channel; see ``serve`` for running it."""
    doors = _Doors(channel)
    return Starlette(
        routes=[
            Route("/", _index),
            Route("/api/desk", doors.desk),
            Route("/api/events", doors.events),
            Route("/api/phones/{phone}/messages", doors.take, methods=["POST"]),
            Route("/api/phones/{phone}/messages/{message}/file", doors.file),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Guard)],
    )


async def _index(_request: Request) -> Response:
    return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})


class _Doors:
    """What the page asks for, one method each."""

    def __init__(self, channel: WebChannel) -> None:
        self._channel = channel

    async def desk(self, request: Request) -> Response:
        """The words around the phones and who holds each, in the viewer's language."""
        tags = request.query_params.get("language") or request.headers.get("accept-language", "")
        language = _wanted(tags)
        phones = [
            {
                "id": phone.id,
                "title": plain(phone.title, language),
                "subtitle": plain(phone.subtitle, language),
                "hint": plain(phone.hint, language) if phone.hint else "",
            }
            for phone in self._channel.phones.values()
        ]
        return JSONResponse({"language": language, "words": drawn(DESK, language), "phones": phones})

    async def events(self, request: Request) -> Response:
        """Server-Sent Events; the page names the last one it has seen in a header or as ``after``."""
        seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(events(self._channel.desk, seen), 200, headers, "text/event-stream")

    async def take(self, request: Request) -> Response:
        """Hand a deed to the bot; 204 once it is committed, 503 to try again, 4xx never to."""
        deed = await _json_object(request)
        try:
            await self._channel.take(request.path_params["phone"], deed)
        except NotFound:
            raise HTTPException(404, "no such phone") from None
        except ValueError as error:
            raise HTTPException(422, str(error)) from None
        except (ChannelUnavailable, OSError):
            raise HTTPException(503, "not now") from None
        return Response(status_code=204)

    async def file(self, request: Request) -> Response:
        """The file that came with a message."""
        entry = self._channel.desk.entry(request.path_params["phone"], request.path_params["message"])
        if entry is None or entry.file is None:
            raise HTTPException(404, "no such file")
        name, media_type, content = entry.file
        shown = "inline" if media_type in PICTURES else "attachment"
        headers = {"Content-Disposition": f"{shown}; filename*=utf-8''{quote(name, safe='')}"}
        return Response(content, 200, headers, media_type)


def _wanted(tags: str) -> str:
    """The first language of ours among ``pl-PL,pl;q=0.9,en``, else English."""
    wanted = (tag.strip()[:2].lower() for tag in tags.split(",", 20)[:20])
    return next((language for language in wanted if language in LANGUAGES), "en")


async def _json_object(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "JSON only")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise HTTPException(413, "too long for a message")
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(400, "no JSON") from None
    if not isinstance(data, dict):
        raise HTTPException(400, "no JSON object")
    return data
