"""Texts that wait for a coordinator's look: release one, or refuse it with a reason."""

from bot.dialogue.cards import facts
from bot.dialogue.choices import Choice, no
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.listing import Listing
from bot.model.message import M, Message, Moment, lines
from bot.places.describe import describe
from handlers.parts.offices import office
from handlers.parts.review_texts import author_of, begun, held_texts, refuse, release, why

SHOWN = 8


@dialogue("held", audience="coordinator", passing=True)
async def held(talk: Talk) -> None:
    """Show one text that waits, and record the coordinator's word on it."""
    listing = await _which(talk)
    if listing is None:
        await talk.say(M("No text is waiting."))
        return
    verdict = await talk.choose(
        "verdict",
        await _card(talk, listing),
        (
            Choice("release", M("Release it")),
            Choice("refuse", M("Refuse it")),
            no("later", M("Not now")),
        ),
        leave=True,
    )
    if verdict == "later":
        await talk.say(M("Good, it stays as it is. You find it again under /stuck"))
        return
    reason = ""
    if verdict == "refuse":
        reason = await talk.write("reason", M("What should I tell them? One sentence."), limit=300)

    async def decide() -> bool:
        if verdict == "refuse":
            return await refuse(talk, listing.id, reason)
        return await release(talk, listing.id)

    if await talk.once("decided", decide):
        await talk.say(M("Done, they have been told."))
    else:
        await talk.say(M("A colleague has already decided this."))


async def _which(talk: Talk) -> Listing | None:
    waiting = await held_texts(talk)
    wanted = str(talk.args.get("listing", ""))
    found = [one.id for one in waiting if one.id == wanted or not wanted][:SHOWN]
    ids = await talk.keep("waiting", lambda: found)
    listings = [one for one in [await talk.stores.listings.get(id) for id in ids] if one]
    if len(listings) < 2:
        return listings[0] if listings else None
    choices = [Choice(one.id, M("{text}", text=begun(one))) for one in listings]
    chosen = await talk.choose(
        "which", M("{n} text is waiting.", "{n} texts are waiting.", n=len(listings)), choices, leave=True
    )
    return next(one for one in listings if one.id == chosen)


async def _card(talk: Talk, listing: Listing) -> Message:
    home = talk.services.gazetteer.get(listing.municipality)
    seat = await author_of(talk, listing)
    return lines(
        M("<b>{municipality}</b>", municipality=describe(home)) if home else None,
        M(
            "Written by: {office}, {when}",
            office=office(seat.role, home.country),
            when=Moment(listing.created_at, "full"),
        )
        if seat and home
        else M("Written {when}; the author has left.", when=Moment(listing.created_at, "full")),
        M("They need:") if listing.draft.side == "need" else M("They offer:"),
        M("In their own words: “{text}”", text=listing.draft.text),
        *facts(listing.draft),
        M("Kept back because {why}.", why=why(listing)),
    )
