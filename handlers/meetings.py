"""/meetings: what is coming up, who comes, and which groups and reminders a person wants."""

from bot.dialogue.announce import file_of, spoken
from bot.dialogue.cards import group_label
from bot.dialogue.choices import Choice
from bot.dialogue.questions import Refused, free_text
from bot.dialogue.registry import dialogue
from bot.dialogue.report import roll_report, sending_report
from bot.dialogue.talk import Talk
from bot.meetings.groups import named_groups
from bot.meetings.texts import details
from bot.model.meeting import Meeting
from bot.model.message import N_, Listed, M, Message, Moment, Words
from db.stores.meetings import Called

SHOWN = 8
LEADS: tuple[tuple[str, Message], ...] = (
    ("", M("All reminders")),
    ("1d,10m", M("Only the day before and just before it")),
    ("1h,10m", M("Only on the day itself")),
    ("none", M("No reminders")),
)


@dialogue(
    "meetings",
    N_("Online meetings"),
    words="зустрічі|наради|spotkania|narady|meetings",
    passing=True,
)
async def meetings(talk: Talk) -> None:
    """List what is coming up, open one, or change groups and reminders."""
    if wanted := str(talk.args.get("meeting", "")):
        await _open(talk, wanted)
        return
    visible = await _visible(talk)
    ids = await talk.keep("ids", lambda: [called.meeting.id for called in visible][:SHOWN])
    shown = [called for id in ids if (called := await talk.stores.meetings.get(id))]
    choices = [Choice(called.meeting.id, _short(called.meeting)) for called in shown]
    prompt = (
        M("{n} meeting is coming up.", "{n} meetings are coming up.", n=len(shown))
        if shown
        else M("No meeting of your groups is coming up. You will hear of the next one here.")
    )
    more = (Choice("groups", M("My task groups")), Choice("reminders", M("My reminders")))
    chosen = await talk.choose("which", prompt, (*choices, *more), leave=True)
    if chosen == "groups":
        await _groups(talk)
    elif chosen == "reminders":
        await _reminders(talk)
    else:
        await _open(talk, chosen)


async def _visible(talk: Talk) -> list[Called]:
    """Meetings of the person's groups; a coordinator sees those of their region."""
    if not talk.person.coordinator:
        return await talk.stores.meetings.for_person(talk.person.id, talk.now)
    upcoming = await talk.stores.meetings.upcoming(talk.now)
    return [called for called in upcoming if _manages(talk, called)]


def _manages(talk: Talk, called: Called) -> bool:
    region = talk.person.coordinator_region
    return talk.person.coordinator and (not region or region == called.region)


def _short(meeting: Meeting) -> Message:
    return M("{when}: {title}", when=Moment(meeting.start_at, "full"), title=Words(spoken(meeting).titles))


async def _open(talk: Talk, id: str) -> None:
    """One meeting with what this person can do about it."""
    called = await talk.stores.meetings.get(id)
    if called is None or called.meeting.state == "draft":
        await talk.say(M("This button is out of date."))
        return
    meeting = spoken(called.meeting)
    await talk.say(M("<b>{title}</b>", title=Words(meeting.titles)), *details(meeting, talk.person.zone))
    if meeting.state == "cancelled":
        await talk.say(M("This meeting has been cancelled."), attachment=file_of(meeting))
        return
    choices: list[Choice] = []
    if _manages(talk, called):
        await _numbers(talk, called)
        choices += [
            Choice("change", M("Change something")),
            Choice("cancel", M("Cancel the meeting")),
        ]
    if talk.seat and talk.seat.verified:
        choices += await _own(talk, called)
    if not choices:
        return
    state = await talk.keep("open", lambda: [choice.key for choice in choices])
    offered = [choice for choice in choices if choice.key in state]
    what = await talk.choose("what", M("What would you like to do?"), offered, leave=True)
    match what:
        case "yes" | "maybe" | "no":
            await talk.then("answer", meeting=id, answer=what)
        case "change" | "cancel":
            await talk.then(f"meeting_{what}", meeting=id)
        case "file":
            await talk.say(M("Here it is for your calendar."), attachment=file_of(meeting))
        case _:
            await talk.then(what, meeting=id)


async def _numbers(talk: Talk, called: Called) -> None:
    """Who comes and how far the news has got."""
    roll = await talk.stores.meetings.roll(called.meeting)
    latest = await talk.stores.broadcasts.latest(f"meeting:{called.meeting.id}")
    counts = await talk.stores.recipients.counts(latest.id) if latest else {}
    await talk.say(roll_report(roll, sum(counts.values())), sending_report(counts))


async def _own(talk: Talk, called: Called) -> list[Choice]:
    """What the person may do; their present answer is said."""
    entry = (await talk.stores.meetings.roll(called.meeting)).entry(talk.person.id)
    if entry and entry.answer == "yes":
        seated = entry.place == "seat"
        await talk.say(M("You are coming.") if seated else M("You are on the waiting list."))
    elif entry and entry.answer == "maybe":
        await talk.say(M("You said: perhaps."))
    elif entry:
        await talk.say(M("You are not coming."))
    choices = [
        Choice("yes", M("I will come")),
        Choice("maybe", M("Perhaps")),
        Choice("no", M("I will not come")),
    ]
    if entry and entry.place:
        choices.append(Choice("substitute", M("A colleague will come")))
    return [
        *choices,
        Choice("organiser", M("Ask the organiser")),
        Choice("file", M("Calendar file")),
    ]


async def _groups(talk: Talk) -> None:
    mine = await talk.stores.meetings.groups(talk.person.id)
    before = await talk.keep("groups.now", lambda: sorted(mine))
    answer = await talk.ask(
        "groups",
        M(
            "Your task groups: {groups}. Which ones shall they be? Choose one, or write several.",
            groups=Listed(tuple(map(group_label, before))),
        )
        if before
        else M("You are in no task group yet. Which ones shall they be? Choose one, or write several."),
        parse=_named,
        choices=(
            *(Choice(str(group), M("{label}", label=group_label(group))) for group in (1, 2, 3, 4)),
            Choice("all", M("All four")),
            Choice("none", M("None")),
        ),
    )
    chosen = _chosen(answer)

    async def join() -> None:
        await talk.stores.meetings.join(talk.person.id, chosen)

    await talk.once("joined", join)
    if chosen:
        labels = Listed(tuple(map(group_label, chosen)))
        await talk.say(M("Done. You will hear of meetings of: {groups}", groups=labels))
    else:
        await talk.say(M("Done. You will hear only of meetings to which you are invited by name."))


def _chosen(answer: str | list[int]) -> list[int]:
    match answer:
        case "all":
            return [1, 2, 3, 4]
        case "none":
            return []
        case str():
            return [int(answer)]
        case _:
            return answer


def _named(typed: str) -> list[int]:
    found = sorted({group for group, _, _ in named_groups(free_text(200)(typed))})
    if not found:
        raise Refused(M("I do not know a task group by that name. Please choose one below."))
    return found


async def _reminders(talk: Talk) -> None:
    chosen = await talk.choose(
        "leads",
        M("Which reminders of meetings would you like?"),
        [Choice(leads or "all", label) for leads, label in LEADS],
    )

    async def keep() -> None:
        await talk.stores.meetings.set_leads(talk.person.id, "" if chosen == "all" else chosen)

    await talk.once("kept", keep)
    await talk.say(M("Done."))
