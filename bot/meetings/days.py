"""Days as people write them, one pattern after the other; what they mean together is in ``dates``."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.meetings import day_patterns as p
from bot.meetings.words import (
    DAY_ORDINALS,
    ENDS,
    MONTHS,
    NEARBY_DAYS,
    SHORT_WEEKDAYS,
    SMALL_NUMBERS,
    UNITS,
    WEEKDAYS,
)


@dataclass(frozen=True, slots=True)
class Day:
    """One day or range; ``first`` is None for a day that no calendar has.

    ``other`` is the day that may be meant instead.
    """

    first: date | None
    last: date | None = None
    other: date | None = None
    mistake: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Days found in folded text between ``start`` and ``end``.

    Attributes:
        days: In the order of the text; empty for a bare weekday.
        weekday: 0 Monday to 6 Sunday; it may stand alone or beside a date or a week.
        week: Whole weeks from the current one; for a weekday or a week named.
        later: Weeks to add to the nearest such weekday ("w czwartek za tydzień"); also with the day a
            number of weeks from now, for the case that a weekday stands beside it.
        deadline: "until" stands before it.
        moment: Local time of a span of hours from now.
    """

    start: int
    end: int
    days: tuple[Day, ...] = ()
    weekday: int | None = None
    week: int | None = None
    later: int = 0
    deadline: bool = False
    moment: datetime | None = None


def days_at(text: str, pos: int, now: datetime) -> Found | None:
    """The days that start at ``pos`` of folded text; ``now`` is local and fills in what is left out."""
    if found := _end_of(text, pos, now.date()):
        return found
    if until := p.UNTIL.match(text, pos):
        found = days_at(text, until.end(), now)
        return replace(found, start=pos, deadline=True) if found else None
    today = now.date()
    return (
        _across(text, pos, today)
        or _named(text, pos, today)
        or _numeric(text, pos, today)
        or _of_month(text, pos, today)
        or _in_span(text, pos, now)
        or _nearby(text, pos, today)
        or _week(text, pos)
        or _weekday(text, pos)
    )


def _across(text: str, pos: int, today: date) -> Found | None:
    match = p.ACROSS.match(text, pos)
    if not match:
        return None
    last_month = MONTHS[match["m2"].rstrip(".")]
    last = day_of(_number(match["d2"]), last_month, _year(match, today), today)
    if not last.first:
        return Found(pos, match.end(), (last,))
    first_month = MONTHS[match["m1"].rstrip(".")]
    year = last.first.year - (1 if first_month > last_month else 0)
    first = day_of(_number(match["d1"]), first_month, year, today)
    return Found(
        pos, match.end(), (replace(last, first=first.first, last=last.first, mistake=first.mistake),)
    )


def _named(text: str, pos: int, today: date) -> Found | None:
    match = p.NAMED.match(text, pos) or p.MONTH_FIRST.match(text, pos)
    if not match:
        return None
    month = MONTHS[match["month"].rstrip(".")]
    year = _year(match, today)
    ranges = [[_number(d) for d in re.findall(p.D, item)] for item in re.findall(p.ITEM, match["items"])]
    numbers = [n for pair in ranges for n in pair]
    if numbers != sorted(set(numbers)):
        return None  # "w sali 5, 3 grudnia": the 5 is no day
    days = tuple(_ranged(pair, month, year, today) for pair in ranges)
    return Found(pos, match.end(), days)


def _ranged(numbers: list[int], month: int, year: int | None, today: date) -> Day:
    last = day_of(numbers[-1], month, year, today)
    if len(numbers) == 1 or not last.first:
        return last
    first = last.first.replace(day=numbers[0])
    other = last.other.replace(day=numbers[0]) if last.other else None
    return replace(last, first=first, last=last.first, other=other)


def _numeric(text: str, pos: int, today: date) -> Found | None:
    if iso := p.ISO.match(text, pos):
        return Found(pos, iso.end(), (day_of(int(iso["d"]), int(iso["m"]), int(iso["year"]), today),))
    if roman := p.ROMAN_MONTH.match(text, pos):
        month = p.ROMAN.index(roman["m"]) + 1
        return Found(pos, roman.end(), (day_of(_number(roman["d"]), month, int(roman["year"]), today),))
    match = p.DOTTED.match(text, pos)
    if not match:
        return None
    digits = match["year"] or match["ys"]
    year = int(digits) % 100 + 2000 if digits else None
    month = int(match["m"] or match["ms"] or match["mm"])
    last = day_of(int(match["d"]), month, year, today)
    if not digits and not last.first:
        return None  # "10.30" is a time
    if not match["d1"] or not last.first:
        return Found(pos, match.end(), (last,))
    first = day_of(int(match["d1"]), int(match["m1"] or month), last.first.year, today)
    return Found(
        pos, match.end(), (replace(last, first=first.first, last=last.first, mistake=first.mistake),)
    )


