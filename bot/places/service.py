"""The answer to one line of ``mistok locate``."""

from collections.abc import Mapping
from typing import Any

from bot.places.gazetteer import Gazetteer
from bot.places.regions import region_words

MAX_LIMIT = 100


def respond(gazetteer: Gazetteer, request: Mapping[str, Any]) -> dict[str, Any]:
    """``{"id", "results": [{"code", "score", "name", "region"}], "decision"}`` for ``{"id", "query"}``.

    ``id`` may be any JSON value and comes back as it is; ``limit`` is 1 to 100, by default 10; ``country``
    (``UA`` or ``PL``) is optional. ValueError says what is wrong with a request.
    """
    query, limit, country = request.get("query"), request.get("limit", 10), request.get("country")
    if not isinstance(query, str):
        raise ValueError("query must be a string")
    if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= MAX_LIMIT:
        raise ValueError(f"limit must be a whole number from 1 to {MAX_LIMIT}")
    if country not in (None, "UA", "PL"):
        raise ValueError("country must be UA or PL")
    found = gazetteer.locate(query, country=country, limit=limit)
    results = [
        {
            "code": candidate.municipality.code,
            "score": round(candidate.score, 4),
            "name": candidate.municipality.name,
            "region": region_words(candidate.municipality.region).by_language[
                "uk" if candidate.municipality.country == "UA" else "pl"
            ],
            **({"via": candidate.via} if candidate.via else {}),
        }
        for candidate in found.results
    ]
    answer = {"results": results, "decision": found.decision}
    return {"id": request["id"], **answer} if "id" in request else answer
