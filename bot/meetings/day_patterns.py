"""Patterns of days in folded text, one for each way of writing them; ``days`` says what they mean."""

import re

from bot.meetings.words import (
    DAY_ORDINALS,
    ENDS,
    ENGLISH_MONTHS,
    MONTHS,
    NEARBY_DAYS,
    NEXT,
    SHORT_WEEKDAYS,
    SMALL_NUMBERS,
    THIS,
    UNITS,
    WEEKDAYS,
    one_of,
)

DIGITS = r"(?:0?[1-9]|[12][0-9]|3[01])(?:-?(?:го|ого|go|ego|th|st|nd|rd))?(?![\w:]|\.[0-9])"
D = rf"(?:{DIGITS}|(?:{one_of(DAY_ORDINALS)}))"
ITEM = rf"{D}(?:\s*(?:-|do|до|по|to)\s*{D})?"
AND = r"\s*(?:,|;|i|oraz|a także|та|і|й|и|and|&)\s*"
M = rf"(?:{one_of(MONTHS)})\.?(?!\w)"
YEAR = (
    r"(?:\s*,?\s*(?P<year>20[0-9]{2})(?![0-9])(?:\s*(?:roku|року|года|r\.?|р\.?|г\.)(?!\w))?"
    r"|\s*(?P<this_year>b\.?\s?r\.?|biezacego roku|tego roku|ц\.?\s?р\.?|цього року|поточного року|"
    r"этого года|this year)(?!\w)"
    r"|\s*(?P<next_year>przyszlego roku|наступного року|следующего года|next year)(?!\w))?"
)
UNTIL = re.compile(r"(?:najpozniej do|не пізніше|не позднее|do|до|by|until|till)\s+(?:dnia\s+)?")
LEAD = r"(?:(?:w dniach|w dniu|dnia|dn\.|od|від|з|с|from|on)\s+)?"

ACROSS = re.compile(
    rf"{LEAD}(?P<d1>{D})\s+(?:of\s+)?(?P<m1>{M})(?:\s+20[0-9]{{2}})?\s*(?:-|do|до|по|to)\s*"
    rf"(?P<d2>{D})\s+(?:of\s+)?(?P<m2>{M}){YEAR}"
)
NAMED = re.compile(rf"{LEAD}(?P<items>{ITEM}(?:{AND}{ITEM}){{0,11}})\s*(?:of\s+)?(?P<month>{M}){YEAR}")
MONTH_FIRST = re.compile(
    rf"(?:on\s+|from\s+)?(?P<month>{one_of(ENGLISH_MONTHS)})\.?\s+(?:the\s+)?"
    rf"(?P<items>{ITEM}(?:{AND}{ITEM}(?!\s*[ap]\.?m)){{0,11}})(?!\s*[ap]\.?m){YEAR}"
)
ISO = re.compile(r"(?P<year>20[0-9]{2})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?:t(?=[0-9])|(?![\w-]))")
DOTTED = re.compile(
    rf"{LEAD}(?:(?P<d1>[0-9]{{1,2}})(?:\.(?P<m1>[0-9]{{1,2}}))?\.?\s*(?:-|do|до|по)\s*)?"
    r"(?P<d>[0-9]{1,2})(?:\.(?P<m>[0-9]{1,2})\.(?P<year>20[0-9]{2}|[0-9]{2})|/(?P<ms>[0-9]{1,2})/(?P<ys>20[0-9]{2})|\.(?P<mm>0[1-9]|1[0-2])\.?)"
    r"(?:\s*(?:r\.|р\.|roku|року))?(?![\w:]|[.,/][0-9])"
)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
ROMAN_MONTH = re.compile(rf"(?P<d>{D})[. ]\s?(?P<m>{one_of(ROMAN)})[. ]\s?(?P<year>20[0-9]{{2}})(?![0-9])")
IN_SPAN = re.compile(
    rf"(?:za|через|за|in|po)\s+(?:okolo\s+)?(?:(?P<n>[0-9]{{1,3}}|{one_of(SMALL_NUMBERS)})\s+)?(?P<unit>{one_of(UNITS)})\.?"
    r"(?:'?s? time)?(?!\w)(?!\s+(?:do|до|przed|перед|before)\s)"
)
NEARBY = re.compile(rf"(?:{one_of(NEARBY_DAYS)})(?!\w)")
END_OF = re.compile(
    r"(?:do|до|by|until|till)\s+(?:the\s+)?(?:konca|кінця|конца|end of)\s+"
    r"(?:(?:the|this|tego|цього|этого|biezacego|поточного)\s+)?"
    rf"(?:(?P<unit>{one_of(ENDS)})|(?P<month>{M}))(?!\w)"
)
WEEK = re.compile(
    rf"(?:(?:w|we|на|in)\s+)?(?:(?P<next>{one_of(NEXT)})|(?:{one_of(THIS)}))\s+(?:week|tygodniu|тижня|тижні|тиждень|неделе)(?!\w)"
)
WEEKDAY = re.compile(
    rf"(?:(?P<by>w|we|в|у|во|на|on)\s+)?(?:(?P<next>{one_of(NEXT)})\s+|(?P<this>{one_of(THIS)})\s+)?"
    rf"(?:(?P<long>{one_of(WEEKDAYS)})(?!\w)|(?P<short>{one_of(SHORT_WEEKDAYS)})(?!\w)\.?"
    r"(?P<sure>(?=,?\s*(?:[0-9]|o |о |об |at |$)))?)"
)
PLUS_WEEK = re.compile(r"\s+(?:za|через|in a)\s+(?:tydzien|тиждень|неделю|week)(?!\w)")
OF_MONTH = re.compile(
    r"(?:(?:w dniu|dnia|на)\s+)?(?P<d>0?[1-9]|[12][0-9]|3[01])(?:-?(?:го|ого|go)(?:\s+числа)?|\s+числа)(?!\w)"
)
