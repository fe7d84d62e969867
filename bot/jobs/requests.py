"""The request clock: no request dies in silence."""

from bot.dialogue.services import Services
from bot.dialogue.unprompted import Unprompted
from bot.jobs import Job
from bot.jobs.hours import office_is_open
from bot.model.message import M
from bot.model.municipality import Municipality
from bot.model.request import Request
from bot.places.describe import describe
from db.database import Transaction
from db.stores import Stores
from db.stores.prompts import Action

HOUR = 3600 * 1000
NUDGE_AFTER, ESCALATE_AFTER, END_AFTER = 72 * HOUR, 7 * 24 * HOUR, 14 * 24 * HOUR


async def run(tx: Transaction, services: Services, now: int) -> bool:
    """Take every step that is due and whose readers are at work; each once."""
    await tx.lock("job:requests")
    clock = _Clock(Stores(tx), services, now)
    for request in await clock.stores.requests.unanswered(now - END_AFTER):
        await clock.end(request)
    for request in await clock.stores.requests.unanswered(now - ESCALATE_AFTER, step="escalated_at"):
        await clock.escalate(request)
    for request in await clock.stores.requests.unanswered(now - NUDGE_AFTER, step="nudged_at"):
        await clock.nudge(request)
    return False


class _Clock:
    """The steps at one moment."""

    def __init__(self, stores: Stores, services: Services, now: int) -> None:
        self.stores = stores
        self._services = services
        self._now = now

    async def nudge(self, request: Request) -> None:
        """Remind the asked side."""
        home, there = self._sides(request)
        if not home or not there or not office_is_open(self._now, there.country):
            return
        await self.stores.requests.mark(request.id, "nudged_at", self._now)
        asks = M("<b>{municipality}</b> is waiting for your answer.", municipality=describe(home))
        answer = (M("Answer"), Action("request", {"request": request.id}, repeatable=True))
        for seat in await self.stores.seats.of(there.key):
            await self._unprompted.tell(
                seat.person,
                [asks],
                [answer],
                dedupe=f"nudge:{request.id}:{seat.person}",
                subject=_about(request),
            )

    async def escalate(self, request: Request) -> None:
        """Tell the coordinators of both regions."""
        home, there = self._sides(request)
        if not home or not there:
            return
        both = {person for side in (home, there) for person in await self._coordinators(side)}
        if not any(office_is_open(self._now, side.country) for side in (home, there)):
            return
        await self.stores.requests.mark(request.id, "escalated_at", self._now)
        waits = M(
            "A request has been unanswered for a week.\nFrom: {home}\nTo: {there}",
            home=describe(home),
            there=describe(there),
        )
        for person in sorted(both):
            await self._unprompted.tell(
                person, [waits], dedupe=f"escalated:{request.id}:{person}", subject=_about(request)
            )

    async def end(self, request: Request) -> None:
        """Let the sender go on: nobody answered."""
        home, there = self._sides(request)
        if home and not office_is_open(self._now, home.country):
            return
        await self.stores.requests.decide(request.id, "expired", now=self._now)
        await self.stores.outbox.cancel_subject(_about(request), now=self._now)
        if not there:
            return
        silent = M(
            "{municipality} has not answered within two weeks, so I have closed your request. "
            "That happens; others may fit just as well.",
            municipality=describe(there),
        )
        args = {"listing": request.from_listing} if request.from_listing else {}
        for person in await self._senders(request):
            await self._unprompted.tell(
                person,
                [silent],
                [(M("See who fits"), Action("matches", args, repeatable=True))],
                dedupe=f"ended:{request.id}:{person}",
            )

    async def _senders(self, request: Request) -> list[str]:
        """Who asked; if they left, everyone who speaks for their municipality."""
        if seat := await self.stores.seats.get(request.from_seat):
            return [seat.person]
        return [seat.person for seat in await self.stores.seats.of(request.from_municipality)]

    async def _coordinators(self, side: Municipality) -> list[str]:
        return await self.stores.people.coordinators(side.region)

    def _sides(self, request: Request) -> tuple[Municipality | None, Municipality | None]:
        find = self._services.gazetteer.get
        return find(request.from_municipality), find(request.to_municipality)

    @property
    def _unprompted(self) -> Unprompted:
        return Unprompted(self.stores, self._now)


def _about(request: Request) -> str:
    return f"request:{request.id}"


def job() -> Job:
    """The clock, looked at every ten minutes."""
    return Job("requests", 600_000, run)
