"""The funnel from a need to exchanged contacts, counted from the rows themselves. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from bot.model.listing import Listing
from bot.model.request import Request

FEWEST = 5
"""A group or region is shown only from this count on, so that no single municipality stands out."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many came how far within a period.

    Attributes:
        matched: Of the needs and offers, those with a counterpart at the moment.
        answered: Of the requests, those accepted or declined.
        exchanged: Of the requests, those accepted.
        first_answer: Median days from a request to its answer; None without answers.
    """

    needs: int
    offers: int
    matched: int
    asked: int
    answered: int
    exchanged: int
    first_answer: float | None


def funnel(listings: Iterable[Listing], requests: Iterable[Request], matched: set[str], since: int) -> Funnel:
    """The funnel of what was published and asked from ``since`` (UTC epoch ms) on.

    Args:
        matched: Ids of the listings that have a counterpart.
    """
    fresh = [one for one in listings if one.published_at >= since]
    asked = [one for one in requests if one.created_at >= since]
    answered = [one for one in asked if one.state in ("accepted", "declined")]
    days = [(one.decided_at - one.created_at) / 86_400_000 for one in answered]
    return Funnel(
        needs=sum(one.draft.side == "need" for one in fresh),
        offers=sum(one.draft.side == "offer" for one in fresh),
        matched=sum(one.id in matched for one in fresh),
        asked=len(asked),
        answered=len(answered),
        exchanged=sum(one.state == "accepted" for one in answered),
        first_answer=median(days) if days else None,
    )


def counted(keys: Sequence[str]) -> tuple[list[tuple[str, int]], int]:
    """How often each key stands there, the most frequent first, and how many stand under rarer ones.

    Keys with fewer than ``FEWEST`` are summed up; a remainder that would itself be that small is
    completed by the smallest shown key, or it could be told from the total.
    """
    counts = sorted(((keys.count(key), key) for key in set(keys)), reverse=True)
    shown = [(key, n) for n, key in counts if n >= FEWEST]
    rest = sum(n for n, _ in counts if n < FEWEST)
    while shown and 0 < rest < FEWEST:
        _, n = shown.pop()
        rest += n
    return shown, rest
