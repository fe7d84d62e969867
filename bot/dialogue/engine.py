"""One message in: the dialogue moves on and its answer is queued."""

from collections.abc import Sequence

import structlog

from bot.dialogue import registry
from bot.dialogue.hear import (
    ANSWER,
    REWIND,
    Back,
    Begin,
    Cancel,
    Corrected,
    Meaning,
    Nothing,
    Rewind,
    Stale,
    Unreadable,
    Which,
    hear,
)
from bot.dialogue.ids import new_id
from bot.dialogue.questions import Asked, Given, HandedOver, WentBack
from bot.dialogue.state import Conversation, Frame, OpenQuestion
from bot.dialogue.talk import Talk
from bot.dialogue.turn import Turn
from bot.model.incoming import Incoming
from bot.model.message import M, Message
from bot.model.outgoing import REPLY
from db.stores.prompts import Action, Prompt

log = structlog.get_logger(__name__)

MOST_RUNS = 24
"""Dialogues that may follow each other within one message; more is a loop in a dialogue."""


async def advance(conversation: Conversation, incoming: Incoming, turn: Turn) -> None:
    """Answer ``incoming``: change ``conversation`` and queue what is said, all in ``turn``'s transaction."""
    meaning = await hear(incoming, conversation, turn)
    match meaning:
        case Nothing():
            return
        case Which(prompts, place):
            await _ask_which(prompts, place, turn)
            return  # what is open stays open
    given, notes = await _apply(meaning, conversation, turn)
    await _run(conversation, turn, given, notes)


async def resume(conversation: Conversation, turn: Turn) -> None:
    """Go on without an answer, such as on another messenger: the open question is put again."""
    await _run(conversation, turn, None, [])


async def _apply(
    meaning: Meaning, conversation: Conversation, turn: Turn
) -> tuple[Given | None, list[Message]]:
    """Let ``meaning`` change the stack; what remains is given to the open question."""
    match meaning:
        case Given():
            if conversation.frames:
                return meaning, []
            _begin(Begin(registry.MENU), conversation, turn)
        case Begin():
            _begin(meaning, conversation, turn)
        case Back():
            return None, _back(conversation)
        case Cancel():
            return None, _cancel(conversation)
        case Rewind(step):
            frame = conversation.frames[-1] if conversation.frames else None
            if not frame or step not in frame.changeable():
                return None, [M("This can no longer be changed here.")]
            frame.drop_from(step)
        case Corrected(step, given):
            return _correct(step, given, conversation)
        case Stale(prompt):
            await _stale(prompt.step if prompt else "", conversation, turn)
        case Unreadable(kind):
            return None, [_UNREADABLE.get(kind, _UNREADABLE["other"])]
    return None, []


_UNREADABLE = {
    "voice": M("I cannot listen to voice messages yet. Please write to me in words."),
    "other": M("I can only read words, so I did not keep what you sent. Please describe it in words."),
}


def _begin(wanted: Begin, conversation: Conversation, turn: Turn) -> None:
    found = registry.dialogues[wanted.dialogue]
    if conversation.frames and registry.is_passing(conversation.frames[-1].dialogue):
        conversation.frames.pop()
    allowed = found.audience in ("everyone", "nobody") or found.audience in turn.roles
    if found.consent and not turn.person.consented:
        conversation.push(Frame(registry.START))
    elif allowed:
        conversation.push(Frame(found.name, wanted.args))
    else:
        conversation.push(Frame(registry.MENU))


def _correct(
    step: str, given: Given | None, conversation: Conversation
) -> tuple[Given | None, list[Message]]:
    """Take back the answer of ``step``, and give the new one in its place if there is one."""
    if not step:
        return None, [M("This can no longer be changed here.")] if given else []
    frame = conversation.frames[-1]
    asked = frame.answers[step].digest
    frame.drop_from(step)
    conversation.open = OpenQuestion(new_id(), step, asked) if given else None
    return given, []


async def _ask_which(prompts: Sequence[Prompt], place: int, turn: Turn) -> None:
    """A bare number fits two messages: quote both and ask."""
    quoted = [
        (prompt.label(prompt.keys[place]), Action(ANSWER, {"prompt": prompt.id, "place": place}))
        for prompt in prompts
    ]
    await turn.unprompted().tell(
        turn.person.id,
        [M("Your number fits two of my messages. Which one do you mean?")],
        quoted,
        klass="reply",
        priority=REPLY,
        address=turn.address,
    )
    turn.spoken += 1


def _back(conversation: Conversation) -> list[Message]:
    if not conversation.frames:
        return []
    if step := conversation.frames[-1].last_question():
        conversation.frames[-1].drop_from(step)
        return []
    return [M("There is nothing to go back to here.")]


def _cancel(conversation: Conversation) -> list[Message]:
    if not conversation.frames:
        return [M("There is nothing to cancel.")]
    conversation.frames.pop()
    conversation.open = None
    return [M("Stopped. Nothing more was sent or published.")]


async def _stale(step: str, conversation: Conversation, turn: Turn) -> None:
    """Answer a press on a question that is no longer open."""
    if step and conversation.frames and step in conversation.frames[-1].changeable():
        change = (M("Change my answer"), Action(REWIND, {"step": step}))
        said = M("You have already answered this question.")
        await turn.unprompted().tell(
            turn.person.id, [said], [change], klass="reply", priority=REPLY, address=turn.address
        )
        turn.spoken += 1
    else:
        await turn.post([M("This button is out of date.")])


async def _run(conversation: Conversation, turn: Turn, given: Given | None, notes: list[Message]) -> None:
    """Run the dialogues on the stack until one asks something or none is left."""
    for _ in range(MOST_RUNS):
        if not conversation.frames:
            conversation.open = None
            if notes or not turn.spoken:
                conversation.frames.append(Frame(registry.MENU))
                continue
            return
        frame = conversation.frames[-1]
        known = registry.dialogues.get(frame.dialogue)
        if not known:  # stored by a version that had it
            conversation.frames.pop()
            continue
        talk = Talk(turn, conversation, frame, given)
        talk.said.extend(notes)
        try:
            await known.body(talk)
        except WentBack:
            notes, given = _back(conversation), None
            continue
        except HandedOver as handed:
            notes, given = talk.said, None
            conversation.frames.pop()
            _begin(Begin(handed.dialogue, handed.arguments), conversation, turn)
            continue
        except Asked as asked:
            await _put(asked, talk, conversation, turn)
            return
        given, notes = talk.given, []
        conversation.frames.pop()
        conversation.open = None
        if talk.said:
            await turn.post(talk.said, attachment=talk.attachment)
    raise RuntimeError("dialogues hand over to each other without end")


async def _put(asked: Asked, talk: Talk, conversation: Conversation, turn: Turn) -> None:
    """Send the open question, with what was said before it; the same question keeps its buttons valid."""
    if talk.given and not asked.complaint:
        log.info("dialogue.moved_on", dialogue=conversation.frames[-1].dialogue)
        asked.complaint = M("Something has changed since you answered, so I am asking again.")
    before = conversation.open
    same = before and (before.step, before.digest) == (asked.step, asked.digest)
    first = [asked.complaint] if asked.complaint else []
    prompt = await turn.post(
        [*first, *talk.said, asked.prompt],
        asked.choices,
        step=asked.step,
        reuse=before.prompt if before and same else "",
        location_asked=asked.location,
        attachment=talk.attachment,
    )
    conversation.open = OpenQuestion(prompt, asked.step, asked.digest)
