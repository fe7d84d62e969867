"""How fast a channel may send. Pure: times are seconds of a clock that never goes back.

Even, never in bursts: a messenger that counts strictly answers a burst with 429 and delivers less.
"""

import math

FEWEST_A_SECOND = 1.0
RECOVERY = 0.004
"""Part of the set rate that comes back each second after a 429: at 25 a second, one more in ten seconds."""
BURST = 2.0
AHEAD = 0.03
"""Seconds by which messages are promised their turn, so that a slow commit does not cost any."""
MOST_CHATS = 10_000


class Bucket:
    """Up to ``size`` messages at once, then ``rate`` a second."""

    __slots__ = ("_full_at", "_size")

    def __init__(self, size: float) -> None:
        self._size = size
        self._full_at = -math.inf  # kept as one time, so that nothing drifts

    def free(self, now: float, rate: float, ahead: float = 0.0) -> int:
        """How many may leave within ``ahead`` seconds."""
        missing = (max(0.0, self._full_at - now) - ahead) * rate
        return int(self._size - missing + 1e-9)

    def wait(self, now: float, rate: float, n: int = 1, ahead: float = 0.0) -> float:
        """Seconds until ``n`` may leave within ``ahead`` seconds from then."""
        return max(0.0, self._full_at - now - ahead - (self._size - n) / rate)

    def take(self, now: float, rate: float, n: int = 1) -> None:
        self._full_at = max(self._full_at, now) + n / rate

    def rest(self, until: float, rate: float) -> None:
        """Let none leave before ``until``."""
        self._full_at = max(self._full_at, until + (self._size - 1) / rate)


class Pace:
    """The pace of one channel.

    Args:
        rate: Messages a second, all chats together.
        chat_rate, chat_burst: The same for one chat.
        bulk_share: The part of the rate that broadcasts and digests may use.

    In any stretch of ``t`` seconds at most ``rate * t + 2`` messages leave.
    """

    def __init__(
        self, rate: float, *, chat_rate: float = 1.0, chat_burst: int = 3, bulk_share: float = 0.8
    ) -> None:
        self._set_rate = rate
        self._chat_rate = chat_rate
        self._chat_burst = chat_burst
        self._share = bulk_share
        self._all = Bucket(BURST)
        self._bulk = Bucket(max(BURST, rate * bulk_share * AHEAD))
        self._chats: dict[str, Bucket] = {}
        self._reduced_to = rate
        self._reduced_at = -math.inf

    def rate(self, now: float) -> float:
        """Messages a second at this moment: the set rate, or less for a while after a 429."""
        gained = min(self._set_rate, (now - self._reduced_at) * self._set_rate * RECOVERY)
        return min(self._set_rate, self._reduced_to + gained)

    def throttled(self, now: float) -> None:
        """Halve the rate: the messenger asked for it. Once a second at most, as 429s come in groups."""
        if now - self._reduced_at >= 1.0:
            self._reduced_to = max(min(FEWEST_A_SECOND, self._set_rate), self.rate(now) / 2)
            self._reduced_at = now

    def free(self, now: float) -> tuple[int, int]:
        """How many messages may be promised their turn, and how many of these may be broadcasts."""
        rate = self.rate(now)
        free = self._all.free(now, rate, AHEAD)
        return free, min(free, self._bulk.free(now, rate * self._share))

    def wait(self, now: float, n: int = 1, *, bulk: bool = False) -> float:
        """Seconds until ``n`` messages, or broadcasts, may be promised their turn.

        A large ``n`` is cut to what half the time ahead holds, so that claims come in groups.
        """
        rate = self.rate(now)
        n = max(1, min(n, int(rate * AHEAD / 2)))
        wait = self._all.wait(now, rate, n, AHEAD)
        return max(wait, self._bulk.wait(now, rate * self._share, n)) if bulk else wait

    def take(self, now: float, *, bulk: bool = False) -> float:
        """Promise a turn to one message; the seconds until it is its turn."""
        rate = self.rate(now)
        wait = self._all.wait(now, rate)
        self._all.take(now, rate)
        if bulk:
            self._bulk.take(now, rate * self._share)
        return wait

    def enter_chat(self, address: str, now: float) -> float:
        """Zero, and the message counts for its chat; else the seconds that the chat has to wait."""
        chat = self._chats.get(address)
        if chat is None:
            if len(self._chats) >= MOST_CHATS:
                self._forget_rested(now)
            chat = self._chats[address] = Bucket(self._chat_burst)
        wait = chat.wait(now, self._chat_rate)
        if not wait:
            chat.take(now, self._chat_rate)
        return wait

    def rest_chat(self, address: str, now: float, seconds: float) -> None:
        """Nothing more to this chat for so long: its messenger said so."""
        chat = self._chats.setdefault(address, Bucket(self._chat_burst))
        chat.rest(now + seconds, self._chat_rate)

    def _forget_rested(self, now: float) -> None:
        self._chats = {
            address: chat
            for address, chat in self._chats.items()
            if chat.free(now, self._chat_rate) < self._chat_burst
        }
