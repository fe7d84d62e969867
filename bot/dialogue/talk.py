"""What a dialogue can do: say, ask, keep, do once, review, hand over.

A dialogue is run from its top on every message. A step that has its answer returns it at once; the
first that has none ends the run and becomes the open question. So everything between two steps must
be safe to run again: effects stand in ``once``, computations worth keeping in ``keep``.
"""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, NoReturn, Protocol, TypeVar

from pydantic import TypeAdapter

from bot.dialogue.choices import Choice, no, recognise, yes
from bot.dialogue.questions import BACK, Asked, Given, HandedOver, Refused, WentBack, free_text
from bot.dialogue.services import Services
from bot.dialogue.state import Answer, Conversation, Frame, Kind
from bot.dialogue.turn import Turn
from bot.model.incoming import Location
from bot.model.message import Attachment, M, Message
from bot.model.person import Person, Seat
from db.stores import Stores
from db.stores.prompts import Action

T = TypeVar("T")


class Identified(Protocol):
    """Has an id of its own, which scopes the steps asked about it."""

    @property
    def id(self) -> str: ...


D = TypeVar("D", bound=Identified)


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A part of a draft that a review lets people correct.

    ``change`` asks for the new value and returns the changed draft.
    """

    key: str
    label: Message
    change: Callable[["Talk", str, T], Awaitable[T]]


class Talk:
    """The conversation as a dialogue sees it."""

    def __init__(self, turn: Turn, conversation: Conversation, frame: Frame, given: Given | None) -> None:
        self._turn = turn
        self._conversation = conversation
        self._frame = frame
        self._scope: list[str] = []
        self._effect = False
        self.given = given
        self.said: list[Message] = []
        self.attachment: Attachment | None = None

    @property
    def name(self) -> str:
        """Of this dialogue."""
        return self._frame.dialogue

    @property
    def person(self) -> Person:
        return self._turn.person

    @property
    def seats(self) -> Sequence[Seat]:
        return self._turn.seats

    @property
    def seat(self) -> Seat | None:
        """The person's first seat, a verified one before others."""
        return self._turn.seats[0] if self._turn.seats else None

    @property
    def roles(self) -> frozenset[str]:
        return self._turn.roles

    @property
    def address(self) -> str:
        return self._turn.address

    @property
    def args(self) -> Mapping[str, Any]:
        return self._frame.args

    @property
    def answered(self) -> Collection[str]:
        """Names of the steps that have a result."""
        return self._frame.answers.keys()

    @property
    def now(self) -> int:
        return self._turn.now

    @property
    def stores(self) -> Stores:
        return self._turn.stores

    @property
    def services(self) -> Services:
        return self._turn.services

    # --- saying -------------------------------------------------------------------------------

    async def say(self, *parts: Message, attachment: Attachment | None = None) -> None:
        """Say something; before a question it is sent together with it."""
        self.said.extend(parts)
        self.attachment = attachment or self.attachment

    async def tell(
        self, person: str, *parts: Message, actions: Sequence[tuple[Message, Action]] = (), **how: Any
    ) -> bool:
        """Queue a message to somebody; see ``Unprompted.tell``. Only inside ``once``."""
        if not self._effect:
            raise RuntimeError("tell() is an effect and belongs inside once()")
        return await self._turn.unprompted().tell(person, parts, actions, **how)

    # --- asking -------------------------------------------------------------------------------

    async def ask(
        self,
        step: str,
        prompt: Message,
        *,
        parse: Callable[[str], T],
        choices: Sequence[Choice] = (),
        location: Callable[[Location], T] | None = None,
    ) -> T | str:
        """The person's answer: the key of a choice, or what ``parse`` makes of the typed text.

        ``parse`` returns JSON data or raises ``Refused``; ``location`` takes a shared point.
        """
        answer: T | str = await self._ask(step, prompt, choices, parse, location)
        return answer

    async def choose(
        self, step: str, prompt: Message, choices: Sequence[Choice], *, leave: bool = False
    ) -> str:
        """The key of the chosen choice. With ``leave``, other words end the dialogue and are heard anew."""
        key: str = await self._ask(step, prompt, choices, None, None, leave=leave)
        return key

    async def write(self, step: str, prompt: Message, *, limit: int = 2000) -> str:
        """The person's own words, at most ``limit`` characters."""
        text: str = await self._ask(step, prompt, (), free_text(limit), None)
        return text

    async def confirm(self, step: str, prompt: Message, agree: Message, decline: Message) -> bool:
        """Whether the person agreed."""
        return await self.choose(step, prompt, (yes("yes", agree), no("no", decline))) == "yes"

    async def _ask(
        self,
        step: str,
        prompt: Message,
        choices: Sequence[Choice],
        parse: Callable[[str], Any] | None,
        location: Callable[[Location], Any] | None,
        *,
        leave: bool = False,
    ) -> Any:
        name = self._name(step)
        if self._frame.last_question() and not leave:
            shown = (*choices, Choice(BACK, M("‹ Back")))
        else:
            shown = tuple(choices)
        asked = Asked(name, prompt, shown, location=location is not None)
        answer = self._frame.answers.get(name)
        if answer and answer.digest == asked.digest:
            self.said.clear()  # it went out together with this question
            return answer.value
        if answer:
            self._frame.drop_from(name)
            self.said.append(M("Something has changed since you answered, so I am asking again."))
        elif self._awaits(asked) and (given := self.given):
            self.given = None
            value = await self._take(given, asked, choices, parse, location, leave=leave)
            self._keep(name, "ask", value, asked.digest, given.source)
            self.said.clear()
            return value
        raise asked

    def _awaits(self, asked: Asked) -> bool:
        question = self._conversation.open
        return bool(question and question.step == asked.step and question.digest == asked.digest)

    async def _take(
        self,
        given: Given,
        asked: Asked,
        choices: Sequence[Choice],
        parse: Callable[[str], Any] | None,
        location: Callable[[Location], Any] | None,
        *,
        leave: bool,
    ) -> Any:
        """The value of what was given to the open question; otherwise the question again, with why."""
        try:
            if given.location:
                if not location:
                    raise Refused(M("I did not need the place here. Please answer in words."))
                return location(given.location)
            key = given.key
            if not key and (choice := recognise(given.text, asked.choices, loosely=parse is None)):
                key = choice.key
            if key == BACK:
                raise WentBack
            if key:
                if given.prompt and any(choice.key == key for choice in choices):
                    await self._turn.settle(given.prompt, key)
                return key
            if parse:
                return parse(given.text)
            if leave:
                raise HandedOver("understand", {"text": given.text})
            raise Refused(M("I did not understand. Please press one of the answers or type its number."))
        except Refused as refusal:
            asked.complaint = refusal.sentence
            raise asked from None

    # --- remembering --------------------------------------------------------------------------

    def answered_at(self, step: str) -> int:
        """When ``step`` was answered, UTC epoch milliseconds."""
        return self._frame.answers[self._name(step)].at

    async def keep(self, step: str, compute: Callable[[], T], *, of: Any = Any) -> T:
        """The result of ``compute``, computed once and frozen; ``of`` is its type when it is no plain "
        "JSON."""
        name, adapter = self._name(step), _adapter(of)
        if name not in self._frame.answers:
            value = await self.stores.tx.in_thread(compute)
            self._keep(name, "keep", adapter.dump_python(value, mode="json"), "")
        kept: T = adapter.validate_python(self._frame.answers[name].value)
        return kept

    async def once(self, step: str, effect: Callable[[], Awaitable[T]]) -> T:
        """The result of ``effect``, JSON data, which happens once and bars the way back."""
        name = self._name(step)
        if name not in self._frame.answers:
            self._effect = True
            value = await effect()
            self._effect = False
            self._keep(name, "once", value, "")
        result: T = self._frame.answers[name].value
        return result

    async def changed(self) -> None:
        """Read the person and their seats again after an effect on them."""
        await self._turn.reload()

    def each(self, items: Sequence[D]) -> Iterator[D]:
        """The items in turn; steps inside the loop are scoped by the item's own id."""
        for item in items:
            self._scope.append(item.id)
            yield item
            self._scope.pop()

    def part(self) -> None:
        """The person was erased: this is the end of every dialogue with them."""
        self._conversation.frames[:] = [self._frame]
        self._turn.part()

    async def review(
        self,
        step: str,
        draft: T,
        *,
        show: Callable[[T], Message],
        fields: Sequence[Field[T]],
        agree: Message,
        decline: Message,
    ) -> T | None:
        """The draft as the person corrected and confirmed it, or None if they dropped it."""
        for round_ in range(len(self._frame.answers) + 1):
            offered = (yes("yes", agree), Choice("fix", M("Correct something")), no("no", decline))
            verdict = await self.choose(f"{step}.{round_}", show(draft), offered)
            if verdict != "fix":
                return draft if verdict == "yes" else None
            which = [Choice(field.key, field.label) for field in fields]
            wrong = await self.choose(f"{step}.{round_}.what", M("What should I correct?"), which)
            field = next(field for field in fields if field.key == wrong)
            draft = await field.change(self, f"{step}.{round_}.{wrong}", draft)
        raise AssertionError("every round but the last has an answer")

    async def then(self, dialogue: str, **args: Any) -> NoReturn:
        """End this dialogue and go on with another."""
        raise HandedOver(dialogue, args)

    def _name(self, step: str) -> str:
        return "/".join([*self._scope, step])

    def _keep(self, name: str, kind: Kind, value: Any, asked: str, source: str = "") -> None:
        self._frame.answers[name] = Answer(kind, value, asked, self.now, source)


@cache
def _adapter(of: Any) -> TypeAdapter[Any]:
    return TypeAdapter(of)
