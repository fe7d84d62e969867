"""The answer to a meeting, from any of its buttons: yes, maybe, no, a colleague, a question."""

from bot.dialogue.announce import file_of, spoken, subject_of
from bot.dialogue.choices import Choice
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import M, Message, Words
from bot.model.person import Seat
from bot.places.describe import describe
from db.stores.meetings import Called
from db.stores.prompts import Action
from handlers.parts.meeting_seats import give_answer, hand_seat_on
from handlers.parts.offices import office

ANSWERS = ("yes", "maybe", "no")


@dialogue("answer", audience="nobody", passing=True)
async def answer(talk: Talk) -> None:
    """Write the answer down and say what follows from it."""
    called = await open_meeting(talk)
    given = str(talk.args.get("answer", ""))
    if called is None or given not in ANSWERS:
        return

    async def give() -> tuple[str, int]:
        step = await give_answer(talk, called, given)
        return step.place, step.position

    place, position = await talk.once("given", give)
    meeting = spoken(called.meeting)
    title = Words(meeting.titles)
    if given == "no":
        await talk.say(
            M("Noted: you will not come to <b>{title}</b>. I will not write about it again.", title=title)
        )
    elif given == "maybe":
        await talk.say(M("Noted: perhaps. I will remind you of <b>{title}</b>.", title=title))
    elif place == "waiting":
        await talk.say(
            M(
                "All seats of <b>{title}</b> are taken. You are number {n} on the waiting list, and I will "
                "write as soon as one is free.",
                title=title,
                n=position,
            )
        )
    else:
        await talk.say(
            M("You are coming to <b>{title}</b>. Here it is for your calendar.", title=title),
            attachment=file_of(meeting),
        )


async def open_meeting(talk: Talk) -> Called | None:
    """The meeting of the pressed button, if it can still be answered by this person; else says why not."""
    called = await talk.stores.meetings.get(str(talk.args.get("meeting", "")))
    if called is None or not (talk.seat and talk.seat.verified):
        await talk.say(M("This button is out of date."))
    elif called.meeting.state == "cancelled":
        await talk.say(M("This meeting has been cancelled."))
    elif called.meeting.state != "planned" or called.meeting.end_at <= talk.now:
        await talk.say(M("This meeting is over."))
    else:
        return called
    return None


@dialogue("substitute", audience="nobody", passing=True)
async def substitute(talk: Talk) -> None:
    """Let a verified colleague of the same municipality take the person's seat."""
    called = await open_meeting(talk)
    if called is None or talk.seat is None:
        return
    seats = await _colleagues(talk, talk.seat)
    if not seats:
        await talk.say(
            M("Nobody else of your municipality is verified here yet. You can invite a colleague: /invite")
        )
        return
    labels = {seat.id: _label(talk, seat) for seat in seats}
    chosen = await talk.choose(
        "who",
        M("Who will come in your place?"),
        [Choice(seat.id, labels[seat.id]) for seat in seats],
    )
    colleague = next(seat for seat in seats if seat.id == chosen)

    async def hand_on() -> str:
        return (await hand_seat_on(talk, called, colleague)).refused

    if await talk.once("handed", hand_on):
        await talk.say(M("You have no seat to hand on. Please answer first that you will come."))
    else:
        await talk.say(M("Done: your colleague has your seat and knows of it."))


async def _colleagues(talk: Talk, own: Seat) -> list[Seat]:
    """Verified colleagues as they were when it was asked."""
    found = await talk.stores.seats.of(own.municipality)
    ids = await talk.keep(
        "colleagues", lambda: [seat.id for seat in found if seat.person != talk.person.id][:8]
    )
    return [seat for id in ids if (seat := await talk.stores.seats.get(id)) and seat.verified]


def _label(talk: Talk, seat: Seat) -> Message:
    home = talk.services.gazetteer.get(seat.municipality)
    return office(seat.role, home.country if home else "UA")


@dialogue("organiser", audience="nobody", passing=True)
async def organiser(talk: Talk) -> None:
    """A question to whoever called the meeting."""
    called = await open_meeting(talk)
    if called is None or talk.seat is None:
        return
    home = talk.services.gazetteer.get(talk.seat.municipality)
    words = await talk.write("words", M("What would you like to ask the organiser?"), limit=1000)
    if home is None:
        return
    reply = Action("organiser_reply", {"meeting": called.meeting.id, "person": talk.person.id})

    async def ask() -> bool:
        return await talk.tell(
            called.author,
            M("A question about <b>{title}</b>:", title=Words(spoken(called.meeting).titles)),
            M("{municipality}: “{words}”", municipality=describe(home), words=words),
            actions=[(M("Reply"), reply)],
            subject=subject_of(called.meeting),
            revision=called.meeting.revision,
        )

    if await talk.once("asked", ask):
        await talk.say(M("Your question is on its way to the organiser."))
    else:
        await talk.say(M("The organiser cannot be reached at the moment. Please ask a coordinator: /human"))


@dialogue("organiser_reply", audience="nobody", passing=True)
async def organiser_reply(talk: Talk) -> None:
    """The organiser's word back."""
    called = await talk.stores.meetings.get(str(talk.args.get("meeting", "")))
    if called is None or called.author != talk.person.id:
        await talk.say(M("This button is out of date."))
        return
    words = await talk.write("words", M("What shall I tell them?"), limit=1000)

    async def reply() -> bool:
        return await talk.tell(
            str(talk.args["person"]),
            M("The organiser of <b>{title}</b> replies:", title=Words(spoken(called.meeting).titles)),
            M("“{words}”", words=words),
        )

    await talk.once("replied", reply)
    await talk.say(M("Done, they have been told."))
