"""Drawn replies as parameters of ``send``; choices become a numbered list."""

import base64
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from bot.channels.split import pieces
from bot.errors import MessageRejected
from bot.model.message import Drawn, Span

MAX_TEXT = 16_000
"""Code points; at most 64,000 bytes, a little less than what the apps show."""
PAGE = 9
"""Choices between two empty lines; there are keycaps for as many."""
MAX_FILE = 20_000_000
MAX_QUOTE = 200

_STYLES = {"bold": "BOLD", "italic": "ITALIC"}
_IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")
_UNSAFE_NAME = re.compile(r'[\x00-\x1f\x7f"/\\\ud800-\udfff]')


def sending(drawn: Drawn) -> list[dict[str, Any]]:
    """Parameters of ``send`` without the recipient; several for a text over the limit.

    The choices and the file go with the last one: its id is the one to edit and to answer to.

    Raises:
        MessageRejected: Empty, NUL or a lone surrogate in it, or the file is over 20 MB.
    """
    text, spans = with_choices(drawn)
    _check_text(text, may_be_empty=drawn.file is not None)
    ranges = list(pieces(text, MAX_TEXT)) if text.strip() else []
    calls = [_text(text[start:end], spans, start) for start, end in ranges] or [{}]
    if drawn.file:
        calls[-1]["attachments"] = [data_uri(*drawn.file)]
    return calls


def editing(drawn: Drawn) -> dict[str, Any]:
    """Parameters of an edit without recipient and target; of a long text the last piece.

    Raises:
        MessageRejected: As ``sending``.
    """
    text, spans = with_choices(drawn)
    _check_text(text)
    start, end = list(pieces(text, MAX_TEXT))[-1]
    return _text(text[start:end], spans, start)


def late(drawn: Drawn, target: int, author: str) -> dict[str, Any]:
    """What to send when the message can no longer be edited: its last paragraph, quoting the message.

    Args:
        target: Timestamp of the message, which ``author`` sent.
    """
    text, spans = with_choices(drawn)
    _check_text(text)
    start = text.rstrip().rfind("\n\n") + 2 if "\n\n" in text.rstrip() else 0
    quoted = text[:start].strip()[:MAX_QUOTE] or "…"
    line = _text(text[start:].rstrip(), spans, start)
    return line | {"quoteTimestamp": target, "quoteAuthor": author, "quoteMessage": quoted}


def with_choices(drawn: Drawn) -> tuple[str, list[Span]]:
    """The text with the addresses of its links, then the choices, and the spans over it.

    Choices bear their number in the whole list, also beyond nine, so that a number always means the
    same choice; an empty line after every nine keeps a long list readable.
    """
    text, spans = _with_addresses(drawn.text, drawn.spans)
    if not drawn.buttons:
        return text, spans
    lines = [f"{n}. {' '.join(label.split())}" for n, (label, _) in enumerate(drawn.buttons, 1)]
    pages = ["\n".join(lines[start : start + PAGE]) for start in range(0, len(lines), PAGE)]
    return "\n\n".join([text, *pages]) if text.strip() else "\n\n".join(pages), spans


def styles(text: str, spans: Sequence[Span], start: int = 0) -> list[str]:
    """The spans over ``text`` as ``start:length:STYLE``, counted in UTF-16 units.

    ``text`` may be a piece of a longer one that begins at ``start``; spans are cut to it.
    """
    found = []
    for span in spans:
        first = max(span.start - start, 0)
        last = min(span.start + span.length - start, len(text))
        if first < last and span.style in _STYLES:
            found.append(f"{_units(text[:first])}:{_units(text[first:last])}:{_STYLES[span.style]}")
    return found


def data_uri(name: str, media_type: str, content: bytes) -> str:
    """A file as the daemon takes it: the name percent-encoded and no other parameter, which would hide it.

    Raises:
        MessageRejected: It is over 20 MB.
    """
    if len(content) > MAX_FILE:
        raise MessageRejected(f"the file is over {MAX_FILE} bytes")
    bare = media_type.partition(";")[0].strip()
    safe = quote(_UNSAFE_NAME.sub("_", name), safe="")
    return f"data:{bare};filename={safe};base64,{base64.b64encode(content).decode()}"


def _with_addresses(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """Signal has no links behind words, so an address that cannot be read in them stands after them."""
    shown, end = "", 0
    moved: list[tuple[int, int]] = []
    for span in sorted((span for span in spans if span.style == "link"), key=lambda span: span.start):
        stop = span.start + span.length
        shown += text[end:stop]
        end = stop
        if span.url and span.url not in text[span.start : stop]:
            added = f" ({span.url})"
            shown += added
            moved.append((stop, len(added)))
    shown += text[end:]
    kept = []
    for span in spans:
        before = sum(size for place, size in moved if place <= span.start)
        inside = sum(size for place, size in moved if span.start < place < span.start + span.length)
        kept.append(Span(span.start + before, span.length + inside, span.style, span.url))
    return shown, kept


def _text(text: str, spans: Sequence[Span], start: int) -> dict[str, Any]:
    parameters: dict[str, Any] = {"message": text}
    if marks := styles(text, spans, start):
        parameters["textStyle"] = marks
    return parameters


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _check_text(text: str, *, may_be_empty: bool = False) -> None:
    if _IMPOSSIBLE.search(text):
        raise MessageRejected("the text holds NUL or a lone surrogate")
    if not may_be_empty and not text.strip():
        raise MessageRejected("the text is empty")
