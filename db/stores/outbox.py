"""What goes out: queueing, calling back, looking up, counting. The worker's side is ``sending.py``."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from bot.model.message import Reply
from bot.model.outgoing import Outgoing
from db.database import Row, Transaction, Value

_ADD = """
    INSERT INTO outbox (id, channel, address, order_key, person, class, secrecy, priority, rank, dedupe,
                        subject, revision, edits, prompt, message, body, not_before, not_after, created_at)
    VALUES (:id, :channel, :address, :order_key, :person, :class, :secrecy, :priority, :priority, :dedupe,
            :subject, :revision, :edits, :prompt, :message, :body, :not_before, :not_after, :now)
    ON CONFLICT (dedupe) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as it can be found again by what the messenger calls it."""

    id: str
    person: str
    prompt: str
    subject: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """A row that ended badly and that a coordinator should see."""

    id: str
    number: int
    person: str
    channel: str
    klass: str
    subject: str
    state: str
    error: str
    finished_at: int


class OutboxStore:
    """The outbox as one unit of work sees it. Times are UTC epoch milliseconds.

    States: queued, sending; then one of sent, unknown, failed, expired, superseded, cancelled.
    """

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(self, outgoing: Outgoing, *, id: str, now: int) -> bool:
        """Queue one message; False when a row with its dedupe key is there already."""
        return await self._tx.execute(_ADD, **_values(id, outgoing, now)) == 1

    async def add_many(self, items: Iterable[tuple[str, Outgoing]], *, now: int, body: str = "") -> None:
        """Queue many ``(id, message)``; known dedupe keys are skipped.

        With ``body``, an id given to ``share``, all of them carry that text instead of their own.
        """
        await self._tx.many(_ADD, [_values(id, outgoing, now, body) for id, outgoing in items])

    async def share(self, id: str, reply: Reply, *, now: int) -> None:
        """Keep one text that many rows refer to in their column ``body``; the same id replaces it."""
        await self._tx.execute(
            "INSERT INTO outbox_body (id, message, created_at) VALUES (:id, :message, :now)"
            " ON CONFLICT (id) DO UPDATE SET message = excluded.message",
            id=id,
            message=_dumped(reply),
            now=now,
        )

    async def supersede(self, subject: str, below: int, *, now: int) -> int:
        """End what is not yet sent about revisions of ``subject`` before ``below``; how many rows.

        A row on its way at this moment may still arrive, but is not tried again.
        """
        return await self._withdraw(
            "superseded",
            "subject = :subject AND subject <> '' AND revision < :below",
            now,
            subject=subject,
            below=below,
        )

    async def cancel_subject(self, subject: str, *, now: int) -> int:
        """End everything about ``subject`` that is not yet sent; how many rows."""
        return await self._withdraw("cancelled", "subject = :subject AND subject <> ''", now, subject=subject)

    async def cancel_person(self, person: str, *, now: int) -> int:
        """End everything for ``person`` that is not yet sent; how many rows."""
        return await self._withdraw("cancelled", "person = :person", now, person=person)

    async def forget(self, person: str, *, now: int) -> None:
        """End what waits for ``person`` and erase what was written to them; the counts stay true."""
        await self.cancel_person(person, now=now)
        await self._tx.execute(
            "UPDATE outbox SET message = '', body = '', person = '', address = '', order_key = '',"
            " provider_id = '' WHERE person = :person AND finished_at > 0",
            person=person,
        )

    async def provider_id_of(self, id: str) -> str:
        """What the messenger calls the message; empty while it is not sent."""
        row = await self._tx.one("SELECT provider_id FROM outbox WHERE id = :id", id=id)
        return row["provider_id"] if row else ""

    async def by_provider_id(self, address: str, provider_id: str) -> Sent | None:
        """The message that the messenger at ``address`` calls ``provider_id``."""
        row = await self._tx.one(
            "SELECT id, person, prompt, subject FROM outbox WHERE address = :address"
            " AND provider_id = :provider_id AND provider_id <> '' ORDER BY seq DESC LIMIT 1",
            address=address,
            provider_id=provider_id,
        )
        return Sent(row["id"], row["person"], row["prompt"], row["subject"]) if row else None

    async def counts(self, subject: str) -> dict[str, int]:
        """How many messages about ``subject`` stand in each state; the sum is its audience."""
        rows = await self._tx.all(
            "SELECT state, COUNT(*) AS n FROM outbox"
            " WHERE subject = :subject AND subject <> '' GROUP BY state",
            subject=subject,
        )
        return {row["state"]: row["n"] for row in rows}

    async def told(self, subject: str) -> list[str]:
        """People whom a message about ``subject`` reached, or may have reached."""
        rows = await self._tx.all(
            "SELECT DISTINCT person FROM outbox WHERE subject = :subject AND subject <> ''"
            " AND (state IN ('sent', 'sending', 'unknown') OR failures > 0) ORDER BY person",
            subject=subject,
        )
        return [row["person"] for row in rows]

    async def stuck(self, limit: int = 50) -> list[Stuck]:
        """Rows of unknown outcome or failed that nobody has dealt with, newest first."""
        rows = await self._tx.all(
            "SELECT id, seq, person, channel, class, subject, state, error, finished_at FROM outbox"
            " WHERE state IN ('unknown', 'failed') AND settled_at = 0 AND person <> ''"
            " ORDER BY finished_at DESC, seq DESC LIMIT :limit",
            limit=limit,
        )
        return [_stuck(row) for row in rows]

    async def settle(self, id: str, now: int) -> bool:
        """A coordinator has dealt with a stuck row; False when one did before."""
        settled = await self._tx.execute(
            "UPDATE outbox SET settled_at = :now WHERE id = :id AND settled_at = 0", id=id, now=now
        )
        return settled == 1

    async def oldest_due(self, channel: str, now: int) -> int | None:
        """When the row that has waited longest became due; None when nothing waits."""
        row = await self._tx.one(
            "SELECT MIN(not_before) AS oldest FROM outbox"
            " WHERE channel = :channel AND state = 'queued' AND not_before <= :now",
            channel=channel,
            now=now,
        )
        oldest: int | None = row["oldest"] if row else None
        return oldest

    async def purge(self, before: int) -> int:
        """Delete finished rows made before ``before`` from the oldest thousands; how many.

        A bounded step, so that nobody waits for it: call again until it returns 0. Rows under whose
        shared buttons may still be pressed stay.
        """
        gone = await self._tx.execute(
            "DELETE FROM outbox WHERE created_at < :before AND finished_at > 0"
            " AND seq IN (SELECT seq FROM outbox WHERE prompt NOT IN (SELECT id FROM shared_prompt)"
            " ORDER BY seq LIMIT 5000)",
            before=before,
        )
        if not gone:
            await self._tx.execute(
                "DELETE FROM outbox_body WHERE created_at < :before"
                " AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.body = outbox_body.id)",
                before=before,
            )
        return gone

    async def _withdraw(self, end: str, which: str, now: int, **values: Value) -> int:
        flying = "UPDATE outbox SET withdrawn = :end WHERE state = 'sending' AND finished_at = 0 AND "
        waiting = (
            "UPDATE outbox SET state = :end, finished_at = :now"
            " WHERE state = 'queued' AND finished_at = 0 AND "
        )
        await self._tx.execute(flying + which, end=end, **values)
        return await self._tx.execute(waiting + which, end=end, now=now, **values)


def _values(id: str, outgoing: Outgoing, now: int, body: str = "") -> dict[str, Value]:
    address = outgoing.address
    return {
        "id": id,
        "channel": address.partition(":")[0],
        "address": address,
        # a reply must not wait behind a broadcast to the same person
        "order_key": outgoing.order_key or f"{address}/{outgoing.priority}",
        "person": outgoing.person,
        "class": outgoing.klass,
        "secrecy": outgoing.secrecy,
        "priority": outgoing.priority,
        "dedupe": outgoing.dedupe or None,
        "subject": outgoing.subject,
        "revision": outgoing.revision,
        "edits": outgoing.edits,
        "prompt": outgoing.prompt,
        "message": "" if body else _dumped(outgoing.reply),
        "body": body,
        "not_before": max(outgoing.not_before, now),
        "not_after": outgoing.not_after,
        "now": now,
    }


def _dumped(reply: Reply) -> str:
    return json.dumps(reply.to_json(), ensure_ascii=False, separators=(",", ":"))


def _stuck(row: Row) -> Stuck:
    return Stuck(
        id=row["id"],
        number=row["seq"],
        person=row["person"],
        channel=row["channel"],
        klass=row["class"],
        subject=row["subject"],
        state=row["state"],
        error=row["error"],
        finished_at=row["finished_at"],
    )
