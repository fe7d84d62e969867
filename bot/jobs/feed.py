"""Keeps the index of listings in memory at the state of the committed rows."""

from bot.dialogue.services import Services
from bot.jobs import Job
from bot.matching.subject import subject_of
from db.database import Transaction
from db.stores import Stores


class Feed:
    """Follows the changes of listings; each process has its own."""

    def __init__(self) -> None:
        self._cursor = 0

    async def run(self, tx: Transaction, services: Services, now: int) -> bool:
        """Take in the next changes; True while there are more."""
        self._cursor, changed = await Stores(tx).listings.changes(self._cursor)
        for listing in changed:
            home = services.gazetteer.get(listing.municipality)
            if listing.state == "open" and listing.draft.audience == "all" and home:
                services.index.add(subject_of(listing, home))
            else:
                services.index.remove(listing.id)
        return bool(changed)


def job() -> Job:
    """The index, looked after every second."""
    return Job("feed", 1000, Feed().run)
