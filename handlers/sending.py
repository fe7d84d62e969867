"""A sending under way: approved by a colleague, taken back, stopped, looked after."""

from bot.dialogue.choices import Choice, no, yes
from bot.dialogue.registry import dialogue
from bot.dialogue.report import sending_report
from bot.dialogue.talk import Talk
from bot.meetings.audience import Counts, counted
from bot.model.message import M
from bot.places.describe import describe
from db.stores.broadcasts import Broadcast, State
from db.stores.prompts import Action
from handlers.parts.audience import learn_homes, numbers, previews
from handlers.parts.audience_approval import approved

STOPPABLE: tuple[State, ...] = ("proposed", "held", "queueing", "sending")


@dialogue("approve", audience="nobody", passing=True)
async def approve(talk: Talk) -> None:
    """A second coordinator reads what is to be sent, and decides."""
    broadcast = await talk.stores.broadcasts.get(str(talk.args.get("broadcast", "")))
    if broadcast is None or not _may_decide(talk, broadcast):
        await talk.say(M("This is not for you to decide."))
        return
    state = broadcast.state
    if await talk.keep("state", lambda: state) != "proposed":
        await talk.say(M("This has been decided already."))
        return
    counts = await _counts(talk, broadcast)
    await talk.say(numbers(counts), *await previews(talk, "preview", broadcast.contents["new"], counts))
    verdict = await talk.choose(
        "verdict",
        M("Do you approve it?"),
        (yes("yes", M("Approve")), no("no", M("Do not send"))),
    )

    async def decide() -> bool:
        if verdict == "yes":
            decided = await approved(talk, broadcast, alone=False)
            told = M("A colleague has approved it. It goes out in one minute.")
        else:
            decided = await talk.stores.broadcasts.move(broadcast.id, ("proposed",), "refused")
            await talk.stores.audit.note(talk.person.id, "broadcast.refused", broadcast.id, talk.now)
            told = M("A colleague has decided not to send it. Nothing was sent.")
        if decided:
            take_back = (M("Take it back"), Action("sending", {"broadcast": broadcast.id, "stop": True}))
            await talk.tell(
                broadcast.author,
                told,
                actions=[take_back] if verdict == "yes" else [],
                dedupe=f"decided:{broadcast.id}",
            )
        return decided

    if not await talk.once("decide", decide):
        await talk.say(M("This has been decided already."))
    elif verdict == "yes":
        await talk.then("sending", broadcast=broadcast.id)
    else:
        await talk.say(M("Nothing was sent, and your colleague knows."))


def _may_decide(talk: Talk, broadcast: Broadcast) -> bool:
    region = talk.person.coordinator_region
    return (
        talk.person.coordinator
        and talk.person.id != broadcast.author
        and (not region or region == broadcast.region)
    )


async def _counts(talk: Talk, broadcast: Broadcast) -> Counts:
    """Whom it would reach now."""
    await learn_homes(talk)
    seats = await talk.stores.recipients.seats(broadcast.region)
    return await talk.keep("counts", lambda: counted(broadcast.audience, seats), of=Counts)


@dialogue("sending", audience="nobody", passing=True)
async def sending(talk: Talk) -> None:
    """How far a sending is; its author or whoever approved it may stop it."""
    broadcast = await talk.stores.broadcasts.get(str(talk.args.get("broadcast", "")))
    if broadcast is None or not _may_stop(talk, broadcast):
        await talk.say(M("This is not for you to decide."))
        return
    state = broadcast.state
    frozen = await talk.keep("state", lambda: state)
    if frozen not in STOPPABLE:
        await _report(talk, broadcast)
        return
    if not talk.args.get("stop"):
        size = await talk.stores.recipients.size(broadcast.id)
        people = await talk.keep("size", lambda: size)
        question = (
            M(
                "It goes to {n} person in one minute. Until then you can take it back.",
                "It goes to {n} people in one minute. Until then you can take it back.",
                n=people,
            )
            if frozen == "held"
            else M("It is being sent to {n} person.", "It is being sent to {n} people.", n=people)
        )
        label = M("Take it back") if frozen == "held" else M("Stop the sending")
        await talk.choose("stop", question, (Choice("stop", label),), leave=True)

    async def stop() -> bool:
        return await _stop(talk, broadcast)

    if not await talk.once("stopped", stop):
        await talk.say(M("There was nothing left to stop."))
    await _report(talk, broadcast)


def _may_stop(talk: Talk, broadcast: Broadcast) -> bool:
    region = talk.person.coordinator_region
    return talk.person.coordinator and (not region or region == broadcast.region)


async def _stop(talk: Talk, broadcast: Broadcast) -> bool:
    moved = await talk.stores.broadcasts.move(broadcast.id, STOPPABLE, "stopped")
    if moved:
        await talk.stores.broadcasts.withdraw(broadcast.id, talk.now)
        await talk.stores.audit.note(talk.person.id, "broadcast.stopped", broadcast.id, talk.now)
    return moved


async def _report(talk: Talk, broadcast: Broadcast) -> None:
    """What became of it, whom it failed to reach, and what can still be done."""
    fresh = await talk.stores.broadcasts.get(broadcast.id) or broadcast
    counts = await talk.stores.recipients.counts(broadcast.id)
    stopped = fresh.state == "stopped"
    reached = counts.get("sent", 0) + counts.get("sending", 0) + counts.get("unknown", 0)
    if stopped and not reached:
        await talk.say(M("Stopped: nobody got it."))
    elif stopped:
        n = reached
        await talk.say(M("Stopped. {n} person had it already.", "Stopped. {n} people had it already.", n=n))
    if reached or not stopped:
        await talk.say(sending_report(counts))
    for municipality, error in await talk.stores.recipients.failures(broadcast.id):
        if home := talk.services.gazetteer.get(municipality):
            await talk.say(
                M("Not delivered: {municipality} ({reason})", municipality=describe(home), reason=error)
            )
    subject, _, id = fresh.subject.partition(":")
    choices: list[Choice] = []
    if stopped and subject == "meeting":
        choices = [
            Choice("correct", M("Correct it and send again")),
            Choice("cancel", M("Cancel the meeting")),
        ]
    elif stopped and reached:
        choices = [Choice("correct", M("Write a correction"))]
    if not choices:
        return
    what = await talk.choose("next", M("What shall happen now?"), choices, leave=True)
    if subject == "meeting":
        await talk.then("meeting_change" if what == "correct" else "meeting_cancel", meeting=id)
    await talk.then("broadcast", corrects=fresh.subject)
