"""Messages to people who did not just write: alerts, answers of others, notices."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.ids import new_id
from bot.meetings.quiet import Quiet, after_quiet
from bot.model.message import Attachment, Button, Message, Reply
from bot.model.outgoing import MATCH, Class, Outgoing, Secrecy
from db.stores import Stores
from db.stores.prompts import Action, Prompt

ACTIONS_LIVE = 30 * 24 * 3600 * 1000


class Unprompted:
    """Queues messages with buttons that work at any time."""

    def __init__(self, stores: Stores, now: int) -> None:
        self._stores = stores
        self._now = now

    async def tell(
        self,
        person: str,
        parts: Sequence[Message],
        actions: Sequence[tuple[Message, Action]] = (),
        *,
        klass: Class = "notice",
        secrecy: Secrecy = "internal",
        dedupe: str = "",
        subject: str = "",
        revision: int = 0,
        not_before: int = 0,
        not_after: int = 0,
        priority: int = MATCH,
        address: str = "",
        attachment: Attachment | None = None,
    ) -> bool:
        """Queue a message to somebody; False if it was queued before or no channel reaches them.

        Without ``address`` it goes where the person wrote last. A notice waits for the morning of
        those who asked for quiet nights.
        """
        where = address or await self._stores.people.address_for(person)
        if not where:
            return False
        if klass == "notice" and not address:
            not_before = max(not_before, await self._morning_of(person))
        prompt_id, outbox_id = new_id() if actions else "", new_id()
        reply = Reply(tuple(parts), buttons(prompt_id, [label for label, _ in actions]), attachment)
        outgoing = Outgoing(
            person=person,
            address=where,
            reply=reply,
            klass=klass,
            secrecy=secrecy,
            priority=priority,
            dedupe=dedupe,
            subject=subject,
            revision=revision,
            not_before=not_before,
            not_after=not_after,
            prompt=prompt_id,
        )
        if not await self._stores.outbox.add(outgoing, id=outbox_id, now=self._now):
            return False
        if actions:
            await self._stores.prompts.put(
                Prompt(
                    id=prompt_id,
                    person=person,
                    step="",
                    reply=reply,
                    keys=tuple(str(n) for n in range(len(actions))),
                    outbox=outbox_id,
                    created_at=self._now,
                    expires_at=self._now + ACTIONS_LIVE,
                    actions=tuple(action for _, action in actions),
                )
            )
        return True

    async def _morning_of(self, person: str) -> int:
        """When the person's quiet night ends; 0 when they have none."""
        reader = await self._stores.people.get(person)
        return after_quiet(self._now, Quiet(reader.zone)) if reader.quiet_nights else 0


def shared_buttons(labels: Sequence[Message]) -> tuple[Button, ...]:
    """Buttons of a text that many rows share; ``own_buttons`` names the row's prompt in them."""
    return tuple(Button(label, f".{n}") for n, label in enumerate(labels))


def own_buttons(reply: Reply, prompt: str) -> Reply:
    """The reply with the handles of shared buttons completed by the row's own prompt."""
    if not any(button.handle.startswith(".") for button in reply.buttons):
        return reply
    own = (
        replace(button, handle=f"1{prompt}{button.handle}") if button.handle.startswith(".") else button
        for button in reply.buttons
    )
    return replace(reply, buttons=tuple(own))


def buttons(prompt: str, labels: Sequence[Message]) -> tuple[Button, ...]:
    """A button for each label; its handle names the prompt and the place, and means nothing by itself."""
    return tuple(Button(label, f"1{prompt}.{n}") for n, label in enumerate(labels))
