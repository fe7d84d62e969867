"""Conditions on municipalities, to be put together at will."""

from collections.abc import Callable, Iterable, Iterator

from bot.model.municipality import Country, Municipality, distance_km

Condition = Callable[[Municipality], bool]


def in_country(country: Country) -> Condition:
    """In Ukraine or in Poland."""
    return lambda municipality: municipality.country == country


def in_regions(*regions: str) -> Condition:
    """In any of these regions (ISO 3166-2)."""
    return lambda municipality: municipality.region in regions


def of_size(low: int = 0, high: int | None = None, *, unknown: bool = True) -> Condition:
    """With ``low`` to ``high`` inhabitants, both included.

    ``unknown`` decides on those of unknown population, unless their seat alone has more than ``high``.
    """

    def holds(municipality: Municipality) -> bool:
        if municipality.population is not None:
            return low <= municipality.population and (high is None or municipality.population <= high)
        too_large = high is not None and (municipality.seat_population or 0) > high
        return unknown and not too_large

    return holds


def within(centre: Municipality, km: float) -> Condition:
    """With the seat at most so many kilometres away; without a known position never."""

    def holds(municipality: Municipality) -> bool:
        distance = distance_km(centre, municipality)
        return distance is not None and distance <= km

    return holds


def select(municipalities: Iterable[Municipality], *conditions: Condition) -> Iterator[Municipality]:
    """Those that meet every condition, in their order."""
    return (m for m in municipalities if all(condition(m) for condition in conditions))
