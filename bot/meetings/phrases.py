"""The parts of an announcement that follow a fixed phrase: length, seats, interpretation, rhythm."""

import re
from dataclasses import dataclass

from bot.meetings.words import SMALL_NUMBERS, WEEKDAYS, fold, one_of
from bot.model.meeting import Recurrence

Span = tuple[int, int]

_LASTS = (
    r"(?:czas trwania|trwa|potrwa|przez|na|for|lasts|duration|тривалість|триває|протягом|на|длительность)"
)
_HOURS = r"h|hrs?|hours?|godz\.?|godzin[eya]?|год\.?|годин[уаи]?|час(?:а|ов)?"
_MINUTES = r"min\.?|minut\w*|хв\.?|хвилин\w*|мин\.?|минут\w*"
_LENGTH = re.compile(
    rf"(?<![\w:.,-])(?:{_LASTS}\s*:?\s*)?"
    r"(?:(?P<half>poltorej godziny|півтори години|півтора години|an hour and a half|полтора часа)"
    rf"|(?P<n>[0-9]{{1,3}}(?:[.,][0-9])?|{one_of(SMALL_NUMBERS)})?(?(n)\s*)"
    rf"(?:(?P<hours>{_HOURS})(?:\s*(?P<and>[0-9]{{2}})\s*(?:{_MINUTES}))?|(?P<minutes>{_MINUTES})))(?!\w)"
)
_HALF_HOUR = re.compile(r"(?<!\w)(?:pol godziny|півгодини|half an hour|полчаса)(?!\w)")

_UP_TO = (
    r"do|max\.?|maks\.?|maksymalnie|maksimum|najwyzej|limit|up to|at most|до|макс\.?|максимум|не більше|ліміт"
)
_SEATS = (
    r"osob|osoby|uczestnikow|miejsc|miejsca|people|persons|participants|seats|places|"
    r"осіб|особи|людей|учасників|учасники|місць|місця|человек|мест"
)
_SEATS_NAMED = "liczba miejsc|miejsc|кількість місць|місць|seats|places|capacity"
_CAPACITY = re.compile(
    rf"(?<!\w)(?:(?P<lead>{_UP_TO}|(?:{_SEATS_NAMED})\s*(?=:))\s*:?\s*)?(?P<n>[1-9][0-9]{{0,4}})\s*(?P<unit>{_SEATS})?(?!\w)"
)

_LANGUAGES = {
    "uk": r"ua|uk|ukr|укр|ukrainsk\w*|українськ\w*|ukrainian|украинск\w*",
    "pl": r"pl|pol|пол|polsk\w*|польськ\w*|polish|польск\w*",
    "en": r"en|eng|ang|angielsk\w*|англ|англійськ\w*|english|английск\w*",
    "de": r"de|niem|niemieck\w*|німецьк\w*|german",
    "fr": r"fr|francusk\w*|французьк\w*|french",
    "cs": r"cz|cs|czesk\w*|чеськ\w*|czech",
    "sk": r"sk|slowack\w*|словацьк\w*|slovak",
    "ro": r"ro|rumunsk\w*|румунськ\w*|romanian",
}
_LANGUAGE = rf"(?:{'|'.join(_LANGUAGES.values())})(?!\w)"
_PAIR = r"\s*(?:-|/|,|i|та|і|й|и|and|na|на|to)?\s*(?:na\s+|на\s+)?"
_INTO = r"\s*[:(-]?\s*(?:na|z|на|з|із|into|to|from|in|between)?\s*(?:jezyk\w*\s+|мов\w*\s+)?"
_INTERPRETATION = re.compile(
    r"(?<!\w)(?:(?P<without>bez tlumaczenia|без перекладу|без перевода|(?:no|without) interpretation"
    r"|(?:tlumaczenie|переклад|interpretation)\s*[:-]\s*(?:brak|nie ma|nie|немає|нема|ні|no|none))"
    r"|(?:(?:z|із|з|with|с|jest|буде|bedzie)\s+)?(?:symultaniczn\w*\s+|синхронн\w+\s+|simultaneous\s+)?"
    r"(?:(?:tlumacz\w*|переклад\w*|перевод\w*|interpret\w+|translation)(?:\s+symultaniczn\w*)?"
    rf"(?:{_INTO}(?P<list>{_LANGUAGE}(?:{_PAIR}{_LANGUAGE}){{0,5}}+)(?:\s+(?:мов\w*|jezyk\w*))?\)?)?"
    rf"|(?P<before>{_LANGUAGE}(?:{_PAIR}{_LANGUAGE}){{0,5}}+)\s+(?:interpret\w+|translation)))(?!\w)"
)

