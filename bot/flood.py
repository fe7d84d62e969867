"""Who writes too much in a minute is told once and then not heard until they slow down."""

from dataclasses import dataclass
from typing import Literal

MINUTE = 60_000
A_MINUTE = 20
PRESS = 0.25
"""What a pressed button costs of a message: people tap through a list faster than they type."""

MOST_LATE = MINUTE
"""A message that waited longer for us, while we were away, is no flood of its sender's."""

Hearing = Literal["heard", "warned", "ignored"]


@dataclass(slots=True)
class _Bucket:
    left: float
    at: int
    warned: bool = False


class Flood:
    """A token bucket for each sender, in memory: after a restart everybody starts full.

    Args:
        a_minute: Messages a sender may write in a minute, also all at once.
    """

    def __init__(self, a_minute: int = A_MINUTE) -> None:
        self._most = a_minute
        self._buckets: dict[str, _Bucket] = {}
        self._swept = 0

    def hears(self, sender: str, now: int, cost: float = 1.0) -> Hearing:
        """Whether a message received at ``now`` is answered; the first one too many is ``warned``.

        ``now`` is in UTC epoch milliseconds.
        """
        self._sweep(now)
        bucket = self._buckets.setdefault(sender, _Bucket(self._most, now))
        gained = max(now - bucket.at, 0) * self._most / MINUTE  # a clock may be set back
        bucket.left, bucket.at = min(bucket.left + gained, self._most), now
        if bucket.left >= cost:
            bucket.left -= cost
            bucket.warned = False
            return "heard"
        if bucket.warned:
            return "ignored"
        bucket.left, bucket.warned = 1.0 - self._most, True  # so that a minute goes by in silence
        return "warned"

    def _sweep(self, now: int) -> None:
        """Forget who has been quiet for long enough to be full again."""
        if now - self._swept < MINUTE:
            return
        self._swept = now
        self._buckets = {name: one for name, one in self._buckets.items() if now - one.at < 2 * MINUTE}
