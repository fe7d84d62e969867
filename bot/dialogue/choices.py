"""Which of the offered choices a typed answer means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.i18n import LANGUAGES, plain
from bot.model.message import Message

ORDINALS = (
    ("перше", "перший", "перша", "pierwsze", "pierwszy", "pierwsza", "first", "один", "одна", "jeden", "one"),
    ("друге", "другий", "друга", "drugie", "drugi", "druga", "second", "два", "дві", "dwa", "dwie", "two"),
    ("третє", "третій", "третя", "trzecie", "trzeci", "trzecia", "third", "три", "trzy", "three"),
    (
        "четверте",
        "четвертий",
        "четверта",
        "czwarte",
        "czwarty",
        "czwarta",
        "fourth",
        "чотири",
        "cztery",
        "four",
    ),
    ("п'яте", "п'ятий", "п'ята", "piąte", "piąty", "piąta", "fifth", "п'ять", "pięć", "five"),
    ("шосте", "шостий", "шоста", "szóste", "szósty", "szósta", "sixth", "шість", "sześć", "six"),
    ("сьоме", "сьомий", "сьома", "siódme", "siódmy", "siódma", "seventh", "сім", "siedem", "seven"),
    ("восьме", "восьмий", "восьма", "ósme", "ósmy", "ósma", "eighth", "вісім", "osiem", "eight"),
    (
        "дев'яте",
        "дев'ятий",
        "дев'ята",
        "dziewiąte",
        "dziewiąty",
        "dziewiąta",
        "ninth",
        "дев'ять",
        "dziewięć",
        "nine",
    ),
)
_ORDINAL = {word: number for number, words in enumerate(ORDINALS, 1) for word in words}
_NUMBER = re.compile(r"(?:№|#|nr)?\s?([0-9]{1,18})\ufe0f?\u20e3?[.):]?")
_APOSTROPHES = str.maketrans("’ʼ`´‘′", "''''''")

YES = frozenset("так та добре ок гаразд згода звісно yes ok okay y tak dobrze zgoda jasne 👍 ✅ +".split())
NO = frozenset("ні не no n nie 👎 ❌ -".split())

FUZZY_FROM = 84
"""Least rapidfuzz ratio, 0 to 100, of a mistyped label."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer: ``key`` is stored and never changes, ``label`` is shown.

    ``also`` is ``yes`` or ``no`` where the plain words mean this choice.
    """

    key: str
    label: Message
    also: str = ""


def yes(key: str, label: Message) -> Choice:
    """A choice that "yes", "так" and "tak" mean too."""
    return Choice(key, label, "yes")


def no(key: str, label: Message) -> Choice:
    """A choice that "no", "ні" and "nie" mean too."""
    return Choice(key, label, "no")


def recognise(typed: str, offered: Sequence[Choice], *, loosely: bool = True) -> Choice | None:
    """The offered choice that ``typed`` means, or None.

    Tried in this order: its number, an ordinal word, its label in any language, plain yes and no, and
    with ``loosely`` a label mistyped or begun, if only one comes near.
    """
    wanted = _fold(typed)
    if number := _NUMBER.fullmatch(wanted):
        place = int(number[1])
        return offered[place - 1] if 1 <= place <= len(offered) else None
    place = _ORDINAL.get(wanted.rstrip(".!"), 0)
    if 1 <= place <= len(offered):
        return offered[place - 1]
    labels = [(_fold(plain(choice.label, language)), choice) for choice in offered for language in LANGUAGES]
    for label, choice in labels:
        if wanted == label:
            return choice
    for words, meaning in ((YES, "yes"), (NO, "no")):
        if wanted.rstrip(".!") in words:
            meant = [choice for choice in offered if choice.also == meaning]
            return meant[0] if len(meant) == 1 else None
    return _near(wanted, labels) if loosely and len(wanted) <= 64 else None


def _near(wanted: str, labels: Sequence[tuple[str, Choice]]) -> Choice | None:
    if len(wanted) < 3:
        return None
    begun = {choice.key: choice for label, choice in labels if label.startswith(wanted)}
    if len(begun) == 1:
        return next(iter(begun.values()))
    close = process.extract(
        wanted, [label for label, _ in labels], scorer=fuzz.ratio, score_cutoff=FUZZY_FROM
    )
    near = {labels[index][1].key: labels[index][1] for _, _, index in close}
    return next(iter(near.values())) if len(near) == 1 else None


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    return " ".join(text.translate(_APOSTROPHES).casefold().split())
