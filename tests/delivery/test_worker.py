"""What leaves, in which order and how fast."""

import asyncio
from typing import Any

from bot.delivery.pace import Pace
from bot.delivery.post import Recipe
from bot.errors import OutcomeUnknown
from bot.model.message import Attachment, M, Moment, Reply
from bot.model.outgoing import BROADCAST, DIGEST, REMINDER, Outgoing
from db.database import Transaction
from tests.delivery.office import START, Office


async def test_a_message_is_drawn_for_whoever_reads_it(office: Office) -> None:
    await office.person("mayor", "uk", "Europe/Kyiv")
    await office.person("clerk", "pl", "Europe/Warsaw")
    at = Moment(START + 3_600_000, "time")
    for who in ("mayor", "clerk"):
        outgoing = Outgoing(person=who, address=f"web:{who}", reply=Reply((M("{at}", at=at),)))
        await office.put(who, outgoing)
    await office.work()
    assert sorted(office.phone.sent) == [("web:clerk", "10:00"), ("web:mayor", "11:00")]


async def test_a_notice_bears_the_same_number_on_its_copy(office: Office) -> None:
    office.phone.outcomes["web:a"] = [OutcomeUnknown("lost")]
    seen: list[str] = []
    send = office.phone.send

    async def watched(address: str, drawn: Any) -> str:
        seen.append(drawn.text)
        return await send(address, drawn)

    office.phone.send = watched  # type: ignore[method-assign]  # a wire tap
    await office.queue("news", klass="notice")
    await office.work(40, step=0.5)
    assert len(seen) == 2
    assert seen[0] == seen[1]
    assert "000001" in seen[0]


async def test_messages_to_one_person_arrive_in_order(office: Office) -> None:
    for n in range(20):
        await office.queue(f"a{n:02}")
        await office.queue(f"b{n:02}", to="b")
    await office.work(1)
    assert office.phone.texts("web:a") == [f"a{n:02}" for n in range(20)]
    assert office.phone.texts("web:b") == [f"b{n:02}" for n in range(20)]
    assert office.phone.most_flying == 1


async def test_a_row_that_waits_for_another_try_holds_its_own_key_only(office: Office) -> None:
    office.phone.outcomes["web:a"] = [OutcomeUnknown("lost")]
    await office.queue("first", order_key="one")
    await office.queue("second", order_key="one")
    await office.queue("other key", order_key="two")
    await office.queue("other person", to="b")
    await office.work(1)
    assert sorted(office.phone.texts()) == ["other key", "other person"]
    await office.work(40, step=0.5)
    assert office.phone.texts("web:a") == ["other key", "first", "second"]


async def test_a_row_planned_for_later_holds_nobody(office: Office) -> None:
    await office.queue("tomorrow", not_before=START + 86_400_000)
    await office.queue("now")
    await office.work(1)
    assert office.phone.texts() == ["now"]


async def test_replies_do_not_wait_behind_a_broadcast(office: Office) -> None:
    office.phone.rate = 25
    office.hire(pace=Pace(25))
    for n in range(60):
        await office.queue(f"all{n}", to=f"p{n}", priority=BROADCAST, klass="notice")
    await office.work(1)
    before = len(office.phone.sent)
    await office.queue("reply", to="p59")
    await office.work(0.1)
    assert office.phone.texts("web:p59") == ["reply"]
    assert before <= 0.8 * 25 + 3
    await office.work(3)
    assert len(office.phone.sent) == 61


async def test_the_most_urgent_goes_first_and_the_oldest_of_equals(office: Office) -> None:
    office.phone.in_flight = 1
    office.hire()
    await office.queue("digest", to="a", priority=DIGEST)
    await office.queue("broadcast", to="b", priority=BROADCAST)
    office.clock.advance(0.01)
    await office.queue("reminder 1", to="c", priority=REMINDER)
    office.clock.advance(0.01)
    await office.queue("reminder 2", to="d", priority=REMINDER)
    await office.queue("reply", to="e")
    await office.work(1)
    assert office.phone.texts() == ["reply", "reminder 1", "reminder 2", "broadcast", "digest"]


