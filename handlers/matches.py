"""/matches: who fits, why, and a first word to them."""

from dataclasses import dataclass
from typing import Any

from bot.dialogue.cards import listing_card
from bot.dialogue.choices import Choice, no
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.matching.subject import subject_of
from bot.model.listing import Listing
from bot.model.message import N_, M, Message, from_json, lines, to_json
from bot.model.municipality import Municipality
from bot.places.describe import describe, name_words
from handlers.parts.channels import stop_if_barred
from handlers.parts.writing import write_to

LATER = "/later"


@dataclass(frozen=True, slots=True)
class Found:
    """A counterpart on the screen."""

    listing: Listing
    home: Municipality
    reasons: tuple[Message, ...]


@dialogue(
    "matches",
    N_("See who fits"),
    words="збіги|підбір|партнери для нас|dopasowania|kto pasuje|matches",
    passing=True,
)
async def matches(talk: Talk) -> None:
    """Show up to five counterparts of one listing with their reasons, and write to one."""
    if talk.seat is None:
        await talk.then("start")
    if await stop_if_barred(talk):
        return
    mine = await _which_listing(talk)
    if mine is None:
        await talk.say(M("You have no published need or offer yet, so there is nothing to compare."))
        await talk.then("menu")
    found = await _search(talk, mine)
    if not found:
        await talk.say(M("Nothing fits yet. I keep looking and will write as soon as something does."))
        return
    question = M("{n} counterpart fits:", "{n} counterparts fit:", n=len(found))
    cards = [await _numbered(talk, number, one) for number, one in enumerate(found, 1)]
    choices = [
        Choice(one.listing.id, M("Write to {municipality}", municipality=name_words(one.home)))
        for one in found
    ]
    chosen = await talk.choose(
        "whom",
        Message("{question}\n\n{cards}", values={"question": question, "cards": _paragraphs(cards)}),
        [*choices, no(LATER, M("Not now"))],
        leave=True,
    )
    if chosen == LATER:
        await talk.say(M("Good. You find them again under /matches."))
        return
    await write_to(talk, mine, next(one.listing for one in found if one.listing.id == chosen))


def _paragraphs(cards: list[Message]) -> Message:
    text = "\n\n".join(f"{{_{n}}}" for n in range(len(cards)))
    return Message(text, values={f"_{n}": card for n, card in enumerate(cards)})


async def _numbered(talk: Talk, number: int, found: Found) -> Message:
    own = talk.seat.municipality if talk.seat else ""
    return lines(
        M("<b>{number}. {municipality}</b>", number=number, municipality=describe(found.home)),
        await listing_card(talk.stores, found.listing, address=talk.address, municipality=own),
        *(M("• {reason}", reason=reason) for reason in found.reasons),
    )


async def _which_listing(talk: Talk) -> Listing | None:
    """The listing to compare: the one asked for, the only one, or the one chosen."""
    own = [
        listing for seat in talk.seats for listing in await talk.stores.listings.of(seat.municipality, "open")
    ]
    wanted = str(talk.args.get("listing", ""))
    ids = await talk.keep("own", lambda: [one.id for one in own if not wanted or one.id == wanted])
    if not ids:
        return None
    listings = [one for one in [await talk.stores.listings.get(id) for id in ids] if one]
    if len(listings) == 1:
        return listings[0]
    choices = [Choice(one.id, M("{text}", text=_begun(one.draft.text))) for one in listings]
    chosen = await talk.choose("which", M("For which of your listings?"), choices)
    return next(one for one in listings if one.id == chosen)


def _begun(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


async def _search(talk: Talk, mine: Listing) -> list[Found]:
    home = talk.services.gazetteer.get(mine.municipality)
    if home is None:
        return []
    subject = subject_of(mine, home)
    met = await talk.stores.requests.between(mine.id)

    def search() -> list[tuple[str, list[Any]]]:
        ranked = talk.services.index.search(subject, now=talk.now, limit=5)
        return [
            (match.id, [to_json(reason) for reason in match.reasons])
            for match in ranked
            if match.id not in met
        ]

    found = []
    for id, reasons in await talk.keep("found", search):
        listing = await talk.stores.listings.get(id)
        their_home = talk.services.gazetteer.get(listing.municipality) if listing else None
        if listing and their_home and listing.state == "open":
            found.append(Found(listing, their_home, tuple(from_json(reason) for reason in reasons)))
    return found
