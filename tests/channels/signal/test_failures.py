"""What every answer of the daemon means."""

from datetime import timedelta
from typing import Any

import pytest

from bot.channels.signal.failures import failure_in, failure_of
from bot.channels.signal.rpc import NoAnswer, NotSent, RpcError, Unusable, request, result_of
from bot.channels.signal.troubles import Troubles
from bot.errors import ChannelUnavailable, OutcomeUnknown, RecipientGone, Throttled
from tests.servers.signal import OKSANA, PAWEL
from tests.servers.signal_world import result

HOUR = 3_600_000


def response(*kinds: str, **more: Any) -> dict[str, Any]:
    return {"timestamp": 7, "results": [result(OKSANA, kind) | more for kind in kinds]}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NotSent("refused"), ("unreachable", 0, "", 0)),
        (Unusable("421"), ("unreachable", 0, "", 0)),
        (NoAnswer("timeout"), ("unknown", 0, "", 0)),
        (TimeoutError(), ("unknown", 0, "", 0)),
        (ValueError("send has no parameter mesage"), ("rejected", 0, "", 0)),
        (RpcError(-1, "x", response("UNREGISTERED_FAILURE")), ("unregistered", 0, "", 7)),
        (RpcError(-1, "x", response("NETWORK_FAILURE")), ("undelivered", 0, "", 7)),
        (RpcError(-1, "x", response("INVALID_PRE_KEY_FAILURE")), ("undelivered", 0, "", 7)),
        (RpcError(-1, "x", response("SOMETHING_NEW")), ("unknown", 0, "", 7)),
        (RpcError(-1, "User is not a group member"), ("rejected", 0, "", 0)),
        (RpcError(-3, "Socket closed"), ("unreachable", 0, "", 0)),
        (RpcError(-4, "x", response("IDENTITY_FAILURE")), ("rekeyed", 0, "", 7)),
        (RpcError(-4, "x"), ("rekeyed", 0, "", 0)),
        (RpcError(-5, "x", response("RATE_LIMIT_FAILURE", retryAfterSeconds=60)), ("limited", 60, "", 7)),
        (
            RpcError(-5, "x", response("RATE_LIMIT_FAILURE", token="t", retryAfterSeconds=86400)),
            ("limited", 86400, "t", 7),
        ),
        (RpcError(-5, "x"), ("limited", 0, "", 0)),
        (RpcError(-32603, "StatusCode: 429"), ("limited", 0, "", 0)),
        (RpcError(-32603, "[413] Request too large"), ("limited", 0, "", 0)),
        (RpcError(-32603, "RateLimitException"), ("limited", 0, "", 0)),
        (RpcError(-1, "Rate limit exceeded: 429"), ("limited", 0, "", 0)),
        (RpcError(-32603, "class java.lang.Long, message 4290"), ("rejected", 0, "", 0)),
        (RpcError(-32600, "Unrecognized field"), ("unreachable", 0, "", 0)),
        (RpcError(-32601, "Method not implemented"), ("unreachable", 0, "", 0)),
        (RpcError(-32602, "Specified account does not exist"), ("unreachable", 0, "", 0)),
        (RpcError(-32700, "?"), ("unreachable", 0, "", 0)),
        (RpcError(-99, "new"), ("unknown", 0, "", 0)),
    ],
)
def test_the_matrix(error: Exception, expected: tuple[str, int, str, int]) -> None:
    """Each error has one meaning, with the pause, the challenge and the id it names."""
    found = failure_of(error)
    assert (found.meaning, found.retry_after, found.token, found.timestamp) == expected


def test_no_number_reaches_the_reason() -> None:
    """The daemon's words may hold a number or a name; ours do not."""
    secret = RpcError(-1, "Failed to send to +380501234567 Оксана", response("UNREGISTERED_FAILURE"))
    assert "+380501234567" not in failure_of(secret).reason + str(secret) + repr(secret.args)


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (response("SUCCESS"), None),
        (response(), None),
        (response("NETWORK_FAILURE", "SUCCESS"), None),
        (response("UNREGISTERED_FAILURE"), "unregistered"),
        ({}, "unknown"),
        (None, "unknown"),
        ({"timestamp": "7"}, "unknown"),
    ],
)
def test_results_of_an_answer_without_error(answer: Any, meaning: str | None) -> None:
    """A result is looked at as well: it may hold a failure."""
    found = failure_in(answer)
    assert (found.meaning if found else None) == meaning


def test_answers() -> None:
    """A result is given out, an error raised, and what is neither says nothing."""
    assert result_of({"jsonrpc": "2.0", "result": {"a": 1}, "id": "1"}) == {"a": 1}
    with pytest.raises(RpcError):
        result_of({"error": {"code": -1, "message": "m", "data": None}, "id": "1"})
    with pytest.raises(NoAnswer):
        result_of({})


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {}),
        ("send", {"recipient": ["x"], "mesage": "a"}),
        ("send", {"recipient": ["x"], "text_style": []}),
        ("send", {"message": "a"}),
        ("send", {"recipient": ["x"], "quoteTimestamp": "5"}),
        ("send", {"recipient": ["x"], "editTimestamp": True}),
        ("sendTyping", {"recipient": 5}),
        ("version", {"account": 380}),
    ],
)
def test_what_the_daemon_would_pass_over_is_refused_here(method: str, params: dict[str, Any]) -> None:
    """Unknown names are ignored by the daemon without a word."""
    with pytest.raises(ValueError, match=r"method|parameter|needs|type"):
        request("1", method, params)


def test_somebody_who_is_not_on_signal_gets_one_more_day() -> None:
    """Not tried in between; the second failure is the end."""
    troubles = Troubles()
    first = troubles.missing("signal:a", 0)
    assert isinstance(first, Throttled)
    assert not first.whole_channel
    assert troubles.holds("signal:a", 19 * HOUR)
    assert not troubles.holds("signal:a", 20 * HOUR)
    assert isinstance(troubles.missing("signal:a", 20 * HOUR), RecipientGone)


def test_somebody_who_writes_again_is_tried_at_once() -> None:
    troubles = Troubles()
    troubles.missing("signal:a", 0)
    troubles.heard("signal:a")
    assert not troubles.holds("signal:a", HOUR)


def test_three_tries_for_one_person() -> None:
    """Ever longer pauses for this person only, then a person decides."""
    troubles = Troubles()
    tries = [troubles.undelivered("signal:a") for _ in range(4)]
    pauses = [error.retry_after for error in tries if isinstance(error, Throttled)]
    assert pauses == [timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10)]
    assert not any(error.whole_channel for error in tries if isinstance(error, Throttled))
    assert isinstance(tries[-1], OutcomeUnknown)


def test_what_happens_to_several_people_is_the_network() -> None:
    """Then the channel pauses, and nobody's tries are used up."""
    troubles = Troubles()
    troubles.undelivered(f"signal:{OKSANA}")
    assert isinstance(troubles.undelivered(f"signal:{PAWEL}"), ChannelUnavailable)
