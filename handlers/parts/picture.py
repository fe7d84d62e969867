"""The map picture: made when it is sent, from the two places named in the recipe."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.model.message import Attachment
from bot.model.municipality import Municipality

RECIPE = "map"


def map_of(one: Municipality, other: Municipality) -> Attachment:
    """The picture of two places, both with a known position."""
    return Attachment(RECIPE, {"one": asdict(one), "other": asdict(other)})


def cook(data: Mapping[str, Any], language: str, zone: str) -> tuple[str, str, bytes]:
    """The file: PNG, the same in every language and zone."""
    from bot.places.map import draw  # Pillow is slow to load, and most processes draw nothing for hours

    return "mistok-map.png", "image/png", draw(Municipality(**data["one"]), Municipality(**data["other"]))
