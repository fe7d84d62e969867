"""How fast a channel may send. Pure: times are seconds of a clock that never goes back.

Even, never in bursts: a messenger that counts strictly answers a burst with 429 and delivers less.
"""

import math

FEWEST_A_SECOND = 1.0
RECOVERY = 10.0
"""Seconds in which the rate regains one message a second after a 429."""
BURST_SECONDS = 0.02
MOST_CHATS = 10_000


class Bucket:
    """Up to ``size`` messages at once, then ``rate`` a second."""

    __slots__ = ("_full_at", "_size")

    def __init__(self, size: float) -> None:
        self._size = size
        self._full_at = -math.inf  # kept as one time, so that nothing drifts

    def free(self, now: float, rate: float) -> int:
        """How many may leave now."""
        missing = max(0.0, self._full_at - now) * rate
        return int(self._size - missing + 1e-9)

    def wait(self, now: float, rate: float, n: int = 1) -> float:
        """Seconds until ``n`` may leave; ``n`` is cut to the size."""
        return max(0.0, self._full_at - now - (self._size - min(n, self._size)) / rate)

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

    In any stretch of ``t`` seconds at most ``rate * t + burst`` messages leave, where ``burst`` is 2
    or, above 100 a second, what is due in 20 ms: fewer and larger steps would wake the process less
    but break the rule, more and smaller ones cost more than the sending.
    """

    def __init__(
        self, rate: float, *, chat_rate: float = 1.0, chat_burst: int = 3, bulk_share: float = 0.8
    ) -> None:
        self._set_rate = rate
        self._chat_rate = chat_rate
        self._chat_burst = chat_burst
        self._share = bulk_share
        self._burst = max(2.0, rate * BURST_SECONDS)
        self._all = Bucket(self._burst)
        self._bulk = Bucket(max(1.0, self._burst * bulk_share))
        self._chats: dict[str, Bucket] = {}
        self._reduced_to = rate
        self._reduced_at = -math.inf

    def rate(self, now: float) -> float:
        """Messages a second at this moment: the set rate, or less for a while after a 429."""
        if now - self._reduced_at > (self._set_rate - self._reduced_to) * RECOVERY:
            return self._set_rate
        return min(self._set_rate, self._reduced_to + (now - self._reduced_at) / RECOVERY)

    def throttled(self, now: float) -> None:
        """Halve the rate: the messenger asked for it. Once a second at most, as 429s come in groups."""
        if now - self._reduced_at >= 1.0:
            self._reduced_to = max(min(FEWEST_A_SECOND, self._set_rate), self.rate(now) / 2)
            self._reduced_at = now

    def free(self, now: float) -> tuple[int, int]:
        """How many messages may leave now, and how many of these may be broadcasts."""
        rate = self.rate(now)
        free = self._all.free(now, rate)
        return free, min(free, self._bulk.free(now, rate * self._share))

    def wait(self, now: float) -> float:
        """Seconds until one message may leave."""
        return self._all.wait(now, self.rate(now))

    def wait_for_step(self, now: float, most: int, *, bulk: bool) -> float:
        """Seconds until the next step is worth while: half a burst may leave, or ``most``."""
        rate, n = self.rate(now), max(1, min(most, int(self._burst / 2)))
        wait = self._all.wait(now, rate, n)
        return max(wait, self._bulk.wait(now, rate * self._share, n)) if bulk else wait

    def take(self, now: float, *, bulk: bool = False) -> None:
        """One message leaves now."""
        rate = self.rate(now)
        self._all.take(now, rate)
        if bulk:
            self._bulk.take(now, rate * self._share)

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