def _of_month(text: str, pos: int, today: date) -> Found | None:
    """For «26-го» and "26 числа" the next month that has this day still ahead."""
    match = p.OF_MONTH.match(text, pos)
    if not match:
        return None
    day = int(match["d"])
    months = (_months_on(today.replace(day=1), n) for n in range(4))
    ahead = next(d for first in months if (d := _valid(first.year, first.month, day)) and d >= today)
    return Found(pos, match.end(), (Day(ahead),))


def _in_span(text: str, pos: int, now: datetime) -> Found | None:
    match = p.IN_SPAN.match(text, pos)
    if not match:
        return None
    digits = match["n"] or "1"
    n = int(digits) if digits.isdigit() else SMALL_NUMBERS[digits]
    unit = UNITS[match["unit"]]
    if unit in ("hour", "minute"):
        moment = now + timedelta(**{f"{unit}s": n})
        return Found(pos, match.end(), (Day(moment.date()),), moment=moment)
    if unit == "month":
        return Found(pos, match.end(), (Day(_months_on(now.date(), n)),))
    weeks = n if unit == "week" else 0
    day = now.date() + (timedelta(weeks=weeks) if weeks else timedelta(days=n))
    return Found(pos, match.end(), (Day(day),), later=weeks)


def _nearby(text: str, pos: int, today: date) -> Found | None:
    match = p.NEARBY.match(text, pos)
    return Found(pos, match.end(), (Day(today + timedelta(days=NEARBY_DAYS[match[0]])),)) if match else None


def _end_of(text: str, pos: int, today: date) -> Found | None:
    match = p.END_OF.match(text, pos)
    if not match:
        return None
    if match["month"]:
        month = MONTHS[match["month"].rstrip(".")]
        year = today.year + (month < today.month)
        end = date(year, month, monthrange(year, month)[1])
    else:
        end = {
            "week": today + timedelta(days=6 - today.weekday()),
            "month": today.replace(day=monthrange(today.year, today.month)[1]),
            "year": date(today.year, 12, 31),
        }[ENDS[match["unit"]]]
    return Found(pos, match.end(), (Day(end),), deadline=True)


def _week(text: str, pos: int) -> Found | None:
    match = p.WEEK.match(text, pos)
    return Found(pos, match.end(), week=1 if match["next"] else 0) if match else None


def _weekday(text: str, pos: int) -> Found | None:
    match = p.WEEKDAY.match(text, pos)
    if not match:
        return None
    if match["short"] and not (match["by"] or match["sure"] is not None):
        return None  # "sun" and "sat" are also plain words
    weekday = WEEKDAYS[match["long"]] if match["long"] else SHORT_WEEKDAYS[match["short"]]
    more = p.PLUS_WEEK.match(text, match.end())
    week = 1 if match["next"] else 0 if match["this"] else None
    return Found(pos, (more or match).end(), weekday=weekday, week=week, later=1 if more else 0)


def day_of(day: int, month: int, year: int | None, today: date) -> Day:
    """The day; without a year the one nearest to today, with ``other`` a year later if it has passed."""
    if year is not None:
        known = _valid(year, month, day)
        return Day(known, mistake="" if known else "impossible")
    near = [d for y in range(today.year - 1, today.year + 2) if (d := _valid(y, month, day))]
    if not near:
        ahead = next((d for y in range(today.year, today.year + 9) if (d := _valid(y, month, day))), None)
        return Day(ahead, mistake="" if ahead else "impossible")
    nearest = min(near, key=lambda d: (abs(d - today), d < today))
    later = _valid(nearest.year + 1, month, day)
    return Day(nearest, other=later if nearest < today else None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_on(day: date, n: int) -> date:
    years, month = divmod(day.month - 1 + n, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _number(word: str) -> int:
    digits = re.match(r"[0-9]+", word)
    return int(digits[0]) if digits else DAY_ORDINALS[word]


def _year(match: re.Match[str], today: date) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["next_year"]:
        return today.year + 1
    return today.year if match["this_year"] else None
