"""An audience as a condition on the view of the same name; agrees with ``Audience.fits``."""

from bot.meetings.audience import Audience, Segment
from db.database import Value

CHANNEL = (
    "CASE WHEN address LIKE 'telegram:%' THEN 'telegram' WHEN address LIKE 'signal:%' THEN 'signal'"
    " ELSE 'web' END"
)
"""The channel of an address."""

_COLUMNS = {"countries": "country", "regions": "region", "kinds": "kind", "languages": "language"}


def fits(audience: Audience) -> tuple[str, dict[str, Value]]:
    """The condition and the values it binds; lists are bound as ``,a,b,``, empty ones let everything pass."""
    values: dict[str, Value] = {}
    wanted = [_segment(segment, f"in{n}", values) for n, segment in enumerate(audience.included)]
    unwanted = [_segment(segment, f"out{n}", values) for n, segment in enumerate(audience.excluded)]
    condition = f"({' OR '.join(wanted)})" if wanted else "TRUE"
    return " AND NOT ".join([condition, *unwanted]), values


def _segment(segment: Segment, prefix: str, values: dict[str, Value]) -> str:
    parts = [
        f"(:{prefix}_{many} = '' OR :{prefix}_{many} LIKE '%,' || {one} || ',%')"
        for many, one in _COLUMNS.items()
    ]
    parts.append(
        f"(:{prefix}_channels = '' OR (address <> '' AND :{prefix}_channels LIKE '%,' || {CHANNEL} || ',%'))"
    )
    parts.append(
        f"(:{prefix}_groups = '' OR person IN (SELECT person FROM group_member"  # noqa: S608 - values are bound
        f" WHERE :{prefix}_groups LIKE '%,' || CAST(task_group AS TEXT) || ',%'))"
    )
    for dimension in (*_COLUMNS, "channels", "groups"):
        found = sorted(str(value) for value in getattr(segment, dimension))
        values[f"{prefix}_{dimension}"] = f",{','.join(found)}," if found else ""
    return f"({' AND '.join(parts)})"
