"""A text over the limit of one message, cut where a reader would pause."""

import re
import unicodedata
from collections.abc import Iterator

_BORDERS = tuple(re.compile(pattern) for pattern in (r"\n\s*\n\s*", r"\n\s*", r"(?<=[.!?…])[ \t]+", r"\s+"))
_JOINER = "\u200d"
_LONGEST_CLUSTER = 32  # a longer run of joined characters is mischief and may be cut anywhere


def pieces(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Ranges ``[start, end)`` of ``text``, each of at most ``limit`` code points.

    A cut falls on an empty line, else a line's end, a sentence's end, a space; each only where it
    leaves the piece at least half full. Failing these it falls between two characters as people see
    them. The blanks at a cut belong to no piece.
    """
    start = _past_blanks(text, 0) if len(text) > limit else 0
    while len(text) - start > limit:
        end, following = _cut(text, start, limit)
        yield start, end
        start = following
    if start < len(text):
        yield start, len(text)


def _cut(text: str, start: int, limit: int) -> tuple[int, int]:
    """Where the piece from ``start`` ends and where the next one begins."""
    for border in _BORDERS:
        found = None
        for match in border.finditer(text, start + limit // 2, start + limit + 1):
            found = match
        if found and found.start() <= start + limit:
            return found.start(), _past_blanks(text, found.end())
    end = _between_characters(text, start + limit)
    return end, end


def _past_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _between_characters(text: str, end: int) -> int:
    """The nearest position at or before ``end`` that tears no accent, emoji or joined sequence."""
    for position in range(end, end - _LONGEST_CLUSTER, -1):
        if not (_extends(text[position]) or text[position - 1] == _JOINER):
            return position
    return end


def _extends(character: str) -> bool:
    """Whether it is drawn with the character before it."""
    skin_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    return character == _JOINER or skin_tone or unicodedata.category(character) in ("Mn", "Me", "Mc")
