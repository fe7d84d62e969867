"""After a meeting: who came, what was decided, whether people talked again."""

from bot.dialogue.announce import spoken, subject_of
from bot.dialogue.choices import no, yes
from bot.dialogue.ids import new_id
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import M, Message, Reply, Words
from db.stores.broadcasts import Broadcast
from db.stores.meetings import Called

WEEK = 7 * 24 * 3_600_000


@dialogue("came", audience="nobody", passing=True)
async def came(talk: Talk) -> None:
    """Whether somebody who had a seat came."""
    answer = str(talk.args.get("came", ""))

    async def keep() -> None:
        if answer in ("yes", "no"):
            await talk.stores.meetings.came(str(talk.args.get("meeting", "")), talk.person.id, answer)

    await talk.once("kept", keep)
    if answer == "yes":
        await talk.say(M("Thank you. The report will come to you here."))
    else:
        await talk.say(M("Thank you for telling me. You will get what was decided, so you miss nothing."))


@dialogue("talked", audience="nobody", passing=True)
async def talked(talk: Talk) -> None:
    """Whether people from the meeting talked again; counted without names."""
    answer = "yes" if talk.args.get("talked") == "yes" else "no"

    async def keep() -> None:
        await talk.stores.audit.note("", f"talked.{answer}", str(talk.args.get("meeting", "")), talk.now)

    await talk.once("kept", keep)
    if answer == "yes":
        await talk.say(M("That is good to hear. All the best for what comes of it!"))
    else:
        await talk.say(M("If you like, I look for a partner who fits: /matches"))


@dialogue("minutes", audience="nobody")
async def minutes(talk: Talk) -> None:
    """The report, to those who came and, in other words, to those who missed it."""
    called = await talk.stores.meetings.get(str(talk.args.get("meeting", "")))
    if called is None or called.author != talk.person.id:
        await talk.say(M("This is not for you to decide."))
        return
    words = await talk.write(
        "words", M("What was discussed and decided, and who does what by when?"), limit=3000
    )
    draft = _report(called, words, talk.now)
    sure = await talk.choose(
        "sure",
        _both(draft),
        (yes("yes", M("Send to everybody invited")), no("no", M("Do not send"))),
    )
    if sure == "no":
        await talk.say(M("Nothing was sent."))
        return
    identity = await talk.keep("id", new_id)

    async def send() -> int:
        stores = talk.stores
        await stores.broadcasts.put(_report(called, words, talk.now, id=identity))
        await stores.audit.note(talk.person.id, "meeting.reported", called.meeting.id, talk.now)
        return await stores.recipients.freeze_after(identity, called.meeting.id)

    told = await talk.once("sent", send)
    there = await talk.stores.meetings.attendance(called.meeting.id)
    await talk.say(
        M("The report goes to {n} person.", "The report goes to {n} people.", n=told),
        M(
            "Said that they were there: {came}; that they could not: {missed}.",
            came=there.get("yes", 0),
            missed=there.get("no", 0),
        ),
    )


def _report(called: Called, words: str, now: int, *, id: str = "") -> Broadcast:
    title = Words(spoken(called.meeting).titles)
    text = M("{words}", words=words)
    thanks = M("Thank you for taking part in <b>{title}</b>. This is what was decided:", title=title)
    missed = M("You could not be at <b>{title}</b>. So that you miss nothing, this was decided:", title=title)
    contact = [M("Contact: {contact}", contact=called.meeting.contact)] if called.meeting.contact else []
    return Broadcast(
        id=id,
        kind="after",
        subject=subject_of(called.meeting),
        revision=called.meeting.revision,
        author=called.author,
        region=called.region,
        contents={
            "came": Reply((thanks, text, *contact)),
            "missed": Reply((missed, text, *contact)),
        },
        state="held",
        not_after=now + 2 * WEEK,
        created_at=now,
    )


def _both(draft: Broadcast) -> Message:
    """What each of the two groups reads."""
    return Message(
        "{a}\n\n{b}\n\n{c}",
        values={
            "a": M("Those who came read:"),
            "b": Message("{p}\n\n{q}", values=dict(zip("pq", draft.contents["came"].parts[:2], strict=True))),
            "c": M("The others read instead: “{line}”", line=draft.contents["missed"].parts[0]),
        },
    )
