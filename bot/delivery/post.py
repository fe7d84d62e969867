"""One claimed row: put into the reader's words, onto the wire, and judged."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.delivery.retry import NotDrawn, decide
from bot.dialogue.unprompted import own_buttons
from bot.i18n import DEFAULT_LANGUAGE, HOME_ZONES, draw
from bot.model.message import Drawn, Foreign, M, Message, Reply, foreign_words
from db.database import Database, Transaction
from db.stores.sending import Sending, Verdict

File = tuple[str, str, bytes]
NUMBERED = ("notice", "reminder")
"""Classes that may arrive twice and so bear a number."""


class Messenger(Protocol):
    """What delivery needs of a channel; see ``bot.channels.channel.Channel``."""

    @property
    def name(self) -> str: ...

    @property
    def in_flight(self) -> int: ...

    @property
    def rate(self) -> float: ...

    async def send(self, address: str, drawn: Drawn) -> str: ...

    async def edit(self, address: str, message_id: str, drawn: Drawn) -> None: ...


Translate = Callable[[Foreign, str], Awaitable[str]]
"""Words in the given language; empty when no good translation is to be had in time."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a file is made when it is sent.

    Attributes:
        cook: ``(data, language, zone)`` to ``(file name, media type, bytes)``; runs in a thread.
        load: What to read for it; without it ``data`` are the recipe's arguments.
    """

    cook: Callable[[Any, str, str], File]
    load: Callable[[Transaction, Mapping[str, Any]], Awaitable[Any]] | None = None


class Post:
    """Delivers single rows over one channel."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        recipes: Mapping[str, Recipe],
        translate: Translate | None = None,
    ) -> None:
        self._translate = translate
        self._database = database
        self._messenger = messenger
        self._recipes = recipes

    async def deliver(self, row: Sending, now: Callable[[], int]) -> tuple[Verdict, Exception | None]:
        """Send the row; what became of it, and the error if there was one. Never raises."""
        try:
            if row.edits and not row.edited:
                return Verdict("cancelled", "nothing to edit"), None
            drawn = await self._drawn(row)
            if row.edits:
                await self._messenger.edit(row.address, row.edited, drawn)
                return Verdict("sent"), None
            return Verdict("sent", provider_id=await self._messenger.send(row.address, drawn)), None
        except Exception as error:  # whatever it is, the row needs a verdict
            spread = random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, keeps no secret
            return decide(error, row.klass, row.failures, now(), spread), error

    async def _drawn(self, row: Sending) -> Drawn:
        language = row.language or DEFAULT_LANGUAGE
        zone = row.zone or HOME_ZONES[language]
        try:
            reply = own_buttons(Reply.from_json(json.loads(row.message)), row.prompt)
            if row.klass in NUMBERED and not row.edits:
                number = M("<i>No. {number}</i>", number=f"{row.number:06}")
                word = M("Your word: <b>{word}</b>", word=row.private_word)
                signs = (number, word) if row.private_word else (number,)
                reply = replace(reply, parts=(*reply.parts, *signs))
            reply = await self._with_translations(reply, language)
            drawn = draw(reply, language, zone)
            drawn.text.encode()  # half a character cannot go onto any wire
            if reply.attachment:
                file = await self._file(reply.attachment.recipe, reply.attachment.args, language, zone)
                drawn = replace(drawn, file=file)
        except Exception as error:
            raise NotDrawn(type(error).__name__) from error
        return drawn

    async def _with_translations(self, reply: Reply, language: str) -> Reply:
        """The reply with a machine translation below words in another language; the original stays."""
        if self._translate is None:
            return reply
        parts: list[Message] = []
        for part in reply.parts:
            parts.append(part)
            for words in foreign_words(part):
                if words.language != language and (text := await self._translate(words, language)):
                    parts.append(M("<i>Machine translation: “{text}”</i>", text=text))
        return replace(reply, parts=tuple(parts))

    async def _file(self, name: str, args: Mapping[str, Any], language: str, zone: str) -> File:
        recipe, data = self._recipes[name], args
        if load := recipe.load:
            data = await self._database.run(lambda tx: load(tx, args))
        return await asyncio.to_thread(recipe.cook, data, language, zone)
