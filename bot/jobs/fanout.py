"""Queues sendings to many in chunks, each once, and shows their author how far they are."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.dialogue.services import Services
from bot.dialogue.unprompted import ACTIONS_LIVE
from bot.jobs import Job
from bot.meetings.quiet import Quiet, after_quiet
from bot.meetings.reminders import parse_leads, personal, reminder_slots
from db.database import Transaction
from db.stores import Stores
from db.stores.broadcasts import Broadcast
from db.stores.bulk import Stretch, Where

CHUNK = 300


async def run(tx: Transaction, services: Services, now: int) -> bool:
    """Queue the next chunk of the broadcast that is due; True while there is more."""
    stores = Stores(tx)
    await tx.lock("fanout")
    broadcast = await stores.broadcasts.next_to_queue(now)
    if broadcast is None:
        return False
    if not broadcast.position:
        await _share(stores, broadcast, now)
    stretch = await stores.bulk.stretch(broadcast, CHUNK)
    wheres = await stores.bulk.wheres(stretch)
    if wheres:
        opens = {where: after_quiet(now, Quiet(*where)) for where in wheres}
        loud = broadcast.kind in ("change", "cancel")
        await stores.bulk.queue(broadcast, stretch, opens, loud=loud, now=now)
    if wheres and broadcast.kind in ("invite", "change"):
        await _plan(stores, services, broadcast, stretch, wheres, now)
    await stores.broadcasts.advance(broadcast.id, stretch.upto, finished=stretch.size < CHUNK)
    return True


async def _share(stores: Stores, broadcast: Broadcast, now: int) -> None:
    """Keep the texts and buttons that all rows of the broadcast carry."""
    for variant, reply in broadcast.contents.items():
        await stores.outbox.share(f"{broadcast.id}.{variant}", reply, now=now)
    if broadcast.actions:
        await stores.prompts.share(
            broadcast.id,
            [str(n) for n in range(len(broadcast.actions))],
            [action for _, action in broadcast.actions],
            expires_at=max(now + ACTIONS_LIVE, broadcast.not_after),
        )


async def _plan(
    stores: Stores,
    services: Services,
    broadcast: Broadcast,
    stretch: Stretch,
    wheres: Sequence[Where],
    now: int,
) -> None:
    """Plan the readers' reminders, each outside their quiet hours."""
    called = await stores.meetings.get(broadcast.subject.removeprefix("meeting:"))
    if called is None or called.meeting.revision != broadcast.revision:
        return
    slots = reminder_slots(
        called.meeting, parse_leads(services.reminders), datetime.fromtimestamp(now / 1000, UTC)
    )
    for zone, country in wheres:
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
