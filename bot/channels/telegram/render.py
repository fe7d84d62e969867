"""Drawn replies as parameters of Bot API calls; never a ``parse_mode``, so nothing typed is markup."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram import InputFile
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, MessageLimit

from bot.channels.split import pieces
from bot.errors import MessageRejected
from bot.model.message import Drawn, Span

MAX_TEXT = int(MessageLimit.MAX_TEXT_LENGTH)  # code points, as the server counts them
MAX_CAPTION = int(MessageLimit.CAPTION_LENGTH)
MAX_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
MAX_BUTTONS = int(InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER)
MAX_HANDLE = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)  # bytes
MAX_KEYBOARD = 10_000  # bytes of JSON; undocumented, found by others

_ENTITIES = {"bold": "bold", "italic": "italic", "link": "text_link"}
_IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")
_UNSAFE_NAME = re.compile(r'[\x00-\x1f\x7f"/\\\ud800-\udfff]')
_NO_PREVIEW = {"is_disabled": True}
_LOCATION_KEYBOARD = {  # the sign needs no language; the sentence above it says what it is for
    "keyboard": [[{"text": "📍", "request_location": True}]],
    "resize_keyboard": True,
    "one_time_keyboard": True,
}


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the method in lower case, and its parameters without the chat."""

    method: str
    parameters: dict[str, Any] = field(default_factory=dict)


def sending(drawn: Drawn) -> list[Call]:
    """Calls that send the reply; the last one is the message with the buttons, the one to edit later.

    A text over 4,096 code points becomes several messages. A file carries a short text as its
    caption when there are no buttons; otherwise it goes first, because captions are edited
    differently. Texts are protected from forwarding, files are not: they are there to be saved.

    Raises:
        MessageRejected: Empty text, lone surrogates, NUL, or a keyboard over the limits.
    """
    _check_text(drawn.text, may_be_empty=drawn.file is not None)
    keyboard = _keyboard(drawn)
    if drawn.file and not keyboard and len(drawn.text) <= MAX_CAPTION:
        return [_file(drawn.file, drawn.text, drawn.spans)]
    calls = [_file(drawn.file)] if drawn.file else []
    for start, end in _ranges(drawn.text):
        calls.append(Call("sendmessage", _text(drawn, start, end) | {"protect_content": True}))
    if keyboard:
        calls[-1].parameters["reply_markup"] = keyboard
    return calls


def editing(drawn: Drawn) -> dict[str, Any]:
    """Parameters of ``editMessageText`` without chat and message; buttons not drawn disappear.

    Of a text over the limit the last piece counts: that is the message whose id was kept.

    Raises:
        MessageRejected: As ``sending``.
    """
    _check_text(drawn.text)
    parameters = _text(drawn, *_ranges(drawn.text)[-1])
    if drawn.buttons:
        parameters["reply_markup"] = _keyboard(drawn)
    return parameters


def entities(text: str, spans: Sequence[Span], start: int = 0) -> list[dict[str, Any]]:
    """The spans over ``text`` as entities, offsets and lengths in UTF-16 units; the first 100.

    ``text`` may be a piece of a longer one that begins at ``start``; spans are cut to it.
    """
    wide = not text.isascii() and max(text) > "\uffff"
    found = []
    for span in spans:
        first = max(span.start - start, 0)
        last = min(span.start + span.length - start, len(text))
        if first >= last or span.style not in _ENTITIES:
            continue
        entity: dict[str, Any] = {
            "type": _ENTITIES[span.style],
            "offset": _units(text[:first]) if wide else first,
            "length": _units(text[first:last]) if wide else last - first,
        }
        if span.style == "link":
            entity["url"] = span.url
        found.append(entity)
    return found[:MAX_ENTITIES]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _ranges(text: str) -> list[tuple[int, int]]:
    return list(pieces(text, MAX_TEXT)) if text.strip() else []


def _text(drawn: Drawn, start: int, end: int) -> dict[str, Any]:
    text = drawn.text[start:end]
    parameters: dict[str, Any] = {"text": text, "link_preview_options": _NO_PREVIEW}
    if marks := entities(text, drawn.spans, start):
        parameters["entities"] = marks
    return parameters


def _file(file: tuple[str, str, bytes], caption: str = "", spans: Sequence[Span] = ()) -> Call:
    name, media_type, content = file
    kind = "photo" if media_type in ("image/png", "image/jpeg") else "document"
    parameters: dict[str, Any] = {kind: InputFile(content, filename=_UNSAFE_NAME.sub("_", name))}
    if caption.strip():
        parameters["caption"] = caption
        if marks := entities(caption, spans):
            parameters["caption_entities"] = marks
    return Call(f"send{kind}", parameters)


def _keyboard(drawn: Drawn) -> dict[str, Any]:
    """The inline keyboard, one button a row; without buttons perhaps the one that shares the location."""
    if not drawn.buttons:
        return _LOCATION_KEYBOARD if drawn.location_asked else {}
    if len(drawn.buttons) > MAX_BUTTONS:
        raise MessageRejected(f"more than {MAX_BUTTONS} buttons")
    for label, handle in drawn.buttons:
        _check_text(label)
        _check_text(handle)
        if len(handle.encode()) > MAX_HANDLE:
            raise MessageRejected(f"the handle of a button is over {MAX_HANDLE} bytes")
    rows = [[{"text": label, "callback_data": handle}] for label, handle in drawn.buttons]
    keyboard = {"inline_keyboard": rows}
    if len(json.dumps(keyboard, ensure_ascii=False).encode()) > MAX_KEYBOARD:
        raise MessageRejected(f"the keyboard is over {MAX_KEYBOARD} bytes")
    return keyboard


def _check_text(text: str, *, may_be_empty: bool = False) -> None:
    if _IMPOSSIBLE.search(text):
        raise MessageRejected("the text holds NUL or a lone surrogate")
    if not may_be_empty and not text.strip():
        raise MessageRejected("the text is empty")
