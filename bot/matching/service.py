"""Understanding as JSON: one request of ``mistok understand`` to its answer."""

from collections.abc import Mapping
from typing import Any

from bot.matching.understand import understand
from bot.model.understanding import Item


def respond(request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to ``{"text": "…"}``; ``country`` and ``now`` may be given.

    Raises:
        ValueError: The request holds no text.
    """
    text = request.get("text")
    if not isinstance(text, str):
        raise ValueError('a request needs "text"')
    country, now = request.get("country", ""), request.get("now", 0)
    if country not in ("", "UA", "PL") or not isinstance(now, int):
        raise ValueError('"country" is "UA" or "PL", "now" a number of milliseconds')
    understood = understand(text, country=country, now=now)
    answer = _fields(understood.whole)
    answer["items"] = [{"text": item.text, **_fields(item)} for item in understood.items]
    return {"id": request["id"], **answer} if "id" in request else answer


def _fields(item: Item) -> dict[str, Any]:
    return {
        "groups": [{"group": s.group, "score": s.score, "selected": s.selected} for s in item.groups],
        "subtopics": list(item.subtopics),
        "concepts": list(item.concepts),
        "kind": item.kind,
        "route": item.route,
        "reason": item.reason,
        "urgency": item.urgency,
        "quantities": [{"n": q.n, "unit": q.unit} for q in item.quantities],
        "nature": list(item.nature),
        "evidence": list(item.evidence),
    }
