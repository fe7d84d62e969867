"""Receipts, and what they prove about messages whose outcome is unknown. Pure."""

from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.signal.parse import sender_of

MOST = 1_000
CLOCKS_DIFFER = 2_000
"""By how many ms the daemon's clock may be behind ours."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A person's device has these messages of ours.

    Attributes:
        address: Of the person.
        timestamps: Ids of the messages, UTC epoch ms.
        read: Whether the person has seen them.
    """

    address: str
    timestamps: tuple[int, ...]
    read: bool


def receipt_of(report: Mapping[str, Any]) -> Receipt | None:
    """The receipt in a report; None if it is anything else."""
    envelope, sender = report.get("envelope"), sender_of(report)
    receipt = envelope.get("receiptMessage") if isinstance(envelope, dict) else None
    if not isinstance(receipt, dict) or not sender:
        return None
    stamps = receipt.get("timestamps")
    known = tuple(stamp for stamp in stamps if isinstance(stamp, int)) if isinstance(stamps, list) else ()
    read = bool(receipt.get("isRead") or receipt.get("isViewed"))
    return Receipt(f"signal:{sender}", known, read) if known else None


def settles(receipt: Receipt, address: str, began: int, ended: int) -> int:
    """Id of the message that an attempt between ``began`` and ``ended`` sent, 0 if it proves nothing.

    Only one message is on its way at a time, so a receipt for a message born in that time is for this one.

    Args:
        began, ended: UTC epoch ms of the request and of giving up on it.
    """
    if receipt.address != address:
        return 0
    fitting = (stamp for stamp in receipt.timestamps if began - CLOCKS_DIFFER <= stamp <= ended)
    return next(fitting, 0)


@dataclass(slots=True)
class _Attempt:
    address: str
    began: int
    ended: int
    timestamp: int
    mark: str
    arrived: int = 0


class Uncertain:
    """Messages that failed but may have arrived, until a receipt shows it or they are sent again.

    A receipt is often faster than the news of the failure, so the latest ones are remembered.
    """

    def __init__(self) -> None:
        self._attempts: OrderedDict[tuple[str, bytes], _Attempt] = OrderedDict()
        self._certain: deque[int] = deque(maxlen=MOST)
        self._receipts: deque[Receipt] = deque(maxlen=MOST)

    def note(
        self, address: str, digest: bytes, *, began: int, ended: int, timestamp: int = 0, mark: str = ""
    ) -> None:
        """An attempt that may have succeeded.

        Args:
            timestamp: The message's time, where the daemon told it.
            mark: Ends the message's id.
        """
        attempt = self._attempts[address, digest] = _Attempt(address, began, ended, timestamp, mark)
        for receipt in self._receipts:
            self._compare(receipt, attempt)
        while len(self._attempts) > MOST:
            self._attempts.popitem(last=False)

    def sent(self, address: str, digest: bytes, timestamp: int) -> None:
        """A message that certainly went out; receipts for it prove nothing about others."""
        self.settle(address, digest)
        self._certain.append(timestamp)

    def hear(self, receipt: Receipt) -> None:
        """Take a receipt into account."""
        self._receipts.append(receipt)
        for attempt in self._attempts.values():
            self._compare(receipt, attempt)

    def arrived(self, address: str, digest: bytes) -> str:
        """Id under which this very message arrived; empty if nothing shows that it did."""
        attempt = self._attempts.get((address, digest))
        return f"{attempt.arrived}{attempt.mark}" if attempt and attempt.arrived else ""

    def ended(self, address: str, digest: bytes) -> int:
        """When the last attempt at this message was given up, UTC epoch ms; 0 if there is none."""
        attempt = self._attempts.get((address, digest))
        return attempt.ended if attempt else 0

    def settle(self, address: str, digest: bytes) -> None:
        """Nothing is uncertain about this message any longer."""
        self._attempts.pop((address, digest), None)

    def _compare(self, receipt: Receipt, attempt: _Attempt) -> None:
        if attempt.arrived:
            return
        if attempt.timestamp:
            known = receipt.address == attempt.address and attempt.timestamp in receipt.timestamps
            attempt.arrived = attempt.timestamp if known else 0
            return
        unknown = tuple(stamp for stamp in receipt.timestamps if stamp not in self._certain)
        rest = Receipt(receipt.address, unknown, receipt.read)
        attempt.arrived = settles(rest, attempt.address, attempt.began, attempt.ended)
        if attempt.arrived:
            self._certain.append(attempt.arrived)  # it proves one attempt, not two
