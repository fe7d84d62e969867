"""A question, what can be given to it, and how a run of a dialogue ends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue.choices import Choice
from bot.dialogue.clean import clean, length
from bot.dialogue.turn import fingerprint
from bot.model.incoming import Location
from bot.model.message import M, Message
from db.stores.prompts import Prompt

BACK = "/back"
"""The choice that every question but the first has."""


class Refused(Exception):
    """Raised by ``parse``: the typed text will not do, and ``sentence`` says what would."""

    def __init__(self, sentence: Message) -> None:
        super().__init__(sentence.text)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Given:
    """What the person answered: a chosen key, typed text or a shared point, to one prompt.

    ``source`` is the messenger's own name of the message, by which a later edit names it.
    """

    prompt: Prompt | None
    key: str = ""
    text: str = ""
    location: Location | None = None
    source: str = ""


class Asked(Exception):
    """Ends a run: this question has no answer yet."""

    def __init__(self, step: str, prompt: Message, choices: Sequence[Choice], *, location: bool) -> None:
        super().__init__(step)
        self.step = step
        self.prompt = prompt
        self.choices = choices
        self.location = location
        self.digest = fingerprint(prompt, [choice.key for choice in choices if choice.key != BACK])
        self.complaint: Message | None = None


class WentBack(Exception):
    """Ends a run: the person asked for the question before, in words."""


class HandedOver(Exception):
    """Ends a dialogue: another takes its place."""

    def __init__(self, dialogue: str, args: Mapping[str, Any]) -> None:
        super().__init__(dialogue)
        self.dialogue = dialogue
        self.arguments = args


def free_text(limit: int = 2000) -> Callable[[str], str]:
    """A ``parse`` that takes any words up to ``limit`` characters."""

    def parse(typed: str) -> str:
        text = clean(typed)
        if not any(char.isalnum() for char in text):
            raise Refused(M("I can only read words. Please type your answer."))
        if length(text) > limit:
            raise Refused(
                M(
                    "That is too long for me: at most {limit} characters, please. Could you shorten it?",
                    limit=limit,
                )
            )
        return text

    return parse