async def test_a_chat_gets_one_message_a_second_after_a_small_burst(office: Office) -> None:
    office.hire(pace=Pace(1000, chat_rate=1, chat_burst=3))
    for n in range(6):
        await office.queue(f"m{n}")
    await office.work(0.5)
    assert len(office.phone.sent) == 3
    await office.work(2.7)
    assert office.phone.texts() == [f"m{n}" for n in range(6)]
    assert office.phone.attempts == 6


async def test_an_edit_replaces_what_was_sent(office: Office) -> None:
    await office.queue("question")
    await office.queue("answered", edits="question")
    await office.queue("pointless", edits="never sent")
    await office.work(1)
    assert office.phone.texts() == ["question"]
    assert office.phone.edited == [("web:a", "m1", "answered")]
    assert await office.states() == {"question": "sent", "answered": "sent", "pointless": "cancelled"}


async def test_a_file_is_cooked_from_its_recipe(office: Office) -> None:
    async def load(tx: Transaction, args: Any) -> Any:
        row = await tx.one("SELECT COUNT(*) AS n FROM outbox")
        return {**args, "rows": row["n"] if row else 0}

    def cook(data: Any, language: str, zone: str) -> tuple[str, str, bytes]:
        return f"{data['name']}.ics", "text/calendar", f"{language} {zone} {data['rows']}".encode()

    def burn(data: Any, language: str, zone: str) -> tuple[str, str, bytes]:
        raise ValueError("burnt")

    office.hire(recipes={"calendar": Recipe(cook, load), "broken": Recipe(burn)})
    await office.person("p", "pl", "Europe/Warsaw")
    for name in ("calendar", "broken"):
        reply = Reply((M("Here it is."),), attachment=Attachment(name, {"name": "x"}))
        outgoing = Outgoing(person="p", address=f"web:{name}", reply=reply)
        await office.put(name, outgoing)
    await office.work(1)
    assert office.phone.files == [("x.ics", "text/calendar", b"pl Europe/Warsaw 2")]
    assert (await office.states())["broken"] == "queued"


async def test_what_a_channel_may_not_carry_stays(office: Office) -> None:
    office.hire(carries=("public", "internal"))
    await office.queue("open", secrecy="internal")
    await office.queue("secret", secrecy="restricted")
    await office.work(1)
    assert office.phone.texts() == ["open"]
    assert await office.states() == {"open": "sent", "secret": "failed"}


async def test_a_frozen_person_gets_nothing_personal(office: Office) -> None:
    await office.person("frozen", frozen=True)
    await office.queue("contact", person="frozen", secrecy="personal", klass="once")
    await office.queue("call us", person="frozen")
    await office.work(5)
    assert office.phone.texts() == ["call us"]


async def test_a_clock_set_back_delays_nothing(office: Office) -> None:
    await office.work()
    office.phone.rate = 2
    office.hire(pace=Pace(2, chat_rate=1000))
    for n in range(10):
        await office.queue(f"m{n}")
    await office.work(1)
    office.clock.wall -= 7_200_000
    await office.work(10)
    assert len(office.phone.sent) == 10


async def test_two_workers_share_a_channel_without_doubling_its_pace(office: Office) -> None:
    one = office.hire("one", alone=False)
    two = office.hire("two", alone=False)
    for n in range(12):
        await office.queue(f"m{n}", to=f"p{n}")
    one.wake()
    office.phone.gate = asyncio.Event()
    await one.step()
    await two.step()
    states = list((await office.states()).values())
    assert states.count("sending") == office.phone.in_flight
    office.phone.gate.set()
    await one.settle()
    one.stop()
    await one.run()  # marks, and leaves the channel to the other
    await office.work(2)
    assert sorted(office.phone.texts()) == sorted(f"m{n}" for n in range(12))


async def test_a_woken_worker_sends_at_once_and_stops_cleanly(office: Office) -> None:
    office.phone.gate = asyncio.Event()
    running = asyncio.create_task(office.worker.run())
    await office.queue("hello")
    async with asyncio.timeout(5):
        await office.phone.rang.wait()
        office.worker.stop()
        office.phone.gate.set()
        await running
    assert await office.states() == {"hello": "sent"}
