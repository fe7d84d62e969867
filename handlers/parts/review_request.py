"""What coordinators are told of: texts that wait for their look, and listings meant for them alone."""

from bot.dialogue.cards import listing_card
from bot.dialogue.talk import Talk
from bot.model.listing import Listing
from bot.model.message import M
from bot.model.municipality import Municipality
from bot.places.describe import describe
from db.stores.prompts import Action


async def ask_for_review(talk: Talk, listing: Listing, home: Municipality) -> None:
    """Ask the coordinators of the region to read a text that a guard keeps back."""
    look = (M("Read it"), Action("held", {"listing": listing.id}, repeatable=True))
    for coordinator in await talk.stores.people.coordinators(home.region):
        await talk.tell(
            coordinator,
            M("A text waits for your look: {municipality}.", municipality=describe(home)),
            actions=[look],
            dedupe=f"held:{listing.id}:{coordinator}",
            subject=f"held:{listing.id}",
        )


async def show_coordinators(talk: Talk, listing: Listing, home: Municipality) -> None:
    """Show the coordinators of the region a listing that nobody else may see."""
    for coordinator in await talk.stores.people.coordinators(home.region):
        address = await talk.stores.people.address_for(coordinator)
        await talk.tell(
            coordinator,
            M("<b>Only for coordinators:</b> {municipality}", municipality=describe(home)),
            await listing_card(talk.stores, listing, address=address),
            dedupe=f"for-coordinators:{listing.id}:{coordinator}",
            subject=f"listing:{listing.id}",
        )
