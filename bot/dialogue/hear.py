"""What a person means with one message: an answer, a command, a press on an old button."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue import registry
from bot.dialogue.choices import Choice, recognise
from bot.dialogue.clean import clean
from bot.dialogue.questions import BACK, Given
from bot.dialogue.state import Conversation
from bot.dialogue.turn import Turn
from bot.model.incoming import Incoming
from db.stores.prompts import Prompt

LONGEST_COMMAND = 64
REACTIONS = frozenset(("👍", "👎", "✅", "❌"))
ACTIONS_HEARD = 7 * 24 * 3600 * 1000
"""How long a bare number still means the buttons of a message nobody quoted."""
BARE_NUMBER = re.compile(r"([1-9][0-9]?)\ufe0f?\u20e3?[.)]?")
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


@dataclass(frozen=True, slots=True)
class Corrected:
    """The message that answered ``step`` was edited, or taken back if ``given`` is None."""

    step: str
    given: Given | None


@dataclass(frozen=True, slots=True)
class Which:
    """A number without more that is a choice of each of two messages."""

    prompts: Sequence[Prompt]
    place: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """Meant kindly, and no answer to anything."""


Meaning = Nothing | Given | Begin | Back | Cancel | Rewind | Stale | Unreadable | Corrected | Which
REWIND, ANSWER = "/rewind", "/answer"


async def hear(incoming: Incoming, conversation: Conversation, turn: Turn) -> Meaning:
    """What ``incoming`` means to this conversation."""
    if incoming.edits:
        return _corrected(incoming, conversation)
    if incoming.refused:
        return Unreadable(incoming.refused)
    if incoming.handle:
        return await _pressed(incoming.handle, conversation, turn)
    prompt, source = await _open_prompt(conversation, turn), str(incoming.sent_at)
    if incoming.location:
        return Given(prompt, location=incoming.location)
    quoted = await _quoted(incoming, turn)
    if incoming.quoted and not quoted and (incoming.ordinal or incoming.text in REACTIONS):
        return Nothing()  # a thumb under a message that asked nothing
    if incoming.ordinal:
        answered = quoted or prompt
        return await _choice(answered, incoming.ordinal - 1, conversation, turn) if answered else Stale(None)
    text = clean(incoming.text)
    if prompt and not quoted and _names_a_choice(prompt, text):
        return Given(prompt, text=text, source=source)  # before commands: a button may be called like one
    if meaning := _command(text):
        return meaning
    if quoted:
        return await _reply_to(quoted, text, conversation, turn, source)
    if number := BARE_NUMBER.fullmatch(text):
        return await _numbered(int(number[1]) - 1, prompt, text, conversation, turn)
    if prompt:
        return Given(prompt, text=text, source=source)
    return Begin(registry.UNDERSTAND, {"text": text})


def _names_a_choice(prompt: Prompt, text: str) -> bool:
    if text.startswith("/") or BARE_NUMBER.fullmatch(text):
        return False
    choices = [Choice(key, prompt.label(key)) for key in prompt.keys if key != BACK]
    return recognise(text, choices, loosely=False) is not None


def _corrected(incoming: Incoming, conversation: Conversation) -> Corrected:
    step = conversation.frames[-1].given_by(incoming.edits) if conversation.frames else ""
    text = clean(incoming.text)
    return Corrected(step, Given(None, text=text, source=str(incoming.sent_at)) if text else None)


async def _quoted(incoming: Incoming, turn: Turn) -> Prompt | None:
    """The question or message with actions that was answered to; None for any other."""
    if not incoming.quoted:
        return None
    return await turn.stores.prompts.by_message(turn.person.id, incoming.quoted)


async def _numbered(
    place: int, prompt: Prompt | None, text: str, conversation: Conversation, turn: Turn
) -> Meaning:
    """A number by itself: of the open question, or of a later message with actions, or of either."""
    since = prompt.created_at if prompt else turn.now - ACTIONS_HEARD
    later = await turn.stores.prompts.newest_with_actions(turn.person.id, since)
    fits = later if later and 0 <= place < len(later.keys) else None
    asked = prompt if prompt and 0 <= place < len(prompt.keys) else None
    if fits and (not asked or fits.actions[0].dialogue == ANSWER):
        return await _choice(fits, place, conversation, turn)
    if fits and asked:
        return Which((asked, fits), place)
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


async def _choice(prompt: Prompt, place: int, conversation: Conversation, turn: Turn) -> Meaning:
    if not 0 <= place < len(prompt.keys):
        return Stale(None)
    key = prompt.keys[place]
    if prompt.actions:
        return await _action(prompt, place, conversation, turn)
    if not conversation.open or conversation.open.prompt != prompt.id:
        return Stale(prompt)
    return Back() if key == BACK else Given(prompt, key=key)


async def _action(prompt: Prompt, place: int, conversation: Conversation, turn: Turn) -> Meaning:
    action = prompt.actions[place]
    if prompt.chosen and not action.repeatable:
        return Stale(prompt)
    if not action.repeatable:
        await turn.settle(prompt, prompt.keys[place])
    if action.dialogue == ANSWER:
        meant = await turn.stores.prompts.get(str(action.args["prompt"]), turn.person.id, turn.now)
        return await _choice(meant, int(action.args["place"]), conversation, turn) if meant else Stale(None)
    if action.dialogue == REWIND:
        return Rewind(action.args["step"])
    return Begin(action.dialogue, action.args)


async def _reply_to(
    quoted: Prompt, text: str, conversation: Conversation, turn: Turn, source: str
) -> Meaning:
    """An answer in words to a quoted message: the open question takes any, others only a choice of theirs."""
    if conversation.open and conversation.open.prompt == quoted.id:
        return Given(quoted, text=text, source=source)
    choices = [Choice(key, quoted.label(key)) for key in quoted.keys]
    if choice := recognise(text, choices):
        return await _choice(quoted, quoted.keys.index(choice.key), conversation, turn)
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
