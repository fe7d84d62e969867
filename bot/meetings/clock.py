"""Times of day as people write them: "o 10", «об 11:00», "2pm", "godz. 9.30", «десята ранку»."""

import re
from dataclasses import dataclass, replace
from datetime import time

from bot.meetings.words import HOUR_ORDINALS, MONTHS, one_of
from bot.meetings.zones import KYIV, WARSAW


@dataclass(frozen=True, slots=True)
class Clock:
    """A time found in folded text between ``start`` and ``end``; ``zone`` is empty when not stated."""

    start: int
    end: int
    at: time
    to: time | None = None
    zone: str = ""


_HOUR = r"(?:2[0-3]|[01]?[0-9])"
_MINUTES = r"[:.][0-5][0-9]"
_AT = r"(?:o|о|об|at|@|(?:o |na )?godz\.?|godzin(?:a|ie)|na|на|год\.|годин(?:а|і)|з|od|from|від)"
_SURE_AT = r"(?:o|о|об|at|@|g\.|(?:o |na |w )?godz\.?|(?:o )?godzinie|godzina|w godzinach|о годині|година)"
_SUFFIX = r"(?:-?(?:tej|ej|ta|ї|ій|й|та))?"
_O_CLOCK = r"(?:h|hrs|godz\.?|godzina|godzinie|год\.?|година|годині|годину|часов|o'clock)"
_HALF_DAY = (
    r"(?P<am>a\.?m\.?|rano|z rana|ранку|вранці|утра|in the morning)"
    r"|(?P<pm>p\.?m\.?|po poludniu|popoludniu|wieczorem|wiecz\.|дня|пополудні|вечора|ввечері|вечера|"
    r"in the afternoon|in the evening)"
)
_TO = r"\s*(?:-|do|до|to|till)\s*"
_HALF_FIRST = re.compile(
    r"(?:(?P<am>rano|z rana|вранці|зранку|утром)"
    r"|(?P<pm>po poludniu|popoludniu|wieczorem|пополудні|після обіду|ввечері|увечері|вечером|днем))\s+"
)
_NO_UNIT = (
    rf"(?!\s*(?:{one_of(MONTHS)}|os(?:o|i)b|осіб|людей|учасник|people|persons|seats|miejsc|місц|місць|szt|шт|"
    r"тис|tys|mln|млн|%|zl|грн|eur|kw|квт|громад|gmin|gromad)|[-.,:]?[0-9])"
)
_WITH_MINUTES = re.compile(
    rf"(?:{_AT}\s*)?(?P<from>{_HOUR}{_MINUTES})(?:{_TO}(?P<to>{_HOUR}(?:{_MINUTES})?))?(?:\s*(?:{_HALF_DAY}))?(?![\w:])"
)
_TO_MINUTES = re.compile(rf"(?:{_AT}\s*)?(?P<from>{_HOUR})\s*-\s*(?P<to>{_HOUR}:[0-5][0-9])(?![\w:])")
_AFTER_AT = re.compile(
    rf"{_SURE_AT}\s*(?P<from>{_HOUR}){_SUFFIX}(?![0-9])(?:{_TO}(?P<to>{_HOUR}(?:{_MINUTES})?){_SUFFIX})?"
    rf"(?:\s*{_O_CLOCK})?(?:\s*(?:{_HALF_DAY}))?(?!\w){_NO_UNIT}"
)
_AFTER_IN = re.compile(
    rf"(?:в|у|на)\s+(?P<from>{_HOUR})(?:\s*{_O_CLOCK})?(?:\s*(?:{_HALF_DAY}))?(?=\s*(?:[,;)!?]|\.(?![0-9])|$))"
)
_SPAN = re.compile(rf"(?:od|з|с|від|from)\s+(?P<from>{_HOUR}){_TO}(?P<to>{_HOUR})(?!\w){_NO_UNIT}")
_BARE = re.compile(
    rf"(?P<from>{_HOUR})(?:-(?P<to>{_HOUR}))?(?:\s*(?P<clock>{_O_CLOCK}))?(?:\s*(?:{_HALF_DAY}))?(?!\w)"
)
_IN_WORDS = re.compile(
    rf"(?:(?:o|о|об|at|na|на)\s+)?(?P<half>wpol do\s+|пів на\s+)?(?P<word>{one_of(HOUR_ORDINALS)})"
    r"(?:\s+(?P<plus>trzydziesci|тридцять|pietnascie|п'ятнадцять|czterdziesci piec|сорок п'ять))?"
    rf"(?:\s+(?:{_HALF_DAY}|годині))?(?!\w)"
)
_NOON = re.compile(r"(?:w poludnie|опівдні|в полудень|at noon|noon|at midday)(?!\w)")
_PLUS = {"trzydziesci": 30, "тридцять": 30, "pietnascie": 15, "п'ятнадцять": 15,
         "czterdziesci piec": 45, "сорок п'ять": 45}  # fmt: skip

