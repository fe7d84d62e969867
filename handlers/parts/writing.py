"""From "write to them" to a request on the other side's phone."""

from bot.dialogue.cards import listing_card
from bot.dialogue.choices import Choice, no, yes
from bot.dialogue.ids import new_id
from bot.dialogue.questions import free_text
from bot.dialogue.talk import Talk
from bot.model.listing import Listing
from bot.model.message import M, Message, lines
from bot.model.person import Seat
from bot.model.request import Request
from bot.places.describe import describe
from db.stores.prompts import Action
from handlers.parts.contact import ask_contact

NOT_BINDING = M("Nothing is binding before the head or the council decides.")
NOTHING = "/nothing"


async def write_to(talk: Talk, mine: Listing | None, theirs: Listing) -> None:
    """Ask the other municipality whether it wants to talk; contacts pass only if it agrees.

    ``mine`` is the own listing that it fits; None when somebody writes about theirs alone.
    """
    seat = talk.seat
    home = talk.services.gazetteer.get(seat.municipality) if seat else None
    there = talk.services.gazetteer.get(theirs.municipality)
    if seat is None or home is None or there is None:
        return
    if not seat.verified:
        await talk.say(M("You can write to them as soon as your office is confirmed. I will tell you."))
        return
    if not seat.may_decide:
        await _pass_on(talk, seat, theirs)
        return
    contact = await ask_contact(talk, "contact", seat)
    words = await talk.ask(
        "words",
        M("Would you like to add a first sentence of your own? They get it as you write it."),
        parse=free_text(1000),
        choices=(Choice(NOTHING, M("Without a sentence")),),
    )
    agreed = await talk.choose(
        "send",
        lines(
            M("I will ask: <b>{municipality}</b>.", municipality=describe(there)),
            M(
                "If they agree, they receive your office's contact {contact} and you receive theirs.",
                contact=contact,
            ),
            M("Your contact then leaves for the other country.") if home.country == "PL" else None,
            NOT_BINDING,
        ),
        (yes("yes", M("Send")), no("no", M("Do not send"))),
    )
    if agreed == "no":
        await talk.say(M("Nothing was sent."))
        return
    request = Request(
        id=new_id(),
        from_listing=mine.id if mine else "",
        to_listing=theirs.id,
        from_municipality=home.key,
        to_municipality=theirs.municipality,
        from_seat=seat.id,
        words="" if words == NOTHING else words,
        state="waiting",
        created_at=talk.now,
    )

    async def send() -> bool:
        if not await talk.stores.requests.create(request):
            return False
        await talk.stores.audit.note(talk.person.id, "request.sent", request.id, talk.now)
        answer = (M("Answer"), Action("request", {"request": request.id}, repeatable=True))
        for colleague in await talk.stores.seats.of(theirs.municipality):
            address = await talk.stores.people.address_for(colleague.person)
            await talk.tell(
                colleague.person,
                M("<b>{municipality}</b> would like to talk with you.", municipality=describe(home)),
                await listing_card(talk.stores, mine, address=address, municipality=colleague.municipality)
                if mine
                else M("It is about your listing: “{text}”", text=theirs.draft.text),
                *([M("They write: “{words}”", words=request.words)] if request.words else []),
                actions=[answer],
                dedupe=f"request:{request.id}:{colleague.person}",
                subject=f"request:{request.id}",
            )
        return True

    if await talk.once("sent", send):
        await talk.say(M("Sent. You will hear their answer here, whatever it is."))
    else:
        await talk.say(M("You have already asked them about this."))


async def _pass_on(talk: Talk, seat: Seat, theirs: Listing) -> None:
    """Somebody who may decide has to take this step."""

    async def tell() -> int:
        told = 0
        look = (M("Look and write to them"), Action("view", {"listing": theirs.id}, repeatable=True))
        for colleague in await talk.stores.seats.of(seat.municipality):
            if colleague.may_decide:
                prepared = M(
                    "Your colleague has found a counterpart for your municipality and asks you to write to "
                    "it."
                )
                told += await talk.tell(colleague.person, prepared, actions=[look])
        return told

    if await talk.once("passed", tell):
        await talk.say(
            M("This step belongs to somebody who may decide for your municipality. I have asked them.")
        )
    else:
        await talk.say(
            M(
                "This step belongs to somebody who may decide for your municipality, and nobody of them is "
                "here yet. "
                "A coordinator can help: /human"
            )
        )


def answered(text: Message) -> Message:
    """A line about an answered request with the sentence that nothing is binding."""
    return lines(text, NOT_BINDING)
