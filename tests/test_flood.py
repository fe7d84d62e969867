"""Twenty messages a minute are heard, then one warning, then silence."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.flood import A_MINUTE, MINUTE, PRESS, Flood

START = 1_800_000_000_000


def test_twenty_then_a_warning_then_silence_until_the_minute_is_over() -> None:
    flood = Flood()
    heard = [flood.hears("web:a", START) for _ in range(A_MINUTE)]
    assert set(heard) == {"heard"}
    assert flood.hears("web:a", START + 1) == "warned"
    assert flood.hears("web:a", START + MINUTE - 1000) == "ignored"
    assert flood.hears("web:a", START + MINUTE + 1000) == "heard"


def test_others_are_heard_meanwhile() -> None:
    flood = Flood(2)
    for _ in range(9):
        flood.hears("web:a", START)
    assert flood.hears("web:b", START) == "heard"


def test_who_taps_quickly_is_no_flood() -> None:
    flood = Flood()
    assert {flood.hears("web:a", START + n * 900, PRESS) for n in range(60)} == {"heard"}


def test_a_clock_set_back_shuts_nobody_out() -> None:
    flood = Flood()
    flood.hears("web:a", START)
    assert flood.hears("web:a", START - 10 * MINUTE) == "heard"


def test_who_is_quiet_is_forgotten() -> None:
    flood = Flood()
    for n in range(1000):
        flood.hears(f"web:{n}", START)
    flood.hears("web:new", START + 3 * MINUTE)
    assert len(flood._buckets) == 1


@given(st.lists(st.integers(0, 5_000), min_size=1, max_size=300))
def test_never_more_than_the_bucket_and_its_refill(pauses: list[int]) -> None:
    flood, now, seen = Flood(), START, Counter[str]()
    for pause in pauses:
        now += pause
        seen[flood.hears("web:a", now)] += 1
    assert seen["heard"] <= A_MINUTE + A_MINUTE * (now - START) / MINUTE
    assert seen["warned"] <= 1 + (now - START) // MINUTE + 1
