"""Whatever fails and whenever the process dies: nothing lost, nothing handed over twice, order kept."""

import asyncio
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ChannelUnavailable, OutcomeUnknown, Throttled
from bot.model.message import M, Reply
from bot.model.outgoing import Outgoing
from db.connect import connect
from db.migrate import migrate
from db.stores.outbox import OutboxStore
from tests.delivery.office import Office

ROWS = 12
EVENTS = st.sampled_from(
    ["work", "work", "wait", "down", "unknown", "throttled", "crash before", "crash after", "chat"]
)
FAILURES = {
    "down": ChannelUnavailable("x"),
    "unknown": OutcomeUnknown("x"),
    "throttled": Throttled(timedelta(seconds=3)),
    "chat": Throttled(timedelta(seconds=3), whole_channel=False),
}


async def play(events: list[tuple[str, int]]) -> None:
    database = await connect("sqlite://")
    try:
        await migrate(database)
        office = Office(database)
        for n in range(ROWS):
            await office.queue(f"{n:02}", to=f"p{n % 4}", klass="once" if n % 3 == 0 else "reply")
        ambiguous = 0
        for event, who in events:
            if event in FAILURES:
                office.phone.outcomes[f"web:p{who}"].append(FAILURES[event])
                ambiguous += event == "unknown"
            elif event == "wait":
                office.clock.advance(20)
            elif event == "work":
                await office.work()
            else:
                await office.worker.step()
                ambiguous += len(office.worker._flying)
                await office.crash(arrived=event == "crash after")
        office.phone.outcomes.clear()
        await office.work(200, step=5)
        check(office, await office.states(), ambiguous)
    finally:
        await database.close()


def check(office: Office, states: dict[str, str], ambiguous: int) -> None:
    times = Counter(office.phone.texts())
    assert sum(Counter(states.values()).values()) == ROWS
    assert set(states.values()) <= {"sent", "unknown"}, "every row has come to its end"
    for id, state in states.items():
        assert state == "unknown" or times[id] >= 1, "what is marked as sent was sent"
        assert times[id] <= (1 if int(id) % 3 == 0 else 3)
    assert sum(times.values()) - len(times) <= ambiguous, "a copy has a reason"
    assert list(states.values()).count("unknown") <= ambiguous
    for person in range(4):
        first_seen = list(dict.fromkeys(office.phone.texts(f"web:p{person}")))
        assert first_seen == sorted(first_seen), "one person's messages arrive in order"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(EVENTS, st.integers(0, 3)), max_size=25))
def test_nothing_is_lost_doubled_or_out_of_order(events: list[tuple[str, int]]) -> None:
    asyncio.run(play(events))


CHILD = """
import asyncio, os, sys
from bot.delivery.pace import Pace
from bot.delivery.worker import Worker, epoch_ms
from db.connect import connect

class Wire:
    name, in_flight, rate = "web", 8, 1e6
    async def send(self, address, drawn):
        os.write(1, f"{address} {drawn.text.split()[-1]}\\n".encode())
        await asyncio.sleep(0)
        return address

async def main(url, shift):
    database = await connect(url, exclusive=True)
    now = lambda: epoch_ms() + 60_000 * int(shift)
    worker = Worker(database, Wire(), pace=Pace(1e6, chat_rate=1e6), now=now)
    running = asyncio.create_task(worker.run())
    left = "SELECT COUNT(*) AS n FROM outbox WHERE finished_at = 0"
    while (await database.run(lambda tx: tx.one(left)))["n"]:
        await asyncio.sleep(0.01)
    worker.stop()
    await running
    await database.close()

asyncio.run(asyncio.wait_for(main(*sys.argv[1:]), 30))
"""


async def test_kill_9_in_a_broadcast(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    database = await connect(url)
    try:
        await migrate(database)
        rows = [
            (f"m{n}", Outgoing(person="", address=f"web:p{n}", reply=Reply((M("News"),)), klass="notice"))
            for n in range(400)
        ]
        await database.run(lambda tx: OutboxStore(tx).add_many(rows, now=0))
    finally:
        await database.close()
    sent = Counter(
        line for life, kill_after in enumerate((60, 90, 110, 0)) for line in live(url, life, kill_after)
    )
    assert {line.split()[0] for line in sent} == {f"web:p{n}" for n in range(400)}, "nobody is missed"
    assert len(sent) == 400, "a copy bears the number of its first"
    assert sum(sent.values()) - 400 <= 3 * 8, "at most what was in flight arrives twice"


def live(url: str, life: int, kill_after: int) -> list[str]:
    """What one life of the process sends; it is killed after so many messages, or 0 for never."""
    command = [sys.executable, "-c", CHILD, url, str(life)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 - our own script
        assert child.stdout is not None
        seen = []
        for line in child.stdout:
            seen.extend([line] if line.startswith("web:") else [])
            if kill_after and len(seen) == kill_after:
                child.kill()
        return seen
