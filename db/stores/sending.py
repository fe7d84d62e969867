"""The delivery worker's side of the outbox: claim what is due, mark what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bot.model.outgoing import BROADCAST, DIGEST, REMINDER, Class, Secrecy
from db.database import Row, Transaction

State = Literal["queued", "sent", "unknown", "failed", "expired", "superseded", "cancelled"]

RISE_AFTER = 600_000
"""The oldest row of a lower priority rises one step for each ten minutes of waiting."""
REMINDER_RISES_AFTER = 10_000
REMINDERS_A_SECOND = 3


@dataclass(frozen=True, slots=True)
class Sending:
    """A claimed row with all that drawing it needs.

    Attributes:
        number: Shown to people as the message's number; the same on every attempt.
        attempt, boot: Of this claim; together they fence whoever claimed the row before.
        failures: Attempts that counted.
        message: The reply as JSON.
        private_word: Which the person chose to recognise our notices by; empty if none.
        edited: What the messenger calls the message that this one replaces; empty if it has none.
    """

    number: int
    id: str
    address: str
    person: str
    klass: Class
    secrecy: Secrecy
    priority: int
    subject: str
    prompt: str
    edits: str
    edited: str
    message: str
    language: str
    zone: str
    attempt: int
    boot: str
    failures: int
    claimed_at: int
    private_word: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a claimed row.

    Attributes:
        state: ``queued`` means another attempt at ``not_before``; every other state is final.
        counted: This attempt counts towards the most there may be.
    """

    state: State
    error: str = ""
    not_before: int = 0
    counted: bool = False
    provider_id: str = ""


class SendingStore:
    """The outbox as the worker of one channel sees it. Times are UTC epoch milliseconds."""

    def __init__(self, tx: Transaction, channel: str) -> None:
        self._tx = tx
        self._channel = channel

    async def claim(self, batch: int, bulk: int, *, now: int, boot: str, lease_until: int) -> list[Sending]:
        """Take up to ``batch`` due rows, at most ``bulk`` of them broadcasts and digests.

        By (rank, due time); one in flight an address; rows of one order key strictly one after
        another. A row that waits for its next attempt holds its own key; one planned for later
        holds nothing. Personal and restricted rows of a frozen person are left waiting.
        """
        taken = await self._tx.all(
            _claim(self._tx.skip_locked),
            channel=self._channel,
            batch=batch,
            bulk=bulk,
            now=now,
            boot=boot,
            lease_until=lease_until,
        )
        if not taken:
            return []
        # a statement of its own, because SQLite uses no index for look-ups within RETURNING
        flying = await self._tx.all(_FLYING, channel=self._channel, boot=boot)
        numbers = {row["seq"] for row in taken}
        return [_sending(row) for row in flying if row["seq"] in numbers]

    async def mark(self, verdicts: Sequence[tuple[Sending, Verdict]], now: int) -> None:
        """Write what became of claimed rows; a row claimed again since then is left alone.

        A row called back while it was on its way is not queued again. The text of a ``once`` row
        is erased as soon as it needs no further attempt.
        """
        await self._tx.many(
            """
            UPDATE outbox
               SET state = CASE WHEN :queued AND withdrawn <> '' THEN withdrawn ELSE :state END,
                   finished_at = CASE WHEN :queued AND withdrawn = '' THEN finished_at ELSE :now END,
                   message = CASE WHEN :queued OR class <> 'once' THEN message ELSE '' END,
                   error = :error, not_before = CASE WHEN :queued THEN :not_before ELSE not_before END,
                   failures = failures + :counted, provider_id = :provider_id, boot = '', lease_until = 0
             WHERE seq = :seq AND attempt = :attempt AND boot = :boot AND state = 'sending'
            """,
            [
                {
                    "seq": row.number,
                    "attempt": row.attempt,
                    "boot": row.boot,
                    "state": verdict.state,
                    "queued": verdict.state == "queued",
                    "error": verdict.error,
                    "not_before": verdict.not_before,
                    "counted": int(verdict.counted),
                    "provider_id": verdict.provider_id,
                    "now": now,
                }
                for row, verdict in verdicts
            ],
        )

    async def stale(self, boot: str, now: int, *, alone: bool) -> list[Sending]:
        """Rows whose worker is gone: perhaps sent, perhaps not.

        With ``alone`` this process is the only one, so every row of another boot is meant;
        otherwise those of another boot whose lease has run out.
        """
        rows = await self._tx.all(
            _STALE,
            channel=self._channel,
            boot=boot,
            now=now,
            alone=alone,
        )
        return [_sending(row) for row in rows]

    async def expire(self, now: int) -> int:
        """End the queued rows whose time has passed; how many."""
        return await self._tx.execute(
            "UPDATE outbox SET state = 'expired', finished_at = :now WHERE channel = :channel"
            " AND state = 'queued' AND not_after > 0 AND not_after <= :now",
            channel=self._channel,
            now=now,
        )

    async def set_back(self, was: int, now: int) -> None:
        """The clock went back from ``was`` to ``now``: what was due then is still due."""
        await self._tx.execute(
            "UPDATE outbox SET not_before = :now WHERE channel = :channel AND state = 'queued'"
            " AND not_before > :now AND not_before <= :was",
            channel=self._channel,
            now=now,
            was=was,
        )

    async def fail_address(self, address: str, error: str, now: int) -> int:
        """Fail everything that waits for an address that is gone; how many rows."""
        return await self._tx.execute(
            "UPDATE outbox SET state = 'failed', error = :error, finished_at = :now"
            " WHERE address = :address AND channel = :channel AND state = 'queued'",
            address=address,
            channel=self._channel,
            error=error,
            now=now,
        )

    async def age(self, now: int) -> None:
        """Let the oldest waiting rows rise, so that nothing starves; call it once a second.

        Three late reminders a second rise to the top; of every other lower priority the oldest row
        rises one step for each ten minutes.
        """
        await self._rise(REMINDER, 0, REMINDERS_A_SECOND, now - REMINDER_RISES_AFTER)
        for rank in range(REMINDER, DIGEST + 1):
            await self._rise(rank, rank - 1, 1, now - RISE_AFTER)

    async def _rise(self, rank: int, to: int, most: int, due_before: int) -> None:
        await self._tx.execute(
            "UPDATE outbox SET rank = :to WHERE seq IN (SELECT seq FROM outbox WHERE channel = :channel"
            " AND state = 'queued' AND rank = :rank AND not_before <= :before"
            " ORDER BY not_before, seq LIMIT :most)",
            channel=self._channel,
            rank=rank,
            to=to,
            before=due_before,
            most=most,
        )


