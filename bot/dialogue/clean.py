"""The one door for text that people type."""

import re
import unicodedata

_EMOJI_JOINERS = "\u200d\ufe0f"
_SPACES = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """``text`` in NFC without anything invisible: no control, format or surrogate characters.

    Line breaks stay, other white space becomes single blanks. A joiner or a variation selector stays
    only behind a symbol, where it shapes an emoji.
    """
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " ")):
        if char == "\n" or (char in _EMOJI_JOINERS and kept and unicodedata.category(kept[-1])[0] == "S"):
            kept.append(char)
        elif unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn") and char not in _EMOJI_JOINERS:
            kept.append(char)
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(kept).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def length(text: str) -> int:
    """How long messengers count it: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
