"""Leaving an office: nobody is left waiting for an answer."""

from bot.dialogue.talk import Talk
from bot.model.message import M
from bot.model.person import Seat
from bot.model.request import Request
from bot.places.describe import describe


async def leave(talk: Talk, seat: Seat) -> None:
    """End the seat's requests and tell the other sides; inside ``once`` only."""
    for request in await talk.stores.requests.of_seat(seat.id):
        await _part(talk, request, seat)
    colleagues = await talk.stores.seats.of(seat.municipality)
    if seat.verified and all(one.id == seat.id for one in colleagues):
        for request in await talk.stores.requests.to(seat.municipality):
            await _release(talk, request)


async def give_up_office(talk: Talk, seat: Seat) -> None:
    """Let the person register anew, once they know that their present office ends with it."""
    ends = M(
        "Your present office ends here at once, and a coordinator confirms the new one. "
        "What your municipality published stays. Shall we go on?"
    )
    if not await talk.confirm("sure", ends, M("Yes, register anew"), M("No, leave it")):
        await talk.say(M("Good, it stays as it is."))
        return

    async def end() -> None:
        await leave(talk, seat)
        for listing in await talk.stores.listings.waiting_of(talk.person.id):
            await talk.stores.listings.erase(listing.id, talk.now)
        await talk.stores.seats.drop(seat.id)
        await talk.stores.audit.note(talk.person.id, "seat.left", seat.id, talk.now)
        await talk.changed()

    await talk.once("left", end)
    await talk.then("start")


async def _part(talk: Talk, request: Request, seat: Seat) -> None:
    """Tell the other side of a request that its contact here has left."""
    home = talk.services.gazetteer.get(seat.municipality)
    if home is None or request.state not in ("waiting", "accepted"):
        return
    if request.state == "waiting":
        await talk.stores.requests.decide(request.id, "withdrawn", now=talk.now)
        others = await talk.stores.seats.of(request.to_municipality)
    else:
        other = request.to_seat if request.from_seat == seat.id else request.from_seat
        others = [one for one in [await talk.stores.seats.get(other)] if one]
    for other_seat in others:
        await talk.tell(
            other_seat.person,
            M(
                "Your contact at <b>{municipality}</b> has left. A coordinator can help you on: /human",
                municipality=describe(home),
            ),
            dedupe=f"left:{request.id}:{other_seat.person}",
        )


async def _release(talk: Talk, request: Request) -> None:
    """Nobody is left to answer: the sender learns it."""
    home = talk.services.gazetteer.get(request.to_municipality)
    sender = await talk.stores.seats.get(request.from_seat)
    await talk.stores.requests.decide(request.id, "expired", now=talk.now)
    if sender and home:
        await talk.tell(
            sender.person,
            M(
                "Your contact at <b>{municipality}</b> has left, so I have closed your request. "
                "Others may fit just as well: /matches",
                municipality=describe(home),
            ),
            dedupe=f"left:{request.id}:{sender.person}",
        )
