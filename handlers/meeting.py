"""/meeting: a coordinator calls an online meeting, in one message or step by step."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.dialogue.announce import invitation, spoken
from bot.dialogue.ids import new_id
from bot.dialogue.questions import free_text
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.meetings.announcement import Draft, read_announcement
from bot.meetings.recurrence import starts
from bot.meetings.texts import details, notice
from bot.meetings.zones import scheduled
from bot.model.meeting import Meeting, Recurrence
from bot.model.message import N_, M, Message, Words, lines
from db.stores.meetings import Called
from handlers.parts.audience import ask_audience
from handlers.parts.audience_approval import send_out
from handlers.parts.meeting_fields import (
    FIELDS,
    LONGEST_MEETING,
    ask_agenda,
    ask_contact,
    ask_groups,
    ask_title,
    ask_translation,
)
from handlers.parts.meeting_link import ask_link
from handlers.parts.meeting_when import ask_start

LONGEST = 2000


@dialogue(
    "meeting",
    N_("Call an online meeting"),
    words="зустріч|нова зустріч|нараду|нова нарада|spotkanie|nowe spotkanie|meeting|new meeting",
    audience="coordinator",
)
async def meeting(talk: Talk) -> None:
    """Read the call, ask what it lacks, show everything, and send it when it is approved."""
    if after := str(talk.args.get("after", "")):
        called = await _following(talk, after)
    else:
        called = await _read(talk)
    if called is None:
        await talk.say(M("There is no further meeting in this series."))
        return
    settled = await talk.review(
        "card",
        called.meeting,
        show=lambda meeting: _card(meeting, called.recurrence),
        fields=FIELDS,
        agree=M("All correct"),
        decline=M("Give it up"),
    )
    if settled is None:
        await talk.say(M("Stopped. Nothing more was sent or published."))
        return
    if settled.start_at <= talk.now:
        await talk.say(M("This time has passed already, so I sent nothing. Please call the meeting again."))
        return
    final = replace(called, meeting=replace(settled, state="draft"))
    audience, counts = await ask_audience(talk, "audience", final.meeting.groups, final.region)
    identity = await talk.keep("broadcast", new_id)
    draft = replace(invitation(final, audience, talk.now), id=identity)

    async def keep() -> None:
        if not await talk.stores.meetings.get(final.meeting.id):
            await talk.stores.meetings.put(final, talk.now)

    about = M("New meeting: <b>{title}</b>", title=Words(spoken(settled).titles))
    if await send_out(talk, draft, counts, about, keep) == "held":
        await talk.then("sending", broadcast=identity)


async def _read(talk: Talk) -> Called:
    """The meeting as far as it was told, and what was missing asked."""
    text = str(talk.args.get("text", "")) or await talk.ask(
        "text",
        M(
            "Please describe the meeting in your own words, for example: “housing group, repairs after "
            "shelling, 3 December 10:00, https://…, interpretation, up to 80 people”. I will ask for "
            "whatever is missing."
        ),
        parse=free_text(LONGEST),
    )
    zone = talk.person.zone
    read_at = await talk.keep("read_at", lambda: talk.now)
    draft = await talk.keep(
        "draft", lambda: read_announcement(text, datetime.fromtimestamp(read_at / 1000, UTC), zone), of=Draft
    )
    draft = await _completed(talk, draft, read_at)
    identity = await talk.keep("id", new_id)
    language = talk.person.language
    made = draft.meeting(identity, language)
    for other in ("uk", "pl"):
        if other != language:
            made = await ask_translation(talk, f"text.{other}", made, other)
    return Called(made, talk.person.id, talk.person.coordinator_region, draft.recurrence)


async def _completed(talk: Talk, draft: Draft, read_at: int) -> Draft:
    """The draft with everything a notice needs; only what is missing is asked."""
    if not draft.title:
        draft = replace(draft, title=await ask_title(talk, "title"))
    if not draft.groups:
        draft = replace(draft, groups=await ask_groups(talk, "groups"))
    start = await ask_start(talk, "start", draft.when, read_at)
    draft = replace(draft, start=start.isoformat(timespec="minutes"), problems=(), other="")
    draft = replace(draft, link=await ask_link(talk, "link", draft.link))
    if not draft.agenda:
        draft = replace(draft, agenda=await ask_agenda(talk, "agenda"))
    if not draft.contact:
        draft = replace(draft, contact=await ask_contact(talk, "contact"))
    return draft if draft.minutes <= LONGEST_MEETING else replace(draft, minutes=0)


async def _following(talk: Talk, id: str) -> Called | None:
    """The next meeting of a series, with everything as it was."""
    last = await talk.stores.meetings.get(id)
    if last is None or last.recurrence is None:
        return None
    start = await talk.keep("next", lambda: _next_start(last, talk.now))
    if not start:
        return None
    identity = await talk.keep("id", new_id)
    fresh = replace(last.meeting, id=identity, revision=0, series=last.meeting.series or last.meeting.id)
    recurrence = last.recurrence
    return Called(scheduled(fresh, datetime.fromisoformat(start)), talk.person.id, last.region, recurrence)


def _next_start(last: Called, now: int) -> str:
    """The local start of the next meeting that is still to come; empty when the series has ended."""
    assert last.recurrence is not None  # noqa: S101 - the caller has looked
    today = datetime.fromtimestamp(now / 1000, UTC).date()
    for start in starts(datetime.fromisoformat(last.meeting.start), last.recurrence):
        if start.date() > max(today, date.fromisoformat(last.meeting.start[:10])):
            return start.isoformat(timespec="minutes")
        if start.date() > today + timedelta(days=3660):
            break
    return ""


def _card(meeting: Meeting, recurrence: Recurrence | None) -> Message:
    """The meeting in each of its languages, as its organiser checks it."""
    titles = [M("{title}", title=title) for title in list(meeting.titles.values())[1:]]
    first = notice(meeting)[0]
    shown = lines(first, *titles)
    agendas = [M("{agenda}", agenda=text) for text in list(meeting.agendas.values())[1:]]
    parts = [shown, *details(meeting), *agendas]
    if recurrence:
        parts.append(_rhythm(recurrence))
    return _paragraphs(parts)


def _rhythm(recurrence: Recurrence) -> Message:
    match recurrence.rhythm:
        case "weekly":
            n = recurrence.every
            return M("It repeats every week.", "It repeats every {n} weeks.", n=n)
        case "monthly":
            return M("It repeats every month.", "It repeats every {n} months.", n=recurrence.every)
        case _:
            n = len(recurrence.dates)
            return M("{n} more date follows.", "{n} more dates follow.", n=n)


def _paragraphs(parts: list[Message]) -> Message:
    names = [f"p{number}" for number in range(len(parts))]
    return Message("\n\n".join(f"{{{name}}}" for name in names), values=dict(zip(names, parts, strict=True)))
