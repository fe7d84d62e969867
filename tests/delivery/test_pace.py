"""A channel is never faster than it may be, and hardly slower."""

import math
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pace import AHEAD, Pace
from bot.delivery.rest import Rest, outage_pause
from bot.errors import ChannelUnavailable, OutcomeUnknown, RecipientGone, Throttled

STEPS = st.lists(st.tuples(st.floats(0, 0.5), st.booleans(), st.booleans()), min_size=1, max_size=60)


def send_all(pace: Pace, steps: list[tuple[float, bool, bool]]) -> tuple[list[float], list[float]]:
    """Times of all messages and of broadcasts, taking whatever the pace allows at each step."""
    now, sent, bulk_sent = 100.0, [], []
    for pause, bulk, throttle in steps:
        now += pause
        if throttle:
            pace.throttled(now)
        free, free_bulk = pace.free(now)
        for _ in range(free_bulk if bulk else free):
            turn = now + pace.take(now, bulk=bulk)
            assert turn <= now + AHEAD + 1e-6, "nobody is promised a turn far off"
            sent.append(turn)
            if bulk:
                bulk_sent.append(turn)
    return sent, bulk_sent


def busiest_excess(times: list[float], rate: float) -> float:
    """By how many the fullest stretch of time exceeds what the rate gives."""
    return max(
        (j - i + 1 - (times[j] - times[i]) * rate for i in range(len(times)) for j in range(i, len(times))),
        default=0,
    )


@given(rate=st.sampled_from([1.0, 7.0, 25.0, 30.0, 300.0]), steps=STEPS)
def test_never_above_the_rate_with_a_burst_of_three(
    rate: float, steps: list[tuple[float, bool, bool]]
) -> None:
    sent, bulk = send_all(Pace(rate), [(pause, b, False) for pause, b, _ in steps])
    assert busiest_excess(sent, rate) <= 3
    assert busiest_excess(bulk, rate * 0.8) <= max(3, rate * 0.8 * AHEAD + 1)


@given(steps=STEPS)
def test_nor_while_it_is_throttled(steps: list[tuple[float, bool, bool]]) -> None:
    sent, _ = send_all(Pace(25.0), steps)
    assert busiest_excess(sent, 25.0) <= 3


def test_the_rate_is_reached_in_spite_of_late_wake_ups() -> None:
    for rate in (25.0, 30.0, 1000.0):
        pace, now, sent = Pace(rate), 0.0, 0
        while now < 60:
            free, _ = pace.free(now)
            for _ in range(free):
                pace.take(now)
                sent += 1
            now += pace.wait(now, 100) + 0.012
        assert sent >= 0.99 * rate * 60


def test_broadcasts_leave_a_fifth_of_the_rate() -> None:
    pace, sent = Pace(25.0), 0
    for tick in range(6000):
        if pace.free(tick / 100)[1]:
            pace.take(tick / 100, bulk=True)
            sent += 1
    assert 0.98 * 20 * 60 <= sent <= 20 * 60 + 3


def test_a_429_halves_the_rate_and_it_comes_back_by_one_in_ten_seconds() -> None:
    pace = Pace(25.0)
    for _ in range(8):  # a group in flight is answered alike
        pace.throttled(100.0)
    assert pace.rate(100.0) == 12.5
    assert math.isclose(pace.rate(150.0), 17.5)
    assert pace.rate(300.0) == 25.0
    for second in range(60):
        pace.throttled(400.0 + 2 * second)
    assert pace.rate(520.0) >= 1.0


def test_chats_are_paced_one_by_one_and_forgotten() -> None:
    pace = Pace(1000.0)
    assert [pace.enter_chat("a", 5.0) > 0 for _ in range(4)] == [False, False, False, True]
    assert pace.enter_chat("b", 5.0) == 0
    assert pace.enter_chat("a", 6.0) == 0
    pace.rest_chat("b", 6.0, 10.0)
    assert math.isclose(pace.enter_chat("b", 7.0), 9.0)
    assert pace.enter_chat("b", 16.5) == 0
    for n in range(50_000):
        pace.enter_chat(f"c{n}", 20.0 + n / 1000)
    assert len(pace._chats) <= 13_000


def test_a_channel_rests_as_long_as_it_was_told() -> None:
    rest = Rest()
    rest.heed(Throttled(timedelta(seconds=30)), 10.0)
    rest.heed(Throttled(timedelta(seconds=5)), 12.0)
    rest.heed(Throttled(timedelta(seconds=900), whole_channel=False), 13.0)
    rest.heed(None, 14.0)
    assert (rest.until, rest.promised) == (40.0, 40.0)


def test_a_channel_out_of_reach_rests_longer_each_time_and_recovers() -> None:
    rest, now, pauses = Rest(), 0.0, []
    for _ in range(9):
        for _ in range(4):  # those in flight fail together and count once
            rest.heed(ChannelUnavailable("x"), now)
        pauses.append(rest.until - now)
        now = rest.until
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert rest.promised == -math.inf
    rest.heed(None, now)
    rest.heed(ChannelUnavailable("x"), now)
    assert rest.until - now == 1


def test_single_unknown_outcomes_do_not_stop_a_channel_but_a_row_of_them_does() -> None:
    rest = Rest()
    for _ in range(5):
        rest.heed(OutcomeUnknown("x"), 1.0)
        rest.heed(OutcomeUnknown("x"), 1.0)
        rest.heed(RecipientGone("x"), 1.0)
    assert rest.until == -math.inf
    for _ in range(3):
        rest.heed(OutcomeUnknown("x"), 1.0)
    assert rest.until == 2.0
    assert outage_pause(1000) == 60
