"""Works the moments of meetings out again when the zone data have changed, and tells whom it moves."""

from dataclasses import replace

from bot.dialogue.announce import announce_change
from bot.dialogue.services import Services
from bot.jobs import Job
from bot.meetings.zones import data_version, resolved_again
from db.database import Transaction
from db.stores import Stores

HOUR = 3_600_000


async def run(tx: Transaction, services: Services, now: int) -> bool:
    """Look at every meeting of older zone data; True never, because it does them all."""
    stores = Stores(tx)
    for called in await stores.meetings.of_older_zone_data(data_version(), now):
        fresh = replace(called, meeting=resolved_again(called.meeting))
        if fresh.meeting.revision == called.meeting.revision:
            await stores.meetings.put(fresh, now)
        else:
            await announce_change(stores, called, fresh, now)
    return False


def job() -> Job:
    """At the start and every hour, since data change only with a new version of this program."""
    return Job("meeting-zones", HOUR, run)
