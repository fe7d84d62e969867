"""What a failed attempt means, as a table and for every combination."""

from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.retry import NotDrawn, decide
from bot.errors import (
    ChannelUnavailable,
    ConfigurationError,
    MessageRejected,
    OutcomeUnknown,
    RecipientGone,
    Throttled,
)
from bot.model.outgoing import Class

NOW = 1_800_000_000_000
ERRORS = (
    ChannelUnavailable("x"),
    ConfigurationError("x"),
    OutcomeUnknown("x"),
    Throttled(timedelta(seconds=7)),
    Throttled(timedelta(seconds=7), whole_channel=False),
    RecipientGone("x"),
    MessageRejected("x"),
    NotDrawn("KeyError"),
    KeyError("x"),
)


@pytest.mark.parametrize(
    ("error", "klass", "failures", "state", "pause", "counted"),
    [
        (ChannelUnavailable("x"), "once", 9, "queued", 0, False),
        (ConfigurationError("x"), "reply", 0, "queued", 0, False),
        (Throttled(timedelta(seconds=7)), "once", 9, "queued", 0, False),
        (Throttled(timedelta(seconds=7), whole_channel=False), "once", 9, "queued", 7_000, False),
        (RecipientGone("x"), "notice", 0, "failed", 0, False),
        (MessageRejected("x"), "notice", 0, "failed", 0, False),
        (OutcomeUnknown("x"), "once", 0, "unknown", 0, True),
        (OutcomeUnknown("x"), "digest", 0, "unknown", 0, True),
        (OutcomeUnknown("x"), "notice", 0, "queued", 30_000, True),
        (OutcomeUnknown("x"), "reminder", 0, "queued", 30_000, True),
        (OutcomeUnknown("x"), "reply", 0, "queued", 3_000, True),
        (OutcomeUnknown("x"), "notice", 1, "unknown", 0, True),
        (KeyError("x"), "once", 0, "unknown", 0, True),
        (NotDrawn("x"), "once", 0, "queued", 5_000, True),
        (NotDrawn("x"), "once", 1, "queued", 60_000, True),
        (NotDrawn("x"), "once", 2, "queued", 600_000, True),
        (NotDrawn("x"), "once", 3, "failed", 0, True),
    ],
)
def test_table(error: Exception, klass: Class, failures: int, state: str, pause: int, counted: bool) -> None:
    verdict = decide(error, klass, failures, NOW)
    assert (verdict.state, verdict.counted) == (state, counted)
    if state == "queued":
        assert verdict.not_before == NOW + pause


@given(
    error=st.sampled_from(ERRORS),
    klass=st.sampled_from(get_args(Class)),
    failures=st.integers(0, 20),
    spread=st.floats(0.8, 1.2),
)
def test_rules_that_always_hold(error: Exception, klass: Class, failures: int, spread: float) -> None:
    verdict = decide(error, klass, failures, NOW, spread)
    perhaps_sent = isinstance(error, OutcomeUnknown | KeyError)
    assert verdict.state in ("queued", "failed", "unknown")
    assert verdict.not_before >= NOW or verdict.state != "queued"
    assert not (klass == "once" and perhaps_sent and verdict.state == "queued"), "never out twice"
    assert (verdict.state == "unknown") <= perhaps_sent, "what certainly did not leave is not unknown"
    if verdict.counted and failures >= 3:
        assert verdict.state != "queued", "tries that count come to an end"
    if isinstance(error, Throttled | ChannelUnavailable):
        assert not verdict.counted
