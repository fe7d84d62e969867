"""Pace, receipts and edits: what is computed without a daemon."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.signal.edits import Revisions
from bot.channels.signal.pace import CONVERSATION, LONGEST, NEW_CHATS_A_DAY, SHORTEST, USUAL, Pace
from bot.channels.signal.receipts import Receipt, Uncertain, settles
from bot.model.incoming import Incoming

A, B = "signal:a", "signal:b"
DAY = 24 * 3_600_000


def test_answers_go_at_once() -> None:
    """Whoever wrote is not kept waiting, however much goes out to others."""
    pace = Pace()
    for person in range(200):
        pace.wait(f"signal:{person}", 0, 1.0)
    pace.heard(A, 0)
    assert pace.wait(A, CONVERSATION, 1.0) == 0
    assert pace.wait(A, CONVERSATION + 1, 1.0) > 0


@given(spreads=st.lists(st.floats(0.5, 1.5), min_size=2, max_size=30))
def test_what_nobody_waits_for_goes_out_apart(spreads: list[float]) -> None:
    """Between two messages at least half, at most one and a half of the interval."""
    pace = Pace()
    turns = [pace.wait(A, 0, spread) for spread in spreads]
    gaps = [later - earlier for earlier, later in pairwise(turns)]
    assert turns[0] == 0
    assert all(USUAL * 0.5 - 0.01 <= gap <= USUAL * 1.5 + 0.01 for gap in gaps)


def test_the_pace_learns() -> None:
    """Half as fast after a limit, slowly faster again, always within bounds."""
    pace = Pace()
    pace.limited()
    assert pace.interval == USUAL * 2
    for _ in range(1000):
        pace.went_well()
    assert pace.interval == SHORTEST
    for _ in range(20):
        pace.limited()
    assert pace.interval == LONGEST


def test_new_chats_have_a_daily_budget() -> None:
    """The next one waits until tomorrow."""
    pace = Pace()
    for person in range(NEW_CHATS_A_DAY):
        assert pace.meet(f"signal:{person}", 1000) == 0
    assert pace.new_chats_left(1000) == 0
    assert pace.meet("signal:0", 1000) == 0
    assert pace.meet(A, 1000) == DAY / 1000 - 1
    assert pace.meet(A, DAY) == 0
    assert pace.new_chats_left(DAY) == NEW_CHATS_A_DAY - 1


def test_the_end_of_a_broadcast_can_be_told() -> None:
    assert Pace().seconds_for(100, 0) == 100 * USUAL


def test_a_receipt_settles_what_was_unknown() -> None:
    """Only one that comes from this person for a message born during the attempt."""
    assert settles(Receipt(A, (5_000,), False), A, 4_000, 6_000) == 5_000
    assert settles(Receipt(A, (5_000,), False), B, 4_000, 6_000) == 0
    assert settles(Receipt(A, (9_000,), False), A, 4_000, 6_000) == 0
    assert settles(Receipt(A, (1_000,), False), A, 4_000, 6_000) == 0


def test_a_message_that_arrived_is_known_by_its_id() -> None:
    """By the id the daemon told, else by the time of the attempt; other messages' receipts prove nothing."""
    uncertain = Uncertain()
    uncertain.note(A, b"limited", began=4_000, ended=6_000, timestamp=5_000, mark="*")
    uncertain.note(A, b"timeout", began=8_000, ended=9_000)
    uncertain.sent(A, b"other", 8_500)
    uncertain.hear(Receipt(A, (8_500,), False))
    assert uncertain.arrived(A, b"timeout") == ""
    uncertain.hear(Receipt(A, (5_000, 8_700), True))
    assert uncertain.arrived(A, b"limited") == "5000*"
    assert uncertain.arrived(A, b"timeout") == "8700"
    assert uncertain.ended(A, b"limited") == 6_000
    uncertain.settle(A, b"limited")
    assert (uncertain.arrived(A, b"limited"), uncertain.ended(A, b"limited")) == ("", 0)


def test_one_receipt_proves_one_message() -> None:
    """Of two attempts at the same time the other stays open."""
    uncertain = Uncertain()
    uncertain.note(A, b"first", began=4_000, ended=6_000)
    uncertain.note(A, b"second", began=4_000, ended=7_000)
    uncertain.hear(Receipt(A, (5_000,), False))
    assert [uncertain.arrived(A, digest) for digest in (b"first", b"second")] == ["5000", ""]


def test_edits_within_a_day_and_ten_times() -> None:
    revisions = Revisions()
    assert revisions.may_edit("5", 5, DAY)
    assert not revisions.may_edit("5", 5, DAY + 5)
    for edit in range(10):
        revisions.edited("5", str(100 + edit))
    assert not revisions.may_edit("5", 5, 6)


def test_quoting_an_edited_message_means_its_first_version() -> None:
    revisions = Revisions()
    revisions.edited("5", "100")
    assert revisions.traced(Incoming(A, text="1", quoted="100")) == Incoming(A, text="1", quoted="5")
    assert revisions.traced(Incoming(A, text="1", quoted="7")) == Incoming(A, text="1", quoted="7")
    assert revisions.traced(None) is None
