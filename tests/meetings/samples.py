"""An invented meeting to vary."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.meetings.zones import scheduled
from bot.model.meeting import Meeting


def meeting(start: str = "2026-12-03T10:00", zone: str = "Europe/Warsaw", **changes: Any) -> Meeting:
    """A planned meeting about roofs at this local start."""
    plain = Meeting(
        id="m1",
        titles={"pl": "Dachy po ostrzale", "uk": "Дахи після обстрілів"},
        start="",
        zone=zone,
        start_at=0,
        zone_data="",
        groups=(2,),
        agendas={"pl": "Przykłady i pytania"},
        link="https://zoom.us/j/1",
        contact="Biuro, biuro@example.org",
        interpretation=("pl", "uk"),
        capacity=80,
    )
    return scheduled(replace(plain, **changes), datetime.fromisoformat(start))
