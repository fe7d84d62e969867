"""Questions and buttons that were put to people; what makes a press valid."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.model.message import Message, Reply
from db.database import Row, Transaction
from db.stores.encoding import dump


@dataclass(frozen=True, slots=True)
class Action:
    """What a button under an unprompted message starts.

    Attributes:
        dialogue: Its name.
        args: JSON data that only the server has seen.
        repeatable: May be pressed again; others work once.
    """

    dialogue: str
    args: Mapping[str, Any] = field(default_factory=dict)
    repeatable: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question of a dialogue, or a message with actions.

    Attributes:
        id: Part of every button handle; 96 random bits.
        step: Of the dialogue that asked; empty for actions.
        reply: As it was sent, to be edited when it is answered.
        keys: Of the choices, in the order of the reply's buttons.
        outbox: Row of the outbox that carries it.
        chosen: Key of the answer; empty while there is none.
        actions: One for each choice; empty for a question.
    """

    id: str
    person: str
    step: str
    reply: Reply
    keys: tuple[str, ...]
    outbox: str
    created_at: int
    expires_at: int
    chosen: str = ""
    actions: tuple[Action, ...] = ()

    def label(self, key: str) -> Message:
        """What the choice with this key is called."""
        return self.reply.buttons[self.keys.index(key)].label


class PromptStore:
    """Prompts of all people."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def put(self, prompt: Prompt) -> None:
        """Store a prompt; one that is put again keeps its id and buttons."""
        await self._tx.execute(
            """
            INSERT INTO prompt (id, person, step, reply, keys, actions, outbox, created_at, expires_at)
            VALUES (:id, :person, :step, :reply, :keys, :actions, :outbox, :created_at, :expires_at)
            ON CONFLICT (id) DO UPDATE SET reply = excluded.reply, keys = excluded.keys,
                outbox = excluded.outbox, created_at = excluded.created_at, expires_at = excluded.expires_at
            """,
            id=prompt.id,
            person=prompt.person,
            step=prompt.step,
            reply=dump(prompt.reply.to_json()),
            keys=dump(prompt.keys),
            actions=_dumped(prompt.actions),
            outbox=prompt.outbox,
            created_at=prompt.created_at,
            expires_at=prompt.expires_at,
        )

    async def share(
        self, id: str, keys: Sequence[str], actions: Sequence[Action], *, expires_at: int
    ) -> None:
        """Store actions under a text that many share; shared again they only live longer.

        They belong to everybody with a row of the outbox that carries the prompt ``id``.
        """
        await self._tx.execute(
            """
            INSERT INTO shared_prompt (id, keys, actions, expires_at)
            VALUES (:id, :keys, :actions, :expires_at)
            ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at
            """,
            id=id,
            keys=dump(keys),
            actions=_dumped(actions),
            expires_at=expires_at,
        )

    async def get(self, prompt_id: str, person: str, now: int) -> Prompt | None:
        """The person's own or shared prompt, unless it has expired."""
        row = await self._tx.one(
            "SELECT * FROM prompt_of WHERE id = :id AND person = :person AND expires_at > :now"
            " ORDER BY created_at DESC LIMIT 1",
            id=prompt_id,
            person=person,
            now=now,
        )
        return _prompt(row) if row else None

    async def by_message(self, person: str, message_id: str) -> Prompt | None:
        """The person's prompt that a messenger knows by this id."""
        row = await self._tx.one(
            """
            SELECT prompt_of.* FROM prompt_of JOIN outbox ON outbox.id = prompt_of.outbox
             WHERE prompt_of.person = :person AND outbox.provider_id = :message
            """,
            person=person,
            message=message_id,
        )
        return _prompt(row) if row else None

    async def newest_with_actions(self, person: str, since: int) -> Prompt | None:
        """The person's newest message with actions after ``since`` of which none was chosen."""
        row = await self._tx.one(
            """
            SELECT * FROM prompt_of
             WHERE person = :person AND actions <> '[]' AND chosen = '' AND created_at > :since
             ORDER BY created_at DESC LIMIT 1
            """,
            person=person,
            since=since,
        )
        return _prompt(row) if row else None

    async def choose(self, prompt_id: str, person: str, key: str) -> None:
        """Note what the person chose; of a shared prompt it is theirs alone."""
        own = await self._tx.execute(
            "UPDATE prompt SET chosen = :key WHERE id = :id AND person = :person",
            id=prompt_id,
            person=person,
            key=key,
        )
        if own:
            return
        await self._tx.execute(
            """
            INSERT INTO shared_choice (prompt, person, chosen)
            SELECT id, CAST(:person AS TEXT), CAST(:key AS TEXT) FROM shared_prompt WHERE id = :id
            ON CONFLICT (person, prompt) DO UPDATE SET chosen = excluded.chosen
            """,
            id=prompt_id,
            person=person,
            key=key,
        )

    async def drop_expired(self, now: int) -> int:
        """Delete prompts past their life; how many."""
        await self._tx.execute("DELETE FROM shared_prompt WHERE expires_at <= :now", now=now)
        return await self._tx.execute("DELETE FROM prompt WHERE expires_at <= :now", now=now)


def _dumped(actions: Sequence[Action]) -> str:
    return dump([[action.dialogue, dict(action.args), action.repeatable] for action in actions])


def _prompt(row: Row) -> Prompt:
    return Prompt(
        id=row["id"],
        person=row["person"],
        step=row["step"],
        reply=Reply.from_json(json.loads(row["reply"])),
        keys=tuple(json.loads(row["keys"])),
        outbox=row["outbox"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        chosen=row["chosen"],
        actions=tuple(Action(*action) for action in json.loads(row["actions"])),
    )
