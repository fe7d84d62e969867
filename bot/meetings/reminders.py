"""When people are reminded of a meeting."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.errors import ConfigurationError
from bot.meetings.quiet import Quiet, after_quiet
from bot.meetings.zones import as_ms, to_local, to_ms
from bot.model.meeting import Answer, Meeting

_UNITS = {"h": 3_600_000, "m": 60_000}


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before: ``1d`` is the same local time a calendar day earlier, ``24h`` elapsed hours."""

    n: int
    unit: Literal["d", "h", "m"]

    def __str__(self) -> str:
        return f"{self.n}{self.unit}"


@dataclass(frozen=True, slots=True)
class Slot:
    """One reminder of one meeting.

    Attributes:
        lead: ``7d``; together with the meeting and its revision the unique key of the reminder.
        due_at: UTC epoch milliseconds.
        not_after: From here on it is stale: the next reminder is due, or the meeting starts.
        only_coming: The last one goes only to those who said yes.
        start_at: Of the meeting.
    """

    lead: str
    due_at: int
    not_after: int
    only_coming: bool
    start_at: int


def parse_leads(setting: str) -> tuple[Lead, ...]:
    """The leads of ``7d,1d,1h,10m``, the longest first and none twice.

    Raises:
        ConfigurationError: It is not a list of such leads.
    """
    leads: dict[str, Lead] = {}
    for part in setting.replace(" ", "").split(","):
        match = re.fullmatch(r"([1-9][0-9]{0,3})([dhm])", part)
        if not match:
            raise ConfigurationError(f"reminders must look like 7d,1d,1h,10m, not {setting!r}")
        unit: Literal["d", "h", "m"] = "d" if match[2] == "d" else "h" if match[2] == "h" else "m"
        lead = Lead(int(match[1]), unit)
        leads[str(lead)] = lead
    return tuple(sorted(leads.values(), key=_length, reverse=True))


def _length(lead: Lead) -> int:
    return lead.n * (86_400_000 if lead.unit == "d" else _UNITS[lead.unit])


def due(meeting: Meeting, lead: Lead) -> int:
    """When this reminder is due, UTC epoch milliseconds."""
    if lead.unit != "d":
        return meeting.start_at - lead.n * _UNITS[lead.unit]
    day_before = datetime.fromisoformat(meeting.start) - timedelta(days=lead.n)
    return to_ms(day_before, meeting.zone, later=meeting.later)


def reminder_slots(meeting: Meeting, leads: Sequence[Lead], now: datetime) -> list[Slot]:
    """The reminders still ahead of ``now``, the earliest first; none unless the meeting is planned.

    What would have been due already is left out: whoever hears of a meeting late gets its notice then.
    With several leads the shortest is only for those who come.
    """
    if meeting.state != "planned":
        return []
    ordered = sorted(
        ((due(meeting, lead), lead) for lead in set(leads)), key=lambda pair: (pair[0], str(pair[1]))
    )
    last = ordered[-1][1] if len(ordered) > 1 else None
    ends = [at for at, lead in ordered[1:] if lead != last] + [meeting.start_at] * 2
    slots = [
        Slot(str(lead), at, min(end, meeting.start_at), lead == last, meeting.start_at)
        for (at, lead), end in zip(ordered, ends, strict=False)
    ]
    return [slot for slot in slots if as_ms(now) < slot.due_at < slot.not_after]


def wanted(slot: Slot, answer: Answer | None) -> bool:
    """Whether a person with this answer (None: silent so far) gets this reminder."""
    if answer in ("no", "substitute"):
        return False
    return answer == "yes" or not slot.only_coming


def personal(slots: Sequence[Slot], quiet: Quiet) -> list[Slot]:
    """One person's reminders (those ``wanted``), each at its time or after the quiet night or holiday.

    A reminder that would come after the start keeps its time; one that another would overtake is left
    to that other, so two never come together.
    """
    moved = [_deferred(slot, quiet) for slot in slots]
    later = [slot.due_at for slot in moved[1:]] + [None]
    return [
        slot
        for slot, following in zip(moved, later, strict=True)
        if following is None or slot.due_at < following
    ]


def _deferred(slot: Slot, quiet: Quiet) -> Slot:
    for spared in (quiet, replace(quiet, country="")):  # a long holiday yields to the start, then the night
        at = after_quiet(slot.due_at, spared)
        if at < slot.start_at:
            return replace(slot, due_at=at)
    return slot


def current(slots: Iterable[Slot], now: datetime) -> Slot | None:
    """After a long stop: the one reminder to send of those that are due, or None."""
    ready = [slot for slot in slots if slot.due_at <= as_ms(now) < slot.not_after]
    return max(ready, key=lambda slot: slot.due_at, default=None)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Reminders that go out as one message: ``(meeting id, slot)`` each, the earliest meeting first."""

    due_at: int
    not_after: int
    items: tuple[tuple[str, Slot], ...]


def bundled(planned: Iterable[tuple[str, Slot]], zone: str) -> list[Bundle]:
    """One person's reminders of several meetings, those "days before" of one local day in one message.

    Reminders hours or minutes before a meeting always stand alone.
    """
    groups: dict[tuple[str, str], list[tuple[str, Slot]]] = {}
    for meeting_id, slot in planned:
        by_day = slot.lead.endswith("d")
        key = ("", to_local(slot.due_at, zone).date().isoformat()) if by_day else (meeting_id, slot.lead)
        groups.setdefault(key, []).append((meeting_id, slot))
    bundles = [
        Bundle(
            due_at=min(slot.due_at for _, slot in items),
            not_after=min(slot.not_after for _, slot in items),
            items=tuple(sorted(items, key=lambda item: (item[1].start_at, item[0]))),
        )
        for items in groups.values()
    ]
    return sorted(bundles, key=lambda bundle: (bundle.due_at, bundle.items[0][0]))
