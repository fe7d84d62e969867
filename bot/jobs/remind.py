"""Moves the reminders that are due to the outbox: each once, and several of one day as one message."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from bot.dialogue.announce import answers, spoken, subject_of
from bot.dialogue.services import Services
from bot.dialogue.turn import digest
from bot.dialogue.unprompted import ACTIONS_LIVE, shared_buttons
from bot.jobs import Job
from bot.meetings.reminders import Bundle, bundled, wanted
from bot.meetings.texts import reminders
from bot.meetings.zones import KYIV, WARSAW
from bot.model.meeting import Answer, Meeting
from bot.model.message import M, Reply, Words
from bot.model.outgoing import REMINDER, Outgoing
from db.database import Transaction
from db.stores import Stores
from db.stores.prompts import Action
from db.stores.reminders import SHARED, Planned

CHUNK = 300


async def run(tx: Transaction, services: Services, now: int) -> bool:
    """Move the next reminders that are due; True while there may be more."""
    stores = Stores(tx)
    due, soon = await stores.reminders.due(now, CHUNK)
    if not due:
        return False
    meetings = await _meetings(stores, {one.meeting for one in (*due, *soon)})
    moving = _Moving(stores, meetings, now)
    taken = list(due)
    both = sorted((*due, *soon), key=lambda one: one.person)
    for _, rows in groupby(both, key=lambda one: one.person):
        taken += moving.person(list(rows))
    await stores.reminders.remove(taken)
    await moving.queue()
    return len(due) == CHUNK


async def _meetings(stores: Stores, ids: Iterable[str]) -> dict[str, Meeting]:
    found = [await stores.meetings.get(id) for id in sorted(ids)]
    return {
        called.meeting.id: spoken(called.meeting)
        for called in found
        if called and called.meeting.state == "planned"
    }


_Key = tuple[tuple[str, ...], str]
"""What equal messages have in common: the meetings and a zone of the reader that needs a line of its own."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What equal messages share; ``body`` names it in the outbox, ``prompt`` its buttons."""

    reply: Reply
    actions: tuple[Action, ...]
    body: str
    prompt: str


class _Moving:
    """Messages under way from the plan to the outbox; equal ones share their text."""

    def __init__(self, stores: Stores, meetings: Mapping[str, Meeting], now: int) -> None:
        self._stores = stores
        self._meetings = meetings
        self._now = now
        self._texts: dict[_Key, _Text] = {}
        self._rows: dict[_Key, list[tuple[str, Outgoing]]] = {}

    def person(self, rows: list[Planned]) -> list[Planned]:
        """Take one person's reminders; those of later today that go out with them."""
        planned = [(one.meeting, one.slot) for one in rows if self._wanted(one)]
        if len(rows) == 1:
            for meeting, slot in planned:
                self._add(rows[0], Bundle(slot.due_at, slot.not_after, ((meeting, slot),)))
            return []
        by_key = {(one.meeting, one.slot.lead): one for one in rows}
        taken: list[Planned] = []
        for bundle in bundled(planned, rows[0].zone):
            if bundle.due_at <= self._now:
                self._add(rows[0], bundle)
                taken += [by_key[meeting, slot.lead] for meeting, slot in bundle.items]
        return [one for one in taken if one.slot.due_at > self._now]

    def _wanted(self, one: Planned) -> bool:
        meeting = self._meetings.get(one.meeting)
        answer: Answer | None = one.answer or None  # type: ignore[assignment]  # the column holds answers
        coming = "maybe" if one.place == "waiting" else answer
        return (
            meeting is not None
            and meeting.revision == one.revision
            and one.slot.not_after > self._now
            and bool(one.address)
            and (not one.leads or one.slot.lead in one.leads.split(","))
            and wanted(one.slot, coming)
        )

    def _add(self, to: Planned, bundle: Bundle) -> None:
        first = self._meetings[bundle.items[0][0]]
        zone = "" if to.zone in (WARSAW, KYIV) else to.zone
        key = (tuple(id for id, _ in bundle.items), zone)
        if key not in self._texts:
            self._texts[key] = self._text(key)
            self._rows[key] = []
        text = self._texts[key]
        dedupe = f"remind:{first.id}:{first.revision}:{bundle.items[0][1].lead}:{to.person}"
        outgoing = Outgoing(
            person=to.person,
            address=to.address,
            reply=text.reply,
            klass="reminder",
            priority=REMINDER,
            dedupe=dedupe,
            subject=subject_of(first) if len(bundle.items) == 1 else f"{SHARED}{','.join(key[0])},",
            revision=first.revision,
            not_after=bundle.not_after,
            prompt=text.prompt,
        )
        self._rows[key].append((dedupe, outgoing))

    def _text(self, key: _Key) -> _Text:
        ids, zone = key
        meetings = [self._meetings[id] for id in ids]
        buttons = answers(meetings[0])
        if len(meetings) > 1:
            buttons = tuple(
                (
                    M("Answer: {title}", title=Words(meeting.titles)),
                    Action("meetings", {"meeting": meeting.id}, repeatable=True),
                )
                for meeting in meetings
            )
        name = digest([[meeting.id, meeting.revision] for meeting in meetings], zone)
        return _Text(
            reply=Reply(reminders(meetings, zone), shared_buttons([label for label, _ in buttons])),
            actions=tuple(action for _, action in buttons),
            body=f"remind:{name}",
            prompt=name,
        )

    async def queue(self) -> None:
        """Queue what was taken."""
        for key, rows in self._rows.items():
            text = self._texts[key]
            await self._stores.outbox.share(text.body, text.reply, now=self._now)
            await self._stores.outbox.add_many(rows, now=self._now, body=text.body)
            await self._stores.prompts.share(
                text.prompt,
                [str(n) for n in range(len(text.actions))],
                text.actions,
                expires_at=self._now + ACTIONS_LIVE,
            )


def job() -> Job:
    """Reminders, looked after every second."""
    return Job("remind", 1000, run)
