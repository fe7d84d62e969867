"""Until when a channel sends nothing. Pure: seconds of a clock that never goes back."""

import math

from bot.errors import ChannelUnavailable, ConfigurationError, OutcomeUnknown, Throttled

UNKNOWNS_IN_A_ROW = 3
"""Unknown outcomes one after another that mean the messenger itself is in trouble."""
LONGEST_OUTAGE_PAUSE = 60.0


class Rest:
    """The pause of one channel: what the messenger asked for, or one of ours while it is out of reach.

    Attributes:
        until: Nothing leaves before this moment.
        promised: The part of it that the messenger asked for and that a restart must keep.
    """

    __slots__ = ("_troubles", "promised", "until")

    def __init__(self) -> None:
        self.until = self.promised = -math.inf
        self._troubles = 0

    def heed(self, error: Exception | None, now: float) -> None:
        """Take note of how one message went; None means well."""
        match error:
            case Throttled(whole_channel=True):
                self.promised = max(self.promised, now + error.retry_after.total_seconds())
                self.until = max(self.until, self.promised)
            case ChannelUnavailable() | ConfigurationError():
                self._trouble(now, free=0)
            case OutcomeUnknown():
                self._trouble(now, free=UNKNOWNS_IN_A_ROW - 1)
            case _:  # the messenger answered
                self._troubles = 0

    def _trouble(self, now: float, free: int) -> None:
        if now < self.until:
            return  # one of a group that failed together
        self._troubles += 1
        if self._troubles > free:
            self.until = now + outage_pause(self._troubles - free)


def outage_pause(troubles: int) -> float:
    """How long a channel rests after so many troubles in a row: 1 s, doubling up to a minute."""
    return min(LONGEST_OUTAGE_PAUSE, float(1 << min(troubles - 1, 10)))
