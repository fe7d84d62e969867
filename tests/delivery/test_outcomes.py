"""What becomes of a message when its sending does not go well."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.errors import ChannelUnavailable, MessageRejected, OutcomeUnknown, RecipientGone, Throttled
from bot.model.message import M, Reply
from bot.model.outgoing import Outgoing
from db.database import Transaction, Unit
from db.stores.sending import Sending, Verdict
from tests.delivery.office import START, Office


async def test_429_silences_the_channel_and_loses_nothing(office: Office) -> None:
    office.phone.outcomes["web:p0"] = [Throttled(timedelta(seconds=10))]
    for n in range(8):
        await office.queue(f"m{n}", to=f"p{n}", klass="once")
    await office.work(5)
    sent = len(office.phone.sent)
    assert sent <= office.phone.in_flight
    await office.work(20, step=0.25)
    assert sorted(office.phone.texts()) == [f"m{n}" for n in range(8)]
    assert not [at for at in office.phone.times if 0.2 < at < 10]


async def test_a_restart_keeps_the_silence_that_429_asked_for(office: Office) -> None:
    office.phone.outcomes["web:a"] = [Throttled(timedelta(seconds=30))]
    await office.queue("m")
    await office.work(1)
    office.hire("second")
    await office.queue("n", to="b")
    await office.work(25, step=0.25)
    assert office.phone.sent == []
    await office.work(10)
    assert sorted(office.phone.texts()) == ["m", "n"]


async def test_429_for_one_chat_leaves_the_others_alone(office: Office) -> None:
    office.phone.outcomes["web:a"] = [Throttled(timedelta(seconds=10), whole_channel=False)]
    await office.queue("m")
    await office.queue("another key", order_key="other")
    await office.queue("n", to="b")
    await office.work(5)
    assert office.phone.texts() == ["n"]
    await office.work(10)
    assert sorted(office.phone.texts("web:a")) == ["another key", "m"]


async def test_an_unreachable_channel_rests_and_spends_no_attempt(office: Office) -> None:
    office.phone.outcomes["web:a"] = [ChannelUnavailable("no route")] * 10
    await office.queue("m", klass="once")
    await office.work(120, step=0.5)
    assert 6 <= office.phone.attempts <= 9  # 1, 2, 4, … 60 s
    await office.work(300, step=0.5)
    assert office.phone.texts() == ["m"]


async def test_a_recipient_who_is_gone_gets_nothing_more(office: Office) -> None:
    told: list[tuple[str, str]] = []

    async def aftermath(tx: Transaction, *, row: Sending, verdict: Verdict) -> None:
        told.append((row.address, verdict.error))

    office.hire(aftermath=aftermath)
    office.phone.outcomes["web:a"] = [RecipientGone("blocked")]
    for n in range(3):
        await office.queue(f"m{n}")
    await office.queue("n", to="b")
    await office.work(1)
    assert office.phone.attempts == 2
    assert await office.states() == {"m0": "failed", "m1": "failed", "m2": "failed", "n": "sent"}
    assert told == [("web:a", "RecipientGone")]


async def test_a_refused_message_does_not_stop_the_next(office: Office) -> None:
    office.phone.outcomes["web:a"] = [MessageRejected("too long")]
    await office.queue("bad")
    await office.queue("good")
    await office.work(1)
    assert await office.states() == {"bad": "failed", "good": "sent"}


@pytest.mark.parametrize(
    ("klass", "attempts", "state"),
    [("once", 1, "unknown"), ("digest", 1, "unknown"), ("notice", 2, "unknown"), ("reply", 2, "unknown")],
)
async def test_an_outcome_that_stays_unknown(office: Office, klass: Any, attempts: int, state: str) -> None:
    office.phone.outcomes["web:a"] = [OutcomeUnknown("lost")] * 9
    await office.queue("m", klass=klass)
    await office.work(200, step=1)
    assert office.phone.attempts == attempts
    assert await office.states() == {"m": state}
    stuck = await office.do(lambda outbox: outbox.stuck())
    assert [(row.id, row.error) for row in stuck] == [("m", "OutcomeUnknown")]


async def test_what_no_channel_should_raise_is_survived(office: Office) -> None:
    office.phone.outcomes["web:a"] = [KeyError("result"), UnicodeError("x")]
    await office.queue("m", klass="notice")
    await office.queue("n", to="b")
    await office.work(60, step=0.5)
    assert await office.states() == {"m": "unknown", "n": "sent"}


async def test_a_row_that_cannot_be_drawn_ends_after_three_more_tries(office: Office) -> None:
    broken = Outgoing(person="", address="web:a", reply=Reply((M("{missing}"),)), klass="once")
    await office.put("broken", broken)
    await office.queue("fine", to="b")
    await office.work(60, step=1)
    assert await office.states() == {"broken": "queued", "fine": "sent"}
    await office.work(900, step=5)
    assert await office.states() == {"broken": "failed", "fine": "sent"}
    assert office.phone.attempts == 1


async def test_a_crash_in_mid_send(office: Office) -> None:
    office.phone.gate = asyncio.Event()
    await office.queue("code", to="a", klass="once")
    await office.queue("news", to="b", klass="notice")
    await office.queue("later", to="c", not_before=START + 5000)
    await office.worker.step()
    assert set((await office.states()).values()) == {"sending", "queued"}
    office.phone.gate.set()  # they left, but nobody lives to mark it
    await office.worker.settle()
    office.phone.gate = None

    office.hire("second")
    await office.work(60, step=0.5)
    assert await office.states() == {"code": "unknown", "news": "sent", "later": "sent"}
    assert len(office.phone.texts("web:a")) == 1
    copies = office.phone.texts("web:b")
    assert len(copies) == 2
    assert copies[0] == copies[1]


async def test_a_late_mark_of_a_dead_worker_changes_nothing(office: Office) -> None:
    office.phone.gate = asyncio.Event()
    await office.queue("news", klass="notice")
    first = office.worker
    await first.step()
    gate, office.phone.gate = office.phone.gate, None
    office.hire("second")
    await office.work(40, step=0.5)
    office.phone.outcomes["web:a"] = [RecipientGone("late")]
    gate.set()
    await first.settle()
    await first.step()
    assert await office.states() == {"news": "sent"}


async def test_called_back_while_on_its_way_it_is_not_tried_again(office: Office) -> None:
    office.phone.gate = asyncio.Event()
    office.phone.outcomes["web:a"] = [OutcomeUnknown("lost")]
    await office.queue("old", subject="meeting:1", revision=1, klass="notice")
    await office.worker.step()
    await office.do(lambda outbox: outbox.supersede("meeting:1", 2, now=START))
    office.phone.gate.set()
    await office.work(60, step=0.5)
    assert await office.states() == {"old": "superseded"}
    assert office.phone.attempts == 1


async def test_a_stale_row_never_leaves(office: Office) -> None:
    office.phone.outcomes["web:a"] = [ChannelUnavailable("down")]
    await office.queue("late", not_after=START + 500)
    await office.work(5)
    assert office.phone.sent == []
    assert await office.states() == {"late": "expired"}


async def test_a_database_in_trouble_does_not_end_delivery(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.worker.TICK", 0)
    real, failures = office.database, [OSError("disk full")] * 2

    class Flaky:
        async def run(self, unit: Unit[Any]) -> Any:
            if failures and office.phone.sent:
                raise failures.pop()
            return await real.run(unit)

        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

    flaky: Any = Flaky()
    office.database = flaky
    office.hire()
    office.database = real
    await office.queue("hello")
    await office.work(3)
    assert not failures
    assert await office.states() == {"hello": "sent"}
    assert len(office.phone.sent) == 1


async def test_logs_hold_no_text_and_no_address(office: Office) -> None:
    canaries = ("секретний текст", "canary-address")
    office.phone.outcomes[f"web:{canaries[1]}"] = [
        OutcomeUnknown(canaries[0]),
        Throttled(timedelta(seconds=1)),
        RecipientGone(canaries[0]),
    ]
    with capture_logs() as logs:
        reply = Reply((M(canaries[0]),))
        await office.put("row", Outgoing(person="p", address=f"web:{canaries[1]}", reply=reply))
        await office.work(60, step=0.5)
    assert logs
    assert not [line for line in logs for canary in canaries if canary in str(line)]


async def test_every_row_of_an_audience_ends_in_one_state(office: Office) -> None:
    for n, outcome in enumerate([None, RecipientGone("x"), MessageRejected("x"), OutcomeUnknown("x"), None]):
        office.phone.outcomes[f"web:p{n}"] = [outcome]
        await office.queue(f"m{n}", to=f"p{n}", klass="digest", subject="broadcast:1")
    await office.queue("stale", to="q", subject="broadcast:1", not_before=START + 9, not_after=START + 10)
    office.clock.advance(0.02)
    await office.work(5)
    counts = await office.do(lambda outbox: outbox.counts("broadcast:1"))
    assert counts == {"sent": 2, "failed": 2, "unknown": 1, "expired": 1}
