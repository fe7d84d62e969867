"""A typed sentence taken apart: names it may hold, and what the words around them say."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.places import words
from bot.places.regions import ADJECTIVES, ALONE
from bot.places.skeleton import stems

TEXT_LIMIT = 400  # code points looked at; a place stands early or not at all
SPAN_LIMIT = 64  # letters of possible names that may cost a fuzzy search
_APOSTROPHES = re.compile("['’ʼ`´‘′ʹ＇]")
_TOKEN = re.compile(r"[^\W\d_]+(?:ʼ[^\W\d_]+)*\.?")
_INVISIBLE = re.compile(
    r"[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_TO_CYRILLIC = str.maketrans("aceiopxykmthbïABCEHIKMOPTXïY", "асеіорхукмтнвїАВСЕНІКМОРТХїУ")
_TO_LATIN = str.maketrans("асеіорхукмтнвїАВСЕНІКМОРТХУ", "aceiopxykmthbïABCEHIKMOPTXY")
_QWERTY, _JCUKEN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.ʼ", "йцукенгшщзхїфівапролджєячсмитьбює"
_TO_JCUKEN, _TO_QWERTY = str.maketrans(_QWERTY, _JCUKEN), str.maketrans(_JCUKEN[:-1], _QWERTY[:-1])
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word; ``cut`` when it ends in a dot, ``tied`` when a hyphen binds it to the next."""

    text: str
    plain: str
    cut: bool
    tied: bool


@dataclass(frozen=True, slots=True)
class Area:
    """A region named by the words at ``places``; ``sure`` unless they may also be a town or a hromada."""

    places: frozenset[int]
    iso: str
    sure: bool


@dataclass(slots=True)
class Reading:
    """What a text says.

    Attributes:
        tokens: All words in order.
        free: Positions of the words that may be a name.
        loose: Positions of words that mean something else but may be part of a name: Gorzów Śląski,
            Nowa Wieś, Н. Яричів.
        hints: What words for kinds and offices say.
        areas: Regions named.
        districts: Stems of adjectives beside a word for raion or powiat.
        given: Positions of given names.
        person: Whether the words speak about a person.
    """

    tokens: list[Token]
    free: list[int] = field(default_factory=list)
    loose: set[int] = field(default_factory=set)
    hints: set[words.Hint] = field(default_factory=set)
    areas: list[Area] = field(default_factory=list)
    districts: set[str] = field(default_factory=set)
    given: set[int] = field(default_factory=set)
    person: bool = False


def clean(text: str) -> str:
    """NFC without invisible characters, apostrophes folded, look-alikes put into one script per word."""
    flat = unicodedata.normalize("NFC", _INVISIBLE.sub(" ", text[:TEXT_LIMIT]))
    return re.sub(r"\w+", lambda match: one_script(match[0]), _APOSTROPHES.sub("ʼ", flat))


def read(text: str) -> Reading:
    """The reading of a text that ``clean`` returned."""
    tokens = []
    for match in _TOKEN.finditer(text):
        word = match[0].rstrip(".")
        following = text[match.end() : match.end() + 1]
        tokens.append(Token(word, words.plain(word), match[0].endswith("."), following in ("-", "–")))
    reading = Reading(tokens)
    used = _regions(reading)
    for place in range(len(tokens)):
        if place not in used:
            _sort(reading, place)
    return reading


def _sort(reading: Reading, place: int) -> None:
    """Put one word where it belongs: a hint, a person, nothing, or perhaps a name."""
    token, tokens = reading.tokens[place], reading.tokens
    bound = token.tied or bool(place and tokens[place - 1].tied)
    if token.plain in words.IN_NAMES_TOO or _initial(token):
        reading.loose.add(place)
    if token.plain in words.HALVES or (token.plain in words.HINTS and bound and _mixed(tokens, place)):
        reading.hints.update(("mixed",))
    elif token.plain in words.HINTS and not bound:
        reading.hints.update(words.HINTS[token.plain])
        if token.plain.startswith("gmin") and place and tokens[place - 1].plain.startswith("urz"):
            reading.hints.update(("rural", "mixed"))  # a town has an urząd miasta or urząd miejski
    elif token.plain in words.ABOUT_A_PERSON or token.plain in words.GIVEN_NAMES:
        reading.person = reading.person or token.plain in words.ABOUT_A_PERSON or len(tokens) > 1
        if token.plain in words.GIVEN_NAMES:
            reading.given.add(place)
        if token.plain not in words.NOISE:
            reading.free.append(place)
    elif (token.plain in words.SURNAMES or token.plain.endswith(words.SURNAME_ENDS)) and not bound:
        reading.person = True
        reading.free.append(place)
    elif token.plain not in words.NOISE or bound:
        reading.free.append(place)