_ZONE = re.compile(
    r"\s*[(,]?\s*(?:"
    r"(?P<kyiv>kijow|kyiv(?: time)?|kiev(?: time)?|київ|eest|eet|czasu? (?:kijowskiego|ukrainskiego)"
    r"|(?:за|по) (?:києвом|києву|киеву)|за (?:київським|українським) часом|ukrainian time|київський час)"
    r"|(?P<warsaw>warszawa|warsaw(?: time)?|варшава|cest|cet|czasu? (?:warszawskiego|polskiego)"
    r"|(?:за|по) (?:варшавою|варшаві|варшаве)|за (?:варшавським|польським) часом|polish time|варшавський час)"
    r")(?!\w)\)?"
)


def clock_at(text: str, pos: int) -> Clock | None:
    """The time that starts at ``pos`` of folded text, with a zone named right behind it."""
    found = _after_half_day(text, pos) or _numeric(text, pos) or _worded(text, pos)
    if not found:
        return None
    zone = _ZONE.match(text, found.end)
    if not zone:
        return found
    return Clock(found.start, zone.end(), found.at, found.to, KYIV if zone["kyiv"] else WARSAW)


def _after_half_day(text: str, pos: int) -> Clock | None:
    """With the part of the day first ("po południu o 2")."""
    half = _HALF_FIRST.match(text, pos)
    found = half and (_numeric(text, half.end()) or _worded(text, half.end()))
    if not half or not found:
        return None
    if half["am"]:
        return replace(found, start=pos)
    return replace(found, start=pos, at=_afternoon(found.at), to=_afternoon(found.to) if found.to else None)


def _afternoon(clock: time) -> time:
    return clock.replace(hour=clock.hour + 12) if clock.hour < 12 else clock


def _numeric(text: str, pos: int) -> Clock | None:
    for pattern in (_WITH_MINUTES, _TO_MINUTES, _SPAN, _AFTER_AT, _AFTER_IN, _BARE):
        match = pattern.match(text, pos)
        if not match:
            continue
        groups = match.groupdict()
        if pattern is _BARE and not _is_time(groups):
            continue
        at = _time(groups["from"], groups)
        to = _time(groups["to"], groups) if groups.get("to") else None
        if to and groups.get("pm") and at > to:
            at = _time(groups["from"], {})  # "11-1pm" starts before noon
        return Clock(match.start(), match.end(), at, to if to and to > at else None)
    return None


def _is_time(bare: dict[str, str | None]) -> bool:
    """Whether a number without "at" is a time: "2 год" is a length, "14 год" an hour of the day."""
    if bare["am"] or (bare["pm"] and bare["pm"] != "дня"):  # "2 дня" alone are two days
        return True
    return bool(bare["clock"]) and int(bare["from"] or 0) >= 7


def _time(digits: str, groups: dict[str, str | None]) -> time:
    hour, _, minute = digits.replace(".", ":").partition(":")
    return time(_hour(int(hour), groups), int(minute or 0))


def _hour(hour: int, groups: dict[str, str | None]) -> int:
    if groups.get("pm") and hour < 12:
        return hour + 12
    return 0 if groups.get("am") and hour == 12 else hour


def _worded(text: str, pos: int) -> Clock | None:
    if noon := _NOON.match(text, pos):
        return Clock(noon.start(), noon.end(), time(12))
    match = _IN_WORDS.match(text, pos)
    if not match or not (match.start("word") > pos or match["am"] or match["pm"]):
        return None
    groups = match.groupdict()
    minutes = _hour(HOUR_ORDINALS[groups["word"]], groups) * 60 + _PLUS.get(groups["plus"] or "", 0)
    minutes -= 30 if groups["half"] else 0
    return Clock(match.start(), match.end(), time(minutes // 60 % 24, minutes % 60))
