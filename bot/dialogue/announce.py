"""Meetings said in every language, and the sendings that say them."""

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue.ids import new_id
from bot.dialogue.unprompted import shared_buttons
from bot.i18n import LANGUAGES, plain
from bot.meetings.audience import Audience
from bot.meetings.texts import cancelled, changed, notice
from bot.model.meeting import Meeting
from bot.model.message import Attachment, M, Message, Reply
from db.stores import Stores
from db.stores.broadcasts import Broadcast
from db.stores.meetings import Called
from db.stores.prompts import Action

CALENDAR = "meeting-ics"
"""Name of the recipe that makes a meeting's calendar file."""
IN_LANGUAGE = {"uk": M("in Ukrainian"), "pl": M("in Polish"), "en": M("in English")}


def spoken(meeting: Meeting) -> Meeting:
    """The meeting with a title and an agenda for every reader; the untranslated names its language."""
    return replace(
        meeting, titles=_in_all(meeting.titles), agendas=_in_all(meeting.agendas) if meeting.agendas else {}
    )


def _in_all(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: texts.get(language) or _foreign(texts, language) for language in LANGUAGES}


def _foreign(texts: Mapping[str, str], reader: str) -> str:
    language = next((code for code in ("en", "pl", "uk") if texts.get(code)), "")
    return f"{texts[language]} ({plain(IN_LANGUAGE[language], reader)})" if language else ""


def subject_of(meeting: Meeting) -> str:
    """What the outbox calls the meeting."""
    return f"meeting:{meeting.id}"


def answers(meeting: Meeting) -> tuple[tuple[Message, Action], ...]:
    """The buttons that answer an invitation or a reminder, at any time and again."""
    return tuple(
        (label, Action("answer", {"meeting": meeting.id, "answer": answer}, repeatable=True))
        for answer, label in (
            ("yes", M("I will come")),
            ("maybe", M("Perhaps")),
            ("no", M("I will not come")),
        )
    )


def file_of(meeting: Meeting) -> Attachment:
    """The meeting as a calendar file."""
    return Attachment(CALENDAR, {"meeting": meeting.id})


def invitation(called: Called, audience: Audience, now: int) -> Broadcast:
    """The first notice of a meeting, not yet approved."""
    meeting = called.meeting
    actions = answers(meeting)
    buttons = shared_buttons([label for label, _ in actions])
    return Broadcast(
        id=new_id(),
        kind="invite",
        subject=subject_of(meeting),
        revision=meeting.revision,
        author=called.author,
        region=called.region,
        audience=audience,
        contents={"new": Reply(notice(spoken(meeting)), buttons)},
        actions=actions,
        not_after=meeting.end_at,
        created_at=now,
    )


async def announce_change(stores: Stores, before: Called, after: Called, now: int) -> int:
    """Store the changed meeting and tell everybody, at once; how many people are told.

    Whoever heard of it reads what is new, whoever did not yet reads the notice as it now stands. What
    is older and still waits to be sent never leaves.
    """
    await _forget_older(stores, after, now)
    meeting, old = spoken(after.meeting), spoken(before.meeting)
    actions = answers(meeting)
    buttons = shared_buttons([label for label, _ in actions])
    told = changed(old, meeting)
    broadcast = Broadcast(
        id=new_id(),
        kind="change",
        subject=subject_of(meeting),
        revision=meeting.revision,
        author=after.author,
        region=after.region,
        contents={
            "new": Reply(notice(meeting), buttons),
            "told": Reply(told, buttons),
            "coming": Reply(told, buttons, file_of(meeting)),
        },
        actions=actions,
        state="held",
        not_after=meeting.end_at,
        created_at=now,
    )
    await stores.broadcasts.put(broadcast)
    return await stores.recipients.freeze_told(broadcast.id, broadcast.subject, meeting.id, only_told=False)


async def announce_cancellation(stores: Stores, called: Called, reason: str, now: int) -> int:
    """Call the meeting off and tell everybody who heard of it, at once; how many people are told."""
    off = replace(
        called, meeting=replace(called.meeting, state="cancelled", revision=called.meeting.revision + 1)
    )
    await _forget_older(stores, off, now)
    text = cancelled(spoken(off.meeting), reason)
    broadcast = Broadcast(
        id=new_id(),
        kind="cancel",
        subject=subject_of(off.meeting),
        revision=off.meeting.revision,
        author=called.author,
        region=called.region,
        contents={"told": Reply(text), "coming": Reply(text, attachment=file_of(off.meeting))},
        state="held",
        not_after=off.meeting.end_at,
        created_at=now,
    )
    await stores.broadcasts.put(broadcast)
    return await stores.recipients.freeze_told(
        broadcast.id, broadcast.subject, off.meeting.id, only_told=True
    )


async def _forget_older(stores: Stores, called: Called, now: int) -> None:
    meeting = called.meeting
    await stores.meetings.put(called, now)
    await stores.outbox.supersede(subject_of(meeting), meeting.revision, now=now)
    await stores.broadcasts.supersede(subject_of(meeting))
    await stores.reminders.drop(meeting.id)
    await stores.reminders.withdraw_shared(meeting.id, now)
