"""/mine: the municipality's own needs and offers, to correct, renew or close."""

from bot.dialogue.choices import Choice, no
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.listing import Listing
from bot.model.message import N_, M, Message, Moment
from handlers.listing import ALIVE, holds
from handlers.parts.channels import stop_if_barred

PAGE = 5
LONGEST_LABEL = 40
MORE, ENOUGH = "/more", "/enough"


@dialogue(
    "mine",
    N_("Your needs and offers"),
    words="мої оголошення|наші оголошення|nasze ogłoszenia|moje ogłoszenia|my listings",
    passing=True,
)
async def mine(talk: Talk) -> None:
    """List what the municipality published, page by page, and open one."""
    if talk.seat is None:
        await talk.then("start")
    if await stop_if_barred(talk):
        return
    own = {listing.id: listing for listing in await _own(talk)}
    if not own:
        await talk.say(M("You have published nothing yet. Simply write what you need or can give."))
        return
    ids = await talk.keep("ids", lambda: list(own))
    kept = [own[id] for id in ids if id in own]
    pages = range(0, max(len(kept), 1), PAGE)
    for first in pages:
        shown = kept[first : first + PAGE]
        choices = [Choice(one.id, _label(one)) for one in shown]
        if first + PAGE < len(kept):
            choices.append(Choice(MORE, M("Show more")))
        title = M(
            "{n} listing of your municipality. Which one would you like to open?",
            "{n} listings of your municipality. Which one would you like to open?",
            n=len(kept),
        )
        chosen = await talk.choose(
            f"page.{first}", title, [*choices, no(ENOUGH, M("None of them"))], leave=True
        )
        if chosen == ENOUGH:
            await talk.say(M("Good, everything stays as it is."))
            return
        if chosen != MORE:
            await talk.then("listing", listing=chosen)


def _label(listing: Listing) -> Message:
    text = listing.draft.text
    begun = text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1].rstrip() + "…"
    match listing.state:
        case "open":
            return M("{text} (until {date})", text=begun, date=Moment(listing.expires_at, "date"))
        case "waiting":
            return M("{text} (not yet visible)", text=begun)
        case _:
            return M("{text} (ended)", text=begun)


async def _own(talk: Talk) -> list[Listing]:
    return [
        listing
        for seat in talk.seats
        for listing in await talk.stores.listings.of(seat.municipality, *ALIVE)
        if holds(seat, listing)
    ]
