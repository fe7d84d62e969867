"""One message that did not arrive, or perhaps did: show contacts again, or put it away."""

from bot.dialogue.choices import Choice, no
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import M, Message, Moment, lines
from db.stores.outbox import Stuck
from handlers.parts.handover import may_hand_over, tell_contact
from handlers.parts.review_stuck import fate, reaches, reader_of

KINDS: dict[str, Message] = {
    "once": M("contacts after both sides agreed"),
    "notice": M("a notice"),
    "reminder": M("a reminder"),
    "reply": M("an answer in their conversation"),
    "digest": M("the morning message"),
}


@dialogue("stuck_message", audience="coordinator", passing=True)
async def stuck_message(talk: Talk) -> None:
    """Show what became of a message and take the next step."""
    message = await _find(talk)
    if message is None:
        await talk.say(M("A colleague has already dealt with this."))
        return
    again = message.klass == "once" and message.subject.startswith("request:")
    step = await talk.choose(
        "step",
        lines(
            M(
                "<b>Message No. {number}</b> to {reader}",
                number=str(message.number),
                reader=await reader_of(talk, message),
            ),
            M("What it was: {kind}", kind=KINDS[message.klass]),
            M("{when}: {fate}.", when=Moment(message.finished_at, "full"), fate=fate(message)),
            M("Showing it again checks first that both sides still agree.") if again else None,
        ),
        (
            *([Choice("again", M("Show it again"))] if again else []),
            Choice("done", M("Take it off the list")),
            no("leave", M("Leave it as it is")),
        ),
        leave=True,
    )
    if step == "leave":
        await talk.say(M("Good, it stays as it is."))
        return

    async def settle() -> str:
        if step == "again" and not await _show_again(talk, message):
            return "withheld"
        await talk.stores.outbox.settle(message.id, talk.now)
        await talk.stores.audit.note(talk.person.id, f"message.{step}", message.id, talk.now)
        return step

    match await talk.once("settled", settle):
        case "again":
            await talk.say(M("It is on its way again."))
        case "withheld":
            await talk.say(
                M(
                    "I did not send it: one side has left, is no longer confirmed, or cannot be reached. "
                    "Please ring them."
                )
            )
        case _:
            await talk.say(M("Taken off the list."))


async def _find(talk: Talk) -> Stuck | None:
    wanted = str(talk.args.get("message", ""))
    for message in await talk.stores.outbox.stuck():
        if message.id == wanted and await reaches(talk, message):
            return message
    return None


async def _show_again(talk: Talk, message: Stuck) -> bool:
    """Send the contacts once more if both seats may still give theirs and nobody is frozen."""
    request = await talk.stores.requests.get(message.subject.removeprefix("request:"))
    if request is None or request.state != "accepted":
        return False
    seats = [await talk.stores.seats.get(id) for id in (request.from_seat, request.to_seat)]
    live = [seat for seat in seats if seat and may_hand_over(seat)]
    if len(live) < len(seats):
        return False
    for seat in live:
        if (await talk.stores.people.get(seat.person)).frozen:
            return False
    reader = next((seat for seat in live if seat.person == message.person), None)
    other = next((seat for seat in live if seat.person != message.person), None)
    if reader is None or other is None:
        return False
    return await tell_contact(talk, request, reader, other, again=message.number)
