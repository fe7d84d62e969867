"""One morning message with what was new yesterday; nothing when nothing was."""

from bot.dialogue.cards import topic_of
from bot.dialogue.services import Services
from bot.dialogue.unprompted import Unprompted
from bot.jobs import Job
from bot.meetings.morning import next_morning
from bot.model.message import M, lines
from bot.model.outgoing import DIGEST
from bot.places.describe import describe, name_words
from db.database import Transaction
from db.stores import Stores
from db.stores.prompts import Action

SHOWN = 5
LASTS = 12 * 3600 * 1000


async def run(tx: Transaction, services: Services, now: int) -> bool:
    """Send the morning messages that are due; True while there are more."""
    stores = Stores(tx)
    due = await stores.alerts.due(now)
    for alert in due:
        person = await stores.people.get(alert.person)
        seats = await stores.seats.of_person(alert.person)
        home = services.gazetteer.get(seats[0].municipality) if seats else None
        country = home.country if home else ""
        waiting = await stores.alerts.collect(alert.person, next_morning(now, person.zone, country))
        if alert.rhythm == "off":
            continue
        found = [
            listing
            for id in waiting
            if (listing := await stores.listings.get(id)) and listing.state == "open"
        ]
        if not found:
            continue
        shown = [(one, there) for one in found[:SHOWN] if (there := services.gazetteer.get(one.municipality))]
        await Unprompted(stores, now).tell(
            alert.person,
            [
                M(
                    "<b>Good morning.</b> {n} new listing for you:",
                    "<b>Good morning.</b> {n} new listings for you:",
                    n=len(found),
                ),
                lines(
                    *(
                        M(
                            "• {municipality}: {topic}",
                            municipality=describe(there),
                            topic=topic_of(one.draft),
                        )
                        for one, there in shown
                    )
                ),
            ],
            [
                *(
                    (
                        M("Look: {municipality}", municipality=name_words(there)),
                        Action("view", {"listing": one.id}, repeatable=True),
                    )
                    for one, there in shown
                ),
                (M("No more of these"), Action("alerts", {"off": True})),
            ],
            klass="digest",
            dedupe=f"digest:{alert.person}:{now // LASTS}",
            priority=DIGEST,
            not_after=now + LASTS,
        )
    return bool(due)


def job() -> Job:
    """Morning messages, looked after every half minute."""
    return Job("digest", 30_000, run)
