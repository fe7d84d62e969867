"""What a phone sent, as the bot understands it. Pure."""

import json
import re
from typing import Any

from bot.model.incoming import Incoming, Location

TEXT_LIMIT = 4096
"""Code points of one message, as on Telegram."""

_ID = re.compile(r"[0-9a-f-]{36}")

REFUSED = frozenset({"voice", "photo", "sticker", "file", "other"})


def parse(raw: str) -> Incoming:
    """What the person did on their phone.

    ``raw`` is a JSON object with ``phone``, ``id`` (a UUID), ``at`` (UTC epoch milliseconds), ``language``
    and one of ``text``; ``handle`` with ``message``; ``location`` with ``lat`` and ``lon``; ``refused``.

    Raises:
        ValueError: It is anything else.
    """
    try:
        data = json.loads(raw)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    match data:
        case {"phone": str(phone), "id": str(deed), "at": int(at), "language": str(language)} if (
            _ID.fullmatch(deed)
        ):
            return Incoming(f"web:{phone}", sent_at=at, language=language, **_deed(data))
        case _:
            raise ValueError("no envelope of a phone")


def _deed(data: dict[str, Any]) -> dict[str, Any]:
    match data:
        case {"text": str(text)} if text.strip() and len(text) <= TEXT_LIMIT:
            return {"text": text}
        case {"handle": str(handle), "message": str(message)} if 0 < len(handle) <= 64 and len(message) <= 64:
            return {"handle": handle, "quoted": message}
        case {"location": {"lat": int() | float() as lat, "lon": int() | float() as lon}}:
            if -90 <= lat <= 90 and -180 <= lon <= 180:
                return {"location": Location(float(lat), float(lon))}
            raise ValueError("a point outside the earth")
        case {"refused": str(kind)} if kind in REFUSED:
            return {"refused": kind}
        case _:
            raise ValueError("nothing a phone can send")
