"""Forgets what has outlived its purpose; the periods are those of the privacy notice."""

from bot.dialogue.services import Services
from bot.dialogue.unprompted import Unprompted
from bot.jobs import Job
from bot.model.message import M
from db.database import Transaction
from db.stores import Stores
from db.stores.inbox import InboxStore

DAY = 24 * 3600 * 1000
CONVERSATIONS = 30 * DAY
MESSAGES = 30 * DAY
REGISTRATIONS = 14 * DAY
WITHOUT_CONSENT = 14 * DAY
ENDED_LISTINGS = 180 * DAY


async def run(tx: Transaction, services: Services, now: int) -> bool:
    """Erase what is past its time; True while there is more."""
    await tx.lock("job:retention")
    stores = Stores(tx)
    await stores.conversations.drop_idle(now - CONVERSATIONS)
    await stores.prompts.drop_expired(now)
    await stores.invitations.drop_expired(now)
    await InboxStore(tx).purge(now - MESSAGES)
    purged = await stores.outbox.purge(now - MESSAGES)
    await stores.rights.sweep()
    await _registrations(stores, now)
    for person in await stores.people.without_consent(now - WITHOUT_CONSENT):
        await stores.rights.erase(person, now)
    for listing in await stores.listings.over(now - ENDED_LISTINGS):
        await stores.listings.erase(listing.id, now)
    return purged > 0


async def _registrations(stores: Stores, now: int) -> None:
    """Give up claims that nobody confirmed in time, with what waited for them."""
    for seat in await stores.seats.unconfirmed(now - REGISTRATIONS):
        for listing in await stores.listings.waiting_of(seat.person):
            await stores.listings.erase(listing.id, now)
        await stores.seats.drop(seat.id)
        if seat.level == "refused":  # they were told why when it happened
            continue
        await Unprompted(stores, now).tell(
            seat.person,
            [
                M(
                    "Nobody could confirm your office within 14 days, so I have erased your registration "
                    "and what waited for it. You can begin again at any time: /start"
                )
            ],
            dedupe=f"unconfirmed:{seat.id}",
        )


def job() -> Job:
    """Forgetting, once an hour."""
    return Job("retention", 3_600_000, run)
