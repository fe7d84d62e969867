"""Changing and calling off a meeting: everybody concerned hears of it at once."""

from dataclasses import replace

from bot.dialogue.announce import announce_cancellation, announce_change, spoken
from bot.dialogue.choices import Choice, no, yes
from bot.dialogue.questions import free_text
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.meetings.texts import changed
from bot.model.meeting import Meeting
from bot.model.message import M, Message, Words
from db.stores.meetings import Called
from handlers.parts.meeting_fields import FIELDS
from handlers.parts.meeting_seats import resize

WITHOUT = "/without"


@dialogue("meeting_change", audience="nobody")
async def meeting_change(talk: Talk) -> None:
    """Correct one part after another, then tell everybody."""
    called = await _managed(talk)
    if called is None:
        return
    before = await talk.keep("before", lambda: called.meeting, of=Meeting)
    after = before
    for round_ in range(len(talk.answered) + 1):
        if after == before:
            fields = [Choice(field.key, field.label) for field in FIELDS]
            wrong = await talk.choose(f"{round_}.what", M("What has changed?"), fields)
        else:
            next_ = await talk.choose(f"{round_}.next", _preview(before, after), _NEXT)
            if next_ == "drop":
                await talk.say(M("Nothing was changed, and nobody was told."))
                return
            if next_ == "send":
                break
            fields = [Choice(field.key, field.label) for field in FIELDS]
            wrong = await talk.choose(f"{round_}.what", M("What has changed?"), fields)
        field = next(field for field in FIELDS if field.key == wrong)
        after = await field.change(talk, f"{round_}.{wrong}", after)
    new = replace(called, meeting=replace(after, revision=before.revision + 1))

    async def send() -> int:
        now_stored = await talk.stores.meetings.get(before.id)
        if now_stored is None or now_stored.meeting.revision != before.revision:
            return -1
        told = await announce_change(talk.stores, now_stored, new, talk.now)
        await resize(talk, new)
        await talk.stores.audit.note(talk.person.id, "meeting.changed", before.id, talk.now)
        return told

    told = await talk.once("sent", send)
    if told < 0:
        await talk.say(
            M("A colleague has changed this meeting meanwhile. Please look at it again: /meetings")
        )
        return
    await talk.say(M("{n} person is told of it now.", "{n} people are told of it now.", n=told))


_NEXT = (
    yes("send", M("Tell everybody")),
    Choice("more", M("Change something else")),
    no("drop", M("Leave it as it was")),
)


def _preview(before: Meeting, after: Meeting) -> Message:
    parts = changed(spoken(before), spoken(after))
    names = [f"p{number}" for number in range(len(parts))]
    return Message("\n\n".join(f"{{{name}}}" for name in names), values=dict(zip(names, parts, strict=True)))


@dialogue("meeting_cancel", audience="nobody")
async def meeting_cancel(talk: Talk) -> None:
    """Call a meeting off, with a reason if there is one to give."""
    called = await _managed(talk)
    if called is None:
        return
    reason = await talk.ask(
        "reason",
        M("Why is it cancelled? One sentence that everybody may read."),
        parse=free_text(300),
        choices=(Choice(WITHOUT, M("Without a reason")),),
    )
    title = Words(spoken(called.meeting).titles)
    sure = await talk.choose(
        "sure",
        M("Shall I cancel <b>{title}</b> and tell everybody?", title=title),
        (yes("yes", M("Cancel the meeting")), no("no", M("Leave it as it was"))),
    )
    if sure == "no":
        await talk.say(M("Nothing was changed, and nobody was told."))
        return

    async def cancel() -> int:
        words = "" if reason == WITHOUT else reason
        told = await announce_cancellation(talk.stores, called, words, talk.now)
        await talk.stores.audit.note(talk.person.id, "meeting.cancelled", called.meeting.id, talk.now)
        return told

    told = await talk.once("cancelled", cancel)
    await talk.say(
        M("Cancelled. {n} person is told of it now.", "Cancelled. {n} people are told of it now.", n=told)
    )


async def _managed(talk: Talk) -> Called | None:
    """The planned meeting, if this coordinator reaches it; else says why not."""
    called = await talk.stores.meetings.get(str(talk.args.get("meeting", "")))
    region = talk.person.coordinator_region
    if called is None or not talk.person.coordinator or (region and region != called.region):
        await talk.say(M("This is not for you to decide."))
        return None
    done = "cancelled" in talk.answered or "sent" in talk.answered
    if not done and (called.meeting.state != "planned" or called.meeting.end_at <= talk.now):
        await talk.say(M("This meeting is over or cancelled."))
        return None
    return called