_COLUMNS = """
    seq, id, address, person, class, secrecy, priority, rank, not_before, subject, prompt, edits, attempt,
    boot, failures, claimed_at,
    COALESCE((SELECT provider_id FROM outbox AS first WHERE first.id = outbox.edits), '') AS edited,
    COALESCE((SELECT language FROM person WHERE person.id = outbox.person), '') AS language,
    COALESCE((SELECT zone FROM person WHERE person.id = outbox.person), '') AS zone,
    COALESCE((SELECT private_word FROM person WHERE person.id = outbox.person), '') AS private_word,
    COALESCE((SELECT shared.message FROM outbox_body AS shared WHERE shared.id = outbox.body),
             message) AS message
"""

_FLYING = f"""
    SELECT {_COLUMNS} FROM outbox
     WHERE channel = :channel AND state = 'sending' AND boot = :boot
     ORDER BY rank, not_before, seq
"""  # noqa: S608 - made of constants of this file

_STALE = f"""
    SELECT {_COLUMNS} FROM outbox
     WHERE channel = :channel AND state = 'sending' AND boot <> :boot AND (:alone OR lease_until <= :now)
     ORDER BY seq
"""  # noqa: S608 - made of constants of this file


@cache
def _claim(skip_locked: str) -> str:
    """The claim for one engine. One arm a rank: each walks its part of the index and stops."""
    arms = " UNION ALL ".join(_arm(rank, skip_locked) for rank in range(DIGEST + 1))
    return f"""
        WITH due AS MATERIALIZED ({arms}),
             first AS (SELECT seq, rank, not_before,
                              ROW_NUMBER() OVER (PARTITION BY address ORDER BY rank, not_before, seq) AS nth
                         FROM due)
        UPDATE outbox
           SET state = 'sending', attempt = attempt + 1, boot = :boot, lease_until = :lease_until,
               claimed_at = :now
         WHERE state = 'queued'
           AND seq IN (SELECT seq FROM first WHERE nth = 1 ORDER BY rank, not_before, seq LIMIT :batch)
        RETURNING seq
        """  # noqa: S608 - made of constants of this file


def _arm(rank: int, skip_locked: str) -> str:
    limit = ":bulk" if rank >= BROADCAST else ":batch"
    return f"""
        SELECT * FROM (
            SELECT seq, address, rank, not_before FROM outbox AS waiting
             WHERE channel = :channel AND state = 'queued' AND rank = {rank} AND not_before <= :now
               AND (not_after = 0 OR not_after > :now)
               AND NOT EXISTS (SELECT 1 FROM outbox AS flying
                                WHERE flying.channel = waiting.channel AND flying.address = waiting.address
                                  AND flying.state = 'sending')
               AND NOT EXISTS (SELECT 1 FROM outbox AS earlier
                                WHERE earlier.order_key = waiting.order_key AND earlier.finished_at = 0
                                  AND earlier.seq < waiting.seq
                                  AND (earlier.not_before <= :now OR earlier.attempt > 0)
                                  AND {_not_frozen("earlier")})
               AND {_not_frozen("waiting")}
             ORDER BY not_before, seq LIMIT {limit} {skip_locked}) AS rank{rank}
        """  # noqa: S608 - made of constants of this file


def _not_frozen(row: str) -> str:
    return f"""({row}.secrecy IN ('public', 'internal') OR NOT EXISTS
                    (SELECT 1 FROM person WHERE person.id = {row}.person AND person.frozen))"""  # noqa: S608 - constants


def _sending(row: Row) -> Sending:
    return Sending(
        number=row["seq"],
        id=row["id"],
        address=row["address"],
        person=row["person"],
        klass=row["class"],
        secrecy=row["secrecy"],
        priority=row["priority"],
        subject=row["subject"],
        prompt=row["prompt"],
        edits=row["edits"],
        edited=row["edited"],
        message=row["message"],
        language=row["language"],
        zone=row["zone"],
        private_word=row["private_word"],
        attempt=row["attempt"],
        boot=row["boot"],
        failures=row["failures"],
        claimed_at=row["claimed_at"],
    )
