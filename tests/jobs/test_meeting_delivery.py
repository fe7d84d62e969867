"""What really leaves: own buttons under a shared text, the meeting as a file, nothing after a stop."""

import re
from dataclasses import dataclass, field
from datetime import UTC

import icalendar

from bot.delivery.post import Recipe
from bot.delivery.worker import Worker
from bot.dialogue.announce import CALENDAR, announce_cancellation
from bot.dialogue.services import Services
from bot.jobs import fanout, meeting_progress
from bot.matching.index import ListingIndex
from bot.meetings.zones import to_local
from bot.model.message import Drawn
from bot.places.gazetteer import Gazetteer
from db.database import Database, Transaction
from db.stores import Stores
from db.stores.prompts import Prompt
from handlers.parts.meeting_file import cook, load
from tests.jobs.crowd import DAY, NOON, announce, crowd, meeting

SERVICES = Services(Gazetteer([]), ListingIndex())
HANDLE = re.compile(r"1(.{16})\.(\d)")


@dataclass
class Phone:
    """Keeps what it was given."""

    name: str = "web"
    in_flight: int = 4
    rate: float = 10_000.0
    got: dict[str, list[Drawn]] = field(default_factory=dict)

    async def send(self, address: str, drawn: Drawn) -> str:
        self.got.setdefault(address, []).append(drawn)
        return f"m{len(self.got)}"

    async def edit(self, address: str, message_id: str, drawn: Drawn) -> None:
        raise AssertionError("nothing is edited here")


async def _queue(database: Database) -> None:
    while await database.run(lambda tx: fanout.run(tx, SERVICES, NOON)):
        pass


async def _deliver(database: Database, phone: Phone) -> None:
    recipes = {CALENDAR: Recipe(cook, load)}
    worker = Worker(database, phone, recipes=recipes, now=lambda: NOON + 1000)
    for _ in range(5):
        worker.wake()
        await worker.step()
        await worker.settle()


async def test_shared_buttons_belong_to_whoever_got_them(database: Database) -> None:
    """Handles under a shared text work for its readers, for nobody else, and each chooses alone."""

    async def prepare(tx: Transaction) -> None:
        *_, stranger = await crowd(tx, 4)
        await tx.execute("UPDATE person SET frozen = TRUE WHERE id = :id", id=stranger)
        await announce(tx, meeting(), NOON)

    await database.run(prepare)
    await _queue(database)
    phone = Phone()
    await _deliver(database, phone)
    assert sorted(phone.got) == ["web:pUA0", "web:pUA1", "web:pUA2"]
    for address, (drawn,) in phone.got.items():
        for number, (_, handle) in enumerate(drawn.buttons):
            match = HANDLE.fullmatch(handle)
            assert match
            assert match[2] == str(number)
            prompt = await _prompt(database, match[1], address[4:])
            assert prompt is not None
            assert prompt.actions[number].args == {"meeting": "m1", "answer": ("yes", "maybe", "no")[number]}
            assert prompt.actions[number].repeatable
            assert await _prompt(database, match[1], "pUA3") is None


async def test_a_choice_under_shared_buttons_is_ones_own(database: Database) -> None:
    """What one chose is noted for them; to the others their message is still open."""

    async def prepare(tx: Transaction) -> str:
        await crowd(tx, 2)
        return await announce(tx, meeting(), NOON)

    shared = await database.run(prepare)
    await _queue(database)
    await database.run(lambda tx: Stores(tx).prompts.choose(shared, "pUA0", "2"))
    await database.run(lambda tx: Stores(tx).prompts.choose(shared, "pUA0", "1"))
    own, other = [await _prompt(database, shared, person) for person in ("pUA0", "pUA1")]
    assert own and own.chosen == "1" and own.outbox == f"{shared}.pUA0"  # noqa: PT018 - one after the other
    assert other and other.chosen == "" and other.outbox == f"{shared}.pUA1"  # noqa: PT018 - likewise
    newest = [
        await database.run(lambda tx, person=person: Stores(tx).prompts.newest_with_actions(person, 0))  # type: ignore[misc]  # a default
        for person in ("pUA0", "pUA1")
    ]
    assert newest == [None, other]
    assert await database.run(lambda tx: Stores(tx).prompts.drop_expired(NOON + 400 * DAY)) == 0
    assert await _prompt(database, shared, "pUA1") is None


