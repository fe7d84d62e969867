"""One listing of one's own: look at it, change, renew or close it."""

from dataclasses import replace

from bot.dialogue.cards import AUDIENCES, facts
from bot.dialogue.choices import Choice, no
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.listing import Draft, Listing, State
from bot.model.message import M, Message, Moment, lines
from bot.model.municipality import Municipality
from bot.model.person import Seat
from db.stores.listings import MOST_OPEN
from handlers.parts.channels import stop_if_barred
from handlers.parts.correcting import FIELDS
from handlers.parts.review_request import ask_for_review

ALIVE: tuple[State, ...] = ("open", "waiting", "expired")


def holds(seat: Seat, listing: Listing) -> bool:
    """Whether a listing is this seat's to see and change: unverified people have only what they wrote."""
    return seat.municipality == listing.municipality and (seat.verified or seat.person == listing.person)


@dialogue("listing", audience="nobody")
async def listing(talk: Talk) -> None:
    """Change, renew or close one listing of one's own; ``do`` comes from a button."""
    own = await talk.stores.listings.get(str(talk.args["listing"]))
    seat = next((seat for seat in talk.seats if own and holds(seat, own)), None)
    home = talk.services.gazetteer.get(seat.municipality) if seat else None
    if own is None or seat is None or home is None:
        await talk.say(M("This listing is no longer there."))
        return
    if await stop_if_barred(talk):
        return
    if own.state not in ALIVE and "closed" not in talk.answered:
        await talk.say(M("This listing is closed."))
        return
    do = str(talk.args.get("do", "")) or await _what(talk, own, seat)
    match do:
        case "change":
            await _change(talk, own, home)
        case "renew":
            await _renew(talk, own, seat)
        case "close":
            await _close(talk, own)
        case _:
            await talk.say(M("Good, everything stays as it is."))


async def _what(talk: Talk, listing: Listing, seat: Seat) -> str:
    frozen = await talk.keep("shown", lambda: listing, of=Listing)
    choices = [Choice("change", M("Change"))]
    if seat.verified and frozen.state != "waiting":
        choices.append(Choice("renew", M("Renew for 90 days")))
    choices += [Choice("close", M("Close")), no("keep", M("Leave it as it is"))]
    return await talk.choose("do", _card(frozen), choices)


def _card(listing: Listing) -> Message:
    match listing.state:
        case "open":
            state = M("Visible until: {date}", date=Moment(listing.expires_at, "date"))
        case "waiting":
            state = _why_waiting(listing)
        case _:
            state = M("Its 90 days are over; others do not see it.")
    return lines(M("<i>{text}</i>", text=listing.draft.text), *facts(listing.draft), state)


def _why_waiting(listing: Listing) -> Message:
    if listing.draft.held:
        return M("Not visible yet: a coordinator reads it first.")
    return M("Not visible yet: your office is being confirmed.")


async def _change(talk: Talk, listing: Listing, home: Municipality) -> None:
    draft = await talk.keep("draft", lambda: listing.draft, of=Draft)
    changed = await talk.review(
        "card",
        draft,
        show=_as_it_reads,
        fields=FIELDS,
        agree=M("Save"),
        decline=M("Leave it as it was"),
    )
    if changed is None or changed == draft:
        await talk.say(M("Good, everything stays as it is."))
        return
    final = changed

    async def save() -> None:
        await talk.stores.listings.correct(final, talk.now)
        if final.held:
            await talk.stores.listings.close(listing.id, "waiting", talk.now)
            await ask_for_review(talk, replace(listing, draft=final), home)
        await talk.stores.audit.note(talk.person.id, "listing.changed", listing.id, talk.now)

    await talk.once("saved", save)
    await talk.say(M("Saved. A coordinator reads it first.") if final.held else M("Saved."))


def _as_it_reads(draft: Draft) -> Message:
    return lines(
        M("<b>This is how others see it:</b>"),
        M("<i>{text}</i>", text=draft.text),
        *facts(draft),
        M("Seen by: {audience}", audience=AUDIENCES[draft.audience]),
    )


async def _renew(talk: Talk, listing: Listing, seat: Seat) -> None:
    async def renew() -> str:
        full = await talk.stores.listings.count_open(listing.municipality) >= MOST_OPEN
        if not seat.verified or listing.state == "waiting":
            return "waiting"
        if listing.state == "expired" and full:
            return "full"
        await talk.stores.listings.renew(listing.id, talk.now)
        await talk.stores.outbox.cancel_subject(f"own:{listing.id}", now=talk.now)
        await talk.stores.audit.note(talk.person.id, "listing.renewed", listing.id, talk.now)
        return "renewed"

    match await talk.once("renewed", renew):
        case "renewed":
            await talk.say(M("Renewed: others see it for another 90 days."))
        case "full":
            await talk.say(
                M(
                    "Your municipality already has {limit} open listings. Please close one first: /mine",
                    limit=MOST_OPEN,
                )
            )
        case _:
            await talk.say(_why_waiting(listing))


async def _close(talk: Talk, listing: Listing) -> None:
    sure = await talk.confirm(
        "sure",
        M("Shall I close it? Others will no longer find it.\n\n<i>{text}</i>", text=listing.draft.text),
        M("Yes, close it"),
        M("No, leave it"),
    )
    if not sure:
        await talk.say(M("Good, everything stays as it is."))
        return

    async def close() -> None:
        await talk.stores.listings.close(listing.id, "closed", talk.now)
        await talk.stores.outbox.cancel_subject(f"own:{listing.id}", now=talk.now)
        await talk.stores.audit.note(talk.person.id, "listing.closed", listing.id, talk.now)

    await talk.once("closed", close)
    await talk.say(M("Closed. Thank you for keeping it up to date."))