_EVERY = r"(?:co|(?:co|w) kazd\w+|kazd\w+|every|each|кожн\w+|кажд\w+|що)"
_WEEKDAY = rf"(?P<weekday>{one_of(WEEKDAYS)})"
_WEEKLY = re.compile(
    rf"(?<!\w)(?:{_EVERY}\s*{_WEEKDAY}|co tydzien|cotygodniowo|raz w tygodniu|every week|weekly"
    r"|щотижня|щотижнево|кожного тижня|кожен тиждень|раз на тиждень|каждую неделю|еженедельно"
    r"|(?P<two>co (?:dwa|2) tygodnie|every (?:two|2|other) weeks?|biweekly|fortnightly"
    r"|(?:кожні|раз на|раз у) (?:два|2) тижні|каждые (?:две|2) недели))(?!\w)"
)
_NTH = {
    1: r"pierwsz\w+|перш\w+|first|перв\w+|1st|1-?(?:й|ша|шу|го)",
    2: r"drug\w+|друг\w+|втор\w+|second|2nd|2-?(?:й|га|гу|го)",
    3: r"trzec\w+|трет\w+|third|3rd|3-?(?:й|тя|тю|го)",
    4: r"czwart(?:y|a|ego)|четверт(?:ий|а|у|ого|ый|ая|ую)|fourth|4th|4-?(?:й|та|ту|го)",
    -1: r"ostatni\w*|останн\w+|последн\w+|last",
}
_A_MONTH = (
    r"(?:co miesiac|raz w miesiacu|щомісяця|кожного місяця|раз на місяць|every month|monthly|каждый месяц)"
)
_EACH_MONTH = re.compile(rf"(?<!\w){_A_MONTH}(?!\w)")
_MONTHLY = re.compile(
    rf"(?<!\w)(?:(?:on|w|we|у|в|the|{_EVERY}|{_A_MONTH})[\s,]+){{0,3}}+"
    rf"(?P<nth>{'|'.join(_NTH.values())})\s+{_WEEKDAY}"
    r"\s+(?:(?:kazd\w+|every|each|of the|of each|of every|кожного|каждого)\s+)?"
    r"(?:miesiac\w*|місяц\w*|month|месяц\w*)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rhythm as stated: ``nth`` 0 when the first date decides it, ``weekday`` None when not named."""

    recurrence: Recurrence
    weekday: int | None
    span: Span


def length_in(text: str) -> tuple[int, Span] | None:
    """Minutes, from "1,5 godz.", «90 хв», "an hour and a half"; 5 minutes to 12 hours."""
    folded = fold(text)
    if half := _HALF_HOUR.search(folded):
        return 30, half.span()
    for match in _LENGTH.finditer(folded):
        if not match["half"] and not match["n"] and match.start() == match.start("hours"):
            continue  # the bare word "godzina"
        if match["minutes"] and not match["n"]:
            continue
        minutes = 90 if match["half"] else _minutes(match)
        if 5 <= minutes <= 720:
            return minutes, match.span()
    return None


def _minutes(match: re.Match[str]) -> int:
    stated = match["n"] or "1"
    n = SMALL_NUMBERS[stated] if stated in SMALL_NUMBERS else float(stated.replace(",", "."))
    return round(n * 60) + int(match["and"] or 0) if match["hours"] else round(n)


def capacity_in(text: str) -> tuple[int, Span] | None:
    """Seats, from "do 80 osób", «максимум 80», "80 seats"; a bare number is none."""
    for match in _CAPACITY.finditer(fold(text)):
        if match["unit"] or (match["lead"] and match["lead"] not in ("do", "до")):
            return int(match["n"]), match.span()
    return None


def interpretation_in(text: str) -> tuple[tuple[str, ...], Span] | None:
    """Language codes in the order stated; empty for "without", Polish and Ukrainian when none are named."""
    match = _INTERPRETATION.search(fold(text))
    if not match:
        return None
    if match["without"]:
        return (), match.span()
    stated = match["list"] or match["before"] or "pl uk"
    codes: dict[str, None] = {}
    for word in re.findall(r"\w+", stated):
        codes |= {code: None for code, pattern in _LANGUAGES.items() if re.fullmatch(pattern, word)}
    return tuple(codes), match.span()


def rhythm_in(text: str) -> Rhythm | None:
    """A weekly or monthly rhythm, in words."""
    folded = fold(text)
    if monthly := _MONTHLY.search(folded):
        nth = next(n for n, pattern in _NTH.items() if re.fullmatch(pattern, monthly["nth"]))
        return Rhythm(Recurrence("monthly", nth=nth), WEEKDAYS[monthly["weekday"]], monthly.span())
    if weekly := _WEEKLY.search(folded):
        named = weekly["weekday"]
        every = 2 if weekly["two"] else 1
        return Rhythm(Recurrence("weekly", every=every), WEEKDAYS[named] if named else None, weekly.span())
    if month := _EACH_MONTH.search(folded):
        return Rhythm(Recurrence("monthly"), None, month.span())
    return None
