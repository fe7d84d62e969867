"""From a draft to a sending: previewed, approved by whom it takes, held for a minute."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.dialogue.choices import no, yes
from bot.dialogue.talk import Talk
from bot.meetings.audience import Counts
from bot.model.message import M, Message
from db.stores.broadcasts import Broadcast
from db.stores.prompts import Action
from handlers.parts.audience import numbers, previews

ALONE = 50
"""Most recipients that one coordinator may write to without a second one."""
HELD = 60_000
"""Milliseconds in which an approved sending can be taken back."""


Keep = Callable[[], Awaitable[None]]


async def send_out(talk: Talk, draft: Broadcast, counts: Counts, about: Message, keep: Keep) -> str:
    """Show whom it reaches and what they read, and let it go if that is agreed.

    ``keep`` stores what it is about. Returns ``held`` for a minute, ``proposed`` to a colleague, or
    empty when nothing was sent.
    """
    await talk.say(numbers(counts), *await previews(talk, "preview", draft.contents["new"], counts))
    others = await _others(talk, draft)
    if counts.people > ALONE and others:
        return await _propose(talk, draft, counts, about, others, keep)
    agreed = await talk.choose(
        "send",
        M("Send this to {n} person?", "Send this to {n} people?", n=counts.people),
        (yes("yes", M("Send")), no("no", M("Do not send"))),
    )
    if agreed == "yes" and counts.people > ALONE:
        sure = M(
            "You are the only coordinator who reaches all of them, so nobody else checks it. "
            "Have you read the preview, and is everything right?"
        )
        agreed = await talk.choose("sure", sure, (yes("yes", M("Yes, send it")), no("no", M("Do not send"))))
    if agreed == "no":
        await talk.say(M("Nothing was sent."))
        return ""

    async def approve() -> None:
        await keep()
        await talk.stores.broadcasts.put(draft)
        await approved(talk, draft, alone=counts.people > ALONE)

    await talk.once("approved", approve)
    return "held"


async def _others(talk: Talk, draft: Broadcast) -> list[str]:
    """Coordinators who could approve it, as they were when it was asked first."""
    found = await talk.stores.people.coordinators(draft.region)
    return await talk.keep("others", lambda: [one for one in found if one != talk.person.id], of=list[str])


async def _propose(
    talk: Talk, draft: Broadcast, counts: Counts, about: Message, others: list[str], keep: Keep
) -> str:
    agreed = await talk.choose(
        "propose",
        M("More than {n} people: a second coordinator has to approve it.", n=ALONE),
        (yes("yes", M("Ask for approval")), no("no", M("Do not send"))),
    )
    if agreed == "no":
        await talk.say(M("Nothing was sent."))
        return ""

    async def propose() -> None:
        await keep()
        await talk.stores.broadcasts.put(draft)
        await talk.stores.audit.note(talk.person.id, "broadcast.proposed", draft.id, talk.now)
        for other in others:
            await talk.tell(
                other,
                about,
                numbers(counts),
                M("A colleague asks you to approve this sending."),
                actions=[(M("Look and decide"), Action("approve", {"broadcast": draft.id}, repeatable=True))],
                dedupe=f"approve:{draft.id}:{other}",
            )

    await talk.once("proposed", propose)
    await talk.say(M("I have asked the other coordinators. You will hear what they decide."))
    return "proposed"


async def approved(talk: Talk, broadcast: Broadcast, *, alone: bool) -> bool:
    """Freeze the recipients and hold the sending for a minute; False if it was decided before."""
    stores = talk.stores
    moved = await stores.broadcasts.move(
        broadcast.id, ("proposed",), "held", approver=talk.person.id, held_until=talk.now + HELD
    )
    if not moved:
        return False
    await stores.recipients.freeze(broadcast.id, broadcast.audience, broadcast.region)
    action = "broadcast.approved-alone" if alone else "broadcast.approved"
    await stores.audit.note(talk.person.id, action, broadcast.id, talk.now)
    if called := await stores.meetings.get(broadcast.subject.removeprefix("meeting:")):
        planned = replace(called, meeting=replace(called.meeting, state="planned"))
        await stores.meetings.put(planned, talk.now)
    return True
