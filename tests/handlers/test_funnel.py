"""The funnel counts what happened and shows no small group."""

from hypothesis import given
from hypothesis import strategies as st

from bot.model.listing import Draft, Listing, Side
from bot.model.request import Request, RequestState
from handlers.parts.review_funnel import FEWEST, counted, funnel

DAY = 86_400_000


def listing(id: str, side: Side, at: int) -> Listing:
    return Listing(Draft(id, side, "x", 1), "m", "p", "uk", "open", False, at, published_at=at)


def request(id: str, state: RequestState, at: int, decided: int = 0) -> Request:
    return Request(id, "", "", "a", "b", "s", "", state, at, decided_at=decided)


def test_each_stage_is_counted_within_the_period() -> None:
    found = funnel(
        [listing("old", "need", 1), listing("a", "need", 10 * DAY), listing("b", "offer", 11 * DAY)],
        [
            request("1", "accepted", 10 * DAY, 12 * DAY),
            request("2", "declined", 10 * DAY, 11 * DAY),
            request("3", "waiting", 10 * DAY),
            request("4", "expired", 10 * DAY, 24 * DAY),
            request("5", "accepted", 1, 2),
        ],
        {"a", "old"},
        9 * DAY,
    )
    assert (found.needs, found.offers, found.matched) == (1, 1, 1)
    assert (found.asked, found.answered, found.exchanged) == (4, 2, 1)
    assert found.first_answer == 1.5


def test_nothing_has_no_median() -> None:
    assert funnel([], [], set(), 0).first_answer is None


@given(st.lists(st.sampled_from("abcdef"), max_size=60))
def test_no_small_group_can_be_read_or_reckoned(keys: list[str]) -> None:
    shown, rest = counted(keys)
    assert all(n >= FEWEST for _, n in shown)
    assert sum(n for _, n in shown) + rest == len(keys)
    assert rest == 0 or rest >= FEWEST or not shown
