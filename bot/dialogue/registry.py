"""Every dialogue by name, and the words that start it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.dialogue.talk import Talk

Audience = Literal["everyone", "official", "coordinator", "nobody"]
Body = Callable[["Talk"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A dialogue as the engine and the menus see it.

    Attributes:
        name: Also its command, ``/name``.
        description: For the messenger's command menu; empty for dialogues no command starts.
        words: What starts it when typed alone, in any of our languages.
        audience: Who is offered it; ``nobody`` for dialogues that only others lead to.
        consent: Needs the person's consent to the privacy notice first.
        passing: Holds nothing of the person's: interrupted, it is not taken up again.
    """

    name: str
    body: Body
    description: str
    words: tuple[str, ...]
    audience: Audience
    consent: bool
    passing: bool


dialogues: dict[str, Dialogue] = {}
_by_word: dict[str, str] = {}

START, UNDERSTAND, MENU = "start", "understand", "menu"
"""Dialogues the engine itself turns to: no consent yet, free text, nothing else to say."""


def dialogue(
    name: str,
    description: str = "",
    *,
    words: str = "",
    audience: Audience = "everyone",
    consent: bool = True,
    passing: bool = False,
) -> Callable[[Body], Body]:
    """Register the function below as the dialogue ``name``; ``words`` are separated by ``|``."""

    def register(body: Body) -> Body:
        spoken = tuple(word.strip() for word in words.split("|") if word.strip())
        dialogues[name] = Dialogue(name, body, description, spoken, audience, consent, passing)
        _by_word.update({word.casefold(): name for word in (name, *spoken) if description})
        return body

    return register


def named(typed: str) -> str:
    """The dialogue whose command or word ``typed`` is, else empty."""
    return _by_word.get(typed.strip().lstrip("/").casefold(), "")


def offered(roles: frozenset[str]) -> list[Dialogue]:
    """Dialogues with a command that these roles may start, in the order they were registered."""
    return [
        d for d in dialogues.values() if d.description and (d.audience == "everyone" or d.audience in roles)
    ]


def is_passing(name: str) -> bool:
    """Whether this dialogue need not be taken up again after an interruption."""
    return name not in dialogues or dialogues[name].passing
