"""Time zones of the European Union and of Ukraine, and the days on which their clocks change."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from bot.meetings.zones import WARSAW, zone_of

EU_ZONES = [
    "Europe/Vienna", "Europe/Brussels", "Europe/Sofia", "Europe/Zagreb", "Asia/Nicosia", "Asia/Famagusta",
    "Europe/Prague", "Europe/Copenhagen", "Europe/Tallinn", "Europe/Helsinki", "Europe/Mariehamn",
    "Europe/Paris",
    "Europe/Berlin", "Europe/Busingen", "Europe/Athens", "Europe/Budapest", "Europe/Dublin", "Europe/Rome",
    "Europe/Riga", "Europe/Vilnius", "Europe/Luxembourg", "Europe/Malta", "Europe/Amsterdam", "Europe/Warsaw",
    "Europe/Lisbon", "Atlantic/Azores", "Atlantic/Madeira", "Europe/Bucharest", "Europe/Bratislava",
    "Europe/Ljubljana", "Europe/Madrid", "Africa/Ceuta", "Atlantic/Canary", "Europe/Stockholm",
    "America/Martinique", "America/Guadeloupe", "America/Cayenne", "Indian/Reunion", "Indian/Mayotte",
    "Europe/Kyiv",
]  # fmt: skip


def edges(zone: str) -> list[date]:
    """Days from 2026 to 2031 on which clocks change in the zone; in zones without DST those of Warsaw."""
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(6 * 365 + 1)]
    offsets = [datetime.combine(day, time(12), zone_of(zone)).utcoffset() for day in days]
    found = [day for (before, after), day in zip(pairwise(offsets), days[1:], strict=True) if before != after]
    return found or edges(WARSAW)
