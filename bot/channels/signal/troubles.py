"""What Mistok remembers of people whom messages do not reach. Pure: times are UTC epoch ms."""

from collections import Counter
from datetime import timedelta

from bot.errors import ChannelUnavailable, DeliveryError, OutcomeUnknown, RecipientGone, Throttled

NEXT_DAY = timedelta(hours=24)
HELD = timedelta(hours=1)
"""How often a message to somebody with a changed safety number is tried."""
PAUSES = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10))
ALMOST_A_DAY = 20 * 3_600_000


class Troubles:
    """Turns failures that concern one person into pauses, and repeated ones into an end.

    Attributes:
        rekeyed: Addresses whose safety number changed.
    """

    def __init__(self) -> None:
        self.rekeyed: set[str] = set()
        self._missing: dict[str, int] = {}
        self._undelivered: Counter[str] = Counter()

    def went_well(self, address: str) -> None:
        """A message reached this person, so Signal as a whole works."""
        self._missing.pop(address, None)
        self._undelivered.pop(address, None)
        self.rekeyed.discard(address)

    def rekey(self, address: str) -> DeliveryError:
        """The safety number changed: hold what waits for this person."""
        self.rekeyed.add(address)
        return Throttled(HELD, whole_channel=False)

    def missing(self, address: str, now: int) -> DeliveryError:
        """Not on Signal: tried once more the next day, then given up."""
        first = self._missing.setdefault(address, now)
        if now - first >= ALMOST_A_DAY:
            return RecipientGone("not on Signal since yesterday")
        return Throttled(NEXT_DAY, whole_channel=False)

    def undelivered(self, address: str) -> DeliveryError:
        """Did not reach this person: three tries, then a person decides.

        While it happens to several people at once it is Signal's trouble and not theirs.
        """
        if any(other != address for other in self._undelivered):
            self._undelivered[address] = 1
            return ChannelUnavailable("Signal delivers to nobody")
        tries = self._undelivered[address]
        self._undelivered[address] += 1
        if tries >= len(PAUSES):
            del self._undelivered[address]
            return OutcomeUnknown("three tries did not reach the person")
        return Throttled(PAUSES[tries], whole_channel=False)
