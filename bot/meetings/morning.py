"""When a morning message is due."""

from datetime import datetime, time, timedelta

from bot.meetings.quiet import Quiet, after_quiet
from bot.meetings.zones import to_local, to_ms

MORNING = time(8, 30)


def next_morning(now: int, zone: str, country: str) -> int:
    """The next half past eight of a working day in ``zone`` after ``now``; UTC epoch milliseconds."""
    local = to_local(now, zone)
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return after_quiet(to_ms(datetime.combine(day, MORNING), zone), Quiet(zone, country))
