"""An online meeting of the task groups, and who comes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Answer = Literal["yes", "maybe", "no", "substitute"]
State = Literal["draft", "planned", "cancelled", "held"]
Rhythm = Literal["weekly", "monthly", "dates"]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When a series meets again; every date and time is local to the zone of its meetings.

    Attributes:
        rhythm: ``weekly`` (every ``every`` weeks), ``monthly`` (every ``every`` months on the ``nth``
            weekday), ``dates`` (the first meeting and then ``dates``).
        every: 1 or more.
        nth: 1-4, or -1 for the last such weekday of the month; the weekday is that of the first meeting.
        dates: Local starts ``2026-12-03T10:00``, only for ``dates``.
        until: Last possible day ``2027-06-30``; empty when open.
        left_out: Days ``2026-12-24`` on which the series does not meet.
        moved: From a day of the series to another local start: ``{"2027-01-06": "2027-01-07T10:00"}``.
    """

    rhythm: Rhythm
    every: int = 1
    nth: int = 0
    dates: tuple[str, ...] = ()
    until: str = ""
    left_out: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting, or one occurrence of a series.

    The local start and the zone are what was agreed; ``start_at`` follows from them and from the zone
    data, and is worked out again when those data change.

    Attributes:
        id: Stable for life; an occurrence of a series has its series and its day in it.
        titles, agendas: By language, at least one title.
        start: Local wall time ``2026-12-03T10:00``.
        zone: Name from the time zone database, such as ``Europe/Warsaw``.
        start_at: UTC epoch milliseconds.
        zone_data: Version of the zone data that gave ``start_at``, such as ``2026f``.
        later: Of an hour that comes twice when clocks go back, the second one is meant.
        minutes: Length.
        groups: Task groups 1-4, in order.
        link: https address, checked; empty while unknown.
        contact: The organiser's mailbox or number, as typed.
        interpretation: Language codes; empty without interpretation.
        capacity: Seats; None without a limit.
        revision: Grows with every change that people are told about.
        series: Id of the series; empty for a single meeting.
    """

    id: str
    titles: Mapping[str, str]
    start: str
    zone: str
    start_at: int
    zone_data: str
    later: bool = False
    minutes: int = 60
    groups: tuple[int, ...] = ()
    agendas: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    contact: str = ""
    interpretation: tuple[str, ...] = ()
    capacity: int | None = None
    revision: int = 0
    state: State = "planned"
    series: str = ""

    @property
    def end_at(self) -> int:
        """When it ends, UTC epoch milliseconds."""
        return self.start_at + self.minutes * 60_000
