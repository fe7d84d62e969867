"""/mydata: everything stored about the person, to read and as a file."""

import json
from collections.abc import Mapping
from typing import Any

from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import N_, Attachment, M, Message, lines
from bot.places.describe import describe
from db.database import Transaction
from db.stores import Stores
from handlers.parts.offices import office

RECIPE = "mydata"


@dialogue(
    "mydata",
    N_("See what is stored about you"),
    words="мої дані|мої дані тут|moje dane|mojedane|my data",
    consent=False,
)
async def mydata(talk: Talk) -> None:
    """Sum up what is stored and send all of it as a file."""

    async def note() -> None:
        await talk.stores.audit.note(talk.person.id, "data.exported", talk.person.id, talk.now)

    await talk.once("noted", note)
    await talk.say(
        M("<b>This is what I keep about you.</b> All of it, word for word, is in the file."),
        await _summary(talk),
        M("To correct it: /settings and /mine. To erase it: /forget"),
        attachment=Attachment(RECIPE, {"person": talk.person.id}),
    )


async def _summary(talk: Talk) -> Message:
    held = await talk.stores.rights.export(talk.person.id)
    return lines(
        *(
            M("{office}, {municipality}", office=office(seat.role, home.country), municipality=describe(home))
            for seat in talk.seats
            if (home := talk.services.gazetteer.get(seat.municipality))
        ),
        *(M("Contact of the office: {contact}", contact=s.contact) for s in talk.seats if s.contact),
        M("Addresses in messengers: {n}", n=len(held.get("address", ()))),
        M("Needs and offers: {n}", n=len(held.get("listing", ()))),
        M("Requests to other municipalities and answers: {n}", n=len(held.get("request", ()))),
        M("Messages of the last 30 days: {n}", n=len(held.get("outbox", ()))),
        M("Entries in the record of who did what: {n}", n=len(held.get("audit", ()))),
    )


async def load(tx: Transaction, args: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Everything about the person named in ``args``, read when the file is made."""
    return await Stores(tx).rights.export(args["person"])


def cook(data: Any, language: str, zone: str) -> tuple[str, str, bytes]:
    """The file: JSON that people can read too."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return "mistok-my-data.json", "application/json", text.encode()
