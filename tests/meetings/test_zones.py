"""Local time and UTC, on ordinary days and in both nights of the year."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.meetings.zones import KYIV, WARSAW, data_version, hour_kind, resolved_again, to_local, to_ms, zone_of
from tests.meetings.samples import meeting


@pytest.mark.parametrize(
    ("local", "zone", "kind", "utc"),
    [
        ("2026-12-03T10:00", WARSAW, "once", "2026-12-03T09:00"),
        ("2026-12-03T11:00", KYIV, "once", "2026-12-03T09:00"),
        ("2027-03-28T02:30", WARSAW, "missing", "2027-03-28T01:30"),
        ("2027-10-31T02:30", WARSAW, "double", "2027-10-31T00:30"),
        ("2027-10-31T03:30", KYIV, "double", "2027-10-31T00:30"),
        ("2027-10-31T02:30", KYIV, "once", "2027-10-30T23:30"),
    ],
)
def test_local_times(local: str, zone: str, kind: str, utc: str) -> None:
    naive = datetime.fromisoformat(local)
    assert hour_kind(naive, zone) == kind
    assert to_local(to_ms(naive, zone), "UTC").strftime("%Y-%m-%dT%H:%M") == utc


def test_the_later_of_a_double_hour() -> None:
    local = datetime.fromisoformat("2027-10-31T02:30")
    assert to_ms(local, WARSAW, later=True) - to_ms(local, WARSAW) == 3_600_000


def test_unknown_zones_are_refused() -> None:
    for name in ("Europe/Nowhere", "../../etc/passwd", ""):
        with pytest.raises(KeyError):
            zone_of(name)
    assert zone_of("Europe/Kiev").utcoffset(datetime.fromisoformat("2026-07-01")) == zone_of(KYIV).utcoffset(
        datetime.fromisoformat("2026-07-01")
    )


def test_changed_zone_data_move_the_moment_and_keep_the_local_time() -> None:
    planned = meeting("2027-07-01T11:00", KYIV)
    before = replace(planned, start_at=planned.start_at + 3_600_000, zone_data="2025a")
    after = resolved_again(before)
    assert (after.start, after.start_at, after.zone_data) == (planned.start, planned.start_at, data_version())
    assert after.revision == before.revision + 1


def test_new_zone_data_that_change_nothing_are_only_noted() -> None:
    planned = meeting()
    after = resolved_again(replace(planned, zone_data="2025a"))
    assert after == planned
