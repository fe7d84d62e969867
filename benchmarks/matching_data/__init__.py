"""Messages, offers and graded needs to measure matching with; how they came about is in ``README.md``."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
Half = Literal["tune", "tune2", "unseen"]


@dataclass(frozen=True, slots=True)
class Sample:
    """A message and what a reasonable official would understand by it.

    Attributes:
        groups: Every task group that is asked for or offered; empty when out of scope.
        also: Groups that are no error either.
        kind: Need, offer or unclear; empty when not graded.
        route: The routes that are right.
        tags: What kind of message it is, such as ``typo``, ``paraphrase``, ``several``, ``oos``.
        half: Failures of the half ``unseen`` are never looked at.
    """

    text: str
    lang: str
    groups: tuple[int, ...]
    also: tuple[int, ...]
    kind: str
    route: tuple[str, ...]
    urgency: str
    subtopics: tuple[str, ...]
    tags: tuple[str, ...]
    half: Half

    @property
    def accepted(self) -> frozenset[int]:
        """Groups that are right in the first place."""
        return frozenset(self.groups) | frozenset(self.also)


@dataclass(frozen=True, slots=True)
class PoolOffer:
    """An offer that needs are ranked against; ``country`` is the side it comes from."""

    id: str
    country: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class GradedNeed:
    """A need with the offers that fit: 3 exactly, 2 nearly, 1 somewhat."""

    id: str
    country: str
    lang: str
    text: str
    grades: dict[str, int]
    half: Half


def samples() -> list[Sample]:
    """Every message."""
    return [Sample(**_frozen(row)) for name in ("messages", "messages_tune2") for row in _rows(name)]


def offers(half: Half = "tune") -> list[PoolOffer]:
    """The pool of offers of both sides that the needs of a half are ranked against."""
    return [PoolOffer(**row) for row in _rows("offers_tune2" if half == "tune2" else "offers")]


def graded_needs() -> list[GradedNeed]:
    """Every need with its grades."""
    return [GradedNeed(**row) for name in ("ranking", "ranking_tune2") for row in _rows(name)]


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
