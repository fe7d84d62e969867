"""One person's chat in a test: what is written goes through a whole turn, what is said comes back drawn."""

import json
from typing import Any

from bot.dialogue.services import Services
from bot.i18n import HOME_ZONES, draw
from bot.inbox import answer
from bot.jobs import Jobs
from bot.model.incoming import Incoming
from bot.model.message import Drawn, Reply
from db.database import Database, Transaction
from db.stores import Stores
from handlers.parts.privacy import NOTICE_VERSION
from tests.transcript import BEGINS


class Chat:
    """A phone with a clock of its own; several share a database."""

    def __init__(
        self, database: Database, services: Services, address: str = "web:mayor", language: str = "uk"
    ) -> None:
        self._database = database
        self._services = services
        self.address = address
        self.language = language
        self.now = BEGINS
        self.person = ""

    async def known_as(self, role: str, municipality: str) -> None:
        """Agree to the notice and hold a verified office."""

        async def unit(tx: Transaction) -> str:
            stores = Stores(tx)
            people = stores.people
            zone = HOME_ZONES[self.language]
            person = await people.of_address(self.address, language=self.language, zone=zone, now=self.now)
            await people.consent(person.id, NOTICE_VERSION, self.now)
            seat = await stores.seats.claim(person.id, municipality, role, "claimed", self.now)
            decides = seat.may_decide
            await stores.seats.decide(seat.id, "verified", may_decide=decides, by="", reason="", now=self.now)
            return person.id

        self.person = await self._database.run(unit)

    async def say(self, *texts: str) -> list[Drawn]:
        """Write one after the other; what is answered to the last."""
        said: list[Drawn] = []
        for text in texts:
            said = await self.receive(text=text)
        return said

    async def press(self, label: str) -> list[Drawn]:
        """Press the newest button with this label."""
        for drawn in reversed(await self.shown()):
            for name, handle in drawn.buttons:
                if name == label:
                    return await self.receive(handle=handle)
        raise AssertionError(f"there is no button {label}")

    async def receive(self, **incoming: Any) -> list[Drawn]:
        """Take one message; what is said to this address in its turn."""
        before = max([row["seq"] for row in await self._rows()], default=0)
        self.now += 1000
        now = self.now
        message = Incoming(self.address, language=self.language, **incoming)

        async def unit(tx: Transaction) -> str:
            return (await answer(tx, self._services, message, now)).person.id

        self.person = await self._database.run(unit)
        fresh = [row for row in await self._rows() if row["seq"] > before and row["message"]]
        return [self._drawn(row) for row in fresh if not row["edits"]]

    async def shown(self) -> list[Drawn]:
        """Everything said to this address so far."""
        return [self._drawn(row) for row in await self._rows() if row["message"] and not row["edits"]]

    async def state(self) -> dict[str, Any] | None:
        """The conversation as it is stored."""
        return await self._database.run(lambda tx: Stores(tx).conversations.load(self.person))

    async def restore(self, state: dict[str, Any]) -> None:
        """Put the conversation back."""

        async def unit(tx: Transaction) -> None:
            await Stores(tx).conversations.save(self.person, state, self.now)

        await self._database.run(unit)

    async def pass_days(self, days: int, jobs: Jobs) -> None:
        """Let time pass and the jobs look once."""
        self.now += days * 24 * 3600 * 1000
        await jobs.run_due(self.now)

    async def _rows(self) -> list[Any]:
        return await self._database.run(
            lambda tx: tx.all("SELECT * FROM outbox WHERE address = :a ORDER BY seq", a=self.address)
        )

    def _drawn(self, row: Any) -> Drawn:
        reply = Reply.from_json(json.loads(row["message"]))
        return draw(reply, self.language, HOME_ZONES[self.language])
