"""Words for days, months and hours as typed in Ukrainian, Polish, English and, met daily, Russian.

All forms are folded: lower case, Polish letters without their marks, one kind of apostrophe.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

_APOSTROPHES = "'’ʼ`´‘"
_DASHES = "‐‑‒–—−"


def fold(text: str) -> str:
    """The text in the form of these tables, every character at its old place."""
    return "".join(map(_folded, text))


def _folded(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    if char in _DASHES:
        return "-"
    lower = char.lower()
    if len(lower) != 1:
        return char
    if lower == "ł":
        return "l"
    if lower == "ё":
        return "е"
    base = unicodedata.normalize("NFD", lower)[0]
    return base if base.isascii() else lower


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _numbered(lines: str, first: int) -> dict[str, int]:
    rows = enumerate(lines.strip().splitlines(), first)
    return {word.replace("_", " "): number for number, line in rows for word in line.split()}


MONTHS: Mapping[str, int] = _numbered(
    """
    styczen stycznia styczniu січень січня січні сичня january jan январь января январе
    luty lutego lutym лютий лютого лютому february feb февраль февраля феврале
    marzec marca marcu березень березня березні march mar март марта марте
    kwiecien kwietnia kwietniu квітень квітня квітні april apr апрель апреля апреле
    maj maja maju травень травня травні may май мая мае
    czerwiec czerwca czerwcu червень червня червні june jun июнь июня июне
    lipiec lipca lipcu липень липня липні july jul июль июля июле
    sierpien sierpnia sierpniu серпень серпня серпні august aug август августа августе
    wrzesien wrzesnia wrzesniu вересень вересня вересні september sept sep сентябрь сентября сентябре
    pazdziernik pazdziernika pazdzierniku жовтень жовтня жовтні october oct октябрь октября октябре
    listopad listopada listopadzie листопад листопада листопаді november nov ноябрь ноября ноябре
    grudzien grudnia grudniu грудень грудня грудні december dec декабрь декабря декабре
    """,
    1,
)
ENGLISH_MONTHS = tuple(
    word
    for word in MONTHS
    if word.isascii()
    and word[:3] in "jan feb mar apr may jun jul aug sep oct nov dec"
    and word not in {"marzec", "marca", "marcu", "maj", "maja", "maju"}
)

WEEKDAYS: Mapping[str, int] = _numbered(
    """
    poniedzialek poniedzialku poniedzialki понеділок понеділка понеділку monday mondays понедельник
    wtorek wtorku wtorki вівторок вівторка вівторку tuesday tuesdays вторник вторника
    sroda srode srody середа середу середи wednesday wednesdays среда среду среды
    czwartek czwartku czwartki четвер четверга четвергу thursday thursdays четверг
    piatek piatku piatki п'ятниця п'ятницю п'ятниці пятниця пятницю пятниці friday fridays пятницы
    sobota sobote soboty субота суботу суботи saturday saturdays суббота субботу субботы
    niedziela niedziele niedzieli неділя неділю неділі sunday sundays воскресенье воскресенья
    """,
    0,
)
SHORT_WEEKDAYS: Mapping[str, int] = _numbered(
    """
    pon pn пн mon
    wt вт tue tues
    sr ср wed
    czw чт thu thur thurs
    pt piat пт fri
    sob сб sat
    nd niedz нд sun
    """,
    0,
)

SMALL_NUMBERS: Mapping[str, int] = _numbered(
    """
    jeden jedna один одну a an one одна
    dwa dwie два дві two две
    trzy три three
    cztery чотири four четыре
    piec п'ять five пять
    szesc шість six шесть
    """,
    1,
)

_DAY_ORDINALS = """
    pierwszego першого первого
    drugiego другого второго
    trzeciego третього третьего
    czwartego четвертого
    piatego п'ятого пятого
    szostego шостого шестого
    siodmego сьомого седьмого
    osmego восьмого
    dziewiatego дев'ятого девятого
    dziesiatego десятого
    jedenastego одинадцятого одиннадцатого
    dwunastego дванадцятого двенадцатого
    trzynastego тринадцятого тринадцатого
    czternastego чотирнадцятого четырнадцатого
    pietnastego п'ятнадцятого пятнадцатого
    szesnastego шістнадцятого шестнадцатого
    siedemnastego сімнадцятого семнадцатого
    osiemnastego вісімнадцятого восемнадцатого
    dziewietnastego дев'ятнадцятого девятнадцатого
    dwudziestego двадцятого двадцатого
    dwudziestego_pierwszego двадцять_першого двадцать_первого
    dwudziestego_drugiego двадцять_другого двадцать_второго
    dwudziestego_trzeciego двадцять_третього двадцать_третьего
    dwudziestego_czwartego двадцять_четвертого двадцать_четвертого
    dwudziestego_piatego двадцять_п'ятого двадцать_пятого
    dwudziestego_szostego двадцять_шостого двадцать_шестого
    dwudziestego_siodmego двадцять_сьомого двадцать_седьмого
    dwudziestego_osmego двадцять_восьмого двадцать_восьмого
    dwudziestego_dziewiatego двадцять_дев'ятого двадцать_девятого
    trzydziestego тридцятого тридцатого
    trzydziestego_pierwszego тридцять_першого тридцать_первого
