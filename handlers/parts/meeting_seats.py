"""An answer to a meeting and what follows from it: seats, promotions, reminders, the organiser's numbers."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.dialogue.announce import answers, file_of, spoken, subject_of
from bot.dialogue.talk import Talk
from bot.meetings.capacity import Roll, Step, answered, resized, substituted
from bot.meetings.quiet import Quiet
from bot.meetings.reminders import parse_leads, personal, reminder_slots
from bot.meetings.texts import notice
from bot.model.meeting import Meeting
from bot.model.message import M, Words
from bot.model.outgoing import CHANGE
from bot.model.person import Person, Seat
from db.stores.meetings import Called


async def give_answer(talk: Talk, called: Called, answer: str) -> Step:
    """Write the answer down, seat who waited, remind who comes. An effect: only inside ``once``."""
    meeting = called.meeting
    roll = await _locked(talk, meeting)
    home = talk.seat.municipality if talk.seat else ""
    step = answered(roll, talk.person.id, home, answer)  # type: ignore[arg-type]  # buttons hold answers
    await _settle(talk, called, roll, step)
    if answer == "no":
        await talk.stores.reminders.drop(meeting.id, talk.person.id)
    else:
        await plan_reminders(talk, meeting, talk.person, home)
    return step


async def hand_seat_on(talk: Talk, called: Called, colleague: Seat) -> Step:
    """Let a colleague take over the person's seat. An effect: only inside ``once``."""
    meeting = called.meeting
    roll = await _locked(talk, meeting)
    step = substituted(roll, talk.person.id, colleague.person, colleague.municipality)
    if step.refused:
        return step
    await _settle(talk, called, roll, step)
    await talk.stores.reminders.drop(meeting.id, talk.person.id)
    taker = await talk.stores.people.get(colleague.person)
    await plan_reminders(talk, meeting, taker, colleague.municipality)
    await talk.tell(
        taker.id,
        M("Your colleague asks you to take part in their place. Your seat is kept."),
        *notice(spoken(meeting)),
        actions=answers(meeting),
        attachment=file_of(meeting),
        subject=subject_of(meeting),
        revision=meeting.revision,
        not_after=meeting.end_at,
        priority=CHANGE,
    )
    return step


async def resize(talk: Talk, called: Called) -> None:
    """Seat who waited when there are more seats now. An effect: only inside ``once``."""
    roll = await _locked(talk, called.meeting)
    await _settle(talk, called, roll, resized(roll, called.meeting.capacity))


async def _locked(talk: Talk, meeting: Meeting) -> Roll:
    await talk.stores.tx.lock(subject_of(meeting))
    return await talk.stores.meetings.roll(meeting)


async def _settle(talk: Talk, called: Called, before: Roll, step: Step) -> None:
    meeting = called.meeting
    await talk.stores.meetings.save(meeting.id, before, step.roll, talk.now)
    await talk.stores.broadcasts.show_again(subject_of(meeting))
    await _tell_promoted(talk, meeting, step.promoted)


async def _tell_promoted(talk: Talk, meeting: Meeting, promoted: Sequence[str]) -> None:
    title = Words(spoken(meeting).titles)
    for person in promoted:
        await talk.tell(
            person,
            M("A seat has become free and is yours: <b>{title}</b>", title=title),
            actions=answers(meeting),
            attachment=file_of(meeting),
            subject=subject_of(meeting),
            revision=meeting.revision,
            not_after=meeting.start_at,
            priority=CHANGE,
        )


async def plan_reminders(talk: Talk, meeting: Meeting, person: Person, municipality: str) -> None:
    """Remind one person of the meeting, outside their quiet hours."""
    home = talk.services.gazetteer.get(municipality)
    slots = reminder_slots(
        meeting, parse_leads(talk.services.reminders), datetime.fromtimestamp(talk.now / 1000, UTC)
    )
    quiet = Quiet(person.zone, home.country if home else "")
    await talk.stores.reminders.plan_for(person.id, meeting.id, meeting.revision, personal(slots, quiet))
