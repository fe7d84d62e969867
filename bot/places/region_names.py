"""Regions named in a text that holds nothing but regions."""

import re

from bot.places.regions import ADJECTIVES, ALONE
from bot.places.skeleton import stems


def named_regions(text: str) -> list[str]:
    """ISO codes of the oblasts and voivodeships named, in their order, in any form and language."""
    found: list[str] = []
    for word in re.findall(r"[\w'’ʼ-]+", text):
        for stem in stems(word):
            iso = ALONE.get(stem) or ADJECTIVES.get(stem)
            if iso and iso not in found:
                found.append(iso)
                break
    return found