async def _prompt(database: Database, id: str, person: str) -> Prompt | None:
    return await database.run(lambda tx: Stores(tx).prompts.get(id, person, NOON))


async def test_cancellation_reaches_the_calendar(database: Database) -> None:
    """Who said yes gets a file that takes the meeting out of the calendar."""

    async def prepare(tx: Transaction) -> None:
        await crowd(tx, 1)
        await announce(tx, meeting(), NOON)
        await tx.execute(
            "INSERT INTO attendance (meeting, person, municipality, answer, place, position, answered_at)"
            " VALUES ('m1', 'pUA0', 'h', 'yes', 'seat', 0, 1)"
        )
        called = await Stores(tx).meetings.get("m1")
        assert called
        await announce_cancellation(Stores(tx), called, "Немає світла", NOON)

    await database.run(prepare)
    await _queue(database)
    phone = Phone()
    await _deliver(database, phone)
    (drawn,) = phone.got["web:pUA0"]
    assert "Немає світла" in drawn.text
    assert drawn.file
    name, kind, data = drawn.file
    calendar = icalendar.Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert (name, kind) == ("zustrich-2026-12-03.ics", "text/calendar")
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert event["UID"] == "m1@mistok"
    assert event.decoded("DTSTART").astimezone(UTC) == to_local(meeting().start_at, "UTC").astimezone(UTC)


async def test_nothing_leaves_after_a_stop(database: Database) -> None:
    """What is queued is withdrawn, what is not queued yet never is; the parts still add up."""

    async def prepare(tx: Transaction) -> str:
        await crowd(tx, 1200)
        return await announce(tx, meeting(), NOON)

    async def stop(tx: Transaction) -> None:
        store = Stores(tx).broadcasts
        assert await store.move(broadcast, ("queueing",), "stopped")
        await store.withdraw(broadcast, NOON)

    broadcast = await database.run(prepare)
    assert await database.run(lambda tx: fanout.run(tx, SERVICES, NOON))
    await database.run(stop)
    await _queue(database)
    phone = Phone()
    await _deliver(database, phone)
    assert phone.got == {}
    assert await database.run(lambda tx: Stores(tx).recipients.counts(broadcast)) == {"cancelled": 1200}


async def test_a_stop_lets_only_what_is_on_its_way_arrive(database: Database) -> None:
    """Stopped in the midst of sending, the worker claims nothing more, however long it goes on."""

    async def prepare(tx: Transaction) -> str:
        await crowd(tx, 50)
        return await announce(tx, meeting(), NOON)

    async def stop(tx: Transaction) -> None:
        store = Stores(tx).broadcasts
        assert await store.move(broadcast, ("queueing", "sending"), "stopped")
        await store.withdraw(broadcast, NOON)

    broadcast = await database.run(prepare)
    await _queue(database)
    phone = Phone()
    worker = Worker(database, phone, now=lambda: NOON + 1000)
    await worker.step()
    await database.run(stop)
    for _ in range(5):
        await worker.settle()
        worker.wake()
        await worker.step()
    counts = await database.run(lambda tx: Stores(tx).recipients.counts(broadcast))
    assert 0 < len(phone.got) <= phone.in_flight
    assert counts == {"sent": len(phone.got), "cancelled": 50 - len(phone.got)}


async def test_progress_is_one_message_that_is_edited(database: Database) -> None:
    """The author gets one message; later numbers are edits of it, and none when nothing changed."""

    async def prepare(tx: Transaction) -> None:
        author, *_ = await crowd(tx, 3)
        await announce(tx, meeting(), NOON, author=author)

    async def edits(tx: Transaction) -> list[str]:
        rows = await tx.all("SELECT edits FROM outbox WHERE class = 'reply' ORDER BY seq")
        return [row["edits"] for row in rows]

    await database.run(prepare)
    await _queue(database)
    await database.run(lambda tx: meeting_progress.run(tx, SERVICES, NOON + 10_000))
    await database.run(lambda tx: meeting_progress.run(tx, SERVICES, NOON + 20_000))
    first = await database.run(edits)
    assert first == [""]
    await database.run(lambda tx: tx.execute("UPDATE outbox SET state = 'sent' WHERE class = 'notice'"))
    await database.run(lambda tx: meeting_progress.run(tx, SERVICES, NOON + 30_000))
    await database.run(lambda tx: meeting_progress.run(tx, SERVICES, NOON + 40_000))
    again = await database.run(edits)
    assert len(again) == 2
    assert again[1].endswith(".progress")
