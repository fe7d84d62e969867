"""What dialogues use beside the database: the pure rooms with their data loaded."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.matching.index import ListingIndex
from bot.places.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Services:
    """Loaded once and shared by every turn.

    Attributes:
        gazetteer: Every hromada and gmina.
        index: Published listings, for ranking.
        signal_ready: A Signal account is configured.
        signal_link: Opens the chat with it; empty if unknown.
        reminders: When meetings are announced again, as in the settings.
        invitation_links: The link and the text that carry an invitation code to a messenger.
    """

    gazetteer: Gazetteer
    index: ListingIndex
    signal_ready: bool = False
    signal_link: str = ""
    reminders: str = "7d,1d,1h,10m"
    invitation_links: Callable[[str], tuple[str, ...]] = field(default=lambda code: ())
