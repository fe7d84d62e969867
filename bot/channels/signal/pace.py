"""How fast Signal may be written to without being asked. Pure: times are UTC epoch ms.

Signal's limits are secret and change. People who wrote lately are answered at once; everything else
goes out seconds apart, never evenly, slower after each limit and a little faster after each success.
"""

import math
from dataclasses import dataclass, field

RATE = 4.0
"""Messages a second, all together; only answers come near it."""
CHAT_RATE = 1.0
"""Messages a second to one person: what Signal's servers allow a pair for long."""
BULK_SHARE = 0.05
"""The part of the rate for broadcasts and digests: one in five seconds."""
IN_FLIGHT = 4
"""Sends begun at once: one is on its way, two may wait for their turn, one answers."""
CONVERSATION = 15 * 60_000
"""How long after a person's last message ours count as answers."""
SHORTEST, USUAL, LONGEST = 4.0, 6.0, 300.0
"""Seconds between two messages that nobody waits for."""
NEW_CHATS_A_DAY = 20
"""People a day whom the account writes to first; far fewer than anybody was ever limited for."""
DAY = 24 * 3600_000


@dataclass(slots=True)
class Pace:
    """The pace of one account.

    Attributes:
        interval: Mean seconds between two unprompted messages at this moment.
    """

    interval: float = USUAL
    _next: int = 0
    _heard: dict[str, int] = field(default_factory=dict)
    _day: int = 0
    _new: set[str] = field(default_factory=set)

    def heard(self, address: str, now: int) -> None:
        """The person wrote; until the conversation has gone cold they are answered at once."""
        self._heard[address] = now
        if len(self._heard) > 10_000:
            self._heard = {who: at for who, at in self._heard.items() if now - at <= CONVERSATION}

    def converses(self, address: str, now: int) -> bool:
        """Whether the person wrote so lately that a message to them is an answer."""
        return now - self._heard.get(address, -CONVERSATION - 1) <= CONVERSATION

    def wait(self, address: str, now: int, spread: float) -> float:
        """Seconds until a message to this person may leave; its turn is taken with the answer.

        Args:
            spread: Factor from 0.5 to 1.5 on the pause after it.
        """
        if self.converses(address, now):
            return 0.0
        turn = max(now, self._next)
        self._next = turn + round(self.interval * spread * 1000)
        return (turn - now) / 1000

    def meet(self, address: str, now: int) -> float:
        """Zero, and the new person counts for today; else the seconds until tomorrow."""
        if now // DAY != self._day:
            self._day, self._new = now // DAY, set()
        if address not in self._new and len(self._new) >= NEW_CHATS_A_DAY:
            return math.ceil(((self._day + 1) * DAY - now) / 1000)
        self._new.add(address)
        return 0.0

    def queue(self, now: int) -> float:
        """Seconds until the next free turn."""
        return max(0, self._next - now) / 1000

    def went_well(self) -> None:
        """A message went out: after many the pace is a little faster."""
        self.interval = max(SHORTEST, self.interval * 0.99)

    def limited(self) -> None:
        """A limit was hit: half as fast from now on."""
        self.interval = min(LONGEST, self.interval * 2)

    def seconds_for(self, messages: int, now: int) -> float:
        """How long so many unprompted messages take, for a coordinator who wants to know the end."""
        return self.queue(now) + messages * self.interval

    def new_chats_left(self, now: int) -> int:
        """How many people the account may write to first today."""
        return NEW_CHATS_A_DAY - (len(self._new) if now // DAY == self._day else 0)
