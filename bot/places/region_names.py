"""Regions named in a text that holds nothing but regions."""

import re

from bot.places.regions import ADJECTIVES, ALONE
from bot.places.skeleton import stems


def named_regions(text: str) -> list[str]:
    """ISO codes of the oblasts and voivodeships named, in their order, in any form and language."""
    found: list[str] = []
    words = re.findall(r"[\w'’ʼ-]+", text)
    while words:
        two, one = " ".join(words[:2]), words[0]
        iso = _of_two(two) if len(words) > 1 else ""
        words = words[2:] if iso else words[1:]
        iso = iso or _of_one(one)
        if iso and iso not in found:
            found.append(iso)
    return found


def _of_two(words: str) -> str:
    """Dolny Śląsk, Lesser Poland and the like."""
    return next((ALONE[stem] for stem in stems(words) if stem in ALONE), "")


def _of_one(word: str) -> str:
    return next((iso for stem in stems(word) if (iso := ALONE.get(stem) or ADJECTIVES.get(stem))), "")
