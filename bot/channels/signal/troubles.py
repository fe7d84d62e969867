"""What Mistok remembers of people whom messages do not reach. Pure: times are UTC epoch ms."""

from collections import Counter
from datetime import timedelta

from bot.errors import ChannelUnavailable, DeliveryError, OutcomeUnknown, RecipientGone, Throttled

HELD = timedelta(minutes=10)
"""How long a person's messages are put off at a time; short, so that nothing waits when they are back."""
PAUSES = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10))
NEXT_DAY = 20 * 3_600_000
"""When somebody who was not on Signal is tried once more, in ms."""


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
        if now - first < NEXT_DAY:
            return Throttled(HELD, whole_channel=False)
        del self._missing[address]
        return RecipientGone("not on Signal since yesterday")

    def holds(self, address: str, now: int) -> bool:
        """Whether it is too early to try this person again."""
        return now - self._missing.get(address, -NEXT_DAY) < NEXT_DAY

    def heard(self, address: str) -> None:
        """The person wrote, so they are on Signal."""
        self._missing.pop(address, None)

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
