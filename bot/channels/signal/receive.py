"""What the daemon reports, stored before anything else happens with it."""

import asyncio
import base64
import logging
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from bot.channels.channel import Accept, Envelope
from bot.channels.signal.account import Account
from bot.channels.signal.check import is_old
from bot.channels.signal.parse import enveloped, long_text, sender_of, with_text
from bot.channels.signal.receipts import Receipt, receipt_of
from bot.channels.signal.rpc import JSON, Line, NoAnswer, NotSent, RpcError, Unusable

LONGEST_PAUSE = 30.0
PROBE_EVERY = 60.0
PROBE_TIMEOUT = 15.0
DAY = 24 * 3600.0
MOST_WAITING = 10_000
MOST_TEXT = 131_072  # base64 of 64 KiB and some

log = logging.getLogger(__name__)
Pause = Callable[[float], Awaitable[object]]


class Receiver:
    """Listens for every account, stores what arrives and notices when the daemon is gone.

    Args:
        on_receipt: Called with each receipt; must not wait.
        on_change: Called with an empty text when reports flow and a reason when they stop.
        pause: Waits the given seconds before another attempt.
    """

    def __init__(
        self,
        line: Line,
        accounts: Sequence[Account],
        *,
        on_receipt: Callable[[Receipt], None],
        on_change: Callable[[str], None],
        pause: Pause = asyncio.sleep,
        probe_every: float = PROBE_EVERY,
    ) -> None:
        self._line = line
        self._accounts = accounts
        self._on_receipt = on_receipt
        self._on_change = on_change
        self._pause = pause
        self._probe_every = probe_every
        self._warn_again = 0.0
        self._waiting: deque[JSON] = deque()
        self._arrived = asyncio.Event()

    async def run(self, accept: Accept) -> None:
        """Until cancelled; every loss of the connection is mended."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._store(accept))
            tasks.create_task(self._probe())
            for account in self._accounts:
                tasks.create_task(self._listen(account))

    async def _listen(self, account: Account) -> None:
        failures = 0

        def opened(*, automatic: bool) -> None:
            nonlocal failures
            failures = 0
            self._on_change("")
            if automatic:
                log.warning(
                    "signal: the daemon fetches messages unasked; start it with --receive-mode=manual"
                )

        while True:
            try:
                await self._line.listen(account.number, self._take, opened)
            except (NotSent, NoAnswer, Unusable, RpcError) as error:
                reason = str(error) or type(error).__name__
            pause = backoff(failures)
            failures = min(failures + 1, 10)
            log.warning("signal: not receiving (%s); trying again in %.1f s", reason, pause)
            self._on_change(reason)
            await self._pause(pause)

    def _take(self, report: JSON) -> None:
        if receipt := receipt_of(report):
            self._on_receipt(receipt)
            return
        self._waiting.append(report)
        self._arrived.set()
        if len(self._waiting) >= MOST_WAITING:
            self._line.drop()  # the rest stays with Signal until these are stored

    async def _store(self, accept: Accept) -> None:
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            reports = [self._waiting.popleft() for _ in range(len(self._waiting))]
            whole = [await self._whole(report) for report in reports if enveloped(report)]
            if envelopes := in_order(whole):
                await self._insist(accept, envelopes)

    async def _insist(self, accept: Accept, envelopes: Sequence[Envelope]) -> None:
        """The daemon does not report twice, so nothing is let go before it is stored."""
        failures = 0
        while True:
            try:
                await accept(envelopes)
                return
            except Exception as error:  # a locked or full database; it may recover
                log.error("signal: %d messages are not stored yet (%s)", len(envelopes), type(error).__name__)
                await self._pause(backoff(failures))
                failures = min(failures + 1, 10)

    async def _whole(self, report: JSON) -> JSON:
        """The report with the rest of a long text, which the daemon keeps as a file beside it."""
        attachment = long_text(report)
        if not attachment:
            return report
        account = next(
            (one for one in self._accounts if one.number == report.get("account")), self._accounts[0]
        )
        try:
            id_ = str(attachment.get("id"))
            got = await account.call("getAttachment", PROBE_TIMEOUT, id=id_, recipient=sender_of(report))
            data = got["data"]
            if len(data) > MOST_TEXT:
                raise ValueError("over the limit")
            return with_text(report, base64.b64decode(data).decode())
        except (NotSent, NoAnswer, Unusable, RpcError, ValueError, TypeError, KeyError) as error:
            log.warning("signal: the rest of a long text could not be read (%s)", type(error).__name__)
            return report

    async def _probe(self) -> None:
        """A daemon that does not answer a simple question is stuck: connect anew."""
        while True:
            await asyncio.sleep(self._probe_every)
            try:
                answer = await self._line.call("version", {}, PROBE_TIMEOUT)
                self._warn_of_age(str(answer["version"]))
            except (KeyError, TypeError):
                continue  # it answers, whatever it is
            except (NotSent, NoAnswer, Unusable, RpcError) as error:
                log.warning("signal: the daemon does not answer (%s)", str(error))
                self._line.drop()

    def _warn_of_age(self, version: str) -> None:
        """Say once a day that the daemon is old: Signal refuses old ones without warning."""
        if is_old(version) and time.monotonic() >= self._warn_again:
            self._warn_again = time.monotonic() + DAY
            log.warning("signal: signal-cli %s is too old, Signal will refuse it; update it", version)


def in_order(reports: Sequence[JSON]) -> list[Envelope]:
    """Envelopes of what arrived together, each person's in the order they wrote them."""
    found = [
        (report["envelope"].get("timestamp"), envelope)
        for report in reports
        if (envelope := enveloped(report))
    ]
    return [envelope for _, envelope in sorted(found, key=lambda pair: _time(pair[0]))]


def backoff(failures: int) -> float:
    """Seconds to wait after so many failures before: 1, 2, 4 … 30, shortened by up to half at random."""
    return min(2.0**failures, LONGEST_PAUSE) * random.uniform(0.5, 1)  # noqa: S311 - no secret


def _time(value: object) -> int:
    return value if isinstance(value, int) else 0
