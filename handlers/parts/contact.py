"""The office's own contact, which passes to one counterpart after both sides agreed."""

import re

from bot.dialogue.questions import Refused, free_text
from bot.dialogue.talk import Talk
from bot.model.message import M
from bot.model.person import Seat

_MAILBOX = re.compile(r"[^\s@<>]{1,64}@[\w-]+(\.[\w-]+)+")
_NUMBER = re.compile(r"\+?[0-9][0-9 ()-]{6,18}[0-9]")


def office_contact(typed: str) -> str:
    """A mailbox or a telephone number.

    Raises:
        Refused: It is neither.
    """
    text = free_text(100)(typed)
    if _MAILBOX.fullmatch(text) or _NUMBER.fullmatch(text):
        return text
    raise Refused(
        M(
            "I expected a mailbox or a telephone number of the office, for example: office@example.org or "
            "+48 22 123 45 67"
        )
    )


async def ask_contact(talk: Talk, step: str, seat: Seat) -> str:
    """The seat's contact, asked for once and kept."""
    contact = await talk.keep(f"{step}.known", lambda: seat.contact)
    if contact:
        return contact
    contact = await talk.ask(
        step,
        M(
            "Which contact of your office may the other side receive once both have agreed? "
            "A service mailbox or number, please, not your private phone."
        ),
        parse=office_contact,
    )

    async def keep() -> None:
        await talk.stores.seats.set_contact(seat.id, contact)
        await talk.changed()

    await talk.once(f"{step}.kept", keep)
    return contact
