"""Updates of the Bot API as what a person did."""

import json
from typing import Any

from bot.model.incoming import Incoming, Location

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")

_REFUSED = {
    "voice": "voice",
    "video_note": "voice",
    "audio": "voice",
    "photo": "photo",
    "sticker": "sticker",
    "animation": "file",  # before "document", which stands beside it
    "video": "file",
    "document": "file",
}
_SERVICE = {
    "boost_added",
    "chat_background_set",
    "chat_shared",
    "connected_website",
    "delete_chat_photo",
    "forum_topic_closed",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_reopened",
    "message_auto_delete_timer_changed",
    "paid_message_price_changed",
    "passport_data",
    "pinned_message",
    "proximity_alert_triggered",
    "refunded_payment",
    "successful_payment",
    "users_shared",
    "write_access_allowed",
}
_LATEST = 253_402_300_799  # the last second of the year 9999


def parse(raw: str) -> Incoming | None:
    """What the person did, or None when there is nothing to answer.

    Only private chats count. Edited messages, service messages and other bots are passed over.
    ``sent_at`` is 0 for a pressed button: Telegram gives it no time.

    Raises:
        ValueError: The update is no JSON object, or a field has a type or value the Bot API excludes.
    """
    update = _load(raw)
    if "message" in update:
        return _message(_object(update["message"]))
    if "callback_query" in update:
        return _pressed(_object(update["callback_query"]))
    if "my_chat_member" in update:
        return _presence(_object(update["my_chat_member"]))
    return None


def address_of(chat_id: int) -> str:
    """The address of a private chat, ``telegram:123``."""
    return f"telegram:{chat_id}"


def sent_in(update: dict[str, Any]) -> dict[str, Any]:
    """The chat an update comes from; empty where none can be told."""
    for content in update.values():
        if isinstance(content, dict):
            message = content.get("message", content)  # of a pressed button
            chat = message.get("chat") if isinstance(message, dict) else None
            return chat if isinstance(chat, dict) else {}
    return {}


def _message(message: dict[str, Any]) -> Incoming | None:
    chat, sender = _object(message.get("chat")), _object(message.get("from", {}))
    if chat.get("type") != "private" or sender.get("is_bot"):
        return None
    content = _content(message)
    if content is None:
        return None
    return Incoming(
        address=address_of(_number(chat.get("id"))),
        quoted=_quoted(message.get("reply_to_message")),
        language=_text(sender.get("language_code", "")),
        sent_at=_milliseconds(message.get("date")),
        **content,
    )


def _content(message: dict[str, Any]) -> dict[str, Any] | None:
    if "text" in message:
        return {"text": _text(message["text"])} if message["text"] != "" else None
    if "location" in message:
        return {"location": _location(_object(message["location"]))}
    if not _SERVICE.isdisjoint(message):
        return None
    return {"refused": next((kind for key, kind in _REFUSED.items() if key in message), "other")}


def _pressed(query: dict[str, Any]) -> Incoming | None:
    message, sender = query.get("message"), _object(query.get("from"))
    if not isinstance(message, dict) or "data" not in query:
        return None
    if _object(message.get("chat")).get("type") != "private":
        return None
    return Incoming(
        address=address_of(_number(sender.get("id"))),
        handle=_text(query["data"]),
        quoted=_quoted(message),
        language=_text(sender.get("language_code", "")),
    )


def _presence(change: dict[str, Any]) -> Incoming | None:
    chat, sender = _object(change.get("chat")), _object(change.get("from"))
    status = _object(change.get("new_chat_member")).get("status")
    presence = {"kicked": "blocked", "member": "returned"}.get(str(status))
    if chat.get("type") != "private" or presence is None:
        return None
    return Incoming(
        address=address_of(_number(chat.get("id"))),
        presence=presence,
        language=_text(sender.get("language_code", "")),
        sent_at=_milliseconds(change.get("date")),
    )


def _load(raw: str) -> dict[str, Any]:
    try:
        return _object(json.loads(raw))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("an object is expected")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("text is expected")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("a whole number is expected")
    return value


def _milliseconds(date: Any) -> int:
    seconds = _number(date)
    if not 0 <= seconds <= _LATEST:
        raise ValueError("the date is out of range")
    return seconds * 1000


def _location(point: dict[str, Any]) -> Location:
    lat, lon = point.get("latitude"), point.get("longitude")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        raise ValueError("numbers are expected")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # also refuses NaN
        raise ValueError("the point is not on the globe")
    return Location(float(lat), float(lon))


def _quoted(message: Any) -> str:
    return str(_number(_object(message).get("message_id"))) if message is not None else ""
