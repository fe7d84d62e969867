"""Sendings to many: what is said, who approved it, how far it is queued."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter

from bot.meetings.audience import Audience
from bot.model.message import Message, Reply, from_json, to_json
from db.database import Row, Transaction, Value
from db.stores.prompts import Action

Kind = Literal["invite", "change", "cancel", "notice", "after"]
State = Literal["proposed", "held", "queueing", "sending", "done", "stopped", "superseded", "refused"]
Variant = Literal["new", "told", "coming", "came", "missed"]

_WISH = TypeAdapter(Audience)
WAITING = "('proposed', 'held', 'queueing', 'sending')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """One sending of one matter.

    Attributes:
        subject: ``meeting:<id>`` or ``notice:<id>``; with ``revision`` what is older can be superseded.
        region: The only one it reaches; empty for all.
        audience: Whom it was meant for when it was approved.
        contents: What is said, by what the reader knows; its buttons' handles lack the prompt (``.0``).
        actions: What the buttons start.
        urgent: May come in the quiet hours to those who allowed it.
        held_until: May be taken back until then, UTC epoch milliseconds.
        not_after: From then on it is stale.
        position: The last recipient queued.
        progress: Prompt of the message that shows the author how far it is.
        shown: What that message says, in short.
    """

    id: str
    kind: Kind
    subject: str
    author: str
    contents: Mapping[str, Reply]
    not_after: int
    created_at: int
    revision: int = 0
    approver: str = ""
    region: str = ""
    audience: Audience = field(default_factory=Audience)
    actions: tuple[tuple[Message, Action], ...] = ()
    urgent: bool = False
    state: State = "proposed"
    held_until: int = 0
    position: int = 0
    progress: str = ""
    shown: str = ""


class BroadcastStore:
    """Broadcasts; who gets them is in ``recipients.py``."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def put(self, broadcast: Broadcast) -> None:
        """Store a new broadcast."""
        actions = [
            [to_json(label), action.dialogue, dict(action.args), action.repeatable]
            for label, action in broadcast.actions
        ]
        contents = {variant: reply.to_json() for variant, reply in broadcast.contents.items()}
        await self._tx.execute(
            """
            INSERT INTO broadcast (id, kind, subject, revision, author, approver, region, wish, contents,
                                   actions, urgent, state, held_until, not_after, created_at)
            VALUES (:id, :kind, :subject, :revision, :author, :approver, :region, :wish, :contents,
                    :actions, :urgent, :state, :held_until, :not_after, :created_at)
            """,
            id=broadcast.id,
            kind=broadcast.kind,
            subject=broadcast.subject,
            revision=broadcast.revision,
            author=broadcast.author,
            approver=broadcast.approver,
            region=broadcast.region,
            wish=_WISH.dump_json(broadcast.audience).decode(),
            contents=json.dumps(contents, ensure_ascii=False),
            actions=json.dumps(actions, ensure_ascii=False),
            urgent=broadcast.urgent,
            state=broadcast.state,
            held_until=broadcast.held_until,
            not_after=broadcast.not_after,
            created_at=broadcast.created_at,
        )

    async def get(self, id: str) -> Broadcast | None:
        """The broadcast with this id."""
        row = await self._tx.one("SELECT * FROM broadcast WHERE id = :id", id=id)
        return _broadcast(row) if row else None

    async def latest(self, subject: str) -> Broadcast | None:
        """The newest broadcast about ``subject``."""
        row = await self._tx.one(
            "SELECT * FROM broadcast WHERE subject = :subject ORDER BY created_at DESC, id LIMIT 1",
            subject=subject,
        )
        return _broadcast(row) if row else None

    async def move(self, id: str, before: Sequence[State], to: State, **also: Value) -> bool:
        """Change the state from one of ``before``; False when it is another by now.

        ``also`` are ``approver`` and ``held_until``.
        """
        values = {"approver": None, "held_until": None, **also}
        moved = await self._tx.execute(
            "UPDATE broadcast SET state = :to, approver = COALESCE(:approver, approver),"
            " held_until = COALESCE(:held_until, held_until)"
            " WHERE id = :id AND :before LIKE '%,' || state || ',%'",
            id=id,
            to=to,
            before=f",{','.join(before)},",
            **values,
        )
        return moved == 1

    async def supersede(self, subject: str) -> None:
        """Queue no more of what was to be said about ``subject``."""
        await self._tx.execute(
            f"UPDATE broadcast SET state = 'superseded' WHERE subject = :subject AND state IN {WAITING}",  # noqa: S608 - a constant
            subject=subject,
        )

    async def next_to_queue(self, now: int) -> Broadcast | None:
        """The broadcast whose list is to be queued, changes before invitations."""
        await self._tx.execute(
            "UPDATE broadcast SET state = 'queueing' WHERE state = 'held' AND held_until <= :now", now=now
        )
        row = await self._tx.one(
            "SELECT * FROM broadcast WHERE state = 'queueing'"
            " ORDER BY CASE WHEN kind IN ('change', 'cancel') THEN 0 ELSE 1 END, created_at, id LIMIT 1"
        )
        return _broadcast(row) if row else None

    async def advance(self, id: str, position: int, *, finished: bool) -> None:
        """Note how far the list has been queued."""
        await self._tx.execute(
            "UPDATE broadcast SET position = :position,"
            " state = CASE WHEN :finished THEN 'sending' ELSE state END WHERE id = :id",
            id=id,
            position=position,
            finished=finished,
        )

    async def withdraw(self, id: str, now: int) -> None:
        """End what of this broadcast has not left yet."""
        for change, state in (
            ("withdrawn = 'cancelled'", "sending"),
            ("state = 'cancelled', finished_at = :now", "queued"),
        ):
            await self._tx.execute(
                f"UPDATE outbox SET {change} WHERE state = '{state}' AND finished_at = 0 AND id IN"  # noqa: S608 - constants
                " (SELECT broadcast || '.' || person FROM recipient WHERE broadcast = :id)",
                id=id,
                **({"now": now} if state == "queued" else {}),
            )

    async def under_way(self, shown_before: int) -> list[Broadcast]:
        """Broadcasts that are being sent and whose author was last shown how far before that time."""
        rows = await self._tx.all(
            "SELECT * FROM broadcast WHERE state IN ('queueing', 'sending') AND progress_at <= :before"
            " ORDER BY created_at LIMIT 20",
            before=shown_before,
        )
        return [_broadcast(row) for row in rows]

    async def shown(self, id: str, progress: str, shown: str, now: int, *, finished: bool) -> None:
        """Note which message shows the author how far it is and what it says now."""
        await self._tx.execute(
            "UPDATE broadcast SET progress = :progress, shown = :shown, progress_at = :now,"
            " state = CASE WHEN :finished AND state = 'sending' THEN 'done' ELSE state END WHERE id = :id",
            id=id,
            progress=progress,
            shown=shown,
            now=now,
            finished=finished,
        )

    async def show_again(self, subject: str) -> None:
        """Let the author's message about ``subject`` follow what has changed since, such as an answer."""
        await self._tx.execute(
            "UPDATE broadcast SET state = 'sending', progress_at = 0"
            " WHERE subject = :subject AND state = 'done'",
            subject=subject,
        )

    async def of(self, author: str, since: int) -> list[Broadcast]:
        """The author's notices that are no meetings, newest first."""
        rows = await self._tx.all(
            "SELECT * FROM broadcast WHERE author = :author AND kind = 'notice' AND created_at > :since"
            " ORDER BY created_at DESC LIMIT 8",
            author=author,
            since=since,
        )
        return [_broadcast(row) for row in rows]


def _broadcast(row: Row) -> Broadcast:
    return Broadcast(
        id=row["id"],
        kind=row["kind"],
        subject=row["subject"],
        revision=row["revision"],
        author=row["author"],
        approver=row["approver"],
        region=row["region"],
        audience=_WISH.validate_json(row["wish"]),
        contents={variant: Reply.from_json(reply) for variant, reply in json.loads(row["contents"]).items()},
        actions=tuple((from_json(label), Action(*rest)) for label, *rest in json.loads(row["actions"])),
        urgent=bool(row["urgent"]),
        state=row["state"],
        held_until=row["held_until"],
        not_after=row["not_after"],
        position=row["position"],
        progress=row["progress"],
        shown=row["shown"],
        created_at=row["created_at"],
    )
