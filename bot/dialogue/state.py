"""What is remembered between two messages of a person; stored as JSON, never pickled."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from typing import Any, Literal

Kind = Literal["ask", "keep", "once"]

DEEPEST = 3
"""Dialogues a person can have begun inside each other; the oldest gives way."""


@dataclass(slots=True)
class Answer:
    """The result of one step.

    Attributes:
        kind: ``ask`` a person's answer, ``keep`` something computed, ``once`` an effect that happened.
        value: JSON data.
        digest: Of what was asked; an answer to another question does not count.
        at: UTC epoch milliseconds.
        source: The messenger's own name of the message that gave it; empty if unknown.
    """

    kind: Kind
    value: Any
    digest: str
    at: int
    source: str = ""


@dataclass(slots=True)
class Frame:
    """A dialogue under way with the answers so far, in the order they were given."""

    dialogue: str
    args: Mapping[str, Any] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)

    def drop_from(self, step: str) -> None:
        """Forget ``step`` and everything after it."""
        steps = list(self.answers)
        for later in steps[steps.index(step) :]:
            del self.answers[later]

    def changeable(self) -> list[str]:
        """Steps that a person answered and no effect has sealed."""
        steps: list[str] = []
        for step, answer in self.answers.items():
            if answer.kind == "once":
                steps.clear()
            elif answer.kind == "ask":
                steps.append(step)
        return steps

    def given_by(self, source: str) -> str:
        """The changeable step that this message answered; empty if none."""
        return next((step for step in self.changeable() if self.answers[step].source == source), "")

    def last_question(self) -> str:
        """The step *back* leads to; empty where an effect bars the way."""
        steps = self.changeable()
        return steps[-1] if steps else ""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What the person was asked last; input belongs to it and to nothing else."""

    prompt: str
    step: str
    digest: str


@dataclass(slots=True)
class Conversation:
    """A short stack of dialogues, the current one last, and its open question."""

    frames: list[Frame] = field(default_factory=list)
    open: OpenQuestion | None = None

    def push(self, frame: Frame) -> None:
        """Begin ``frame`` on top; the same dialogue further down is given up, with all above it."""
        for depth, begun in enumerate(self.frames):
            if begun.dialogue == frame.dialogue:
                del self.frames[depth:]
                break
        self.frames = [*self.frames, frame][-DEEPEST:]
        self.open = None

    def to_json(self) -> dict[str, Any]:
        """The conversation as JSON data."""
        return {
            "frames": [
                [
                    f.dialogue,
                    dict(f.args),
                    {s: astuple(a) for s, a in f.answers.items()},
                ]
                for f in self.frames
            ],
            "open": [self.open.prompt, self.open.step, self.open.digest] if self.open else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Conversation":
        """The conversation that ``to_json`` wrote."""
        frames = [
            Frame(dialogue, args, {step: Answer(*answer) for step, answer in answers.items()})
            for dialogue, args, answers in data["frames"]
        ]
        return cls(frames, OpenQuestion(*data["open"]) if data["open"] else None)
