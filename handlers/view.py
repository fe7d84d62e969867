"""One listing of the other side: look at it, and write to its municipality."""

from bot.dialogue.cards import listing_card
from bot.dialogue.choices import no, yes
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import M, lines
from bot.places.describe import describe
from handlers.parts.channels import stop_if_barred
from handlers.parts.writing import write_to


@dialogue("view", audience="nobody", passing=True)
async def view(talk: Talk) -> None:
    """Show the listing an alert named and offer to write."""
    listing = await talk.stores.listings.get(str(talk.args["listing"]))
    home = talk.services.gazetteer.get(listing.municipality) if listing else None
    if talk.seat is None or await stop_if_barred(talk):
        return
    if listing is None or home is None or listing.state != "open":
        await talk.say(M("This listing is no longer open."))
        return
    card = await listing_card(talk.stores, listing, address=talk.address, municipality=talk.seat.municipality)
    wanted = await talk.choose(
        "write",
        lines(M("<b>{municipality}</b>", municipality=describe(home)), card),
        (yes("yes", M("Write to them")), no("no", M("Not now"))),
        leave=True,
    )
    if wanted == "no":
        await talk.say(M("Good. The button above stays valid."))
        return
    own = str(talk.args.get("own", ""))
    await write_to(talk, await talk.stores.listings.get(own) if own else None, listing)
