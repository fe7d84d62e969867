"""What needs a coordinator's hand: collected for one coordinator, and each thing in a line."""

from dataclasses import dataclass

from bot.dialogue.talk import Talk
from bot.model.listing import Listing
from bot.model.message import M, Message, Moment
from bot.model.municipality import Municipality
from bot.model.person import Seat
from bot.model.request import Request
from bot.places.describe import describe, name_words
from db.stores.inbox import InboxStore
from db.stores.outbox import Stuck
from handlers.parts.review_texts import held_texts

DAY = 24 * 3600 * 1000
FATES: dict[str, Message] = {
    "RecipientGone": M("the person has left or blocked the bot"),
    "MessageRejected": M("the messenger refused the message"),
    "OutcomeUnknown": M("nobody knows whether it arrived"),
}
_BROKEN = M("the message could not be made")


@dataclass(frozen=True, slots=True)
class Troubles:
    """Everything stuck that one coordinator may see.

    Attributes:
        requests: Unanswered, oldest first.
        seats: Claims that wait to be verified.
        texts: Held texts.
        messages: Not delivered, or of unknown outcome.
        set_aside: Messages in the quarantine of the inbox; 0 for regional coordinators.
    """

    requests: list[Request]
    seats: list[Seat]
    texts: list[Listing]
    messages: list[Stuck]
    set_aside: int

    def __bool__(self) -> bool:
        return bool(self.requests or self.seats or self.texts or self.messages or self.set_aside)


async def troubles(talk: Talk) -> Troubles:
    """What is stuck in this coordinator's region, or anywhere."""
    stores = talk.stores
    return Troubles(
        requests=[one for one in await stores.requests.waiting() if in_reach(talk, *_homes(talk, one))],
        seats=[
            seat for seat in await stores.seats.waiting() if in_reach(talk, _home(talk, seat.municipality))
        ],
        texts=await held_texts(talk),
        messages=[one for one in await stores.outbox.stuck() if await reaches(talk, one)],
        set_aside=0 if talk.person.coordinator_region else await InboxStore(stores.tx).count_quarantined(),
    )


def in_reach(talk: Talk, *homes: Municipality | None) -> bool:
    """Whether one of the municipalities is this coordinator's to look after."""
    region = talk.person.coordinator_region
    return any(home and (not region or home.region == region) for home in homes)


async def reaches(talk: Talk, message: Stuck) -> bool:
    """Whether the message was for somebody this coordinator looks after."""
    if not talk.person.coordinator_region:
        return True
    seats = await talk.stores.seats.of_person(message.person)
    return in_reach(talk, *(_home(talk, seat.municipality) for seat in seats))


def request_line(talk: Talk, request: Request) -> Message:
    """From whom to whom, for how long, and who acted last."""
    home, there = _homes(talk, request)
    days = (talk.now - request.created_at) // DAY
    return M(
        "• {home} → {there}: {age}, {last}",
        home=_name(home),
        there=_name(there),
        age=M("{n} day", "{n} days", n=days),
        last=M("they were reminded on {date}", date=Moment(request.nudged_at, "day"))
        if request.nudged_at
        else M("not reminded yet"),
    )


def fate(message: Stuck) -> Message:
    """Why a message is listed, in words."""
    if message.state == "unknown":
        return FATES["OutcomeUnknown"]
    return FATES.get(message.error, _BROKEN)


async def reader_of(talk: Talk, message: Stuck) -> Message:
    """Whom a message was for."""
    seats = await talk.stores.seats.of_person(message.person)
    home = _home(talk, seats[0].municipality) if seats else None
    return describe(home) if home else M("somebody without a municipality")


def request_label(talk: Talk, request: Request) -> Message:
    """For the button of a request."""
    home, there = _homes(talk, request)
    return M("Request: {home} → {there}", home=_name(home), there=_name(there))


def _name(home: Municipality | None) -> Message:
    return M("{name}", name=name_words(home)) if home else M("unknown municipality")


def _homes(talk: Talk, request: Request) -> tuple[Municipality | None, Municipality | None]:
    return _home(talk, request.from_municipality), _home(talk, request.to_municipality)


def _home(talk: Talk, key: str) -> Municipality | None:
    return talk.services.gazetteer.get(key)
