"""An operator ends the silence that a messenger asked for, from another process."""

from datetime import timedelta

from bot.errors import Throttled
from db.stores.channels import ChannelStore
from tests.delivery.office import Office


async def test_a_lifted_silence_ends_within_a_second_and_stays_ended(office: Office) -> None:
    """Also for a worker that has the promise in its memory and keeps storing it."""
    lifted: list[bool] = []
    office.hire(on_lift=lambda: lifted.append(True))
    office.phone.outcomes["web:a"] = [Throttled(timedelta(hours=3), whole_channel=True)]
    await office.queue("late")
    await office.work(30, step=0.5)
    assert office.phone.sent == []
    await office.database.run(lambda tx: ChannelStore(tx).lift("web"))
    await office.work(2, step=0.5)
    assert office.phone.texts() == ["late"]
    assert lifted == [True]
    await office.queue("next")
    await office.work(2, step=0.5)
    assert office.phone.texts() == ["late", "next"]
