"""Which messages may still be edited, and what their later versions are called. Pure."""

from collections import Counter, OrderedDict
from dataclasses import replace

from bot.model.incoming import Incoming

EDITABLE_FOR = 24 * 3_600_000
"""The apps take an edit for so long, in ms."""
MOST_EDITS = 10
MOST_KNOWN = 5_000


class Revisions:
    """Edits of this process. After a restart a message counts as not edited, which the apps forgive."""

    def __init__(self) -> None:
        self._edits: Counter[str] = Counter()
        self._first: OrderedDict[str, str] = OrderedDict()

    def may_edit(self, message_id: str, sent_at: int, now: int) -> bool:
        """Whether the apps will show another edit; times in UTC epoch ms."""
        return now - sent_at < EDITABLE_FOR and self._edits[message_id] < MOST_EDITS

    def edited(self, message_id: str, revision: str) -> None:
        """The message has a new version, which people may quote by a time of its own."""
        self._edits[message_id] += 1
        self._first[revision] = message_id
        while len(self._first) > MOST_KNOWN:
            _, oldest = self._first.popitem(last=False)
            del self._edits[oldest]

    def traced(self, incoming: Incoming | None) -> Incoming | None:
        """The same, answering the first version of the message whose later version it quotes."""
        if incoming and (first := self._first.get(incoming.quoted)):
            return replace(incoming, quoted=first)
        return incoming
