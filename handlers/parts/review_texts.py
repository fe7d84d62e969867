"""Texts that a coordinator must read before others do: which they are, and releasing or refusing one."""

from dataclasses import replace

from bot.dialogue.talk import Talk
from bot.model.listing import Listing
from bot.model.message import M, Message
from bot.model.person import Seat
from db.stores.prompts import Action

WHY: dict[str, Message] = {
    "military": M("it speaks of military goods or units"),
    "": M("nobody has read these words yet"),
}


async def held_texts(talk: Talk) -> list[Listing]:
    """What waits for this coordinator's look, oldest first."""
    region = talk.person.coordinator_region
    found = []
    for listing in await talk.stores.listings.held():
        home = talk.services.gazetteer.get(listing.municipality)
        if home and (not region or home.region == region):
            found.append(listing)
    return found


def why(listing: Listing) -> Message:
    """Why it is kept back."""
    return WHY.get(listing.draft.held, WHY[""])


async def release(talk: Talk, id: str) -> bool:
    """Let others see it and tell the author; False when it no longer waits."""
    listing = await _waiting(talk, id)
    if listing is None:
        return False
    store = talk.stores.listings
    await store.correct(replace(listing.draft, held=""), talk.now)
    await store.release_text(id, talk.now)
    await talk.stores.audit.note(talk.person.id, "text.released", id, talk.now)
    seat = await author_of(talk, listing)
    if listing.state == "waiting" and seat and seat.verified:
        await store.renew(id, talk.now)
        await talk.tell(
            seat.person,
            M("The coordinator has read your text. It is now published for 90 days."),
            actions=[(M("See who fits"), Action("matches", {"listing": id}, repeatable=True))],
            subject=f"own:{id}",
        )
    elif listing.state == "waiting" and seat:
        await talk.tell(
            seat.person,
            M(
                "The coordinator has read your text. It is published the moment your office is confirmed; "
                "nothing more is needed from you."
            ),
            subject=f"own:{id}",
        )
    return True


async def refuse(talk: Talk, id: str, reason: str) -> bool:
    """Close it and tell the author why; False when it no longer waits."""
    listing = await _waiting(talk, id)
    if listing is None:
        return False
    await talk.stores.listings.close(id, "closed", talk.now)
    await talk.stores.audit.note(talk.person.id, "text.refused", id, talk.now)
    if seat := await author_of(talk, listing):
        await talk.tell(
            seat.person,
            M("The coordinator has read your text and cannot publish it: “{text}”", text=begun(listing)),
            M("The coordinator writes: “{reason}”", reason=reason),
            M("You can write it anew, or ask: /human"),
            subject=f"own:{id}",
        )
    return True


async def author_of(talk: Talk, listing: Listing) -> Seat | None:
    """The author's seat in the municipality; None if they have left it."""
    seats = await talk.stores.seats.of_person(listing.person) if listing.person else []
    return next((seat for seat in seats if seat.municipality == listing.municipality), None)


def begun(listing: Listing) -> str:
    """The first words, enough to recognise it by."""
    text = listing.draft.text
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


async def _waiting(talk: Talk, id: str) -> Listing | None:
    return next((one for one in await held_texts(talk) if one.id == id), None)
