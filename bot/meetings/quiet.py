"""Hours and days on which nothing that can wait is sent."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from bot.meetings.zones import to_local, to_ms


@dataclass(frozen=True, slots=True)
class Quiet:
    """When a person is left in peace.

    Attributes:
        zone: Of the person.
        country: ``UA`` or ``PL``, whose public holidays are kept; empty for none.
        begins, ends: Local hours of the quiet night; equal for no quiet night.
    """

    zone: str
    country: str = ""
    begins: time = time(20)
    ends: time = time(8)


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Days off work; Ukraine has none while martial law suspends them."""
    from holidays import country_holidays  # slow to import, and most processes never ask

    return frozenset(country_holidays(country, years=year)) if country in ("UA", "PL") else frozenset()


def is_quiet(moment: datetime, quiet: Quiet) -> bool:
    """Whether the local ``moment`` lies in the quiet night or on a public holiday."""
    if moment.date() in public_holidays(quiet.country, moment.year):
        return True
    clock = moment.time()
    if quiet.begins <= quiet.ends:
        return quiet.begins <= clock < quiet.ends
    return clock >= quiet.begins or clock < quiet.ends


def after_quiet(at: int, quiet: Quiet) -> int:
    """The same moment, or the first one after the quiet night or holidays around it; UTC epoch ms."""
    local = to_local(at, quiet.zone)
    if not is_quiet(local, quiet):
        return at
    day = local.date()
    while True:
        for clock in (time(0), quiet.ends):
            opens = to_ms(datetime.combine(day, clock), quiet.zone)
            if opens > at and not is_quiet(to_local(opens, quiet.zone), quiet):
                return opens
        day += timedelta(days=1)
