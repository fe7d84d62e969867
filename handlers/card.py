"""The card of a municipality: what the register says, what it needs and offers, the map, a first word."""

from bot.dialogue.cards import listing_card, topic_of
from bot.dialogue.choices import Choice
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.listing import Listing
from bot.model.message import M, Message, lines
from bot.model.municipality import Municipality, distance_km
from bot.places.describe import both_scripts, describe_fully, population
from bot.places.map_words import ATTRIBUTION, alternative
from bot.places.request import NEAR_KM, Wanted
from handlers.parts.candidates import listings_of, may_see_card
from handlers.parts.channels import stop_if_barred
from handlers.parts.looking import Search, from_args, to_args
from handlers.parts.picture import map_of
from handlers.parts.writing import write_to

MAP, NEARBY, LIST = "/map", "/nearby", "/list"
MOST_SHOWN = 5


@dialogue("card", audience="nobody", passing=True)
async def card(talk: Talk) -> None:
    """Show the card; the map, writing to them and the way back stand below it."""
    there = talk.services.gazetteer.get(str(talk.args["municipality"]))
    if there is None or await stop_if_barred(talk):
        return
    home = talk.services.gazetteer.get(talk.seat.municipality) if talk.seat else None
    listings = await _listings(talk, there, home)
    choices = _choices(there, listings, home)
    chosen = await talk.choose("do", await _card(talk, there, listings, home), choices, leave=True)
    if chosen == MAP and home:
        await talk.say(alternative(home, there), attachment=map_of(home, there))
        source = M("<i>Map: {source}</i>", source=ATTRIBUTION)
        others = [choice for choice in choices if choice.key != MAP]
        chosen = await talk.choose("do.map", source, others, leave=True)
    search = from_args(talk.args["search"])
    if chosen == LIST:
        await talk.then("find", search=to_args(search))
    if chosen == NEARBY:
        nearby = Search(Wanted(near=there.key, km=NEAR_KM), country=there.country)
        await talk.then("find", search=to_args(nearby))
    await write_to(talk, None, next(one for one in listings if one.id == chosen))


async def _listings(talk: Talk, there: Municipality, home: Municipality | None) -> list[Listing]:
    """What the person may see of the municipality, frozen; seeing it is noted."""
    allowed = await may_see_card(talk, there, home)
    found = (await listings_of(talk, there, shown=allowed))[:MOST_SHOWN]
    ids = await talk.keep("listings", lambda: [one.id for one in found])

    async def note() -> None:
        await talk.stores.cards.see(talk.person.id, [there.key] if ids else [], talk.now)

    await talk.once("seen", note)
    known = [await talk.stores.listings.get(id) for id in ids]
    return [one for one in known if one and one.state == "open"]


async def _card(
    talk: Talk, there: Municipality, listings: list[Listing], home: Municipality | None
) -> Message:
    km = distance_km(home, there) if home else None
    own = home.key if home else ""
    shown = [await listing_card(talk.stores, one, address=talk.address, municipality=own) for one in listings]
    return lines(
        M("<b>{municipality}</b>", municipality=describe_fully(there)),
        both_scripts(there),
        None if there.kind else M("Its kind is not known."),
        population(there),
        M("{n} km from you", n=round(km)) if km is not None else None,
        *shown,
        None if listings else M("I do not know yet what it needs or offers."),
    )


def _choices(there: Municipality, listings: list[Listing], home: Municipality | None) -> list[Choice]:
    """The map where both positions are known, a first word about each listing, the ways on."""
    one = len(listings) == 1
    choices = [
        Choice(
            listing.id,
            M("Write to them") if one else M("Write about: {topic}", topic=topic_of(listing.draft)),
        )
        for listing in listings
        if home and home.country != there.country
    ]
    if home and home.key != there.key and distance_km(home, there) is not None:
        choices.append(Choice(MAP, M("Show the map")))
    return [*choices, Choice(NEARBY, M("Others nearby")), Choice(LIST, M("Back to the list"))]
