"""/partners: with whom the municipality came together here."""

from collections.abc import Sequence

from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import N_, M, Message, Moment, lines
from bot.model.person import Seat
from bot.model.request import Request
from bot.places.describe import describe
from handlers.parts.channels import stop_if_barred
from handlers.parts.offices import office

MOST = 20


@dialogue(
    "partners",
    N_("Your partners"),
    words="партнери|наші партнери|partnerzy|nasi partnerzy|partners",
    audience="official",
    passing=True,
)
async def partners(talk: Talk) -> None:
    """List partnerships with their date; contacts for who may decide, while both sides still stand to it."""
    if talk.seat is None:
        await talk.then("start")
    if await stop_if_barred(talk):
        return
    seat = talk.seat
    agreed = await talk.stores.requests.accepted(seat.municipality) if seat.verified else []
    if not agreed:
        await talk.say(M("No partnership has begun here yet. See who fits: /matches"))
        return
    shown = [await _line(talk, seat, one) for one in agreed[:MOST]]
    n = len(agreed)
    await talk.say(M("<b>{n} partnership</b>", "<b>{n} partnerships</b>", n=n), *_known(shown))


def _known(shown: Sequence[Message | None]) -> list[Message]:
    return [line for line in shown if line]


async def _line(talk: Talk, seat: Seat, agreed: Request) -> Message | None:
    asked = agreed.from_municipality == seat.municipality
    there = talk.services.gazetteer.get(agreed.to_municipality if asked else agreed.from_municipality)
    if there is None:
        return None
    theirs = await _standing(talk, agreed.to_seat if asked else agreed.from_seat)
    ours = await _standing(talk, agreed.from_seat if asked else agreed.to_seat)
    contact = None
    if theirs and ours and seat.may_decide:
        contact = M("{office}: {contact}", office=office(theirs.role, there.country), contact=theirs.contact)
    elif not theirs:
        contact = M("Their contact person has left. A coordinator can help: /human")
    since = M(
        "<b>{municipality}</b>, since {date}",
        municipality=describe(there),
        date=Moment(agreed.decided_at, "date"),
    )
    return lines(since, contact)


async def _standing(talk: Talk, id: str) -> Seat | None:
    """The seat, if its consent to pass on the contact still holds."""
    seat = await talk.stores.seats.get(id)
    if not seat or not (seat.verified and seat.may_decide and seat.contact):
        return None
    holder = await talk.stores.people.get(seat.person)
    return seat if holder.consented and not holder.frozen else None
