"""When regular work may write to an office."""

from bot.i18n import HOME_ZONES
from bot.meetings.quiet import Quiet, is_quiet
from bot.meetings.zones import to_local

_LANGUAGE_OF = {"UA": "uk", "PL": "pl"}
SATURDAY = 5


def office_is_open(now: int, country: str) -> bool:
    """Whether it is a working day between 8:00 and 20:00 in ``UA`` or ``PL``; ``now`` in UTC epoch ms."""
    zone = HOME_ZONES[_LANGUAGE_OF[country]]
    local = to_local(now, zone)
    return local.weekday() < SATURDAY and not is_quiet(local, Quiet(zone, country))
