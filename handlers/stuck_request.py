"""One unanswered request in a coordinator's hand: remind the asked side, or let the sender go on."""

from bot.dialogue.cards import topic_of
from bot.dialogue.choices import Choice, no
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import M, Message, lines
from bot.model.municipality import Municipality
from bot.model.request import Request
from bot.places.describe import describe
from db.stores.prompts import Action
from handlers.parts.review_stuck import DAY, in_reach, request_line


@dialogue("stuck_request", audience="coordinator", passing=True)
async def stuck_request(talk: Talk) -> None:
    """Show who waits for whom and take the next step."""
    asked = await talk.stores.requests.get(str(talk.args.get("request", "")))
    find = talk.services.gazetteer.get
    home, there = (find(asked.from_municipality), find(asked.to_municipality)) if asked else (None, None)
    if asked is None or home is None or there is None or not in_reach(talk, home, there):
        await talk.say(M("This request is no longer here."))
        return
    if asked.state != "waiting" and "done" not in talk.answered:
        await talk.say(M("This request has already been answered."))
        return
    shown = await talk.keep("shown", lambda: asked, of=Request)
    step = await talk.choose(
        "step",
        await _card(talk, shown, home, there),
        (
            Choice("remind", M("Remind them")),
            Choice("close", M("Close it and tell the sender")),
            no("leave", M("Leave it as it is")),
        ),
        leave=True,
    )
    match step:
        case "remind":
            await _remind(talk, asked, home)
        case "close":
            await _close(talk, asked, there)
        case _:
            await talk.say(M("Good, it stays as it is."))


async def _card(talk: Talk, asked: Request, home: Municipality, there: Municipality) -> Message:
    listing = await talk.stores.listings.get(asked.to_listing)
    people = await talk.stores.seats.of(there.key)
    return lines(
        M("<b>From:</b> {municipality}", municipality=describe(home)),
        M("<b>To:</b> {municipality}", municipality=describe(there)),
        M("Topic: <b>{topic}</b>", topic=topic_of(listing.draft)) if listing else None,
        request_line(talk, asked),
        M("{n} person there can answer.", "{n} people there can answer.", n=len(people)),
    )


async def _remind(talk: Talk, asked: Request, home: Municipality) -> None:
    async def remind() -> int:
        await talk.stores.audit.note(talk.person.id, "request.reminded", asked.id, talk.now)
        told = 0
        for seat in await talk.stores.seats.of(asked.to_municipality):
            told += await talk.tell(
                seat.person,
                M("<b>{municipality}</b> is waiting for your answer.", municipality=describe(home)),
                actions=[(M("Answer"), Action("request", {"request": asked.id}, repeatable=True))],
                dedupe=f"reminded:{asked.id}:{seat.person}:{talk.now // DAY}",
                subject=f"request:{asked.id}",
            )
        if told:
            await talk.stores.requests.mark(asked.id, "nudged_at", talk.now)
        return told

    if await talk.once("done", remind):
        await talk.say(M("I have reminded them."))
    else:
        await talk.say(
            M("They were reminded today already, or nobody there can be reached. Please ring them.")
        )


async def _close(talk: Talk, asked: Request, there: Municipality) -> None:
    async def close() -> bool:
        if not await talk.stores.requests.decide(asked.id, "expired", now=talk.now):
            return False
        await talk.stores.outbox.cancel_subject(f"request:{asked.id}", now=talk.now)
        await talk.stores.audit.note(talk.person.id, "request.closed", asked.id, talk.now)
        if sender := await talk.stores.seats.get(asked.from_seat):
            await talk.tell(
                sender.person,
                M(
                    "{municipality} has not answered, so a coordinator has closed your request. "
                    "Others may fit just as well.",
                    municipality=describe(there),
                ),
                actions=[(M("See who fits"), Action("matches", repeatable=True))],
                dedupe=f"ended:{asked.id}:{sender.person}",
            )
        return True

    if await talk.once("done", close):
        await talk.say(M("Done, they have been told."))
    else:
        await talk.say(M("This request has already been answered."))
