"""The other side's wish to talk: agree and exchange contacts, decline with a reason, or wait."""

from bot.dialogue.cards import listing_card
from bot.dialogue.choices import Choice, no, yes
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import M, Message, lines
from bot.model.person import Seat
from bot.model.request import Request
from bot.places.describe import describe
from handlers.parts.channels import stop_if_barred
from handlers.parts.contact import ask_contact
from handlers.parts.handover import may_hand_over, tell_contact
from handlers.parts.writing import NOT_BINDING

REASONS: dict[str, Message] = {
    "used": M("It is already promised to somebody else"),
    "capacity": M("We lack people or time at the moment"),
    "fit": M("It does not fit what we need or have"),
    "money": M("We have no money for it this year"),
    "other": M("Another reason"),
}


@dialogue("request", audience="nobody")
async def request(talk: Talk) -> None:
    """Show who wants to talk about what, and take the answer."""
    asked = await talk.stores.requests.get(str(talk.args["request"]))
    seat = next(
        (s for s in talk.seats if asked and s.municipality == asked.to_municipality and s.verified), None
    )
    if asked is None or seat is None:
        await talk.say(M("This request is no longer here."))
        return
    if asked.state in ("expired", "withdrawn"):
        await talk.say(M("This request has ended; nobody waits for an answer any more."))
        return
    if asked.state != "waiting" and "decided" not in talk.answered:
        await talk.say(M("This request has already been answered."))
        return
    if await stop_if_barred(talk):
        return
    verdict = await talk.choose(
        "verdict",
        await _card(talk, asked),
        (
            yes("agree", M("Agree and exchange contacts")),
            no("decline", M("Decline")),
            Choice("later", M("Not now")),
        ),
    )
    if verdict == "later":
        await talk.say(M("Good. The button above stays valid."))
    elif verdict == "decline":
        await _decline(talk, asked, seat)
    elif not seat.may_decide:
        await talk.say(
            M("Only somebody who may decide for your municipality can agree. Please ask them to answer.")
        )
    else:
        await _agree(talk, asked, seat)


async def _card(talk: Talk, asked: Request) -> Message:
    home = talk.services.gazetteer.get(asked.from_municipality)
    listing = await talk.stores.listings.get(asked.from_listing)
    own = await talk.stores.listings.get(asked.to_listing)
    return lines(
        M("<b>{municipality}</b> would like to talk with you.", municipality=describe(home))
        if home
        else None,
        await listing_card(talk.stores, listing, address=talk.address, municipality=asked.to_municipality)
        if listing
        else None,
        M("It is about your listing: “{text}”", text=own.draft.text) if own and not listing else None,
        M("They write: “{words}”", words=asked.words) if asked.words else None,
        NOT_BINDING,
    )


async def _agree(talk: Talk, asked: Request, seat: Seat) -> None:
    contact = await ask_contact(talk, "contact", seat)
    agreed = await talk.confirm(
        "sure",
        M(
            "They will receive your office's contact {contact}, and you theirs. Shall I pass it on?",
            contact=contact,
        ),
        M("Yes, pass it on"),
        M("No, wait"),
    )
    if not agreed:
        await talk.say(M("Nothing was passed on. The button above stays valid."))
        return

    async def hand_over() -> bool:
        return await _hand_over(talk, asked, seat)

    if await talk.once("decided", hand_over):
        await talk.say(M("May it be the beginning of a good partnership."))
    else:
        await talk.say(M("This request has already been answered."))


async def _hand_over(talk: Talk, asked: Request, seat: Seat) -> bool:
    """Pass both contacts in this transaction, once, if both sides still hold what they agreed with."""
    asking = await talk.stores.seats.get(asked.from_seat)
    answering = await talk.stores.seats.get(seat.id)
    if asking is None or answering is None or not (may_hand_over(asking) and may_hand_over(answering)):
        return False
    if (await talk.stores.people.get(asking.person)).frozen:
        return False
    if not await talk.stores.requests.decide(asked.id, "accepted", seat=seat.id, now=talk.now):
        return False
    await talk.stores.audit.note(talk.person.id, "contacts.exchanged", asked.id, talk.now)
    for reader, other in ((asking, answering), (answering, asking)):
        await tell_contact(talk, asked, reader, other)
    return True


async def _decline(talk: Talk, asked: Request, seat: Seat) -> None:
    reasons = [Choice(key, label) for key, label in REASONS.items()]
    reason = await talk.choose("reason", M("May I tell them why?"), reasons)

    async def decline() -> bool:
        decided = await talk.stores.requests.decide(
            asked.id, "declined", seat=seat.id, reason=reason, now=talk.now
        )
        asking = await talk.stores.seats.get(asked.from_seat)
        home = talk.services.gazetteer.get(asked.to_municipality)
        if not decided or not asking or not home:
            return decided
        await talk.stores.audit.note(talk.person.id, "request.declined", asked.id, talk.now, reason)
        await talk.tell(
            asking.person,
            M("{municipality} cannot take part this time.", municipality=describe(home)),
            M("Their reason: {reason}.", reason=REASONS[reason]),
            M("Others may fit just as well: /matches"),
            dedupe=f"declined:{asked.id}",
            subject=f"request:{asked.id}",
        )
        return True

    if await talk.once("decided", decline):
        await talk.say(M("I have told them, kindly."))
    else:
        await talk.say(M("This request has already been answered."))
