"""What a person means with one message: an answer, a command, a press on an old button."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue import registry
from bot.dialogue.clean import clean
from bot.dialogue.state import Conversation
from bot.dialogue.talk import BACK, Given
from bot.dialogue.turn import Turn
from bot.model.incoming import Incoming
from db.stores.prompts import Prompt

LONGEST_COMMAND = 64
_COMMAND = re.compile(r"/([A-Za-z_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_HANDLE = re.compile(r"1([A-Za-z0-9_-]{16})\.([0-9]{1,2})")
_BACK_WORDS = frozenset("/back back назад wstecz cofnij".split())
_CANCEL_WORDS = frozenset("/cancel cancel скасувати скасуй відміна стоп anuluj stop".split())


@dataclass(frozen=True, slots=True)
class Begin:
    """Start a dialogue."""

    dialogue: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Back:
    """One question back."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give up the dialogue under way."""


@dataclass(frozen=True, slots=True)
class Rewind:
    """Answer this earlier question again."""

    step: str


@dataclass(frozen=True, slots=True)
class Stale:
    """A press on a question that is not open; None when nothing is known of the button."""

    prompt: Prompt | None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A voice message, a picture and the like."""

    kind: str


Meaning = Given | Begin | Back | Cancel | Rewind | Stale | Unreadable
REWIND = "/rewind"


async def hear(incoming: Incoming, conversation: Conversation, turn: Turn) -> Meaning:
    """What ``incoming`` means to this conversation."""
    if incoming.refused:
        return Unreadable(incoming.refused)
    if incoming.handle:
        return await _pressed(incoming.handle, conversation, turn)
    prompt = await _open_prompt(conversation, turn)
    if incoming.location:
        return Given(prompt, location=incoming.location)
    if incoming.ordinal:
        return await _numbered(incoming, prompt, conversation, turn)
    text = clean(incoming.text)
    if meaning := _command(text):
        return meaning
    if incoming.quoted and (quoted := await turn.stores.prompts.by_message(turn.person.id, incoming.quoted)):
        return _reply_to(quoted, text, conversation)
    if prompt:
        return Given(prompt, text=text)
    return Begin(registry.UNDERSTAND, {"text": text})


async def _open_prompt(conversation: Conversation, turn: Turn) -> Prompt | None:
    if not conversation.open:
        return None
    return await turn.stores.prompts.get(conversation.open.prompt, turn.person.id, turn.now)


async def _pressed(handle: str, conversation: Conversation, turn: Turn) -> Meaning:
    """The press of a button. Whatever stands in ``handle``, only a row of this person's makes it valid."""
    match = _HANDLE.fullmatch(handle)
    prompt = await turn.stores.prompts.get(match[1], turn.person.id, turn.now) if match else None
    if not match or not prompt:
        return Stale(None)
    return await _choice(prompt, int(match[2]), conversation, turn)


async def _numbered(
    incoming: Incoming, prompt: Prompt | None, conversation: Conversation, turn: Turn
) -> Meaning:
    if incoming.quoted:
        prompt = await turn.stores.prompts.by_message(turn.person.id, incoming.quoted)
    if not prompt:
        return Stale(None)
    return await _choice(prompt, incoming.ordinal - 1, conversation, turn)


async def _choice(prompt: Prompt, place: int, conversation: Conversation, turn: Turn) -> Meaning:
    if not 0 <= place < len(prompt.keys):
        return Stale(None)
    key = prompt.keys[place]
    if prompt.actions:
        return await _action(prompt, place, turn)
    if not conversation.open or conversation.open.prompt != prompt.id:
        return Stale(prompt)
    return Back() if key == BACK else Given(prompt, key=key)


async def _action(prompt: Prompt, place: int, turn: Turn) -> Meaning:
    action = prompt.actions[place]
    if prompt.chosen and not action.repeatable:
        return Stale(prompt)
    if not action.repeatable:
        await turn.settle(prompt, prompt.keys[place])
    if action.dialogue == REWIND:
        return Rewind(action.args["step"])
    return Begin(action.dialogue, action.args)


def _reply_to(quoted: Prompt, text: str, conversation: Conversation) -> Meaning:
    """An answer in words to a quoted message: only the open question takes it."""
    if conversation.open and conversation.open.prompt == quoted.id:
        return Given(quoted, text=text)
    return Stale(quoted)


def _command(text: str) -> Meaning | None:
    if len(text) > LONGEST_COMMAND and not text.startswith("/"):
        return None
    word = text.casefold().rstrip(".!")
    if word in _BACK_WORDS:
        return Back()
    if word in _CANCEL_WORDS:
        return Cancel()
    if match := _COMMAND.fullmatch(text):
        name = registry.named(match[1])
        rest = (match[2] or "").strip()
        return Begin(name or registry.MENU, {"text": rest} if rest and name else {})
    if name := registry.named(word):
        return Begin(name)
    return None
