"""What a strict Bot API server lets through: fields, lengths, entities, keyboards.

Stricter than the real one: unknown fields, ``parse_mode`` and entities that tear a character or cross
are errors here, where the real server would be silent. Sources of the limits: the Bot API manual and the
texts of its open server.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

_TO = {"chat_id"}
_LOOK = {
    "protect_content",
    "reply_markup",
    "disable_notification",
    "allow_paid_broadcast",
    "reply_parameters",
}
FIELDS: dict[str, tuple[set[str], set[str]]] = {  # required, optional
    "getme": (set(), set()),
    "getupdates": (set(), {"offset", "limit", "timeout", "allowed_updates"}),
    "sendmessage": (_TO | {"text"}, _LOOK | {"entities", "link_preview_options"}),
    "sendphoto": (_TO | {"photo"}, _LOOK | {"caption", "caption_entities"}),
    "senddocument": (_TO | {"document"}, _LOOK | {"caption", "caption_entities"}),
    "editmessagetext": (_TO | {"text", "message_id"}, {"entities", "link_preview_options", "reply_markup"}),
    "answercallbackquery": ({"callback_query_id"}, {"text", "show_alert", "cache_time"}),
    "sendchataction": (_TO | {"action"}, set()),
    "setmycommands": ({"commands"}, {"scope", "language_code"}),
    "deletemycommands": (set(), {"scope", "language_code"}),
    "leavechat": (_TO, set()),
    "setwebhook": ({"url"}, {"secret_token", "allowed_updates", "max_connections"}),
    "deletewebhook": (set(), {"drop_pending_updates"}),
}
ENTITIES = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "text_link",
    "blockquote",
}
ACTIONS = {"typing", "upload_photo", "upload_document", "find_location"}
MAX_KEYBOARD = 10_000


class Refused(Exception):
    """A 400 with the real server's words."""


def check(method: str, fields: Mapping[str, Any]) -> None:
    """Raise Refused unless the fields make a valid call of this method."""
    required, optional = FIELDS[method]
    if unknown := set(fields) - required - optional:
        raise Refused(f"STRICT: unknown fields {sorted(unknown)}")
    if missing := required - set(fields):
        raise Refused(f"{missing.pop()} is empty")
    if method in ("sendmessage", "editmessagetext"):
        check_text(fields["text"], 4096, "message is too long")
        check_entities(fields["text"], fields.get("entities", []))
    if caption := fields.get("caption"):
        check_text(caption, 1024, "message caption is too long")
        check_entities(caption, fields.get("caption_entities", []))
    if markup := fields.get("reply_markup"):
        check_markup(markup)
    if method == "setmycommands":
        check_commands(fields)
    if method == "sendchataction" and fields["action"] not in ACTIONS:
        raise Refused("wrong parameter action in request")


def check_text(text: Any, limit: int, too_long: str) -> None:
    if not isinstance(text, str):
        raise Refused("STRICT: text is no string")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Refused("strings must be encoded in UTF-8")
    if "\0" in text:
        raise Refused("STRICT: text holds NUL")
    if not text.strip():
        raise Refused("message text is empty")
    if len(text) > limit:
        raise Refused(too_long)


def check_entities(text: str, entities: Any) -> None:
    """Ranges on borders of characters, inside the text, nested or apart but never crossing."""
    if not isinstance(entities, list) or len(entities) > 100:
        raise Refused("STRICT: entities are no list of at most 100")
    borders = {0}
    units = 0
    for letter in text:
        units += 2 if letter > "\uffff" else 1
        borders.add(units)
    ranges = []
    for entity in entities:
        extra = {"url"} if entity.get("type") == "text_link" else set()
        if entity.get("type") not in ENTITIES or set(entity) != {"type", "offset", "length"} | extra:
            raise Refused(f"STRICT: entity {entity}")
        if extra and not re.match(r"https?://[^/\s]+\.[^/\s]+", entity["url"]):
            raise Refused("STRICT: link is no http address")
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["length"] < 1 or start not in borders or end not in borders:
            raise Refused(f"STRICT: entity range {start}..{end} of {units}")
        ranges.append((start, end))
    for start, end in ranges:
        if any(start < first < end < last for first, last in ranges):
            raise Refused("STRICT: entities cross")


def check_markup(markup: Any) -> None:
    if not isinstance(markup, dict):
        raise Refused("can't parse reply keyboard markup JSON object")
    if len(json.dumps(markup, ensure_ascii=False).encode()) > MAX_KEYBOARD:
        raise Refused("reply markup is too long")
    if "inline_keyboard" in markup:
        _check_inline(markup)
    elif "keyboard" in markup:
        buttons = [button for row in markup["keyboard"] for button in row]
        allowed = {"text", "request_location"}
        known = {"keyboard", "resize_keyboard", "one_time_keyboard", "input_field_placeholder"}
        if not buttons or set(markup) - known or any(set(button) - allowed for button in buttons):
            raise Refused("STRICT: reply keyboard")
    elif set(markup) != {"remove_keyboard"}:
        raise Refused("STRICT: unknown markup")


def _check_inline(markup: dict[str, Any]) -> None:
    rows = markup["inline_keyboard"]
    if set(markup) != {"inline_keyboard"} or not all(isinstance(row, list) and len(row) <= 8 for row in rows):
        raise Refused("STRICT: inline keyboard")
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100:
        raise Refused("reply markup is too long")
    for button in buttons:
        if set(button) != {"text", "callback_data"}:
            raise Refused("text buttons are unallowed in the inline keyboard")
        if not button["text"].strip():
            raise Refused("BUTTON_TEXT_EMPTY")
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise Refused("BUTTON_DATA_INVALID")


def check_commands(fields: Mapping[str, Any]) -> None:
    commands = fields["commands"]
    if len(commands) > 100:
        raise Refused("too many commands")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise Refused("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise Refused("BOT_COMMAND_DESCRIPTION_INVALID")
    if not re.fullmatch(r"[a-z]{2}|", fields.get("language_code", "")):
        raise Refused("invalid language code specified")
