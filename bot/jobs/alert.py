"""Tells people of new listings that fit theirs or that they asked to hear of."""

from datetime import UTC, datetime

from bot.dialogue.cards import listing_card
from bot.dialogue.services import Services
from bot.dialogue.unprompted import Unprompted
from bot.jobs import Job
from bot.matching.subject import subject_of
from bot.meetings.quiet import Quiet, after_quiet
from bot.model.alert import Alert
from bot.model.listing import Listing
from bot.model.message import M, Message, lines
from bot.model.municipality import Municipality
from bot.model.outgoing import MATCH
from bot.places.describe import describe
from db.database import Transaction
from db.stores import Stores
from db.stores.prompts import Action

NAME = "alert"
LISTINGS_AT_ONCE = 20
STALE = 3 * 24 * 3600 * 1000


async def run(tx: Transaction, services: Services, now: int) -> bool:
    """Deal with the next changed listings; True while there are more."""
    stores = Stores(tx)
    position = await stores.alerts.position(NAME)
    reached, changed = await stores.listings.changes(position, LISTINGS_AT_ONCE)
    if reached == position:
        return False
    listening = await stores.alerts.listening()
    for listing in {one.id: one for one in changed}.values():
        home = services.gazetteer.get(listing.municipality)
        fresh = (
            listing.state == "open" and listing.draft.audience == "all" and listing.published_at > now - STALE
        )
        if home and fresh:
            for alert, municipality in listening:
                await _consider(stores, services, alert, municipality, listing, home, now)
    await stores.alerts.advance(NAME, reached)
    return True


async def _consider(
    stores: Stores,
    services: Services,
    alert: Alert,
    municipality: str,
    listing: Listing,
    home: Municipality,
    now: int,
) -> None:
    """Tell one person of one listing, now or in the morning, if it is for them."""
    own_home = services.gazetteer.get(municipality)
    if own_home is None or own_home.country == home.country or not alert.admits(home):
        return
    own, reasons = await _fits(stores, services, own_home, listing, home, now)
    if not own and not alert.wants(listing.draft):
        return
    person = await stores.people.get(alert.person)
    country = own_home.country
    today = datetime.fromtimestamp(now / 1000, UTC).date().isoformat()
    if alert.rhythm == "daily" or not await stores.alerts.count_today(alert.person, today):
        await stores.alerts.wait(alert.person, listing.id, now)
        return
    address = await stores.people.address_for(alert.person)
    action = Action("view", {"listing": listing.id, "own": own}, repeatable=True)
    await Unprompted(stores, now).tell(
        alert.person,
        [
            M("<b>New for you:</b> {municipality}", municipality=describe(home)),
            await listing_card(stores, listing, address=address, municipality=municipality),
            *([lines(*(M("• {reason}", reason=reason) for reason in reasons))] if reasons else []),
        ],
        [
            (M("Look and write to them"), action),
            (M("No more of these"), Action("alerts", {"off": True})),
        ],
        dedupe=f"alert:{alert.person}:{listing.id}",
        subject=f"listing:{listing.id}",
        priority=MATCH,
        not_before=now if alert.at_night else after_quiet(now, Quiet(person.zone, country)),
        not_after=listing.expires_at,
    )


async def _fits(
    stores: Stores, services: Services, own_home: Municipality, listing: Listing, home: Municipality, now: int
) -> tuple[str, tuple[Message, ...]]:
    """The own listing that the new one fits best and why; empty if it fits none."""
    for own in await stores.listings.of(own_home.key, "open"):
        if own.draft.side != listing.draft.side or "partnership-search" in own.draft.subtopics:
            matches = services.index.search(subject_of(own, own_home), now=now, limit=20)
            for match in matches:
                if match.id == listing.id:
                    return own.id, match.reasons
    return "", ()


def job() -> Job:
    """New listings, looked after every second."""
    return Job(NAME, 1000, run)