"""
DAY_ORDINALS: Mapping[str, int] = _numbered(_DAY_ORDINALS, 1)

HOUR_ORDINALS: Mapping[str, int] = _numbered(
    """
    pierwszej першій першу першої
    drugiej другій другу другої
    trzeciej третій третю третьої
    czwartej четвертій четверту четвертої
    piatej п'ятій п'яту п'ятої
    szostej шостій шосту шостої
    siodmej сьомій сьому сьомої
    osmej восьмій восьму восьмої
    dziewiatej дев'ятій дев'яту дев'ятої
    dziesiatej десятій десяту десятої
    jedenastej одинадцятій одинадцяту одинадцятої
    dwunastej дванадцятій дванадцяту дванадцятої
    trzynastej тринадцятій тринадцяту тринадцятої
    czternastej чотирнадцятій чотирнадцяту чотирнадцятої
    pietnastej п'ятнадцятій п'ятнадцяту п'ятнадцятої
    szesnastej шістнадцятій шістнадцяту шістнадцятої
    siedemnastej сімнадцятій сімнадцяту сімнадцятої
    osiemnastej вісімнадцятій вісімнадцяту вісімнадцятої
    dziewietnastej дев'ятнадцятій дев'ятнадцяту дев'ятнадцятої
    dwudziestej двадцятій двадцяту двадцятої
    """,
    1,
)

NEARBY_DAYS: Mapping[str, int] = {
    **dict.fromkeys(("wczoraj", "вчора", "yesterday", "вчера"), -1),
    **dict.fromkeys(("dzis", "dzisiaj", "сьогодні", "today", "сегодня"), 0),
    **dict.fromkeys(("jutro", "завтра", "tomorrow"), 1),
    **dict.fromkeys(
        ("pojutrze", "післязавтра", "послезавтра", "the day after tomorrow", "day after tomorrow"), 2
    ),
}

NEXT = tuple(
    """
    next przyszly przyszla przyszlym przyszlego przyszlej nastepny nastepna nastepnym nastepnego nastepnej
    наступний наступну наступна наступного наступному наступної следующий следующую следующей следующего
    """.split()
)
THIS = tuple(
    """
    this coming ten ta te tym tego tej najblizszy najblizsza najblizszego najblizszej biezacym
    цей цю ця цього цьому цієї найближчий найближчу найближчої поточного этот эту этой этого
    """.split()
)

UNITS: Mapping[str, str] = {
    **dict.fromkeys(("minute", "minutes", "min", "minuty", "minut", "хвилину", "хвилини", "хвилин", "хв",
                     "минуту", "минуты", "минут"), "minute"),
    **dict.fromkeys(("hour", "hours", "godzine", "godziny", "godzin", "godz", "годину", "години", "годин",
                     "год", "час", "часа", "часов"), "hour"),
    **dict.fromkeys(("day", "days", "dzien", "dni", "день", "дні", "днів", "дня", "дней"), "day"),
    **dict.fromkeys(("week", "weeks", "tydzien", "tygodnie", "tygodni", "тиждень", "тижні", "тижнів", "тижня",
                     "неделю", "недели", "недель"), "week"),
    **dict.fromkeys(("month", "months", "miesiac", "miesiace", "miesiecy", "місяць", "місяці", "місяців",
                     "місяця", "месяц", "месяца", "месяцев"), "month"),
}  # fmt: skip
ENDS: Mapping[str, str] = {
    **dict.fromkeys(("week", "tygodnia", "тижня", "недели"), "week"),
    **dict.fromkeys(("month", "miesiaca", "місяця", "месяца"), "month"),
    **dict.fromkeys(("year", "roku", "року", "года"), "year"),
}
