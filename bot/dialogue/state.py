"""What is remembered between two messages of a person; stored as JSON, never pickled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """

    kind: Kind
    value: Any
    digest: str
    at: int


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

    def last_question(self) -> str:
        """The step *back* leads to; empty where an effect bars the way."""
        for step, answer in reversed(self.answers.items()):
            if answer.kind == "once":
                return ""
            if answer.kind == "ask":
                return step
        return ""


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
                    {s: [a.kind, a.value, a.digest, a.at] for s, a in f.answers.items()},
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
