"""Who wants to hear of what, and when."""

from dataclasses import dataclass
from typing import Literal

from bot.model.listing import Draft
from bot.model.municipality import Municipality

Rhythm = Literal["now", "daily", "off"]

MOST_AT_ONCE = 2
"""Alerts a day that come at once; further ones wait for the morning."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A person's subscription to new needs and offers.

    Attributes:
        rhythm: ``now`` as they come, ``daily`` in one morning message, ``off``.
        groups: Task groups of interest beside what fits the own listings; empty for only those.
        regions: ISO 3166-2 codes; empty for all.
        least_people, most_people: Size of the municipality; 0 for no limit.
        at_night: May also come in the quiet hours and on holidays.
    """

    person: str
    rhythm: Rhythm
    groups: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    least_people: int = 0
    most_people: int = 0
    at_night: bool = False

    def admits(self, home: Municipality) -> bool:
        """Whether a municipality is of the wanted region and size; an unknown size passes."""
        if self.regions and home.region not in self.regions:
            return False
        if home.population is None:
            return True
        return self.least_people <= home.population and (
            not self.most_people or home.population <= self.most_people
        )

    def wants(self, draft: Draft) -> bool:
        """Whether the topic was subscribed to as such."""
        return draft.group in self.groups
