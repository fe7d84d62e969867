"""What lies on the desk, kept in memory as a messenger's server keeps it."""

import asyncio
import secrets
from collections import defaultdict, deque
from dataclasses import replace
from typing import Any

from bot.channels.web.records import Entry, Record

KEPT = 1000
"""Messages kept on one phone; older ones disappear from the page, never from the bot."""


class Desk:
    """The newest version of every record, in the order of their last change.

    A page that knows the revision it has seen gets exactly what changed since, so a lost
    connection loses nothing and an edit made meanwhile arrives once.
    """

    def __init__(self) -> None:
        self.epoch = secrets.token_hex(6)
        self.closed = False
        self._revision = 0
        self._count = 0
        self._records: dict[str, tuple[int, Record]] = {}
        self._messages: defaultdict[str, deque[str]] = defaultdict(deque)
        self._changed = asyncio.Event()

    def put(self, key: str, record: Record) -> None:
        """Keep the record as the newest under its key and wake who waits; an equal one changes nothing."""
        if self._records.get(key, (0, None))[1] == record:
            return
        self._revision += 1
        self._records.pop(key, None)
        self._records[key] = (self._revision, record)
        self._wake()

    def add(self, entry: Entry) -> Entry:
        """Put a new message at the end of its phone; the entry with its place."""
        self._count += 1
        placed = replace(entry, seq=self._count)
        key = f"{entry.phone}/{entry.id}"
        self.put(key, placed)
        keys = self._messages[entry.phone]
        keys.append(key)
        if len(keys) > KEPT:
            del self._records[keys.popleft()]
        return placed

    def entry(self, phone: str, message_id: str) -> Entry | None:
        """The message, if it is still there."""
        record = self._records.get(f"{phone}/{message_id}", (0, None))[1]
        return record if isinstance(record, Entry) else None

    def change(self, phone: str, message_id: str, **values: Any) -> None:
        """Change a message in place; one that is gone stays gone."""
        if entry := self.entry(phone, message_id):
            self.put(f"{phone}/{message_id}", replace(entry, **values))

    def since(self, revision: int) -> list[tuple[int, Record]]:
        """What changed after this revision, oldest change first."""
        later = []
        for number, record in reversed(self._records.values()):
            if number <= revision:
                break
            later.append((number, record))
        return later[::-1]

    @property
    def changed(self) -> asyncio.Event:
        """Set at the next change; take it before reading what is there."""
        return self._changed

    def close(self) -> None:
        """Tell everybody who waits that nothing more will come."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
