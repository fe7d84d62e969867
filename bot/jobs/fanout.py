"""Queues sendings to many in chunks, each once, and shows their author how far they are."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.dialogue.ids import new_ids
from bot.dialogue.services import Services
from bot.dialogue.unprompted import ACTIONS_LIVE, shared_buttons
from bot.jobs import Job
from bot.meetings.quiet import Quiet, after_quiet
from bot.meetings.reminders import parse_leads, personal, reminder_slots
from bot.model.message import Reply
from bot.model.outgoing import BROADCAST, CHANGE, Outgoing
from db.database import Transaction
from db.stores import Stores
from db.stores.broadcasts import Broadcast
from db.stores.prompts import Prompt
from db.stores.recipients import Reader
from db.stores.reminders import Recipients

CHUNK = 500


async def run(tx: Transaction, services: Services, now: int) -> bool:
    """Queue the next chunk of the broadcast that is due; True while there is more."""
    stores = Stores(tx)
    await tx.lock("fanout")
    broadcast = await stores.broadcasts.next_to_queue(now)
    if broadcast is None:
        return False
    readers = await stores.recipients.readers(broadcast, CHUNK)
    for variant, reply in broadcast.contents.items():
        body = f"{broadcast.id}.{variant}"
        if not broadcast.position:
            await stores.outbox.share(body, reply, now=now)
        await _queue(stores, broadcast, body, [one for one in readers if one.variant == variant], now)
    if broadcast.kind in ("invite", "change"):
        await _plan(stores, services, broadcast, readers, now)
    reached = readers[-1].seq if readers else broadcast.position
    await stores.broadcasts.advance(broadcast.id, reached, finished=len(readers) < CHUNK)
    return True


async def _queue(
    stores: Stores, broadcast: Broadcast, body: str, readers: Sequence[Reader], now: int
) -> None:
    opens: dict[tuple[str, str], int] = {}
    items: list[tuple[str, Outgoing]] = []
    prompts = new_ids(len(readers))
    for reader in readers:
        if not reader.address:
            continue
        where = (reader.zone, reader.country)
        if where not in opens:
            opens[where] = after_quiet(now, Quiet(*where))
        wakes = broadcast.kind in ("change", "cancel") or (broadcast.urgent and reader.at_night)
        waits = not wakes and opens[where] < broadcast.not_after
        id = f"{broadcast.id}.{reader.person}"
        outgoing = Outgoing(
            person=reader.person,
            address=reader.address,
            reply=broadcast.contents[reader.variant],
            klass="notice",
            priority=CHANGE if wakes or broadcast.urgent else BROADCAST,
            dedupe=id,
            subject=broadcast.subject,
            revision=broadcast.revision,
            not_before=opens[where] if waits else now,
            not_after=broadcast.not_after,
            prompt=prompts.pop() if broadcast.actions else "",
        )
        items.append((id, outgoing))
    await stores.outbox.add_many(items, now=now, body=body)
    if broadcast.actions and items:
        copies = [(outgoing.prompt, outgoing.person, id) for id, outgoing in items]
        await stores.prompts.put_copies(_prompt(broadcast, now), copies)


def _prompt(broadcast: Broadcast, now: int) -> Prompt:
    return Prompt(
        id="",
        person="",
        step="",
        reply=Reply((), shared_buttons([label for label, _ in broadcast.actions])),
        keys=tuple(str(n) for n in range(len(broadcast.actions))),
        outbox="",
        created_at=now,
        expires_at=max(now + ACTIONS_LIVE, broadcast.not_after),
        actions=tuple(action for _, action in broadcast.actions),
    )


async def _plan(
    stores: Stores, services: Services, broadcast: Broadcast, readers: Sequence[Reader], now: int
) -> None:
    """Plan the readers' reminders, each outside their quiet hours."""
    called = await stores.meetings.get(broadcast.subject.removeprefix("meeting:"))
    if called is None or called.meeting.revision != broadcast.revision or not readers:
        return
    slots = reminder_slots(
        called.meeting, parse_leads(services.reminders), datetime.fromtimestamp(now / 1000, UTC)
    )
    stretch = Recipients(broadcast.id, broadcast.position, readers[-1].seq)
    for zone, country in sorted({(reader.zone, reader.country) for reader in readers}):
        await stores.reminders.plan(
            called.meeting.id,
            called.meeting.revision,
            personal(slots, Quiet(zone, country)),
            zone=zone,
            country=country,
            of=stretch,
        )


def job() -> Job:
    """What is to be queued, looked after every second."""
    return Job("fanout", 1000, run)
