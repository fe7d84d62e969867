"""A sentence of the catalogue with its values, not yet in any language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time shown in the reader's zone.

    Attributes:
        at: UTC epoch milliseconds.
        style: ``date`` (3 December 2026), ``day`` (Thu, 3 December), ``time`` (10:00),
            ``full`` (day and time), ``both`` (day, then the time in Warsaw and in Kyiv).
    """

    at: int
    style: str = "full"


@dataclass(frozen=True, slots=True)
class Words:
    """A text that exists per language as data, such as the label of a topic."""

    by_language: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Somebody's own words and their language; shown as they are, with a translation where there is one."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Several values: joined the way the reader's language joins them, or as labels with dots between."""

    items: tuple["Value", ...]
    style: Literal["standard", "or", "labels"] = "standard"


@dataclass(frozen=True, slots=True)
class Message:
    """One whole sentence or paragraph, rendered when it is sent, for whoever reads it.

    ``text`` is the English source and the catalogue key. It may hold ``{name}`` places and the
    tags ``<b>``, ``<i>``; values are data and never become markup. With ``plural`` the value
    ``n`` chooses the form.
    """

    text: str
    plural: str = ""
    values: Mapping[str, "Value"] = field(default_factory=dict)


Value = str | int | float | Moment | Words | Foreign | Listed | Message


def M(text: str, plural: str = "", /, **values: Value) -> Message:  # noqa: N802 - short: it stands in every dialogue
    """A catalogue sentence: ``M("Published.")`` or ``M("{n} gmina fits", "{n} gminas fit", n=3)``."""
    return Message(text, plural, values)


def N_(text: str) -> str:  # noqa: N802 - the usual name of a gettext marker
    """Mark a literal for the catalogues where it stands; ``Message(text)`` translates it later."""
    return text


def verbatim(text: str) -> Message:
    """A person's or a register's own words as a message of their own; never translated."""
    return Message("{text}", values={"text": text})


def lines(*parts: Message | None) -> Message:
    """Several sentences as one message, each on its own line; None is left out."""
    kept = [part for part in parts if part]
    return Message(
        "\n".join(f"{{_{n}}}" for n in range(len(kept))),
        values={f"_{n}": part for n, part in enumerate(kept)},
    )


def foreign_words(value: Value) -> Iterator[Foreign]:
    """Everything in ``value`` that somebody wrote in a language of their own."""
    match value:
        case Foreign():
            yield value
        case Message():
            for item in value.values.values():
                yield from foreign_words(item)
        case Listed(items):
            for item in items:
                yield from foreign_words(item)


def to_json(value: Value) -> Any:
    """The value as JSON data; ``from_json`` is the inverse."""
    match value:
        case Message(text, plural, values):
            data: dict[str, Any] = {"m": text}
            if plural:
                data["p"] = plural
            if values:
                data["v"] = {name: to_json(item) for name, item in values.items()}
            return data
        case Moment(at, style):
            return {"at": at, "as": style}
        case Words(by_language):
            return {"w": dict(by_language)}
        case Foreign(text, language):
            return {"f": text, "in": language}
        case Listed(items, style):
            return {"l": [to_json(item) for item in items], "as": style}
        case _:
            return value


def from_json(data: Any) -> Any:
    """The value that ``to_json`` wrote."""
    match data:
        case {"m": text}:
            values = {name: from_json(item) for name, item in data.get("v", {}).items()}
            return Message(text, data.get("p", ""), values)
        case {"at": at, "as": style}:
            return Moment(at, style)
        case {"w": by_language}:
            return Words(by_language)
        case {"f": text, "in": language}:
            return Foreign(text, language)
        case {"l": items, "as": style}:
            return Listed(tuple(from_json(item) for item in items), style)
        case _:
            return data


@dataclass(frozen=True, slots=True)
class Button:
    """A choice as a person sees it; ``handle`` names a row on the server and means nothing by itself."""

    label: Message
    handle: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file the worker makes when it sends: a recipe by name and its arguments, never bytes."""

    recipe: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What leaves by the outbox: paragraphs, then buttons, perhaps a file.

    Attributes:
        parts: Paragraphs, shown with an empty line between them.
        buttons: One below the other, in this order.
        attachment: At most one file; the text is its caption or stands before it.
        location_asked: The channel may offer to share the person's location.
    """

    parts: tuple[Message, ...]
    buttons: tuple[Button, ...] = ()
    attachment: Attachment | None = None
    location_asked: bool = False

    def to_json(self) -> dict[str, Any]:
        """The reply as JSON data for its outbox row."""
        data: dict[str, Any] = {"parts": [to_json(part) for part in self.parts]}
        if self.buttons:
            data["buttons"] = [[to_json(button.label), button.handle] for button in self.buttons]
        if self.attachment:
            data["file"] = [self.attachment.recipe, dict(self.attachment.args)]
        if self.location_asked:
            data["location"] = True
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The reply that ``to_json`` wrote."""
        file = data.get("file")
        return cls(
            parts=tuple(from_json(part) for part in data["parts"]),
            buttons=tuple(Button(from_json(label), handle) for label, handle in data.get("buttons", ())),
            attachment=Attachment(file[0], file[1]) if file else None,
            location_asked=data.get("location", False),
        )


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of drawn text, in code points: ``bold``, ``italic``, or ``link`` with its address."""

    start: int
    length: int
    style: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A reply in one language, ready for a channel to put on its wire.

    Attributes:
        text: Plain text; everything a person typed is in here as data.
        spans: In order of their start; they may nest but do not cross.
        buttons: ``(label, handle)``, one below the other.
        file: ``(file name, media type, bytes)``.
        location_asked: The channel may offer to share the person's location.
    """

    text: str
    spans: tuple[Span, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()
    file: tuple[str, str, bytes] | None = None
    location_asked: bool = False
