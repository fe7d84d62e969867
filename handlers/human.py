"""/human: hand the conversation to a person, who can answer here."""

from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.errors import NotFound
from bot.model.message import N_, M
from bot.places.describe import describe
from db.stores.prompts import Action
from handlers.parts.offices import office


@dialogue("human", N_("Talk to a person"), words="людина|координатор|człowiek|koordynator|human")
async def human(talk: Talk) -> None:
    """Pass a message to the coordinators of the person's region."""
    words = str(talk.args.get("text") or "") or await talk.write(
        "words", M("What should I tell the coordinator? They answer within a working day."), limit=1000
    )
    seat = talk.seat
    home = talk.services.gazetteer.get(seat.municipality) if seat else None
    who = (
        M(
            "<b>{municipality}, {office}</b> asks for a person:",
            municipality=describe(home),
            office=office(seat.role, home.country),
        )
        if seat and home
        else M("<b>Somebody who has not registered yet</b> asks for a person:")
    )

    async def tell() -> int:
        coordinators = await talk.stores.people.coordinators(home.region if home else "")
        told = [
            await talk.tell(
                one,
                who,
                M("<i>{text}</i>", text=words),
                M("Contact: {contact}", contact=seat.contact)
                if seat and seat.contact
                else M("They left no contact."),
                actions=[
                    (M("Answer here"), Action("reply", {"person": talk.person.id}, repeatable=True)),
                ],
                subject=f"from:{talk.person.id}",
            )
            for one in coordinators
        ]
        return sum(told)

    if await talk.once("told", tell):
        await talk.say(M("I have told the coordinator."))
    else:
        await talk.say(M("No coordinator is here at the moment. Please write to the association directly."))


@dialogue("reply", audience="coordinator")
async def reply(talk: Talk) -> None:
    """A coordinator answers whoever asked for a person."""
    wanted = str(talk.args.get("person", ""))
    words = await talk.write("words", M("What shall I tell them? They read it as you write it."), limit=1000)

    async def tell() -> bool:
        try:
            asking = await talk.stores.people.get(wanted)
        except NotFound:
            return False
        return await talk.tell(
            asking.id,
            M("A coordinator writes to you: “{words}”", words=words),
            actions=[(M("Write back"), Action("human", repeatable=True))],
            subject=f"from:{asking.id}",
        )

    if await talk.once("told", tell):
        await talk.say(M("I have passed it on."))
    else:
        await talk.say(M("This person is no longer here."))
