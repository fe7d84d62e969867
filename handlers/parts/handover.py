"""The moment contacts pass: who may receive the other's, and the message that carries it."""

from bot.dialogue.talk import Talk
from bot.model.message import M
from bot.model.person import Seat
from bot.model.request import Request
from bot.places.describe import describe
from handlers.parts.offices import office
from handlers.parts.writing import answered


def may_hand_over(seat: Seat) -> bool:
    """Whether this seat's consent still holds: verified, deciding, with a contact to give."""
    return seat.verified and seat.may_decide and bool(seat.contact)


async def tell_contact(talk: Talk, request: Request, reader: Seat, other: Seat, *, again: int = 0) -> bool:
    """Queue the other side's contact for ``reader``, once; False if no channel reaches them.

    Inside ``once`` only, after both seats were checked in this transaction; ``again`` numbers a repeat
    that a coordinator asked for.
    """
    home = talk.services.gazetteer.get(other.municipality)
    if home is None:
        return False
    return await talk.tell(
        reader.person,
        answered(
            M(
                "<b>Both sides agreed.</b> {municipality}, {office}: {contact}",
                municipality=describe(home),
                office=office(other.role, home.country),
                contact=other.contact,
            )
        ),
        klass="once",
        secrecy="personal",
        dedupe=f"contacts:{request.id}:{reader.id}" + (f":{again}" if again else ""),
        subject=f"request:{request.id}",
        priority=0,
    )
