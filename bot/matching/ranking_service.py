"""``mistok rank``: offers in plain text ranked for a need in plain text."""

from collections.abc import Mapping
from typing import Any

from bot.matching.ranking import rank
from bot.matching.understand import understand
from bot.model.listing import Side, Subject
from bot.model.message import Listed, Message, Value, Words

DEFAULT_LIMIT = 5


def respond(request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one request line; ``{"error": …}`` when it is not valid.

    ``{"need": text or object, "offers": [{"id", "text", "country", "population", "region"}, …], "limit": 5}``
    gives ``{"ranked": [id, …], "reasons": {id: [sentence, …]}}``; sentences are in English. A need
    given as text takes its ``country``, ``population`` and ``region`` from the request itself.
    """
    try:
        stated = request["need"]
        need = _subject("need", "", stated if isinstance(stated, Mapping) else {**request, "text": stated})
        offers = [_subject("offer", _id(offer), offer) for offer in request["offers"]]
        limit = _count(request.get("limit")) or DEFAULT_LIMIT
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        return {"error": f"not a request to rank: {type(error).__name__}: {error}"}
    matches = rank(need, offers, limit=limit)
    answer: dict[str, Any] = {"id": request["id"]} if "id" in request else {}
    return answer | {
        "ranked": [match.id for match in matches],
        "reasons": {match.id: [in_english(reason) for reason in match.reasons] for match in matches},
    }


def _id(offer: Mapping[str, Any]) -> str:
    if not isinstance(offer["id"], str):
        raise TypeError("the id of an offer is text")
    return offer["id"]


def _subject(side: Side, id: str, data: Mapping[str, Any]) -> Subject:
    text, country = data["text"], data.get("country") or ""
    if not isinstance(text, str):
        raise TypeError("a text is missing")
    whole = understand(text, country=country).whole
    return Subject(
        id=id,
        side=side,
        text=text,
        group=whole.groups[0].group if whole.groups else 0,
        subtopics=whole.subtopics,
        concepts=whole.concepts,
        quantities=whole.quantities,
        nature=whole.nature,
        urgency=whole.urgency,
        country=str(country).upper(),
        region=str(data.get("region") or ""),
        population=_count(data.get("population")),
    )


def _count(value: Any) -> int | None:
    number = int(value or 0)
    if number < 0:
        raise ValueError("a number below zero")
    return number or None


def in_english(value: Value) -> str:
    """A catalogue sentence as its source says it, for programs; people get theirs from the catalogues."""
    match value:
        case Message(text, plural, values):
            chosen = plural if plural and values.get("n") != 1 else text
            return chosen.format_map({name: in_english(item) for name, item in values.items()})
        case Listed(items):
            return ", ".join(in_english(item) for item in items)
        case Words(by_language):
            return by_language.get("en", "")
        case float():
            return f"{value:g}"
        case _:
            return str(value)
