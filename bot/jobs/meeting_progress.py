"""Shows the author of a sending in one message, edited again and again, how far it is and who comes."""

import json
from datetime import timedelta

from bot.dialogue.ids import new_id
from bot.dialogue.report import finished, roll_report, sending_report
from bot.dialogue.services import Services
from bot.dialogue.unprompted import ACTIONS_LIVE, buttons
from bot.jobs import Job
from bot.model.message import M, Message, Reply, Words
from bot.model.outgoing import REPLY, Outgoing
from db.database import Transaction
from db.stores import Stores
from db.stores.broadcasts import Broadcast
from db.stores.prompts import Action, Prompt

EVERY = timedelta(seconds=3) // timedelta(milliseconds=1)


async def run(tx: Transaction, services: Services, now: int) -> bool:
    """Bring the messages up to date whose numbers have changed."""
    stores = Stores(tx)
    for broadcast in await stores.broadcasts.under_way(now - EVERY):
        counts = await stores.recipients.counts(broadcast.id)
        parts = [await headline(stores, broadcast), sending_report(counts)]
        called = await stores.meetings.get(broadcast.subject.removeprefix("meeting:"))
        if called and broadcast.kind in ("invite", "change"):
            parts.append(roll_report(await stores.meetings.roll(called.meeting), sum(counts.values())))
        over = finished(counts)
        shown = json.dumps([part.values.get("n") for part in parts] + sorted(map(str, counts.items())))
        shown += str([str(value) for part in parts for value in part.values.values()])
        progress = broadcast.progress
        if shown != broadcast.shown:
            progress = await _show(stores, broadcast, parts, now, over=over)
        await stores.broadcasts.shown(broadcast.id, progress, shown, now, finished=over)
    return False


async def headline(stores: Stores, broadcast: Broadcast) -> Message:
    """What the sending is about."""
    called = await stores.meetings.get(broadcast.subject.removeprefix("meeting:"))
    title = Words(called.meeting.titles) if called else ""
    match broadcast.kind:
        case "invite":
            return M("Invitation: <b>{title}</b>", title=title)
        case "change":
            return M("News of the change: <b>{title}</b>", title=title)
        case "cancel":
            return M("News that it is cancelled: <b>{title}</b>", title=title)
        case "after":
            return M("Report: <b>{title}</b>", title=title)
        case _:
            return M("Your notice is on its way.")


async def _show(stores: Stores, broadcast: Broadcast, parts: list[Message], now: int, *, over: bool) -> str:
    """Send the message, or edit it; the prompt of its buttons."""
    address = await stores.people.address_for(broadcast.author)
    if not address:
        return broadcast.progress
    prompt, first = broadcast.progress or new_id(), not broadcast.progress
    label = M("Stop the sending")
    reply = Reply(tuple(parts), () if over else buttons(prompt, [label]))
    row = f"{broadcast.id}.progress"
    subject = f"progress:{broadcast.id}"
    await stores.outbox.supersede(subject, now, now=now)
    outgoing = Outgoing(
        person=broadcast.author,
        address=address,
        reply=reply,
        klass="reply",
        priority=REPLY,
        prompt=prompt,
        edits="" if first else row,
        subject="" if first else subject,
        revision=now,
    )
    await stores.outbox.add(outgoing, id=row if first else new_id(), now=now)
    if first:
        stop = Action("sending", {"broadcast": broadcast.id, "stop": True}, repeatable=True)
        await stores.prompts.put(
            Prompt(
                id=prompt,
                person=broadcast.author,
                step="",
                reply=reply,
                keys=("0",),
                outbox=row,
                created_at=now,
                expires_at=now + ACTIONS_LIVE,
                actions=(stop,),
            )
        )
    return prompt


def job() -> Job:
    """Sendings under way, looked after every second."""
    return Job("meeting-progress", 1000, run)