def _initial(token: Token) -> bool:
    return token.cut and len(token.text) == 1 and token.text.isupper()


def _mixed(tokens: list[Token], place: int) -> bool:
    """Whether the word is a half of ``miejsko-wiejska`` or the like."""
    return any(
        tokens[at].plain.startswith(("miejsko", "мiсько", "місько")) for at in (place, place - 1) if at >= 0
    )


def _regions(reading: Reading) -> set[int]:
    """Take the words for regions and districts; the positions that can be no name are returned."""
    used: set[int] = set()
    for place, token in enumerate(reading.tokens):
        if token.plain in words.REGION_NOUNS:
            used.add(place)
            _beside(reading, place, used, _region_beside)
        elif token.plain in words.DISTRICT_NOUNS:
            used.add(place)
            _beside(reading, place, used, _district_beside)
    for first in range(len(reading.tokens)):
        for size in (3, 2, 1):
            span = range(first, first + size)
            if span.stop > len(reading.tokens) or used & set(span) or reading.loose & set(span):
                continue
            found = _stems(reading, span)
            begun = first and _initial(reading.tokens[first - 1])  # "O. Mazowiecki" is a town
            if not begun and (iso := _first(ALONE, found)):
                reading.areas.append(Area(frozenset(span), iso, sure=True))
                reading.loose.update(span)
                break
            if iso := _first(ADJECTIVES, found):
                reading.areas.append(Area(frozenset(span), iso, sure=False))
                break
    return used | reading.loose


def _beside(reading: Reading, place: int, used: set[int], take: Callable[[Reading, range], bool]) -> None:
    """Let ``take`` have the words beside a noun: Polish nouns stand before, others mostly after."""
    before = [range(place - 2, place), range(place - 1, place)]
    after = [range(place + 1, place + 3), range(place + 1, place + 2)]
    leads = reading.tokens[place].plain.startswith(("obwod", "woj", "powiat", "pow"))
    for span in after + before if leads else before + after:
        free = span.start >= 0 and span.stop <= len(reading.tokens) and not used & set(span)
        if free and take(reading, span):
            used.update(span)
            return


def _region_beside(reading: Reading, span: range) -> bool:
    found = _stems(reading, span)
    iso = _first(ADJECTIVES, found) or _first(ALONE, found)
    if iso:
        reading.areas.append(Area(frozenset(span), iso, sure=True))
    return bool(iso)


def _district_beside(reading: Reading, span: range) -> bool:
    if len(span) > 1 or reading.tokens[span.start].plain in words.HINTS:
        return False
    reading.districts.update(_stems(reading, span))
    return True


def _stems(reading: Reading, span: range) -> tuple[str, ...]:
    return stems(" ".join(reading.tokens[at].text for at in span))


def _first(table: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((table[key] for key in keys if key in table), "")


def other_layout(text: str) -> str:
    """The text as if typed with the other keyboard layout, Ukrainian or Latin."""
    low = text[:SPAN_LIMIT].casefold()
    return low.translate(_TO_QWERTY if _CYRILLIC.search(low) else _TO_JCUKEN)


def one_script(word: str) -> str:
    """The word with its look-alike letters put into one script; unchanged when it is in one."""
    cyrillic, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    for table, foreign in ((_TO_CYRILLIC, _LATIN), (_TO_LATIN, _CYRILLIC)):
        if not foreign.search(word.translate(table)):
            return word.translate(table)
    return word.translate(_TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)
