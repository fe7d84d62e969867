"""Asks whether a listing still holds a week before its life ends, and hides it when it has ended."""

from bot.dialogue.services import Services
from bot.dialogue.unprompted import Unprompted
from bot.jobs import Job
from bot.jobs.hours import office_is_open
from bot.model.listing import Listing
from bot.model.message import M, Message, Moment
from db.database import Transaction
from db.stores import Stores
from db.stores.prompts import Action

AHEAD = 7 * 24 * 3600 * 1000
AT_ONCE = 50
RENEW, CHANGE, CLOSE = M("Renew for 90 days"), M("Change"), M("Close")


async def run(tx: Transaction, services: Services, now: int) -> bool:
    """End what has run out and ask about what soon will; True while there is more."""
    await tx.lock("job:expiry")
    stores = Stores(tx)
    ended = await stores.listings.expiring(now, AT_ONCE)
    for listing in ended:
        await stores.listings.close(listing.id, "expired", now)
    countries = [country for country in ("UA", "PL") if office_is_open(now, country)]
    hidden = await _tell(stores, services, await stores.listings.untold(), countries, now)
    asked = await _tell(stores, services, await stores.listings.unasked(now + AHEAD), countries, now)
    return len(ended) == AT_ONCE or hidden + asked > 0


async def _tell(
    stores: Stores, services: Services, listings: list[Listing], countries: list[str], now: int
) -> int:
    """Speak to the people of these listings whose offices are open; of how many listings."""
    done = 0
    for listing in listings:
        home = services.gazetteer.get(listing.municipality)
        if home and home.country not in countries:
            continue
        done += 1
        await stores.listings.asked(listing.id, now)
        parts, actions = _question(listing) if listing.state == "open" else _news(listing)
        for person in await _people(stores, listing):
            await Unprompted(stores, now).tell(
                person,
                parts,
                actions,
                subject=f"own:{listing.id}",
                dedupe=f"expiry:{listing.state}:{listing.id}:{listing.expires_at}:{person}",
            )
    return done


def _question(listing: Listing) -> tuple[list[Message], list[tuple[Message, Action]]]:
    asked = M(
        "<b>Is this still valid?</b>\n<i>{text}</i>\nVisible until: {date}",
        date=Moment(listing.expires_at, "date"),
        text=listing.draft.text,
    )
    return [asked], [
        (RENEW, Action("listing", {"listing": listing.id, "do": "renew"})),
        (CHANGE, Action("listing", {"listing": listing.id, "do": "change"}, repeatable=True)),
        (CLOSE, Action("listing", {"listing": listing.id, "do": "close"}, repeatable=True)),
    ]


def _news(listing: Listing) -> tuple[list[Message], list[tuple[Message, Action]]]:
    news = M(
        "Its 90 days are over, so others no longer see this listing:\n\n<i>{text}</i>",
        text=listing.draft.text,
    )
    return [news], [(RENEW, Action("listing", {"listing": listing.id, "do": "renew"}))]


async def _people(stores: Stores, listing: Listing) -> list[str]:
    """The author while they hold a seat there, else everyone who speaks for the municipality."""
    people = [seat.person for seat in await stores.seats.of(listing.municipality)]
    return [listing.person] if listing.person in people else people


def job() -> Job:
    """Ends of listings, looked after every ten minutes."""
    return Job("expiry", 600_000, run)
