"""After a meeting: who came, the report to be written, the next one of a series, "did you talk again?"."""

from bot.dialogue.announce import spoken, subject_of
from bot.dialogue.services import Services
from bot.dialogue.unprompted import Unprompted
from bot.jobs import Job
from bot.model.message import M, Words
from db.database import Transaction
from db.stores import Stores
from db.stores.meetings import Called
from db.stores.prompts import Action

DAY = 24 * 3_600_000
TALKS = (("asked", "talk30", 30 * DAY), ("talk30", "talk90", 90 * DAY))


async def run(tx: Transaction, services: Services, now: int) -> bool:
    """Do what is due after the next few meetings; True while there may be more."""
    stores = Stores(tx)
    over = await stores.meetings.over("", now)
    for called in over:
        await _ask(stores, called, now)
        await stores.meetings.done_after(called.meeting.id, "asked")
    for before, after, later in TALKS:
        for called in (past := await stores.meetings.over(before, now - later)):
            await _ask_again(stores, called, after, now)
            await stores.meetings.done_after(called.meeting.id, after)
        over = [*over, *past]
    return bool(over)


async def _ask(stores: Stores, called: Called, now: int) -> None:
    """Ask those who had a seat whether they came, and the organiser for a report."""
    meeting = spoken(called.meeting)
    roll = await stores.meetings.roll(called.meeting)
    for person in roll.seated:
        await Unprompted(stores, now).tell(
            person,
            [M("<b>{title}</b> is over. Were you there?", title=Words(meeting.titles))],
            [
                (label, Action("came", {"meeting": meeting.id, "came": came}))
                for came, label in (("yes", M("Yes, I was")), ("no", M("No, I could not")))
            ],
            dedupe=f"came:{meeting.id}:{person}",
            subject=subject_of(meeting),
            revision=meeting.revision,
            not_after=now + 7 * DAY,
        )
    await Unprompted(stores, now).tell(
        called.author,
        [
            M(
                "<b>{title}</b> is over. Would you write down what was decided? Those who came and those "
                "who missed it will get it, each in fitting words.",
                title=Words(meeting.titles),
            )
        ],
        [(M("Write the report"), Action("minutes", {"meeting": meeting.id}, repeatable=True))],
        dedupe=f"minutes:{meeting.id}",
    )
    if called.recurrence:
        await Unprompted(stores, now).tell(
            called.author,
            [M("This meeting is one of a series. Shall I call the next one?")],
            [(M("Call the next one"), Action("meeting", {"after": meeting.id}))],
            dedupe=f"next:{meeting.id}",
        )


async def _ask_again(stores: Stores, called: Called, after: str, now: int) -> None:
    """Ask those who came whether they talked with each other again."""
    meeting = spoken(called.meeting)
    question = M(
        "You were at <b>{title}</b>. Have you talked again since with somebody you met there?",
        title=Words(meeting.titles),
    )
    for person in await stores.meetings.attendees(meeting.id):
        await Unprompted(stores, now).tell(
            person,
            [question],
            [
                (label, Action("talked", {"meeting": meeting.id, "talked": talked}))
                for talked, label in (("yes", M("Yes, we talked")), ("no", M("Not yet")))
            ],
            dedupe=f"{after}:{meeting.id}:{person}",
            not_after=now + 14 * DAY,
        )


def job() -> Job:
    """Meetings that are over, looked after every minute."""
    return Job("meeting-after", 60_000, run)
