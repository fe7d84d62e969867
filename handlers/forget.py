"""/forget: erase the person and everything they wrote, at once."""

from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.i18n import plain
from bot.model.message import N_, M, verbatim
from bot.model.request import Request
from bot.places.describe import describe


@dialogue(
    "forget",
    N_("Erase your data"),
    words="забути мене|стерти мої дані|zapomnij|usuń moje dane|forget me",
    consent=False,
)
async def forget(talk: Talk) -> None:
    """Say what goes, ask once, then erase it and tell those who were waiting for an answer."""
    agreed = await talk.confirm(
        "sure",
        M(
            "<b>I will erase all that is yours:</b> your registration and contact, the needs and offers that "
            "you wrote, open requests, news and our conversation. Others see only that the contact has left. "
            "What colleagues of your municipality wrote stays.\n\nThis cannot be undone."
        ),
        M("Yes, erase everything"),
        M("No, keep it"),
    )
    if not agreed:
        await talk.say(M("Good, nothing was erased."))
        return

    farewell = plain(
        M("Everything of yours is erased. Thank you, and you are welcome back at any time: /start"),
        talk.person.language,
    )

    async def erase() -> None:
        leaving = talk.person.id
        for seat in await talk.stores.people.seats(leaving):
            for request in await talk.stores.requests.of_seat(seat.id):
                await _part(talk, request, seat.id)
            await _release(talk, seat.municipality)
        await talk.stores.rights.erase(leaving, talk.now)
        await talk.stores.audit.note("", "person.erased", "", talk.now)
        talk.part()

    await talk.once("erased", erase)
    await talk.say(verbatim(farewell))


async def _part(talk: Talk, request: Request, seat: str) -> None:
    """Tell the other side of a request that its contact here has left."""
    asked = request.from_seat == seat
    home = talk.services.gazetteer.get(request.from_municipality if asked else request.to_municipality)
    if home is None or request.state not in ("waiting", "accepted"):
        return
    if request.state == "waiting":
        await talk.stores.requests.decide(request.id, "withdrawn", now=talk.now)
        others = [one.person for one in await talk.stores.people.seats_of(request.to_municipality)]
    else:
        other = await talk.stores.people.seat(request.to_seat if asked else request.from_seat)
        others = [other.person] if other else []
    for person in others:
        await talk.tell(
            person,
            M(
                "Your contact at <b>{municipality}</b> has left. A coordinator can help you on: /human",
                municipality=describe(home),
            ),
            dedupe=f"left:{request.id}:{person}",
        )


async def _release(talk: Talk, municipality: str) -> None:
    """If nobody else speaks for the municipality, those who wait for its answer learn that none comes."""
    others = [s for s in await talk.stores.people.seats_of(municipality) if s.person != talk.person.id]
    home = talk.services.gazetteer.get(municipality)
    if others or home is None:
        return
    for request in await talk.stores.requests.to(municipality):
        await talk.stores.requests.decide(request.id, "expired", now=talk.now)
        if sender := await talk.stores.people.seat(request.from_seat):
            await talk.tell(
                sender.person,
                M(
                    "Your contact at <b>{municipality}</b> has left, so I have closed your request. "
                    "Others may fit just as well: /matches",
                    municipality=describe(home),
                ),
                dedupe=f"left:{request.id}:{sender.person}",
            )
