"""Whether a text names or ages one child; groups ("a camp for children aged 8 to 12") do not count."""

import re

_CHILD = (
    r"хлопчик\w*|хлопця|дівчинк\w*|дівчинц\w*|дитина|дитини|дитині|дитину|син|сина|синові|сину|донька|доньки"
    r"|доньці|доньку|дочка|дочки|дочці|дочку|онук\w*|внук\w*|внучк\w*|учениц\w*|учень|учня|немовля|сирота"
    r"|ребен\w*|мальчик\w*|девочк\w*"
    r"|chłopi?e?c\w*|chłopczyk\w*|dziewczynk\w*|dziecko|dziecka|dziecku|syn|syna|synowi|synek|córk\w*|córeczk\w*"
    r"|wnucz\w*|wnuk\w*|uczeń|ucznia|uczennic\w*|niemowlę"
    r"|child|boy|girl|son|daughter|baby|toddler|grandson|granddaughter|pupil"
)
_MENTION = re.compile(rf"\b(?:{_CHILD})\b(?P<after>[^.!?\n]{{0,45}})", re.IGNORECASE)
_AGE = re.compile(
    r"\b\d{1,2}[ -]*(?:х |ти |-)?(?:рок|рік|річ|рочк|лет|год|місяц|міс\b|lat|rok|letni|miesi|year|yo\b|y\.o"
    r"|month|клас|klas)|\baged? \d{1,2}\b",
    re.IGNORECASE,
)
_AGE_FIRST = re.compile(
    r"\b\d{1,2}[ -]*(?:ти|х|и|ми)?[ -]?"
    r"(?:річн(?:ий|ого|ому|а|ої|у|ій)|летн(?:ий|его|яя|ей|юю)|letni(?:ego|emu|a|ej|ą|)|year[- ]old)\s+"
    r"(?:\w+\s)?(?:хлоп|дівчин|дитин|син|дон|доч|учн|учен|ребен|мальчик|девоч"
    r"|chłop|dziew|dzieck|syn|cór|ucz|child|boy|girl|son|daughter|[A-ZА-ЯІЇЄҐŁŚŻ]\w+)"
)
_NAME = re.compile(
    r"^[ ,:(-]*(?:на ім'я |на ім’я |imieniem |o imieniu |named |called |зовут |звати )?"
    r"(?P<name>[A-ZА-ЯІЇЄҐŁŚŻĆ][a-zа-яіїєґ'’ąćęłńóśźż]{2,})"
)
_NO_NAMES = frozenset(
    "Польща Польщі Україна України Києва Телефон Прошу Дякую"
    " Ukraine Poland Polsce Ukrainy Ukrainie Polski".split()
)


def names_a_child(text: str) -> bool:
    """True when one child is named or its age is told, in Ukrainian, Russian, Polish or English."""
    return bool(_AGE_FIRST.search(text)) or any(
        _AGE.search(match["after"]) or _is_named(match["after"]) for match in _MENTION.finditer(text)
    )


def _is_named(after: str) -> bool:
    named = _NAME.match(after)
    return named is not None and named["name"] not in _NO_NAMES
