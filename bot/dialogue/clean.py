"""The one door for text that people type."""

import re
import unicodedata

_EMOJI_JOINERS = "\u200d\ufe0f"
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_SPACES = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """``text`` in NFC without anything invisible: no control, format or surrogate characters.

    Line breaks stay, other white space becomes single blanks. A joiner or a variation selector stays
    only behind a symbol, where it shapes an emoji.
    """
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " ")):
        if char in _EMOJI_JOINERS:
            fits = bool(kept) and unicodedata.category(kept[-1])[0] == "S"
        else:
            fits = char == "\n" or unicodedata.category(char) not in _INVISIBLE
        if fits:
            kept.append(char)
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(kept).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def length(text: str) -> int:
    """How long messengers count it: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
