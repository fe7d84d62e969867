"""Everything one message may touch: who wrote, the stores, and what is said back."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.dialogue.choices import Choice
from bot.dialogue.ids import new_id
from bot.dialogue.services import Services
from bot.dialogue.unprompted import Unprompted, buttons
from bot.model.message import Attachment, M, Message, Reply, to_json
from bot.model.outgoing import Outgoing
from bot.model.person import Person, Seat
from db.stores import Stores
from db.stores.prompts import Prompt

DAY = 24 * 3600 * 1000
QUESTIONS_LIVE = 30 * DAY
REPLIES_LIVE = DAY


def digest(*parts: object) -> str:
    """A short fingerprint of JSON data."""
    return hashlib.blake2b(json.dumps(parts, ensure_ascii=False).encode(), digest_size=8).hexdigest()


@dataclass(slots=True)
class Turn:
    """One message of one person, inside one transaction.

    Attributes:
        address: Where the message came from and the answer goes.
        now: UTC epoch milliseconds.
        seats: Of the person, verified ones first.
        menu_changed: The person's commands or language changed; the channel is told after the commit.
    """

    stores: Stores
    services: Services
    person: Person
    seats: Sequence[Seat]
    address: str
    now: int
    menu_changed: bool = False
    spoken: int = field(default=0)

    @property
    def roles(self) -> frozenset[str]:
        """Which dialogues the person is offered."""
        roles = {"official"} if self.seats else set()
        return frozenset(roles | ({"coordinator"} if self.person.coordinator else set()))

    async def reload(self) -> None:
        """Read the person and their seats again after an effect changed them."""
        self.person = await self.stores.people.get(self.person.id)
        self.seats = await self.stores.seats.of_person(self.person.id)
        self.menu_changed = True

    def part(self) -> None:
        """The person was erased: what is still said goes to the address, and nothing is kept of it."""
        self.person, self.seats, self.menu_changed = replace(self.person, id=""), (), True

    async def post(
        self,
        parts: Sequence[Message],
        choices: Sequence[Choice] = (),
        *,
        step: str = "",
        reuse: str = "",
        location_asked: bool = False,
        attachment: Attachment | None = None,
    ) -> str:
        """Queue an answer to the person; with ``choices`` it is a question. Returns its prompt's id."""
        prompt_id = (reuse or new_id()) if choices or step else ""
        labels = buttons(prompt_id, [choice.label for choice in choices])
        reply = Reply(tuple(parts), labels, attachment, location_asked)
        outbox_id = await self._queue(self.person.id, self.address, reply, prompt=prompt_id)
        self.spoken += 1
        if prompt_id:
            await self.stores.prompts.put(
                Prompt(
                    id=prompt_id,
                    person=self.person.id,
                    step=step,
                    reply=reply,
                    keys=tuple(choice.key for choice in choices),
                    outbox=outbox_id,
                    created_at=self.now,
                    expires_at=self.now + QUESTIONS_LIVE,
                )
            )
        return prompt_id

    async def settle(self, prompt: Prompt, key: str) -> None:
        """Take the buttons off an answered question and show what was chosen."""
        await self.stores.prompts.choose(prompt.id, prompt.person, key)
        parts = (*prompt.reply.parts, M("✓ <b>{choice}</b>", choice=prompt.label(key)))
        await self._queue(self.person.id, self.address, Reply(parts), edits=prompt.outbox)

    def unprompted(self) -> Unprompted:
        """For messages to others, in this turn's transaction."""
        return Unprompted(self.stores, self.now)

    async def _queue(
        self, person: str, address: str, reply: Reply, *, prompt: str = "", edits: str = ""
    ) -> str:
        outbox_id = new_id()
        outgoing = Outgoing(
            person=person,
            address=address,
            reply=reply,
            prompt=prompt,
            edits=edits,
            not_after=self.now + REPLIES_LIVE,
        )
        await self.stores.outbox.add(outgoing, id=outbox_id, now=self.now)
        return outbox_id


def fingerprint(prompt: Message, keys: Sequence[str]) -> str:
    """Digest of a question: the values it shows and the choices it offers, but not its wording.

    A comma mended in a sentence must not throw away answers; another listing on the card must.
    """
    return digest({name: to_json(value) for name, value in prompt.values.items()}, list(keys))
