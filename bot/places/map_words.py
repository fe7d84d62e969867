"""What belongs to the map in words: whom to thank, and what it shows for those who do not see it."""

from bot.model.message import M, Message
from bot.model.municipality import Municipality, distance_km
from bot.places.describe import describe

ATTRIBUTION = "Natural Earth · GeoNames CC BY 4.0"


def alternative(one: Municipality, other: Municipality) -> Message:
    """What the picture shows, in words."""
    km = distance_km(one, other)
    if km is None:
        return M(
            "Map of Ukraine and Poland with {one} and {other}.", one=describe(one), other=describe(other)
        )
    return M(
        "Map of Ukraine and Poland with {one} and {other}, {n} kilometre apart.",
        "Map of Ukraine and Poland with {one} and {other}, {n} kilometres apart.",
        one=describe(one),
        other=describe(other),
        n=round(km),
    )
