"""A typed sentence taken apart: names it may hold, and what the words around them say."""

import re
import unicodedata
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
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word; ``cut`` when it ends in a dot, ``tied`` when a hyphen binds it to the next."""

    text: str
    plain: str
    cut: bool
    tied: bool


@dataclass(slots=True)
class Reading:
    """What a text says.

    Attributes:
        tokens: All words in order.
        free: Positions of the words that may belong to a name.
        hints: What words for kinds and offices say.
        regions: ISO codes named for certain.
        maybe_regions: Positions of adjectives that may name a region, with its code.
        districts: Stems of adjectives beside a word for raion or powiat.
        person: Whether the words speak about a person.
    """

    tokens: list[Token]
    free: list[int] = field(default_factory=list)
    hints: set[words.Hint] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    maybe_regions: dict[int, str] = field(default_factory=dict)
    districts: set[str] = field(default_factory=set)
    person: bool = False


def clean(text: str) -> str:
    """NFC without invisible characters, apostrophes folded, look-alikes put into one script per word."""
    flat = unicodedata.normalize("NFC", _INVISIBLE.sub(" ", text[:TEXT_LIMIT]))
    return re.sub(r"\w+", lambda match: _one_script(match[0]), _APOSTROPHES.sub("ʼ", flat))


def read(text: str) -> Reading:
    """The reading of a text that ``clean`` returned."""
    tokens = []
    for match in _TOKEN.finditer(text):
        word = match[0].rstrip(".")
        following = text[match.end() : match.end() + 1]
        tokens.append(Token(word, words.plain(word), match[0].endswith("."), following in ("-", "–")))
    reading = Reading(tokens)
    used = _regions(reading)
    for place, token in enumerate(tokens):
        if place in used:
            continue
        if token.plain in words.HINTS and not token.tied and not (place and tokens[place - 1].tied):
            reading.hints.update(words.HINTS[token.plain])
        elif token.plain in words.HINTS and _mixed(tokens, place):
            reading.hints.update(("PL", "mixed"))
        elif token.plain in words.ABOUT_A_PERSON or token.plain in words.GIVEN_NAMES:
            reading.person = reading.person or token.plain in words.ABOUT_A_PERSON or len(tokens) > 1
            if token.plain not in words.NOISE:
                reading.free.append(place)
        elif token.plain not in words.NOISE:
            reading.free.append(place)
    return reading


def _mixed(tokens: list[Token], place: int) -> bool:
    """Whether the word is a half of ``miejsko-wiejska`` or the like."""
    return any(
        tokens[at].plain.startswith(("miejsko", "мiсько", "місько")) for at in (place, place - 1) if at >= 0
    )


def _regions(reading: Reading) -> set[int]:
    """Take the words for regions and districts; their positions are returned."""
    used: set[int] = set()
    tokens = reading.tokens
    for place, token in enumerate(tokens):
        kind = (
            "region"
            if token.plain in words.REGION_NOUNS
            else "district"
            if token.plain in words.DISTRICT_NOUNS
            else ""
        )
        if not kind:
            continue
        used.add(place)
        before = (place - 2, place - 1), (place - 1, place - 1)
        after = (place + 1, place + 2), (place + 1, place + 1)
        polish = token.plain.startswith(("obwod", "woj", "powiat", "pow", "воєв", "воев"))
        for first, last in (*after, *before) if polish else (*before, *after):
            if first < 0 or last >= len(tokens) or used & set(range(first, last + 1)):
                continue
            found = stems(" ".join(t.text for t in tokens[first : last + 1]))
            if kind == "region" and (iso := _first(ADJECTIVES, found) or _first(ALONE, found)):
                reading.regions.add(iso)
            elif kind != "district" or first != last or tokens[first].plain in words.HINTS:
                continue
            else:
                reading.districts.update(found)
            used.update(range(first, last + 1))
            break
    for first in range(len(tokens)):
        for size in (3, 2, 1):
            span = range(first, first + size)
            if span.stop > len(tokens) or used & set(span):
                continue
            found = stems(" ".join(t.text for t in tokens[first : span.stop]))
            if iso := _first(ALONE, found):
                reading.regions.add(iso)
                used.update(span)
                break
            if iso := _first(ADJECTIVES, found):
                reading.maybe_regions.update(dict.fromkeys(span, iso))
                break
    return used


def _first(table: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((table[key] for key in keys if key in table), "")


def _one_script(word: str) -> str:
    cyrillic, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    return word.translate(_TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)
