"""What a failed attempt means for the row: another try, the end, or a question for a person. Pure."""

from bot.errors import (
    ChannelUnavailable,
    ConfigurationError,
    MessageRejected,
    RecipientGone,
    Throttled,
)
from bot.model.outgoing import Class
from db.stores.sending import Verdict

DEFECT_PAUSES = (5_000, 60_000, 600_000)
"""Before each further attempt at a row that cannot be drawn, in ms."""
AMBIGUOUS_PAUSE = 30_000
REPLY_PAUSE = 3_000
"""Somebody is looking at the phone and waiting: a second copy is better than half a minute of silence."""
"""Before the one copy of a message that perhaps arrived, in ms."""


class NotDrawn(Exception):
    """The message could not be put into words or its file not be made; nothing was sent."""


def decide(error: Exception, klass: Class, failures: int, now: int, spread: float = 1.0) -> Verdict:
    """What becomes of a row after ``error``.

    An outcome that is unknown ends a ``once`` row, which must not arrive twice, and a ``digest``,
    which is not worth a copy; every other class gets one copy.

    Args:
        failures: Attempts that counted before this one.
        now: UTC epoch milliseconds, as all times here.
        spread: Factor from 0.8 to 1.2 on pauses, so that many rows do not come back together.
    """
    name = type(error).__name__
    match error:
        case Throttled():
            pause = 0 if error.whole_channel else int(error.retry_after.total_seconds() * 1000)
            return Verdict("queued", name, not_before=now + pause)
        case ChannelUnavailable() | ConfigurationError():
            return Verdict("queued", name, not_before=now)  # the channel pauses, not the row
        case RecipientGone() | MessageRejected():
            return Verdict("failed", name)
        case NotDrawn():
            if failures >= len(DEFECT_PAUSES):
                return Verdict("failed", str(error), counted=True)
            pause = int(DEFECT_PAUSES[failures] * spread)
            return Verdict("queued", str(error), not_before=now + pause, counted=True)
        case _:  # OutcomeUnknown, or something that no channel should raise: it may have been sent
            if klass in ("once", "digest") or failures:
                return Verdict("unknown", name, counted=True)
            pause = int((REPLY_PAUSE if klass == "reply" else AMBIGUOUS_PAUSE) * spread)
            return Verdict("queued", name, not_before=now + pause, counted=True)
