"""One coarse Latin spelling for every script, so that the same name written in different ways meets.

The skeleton forgets what people confuse: г/ґ/х/h/g/ch/kh are one sound, so are и/і/ї/й/y/j/i, the
hissing consonants of one voice, soft signs, apostrophes, diacritics and doubled letters. Latin is
read twice where Polish and the Ukrainian romanisation of 2010 disagree (``ch``, ``rz``).
"""

import re
import unicodedata
from functools import lru_cache

CYRILLIC = str.maketrans(
    {
        **dict(
            zip("абвгґдезийклмнопрстуфхцчшыэў", "abv\u0001\u0001deziiklmnoprstuf\u0001ccsiev", strict=True)
        ),
        "є": "ie",
        "ё": "e",
        "ж": "z",
        "і": "i",
        "ї": "i",
        "щ": "sc",
        "ю": "iu",
        "я": "ia",
        "ь": "",
        "ъ": "",
    }
)
LATIN = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ß": "s", "x": "ks", "w": "v", "y": "i", "j": "i", "q": "k"}
)
DIGRAPHS = {
    "szcz": "sc", "shch": "sc", "zgh": "z\u0001", "ch": "", "rz": "", "zh": "z", "kh": "\u0001",
    "gh": "\u0001", "sh": "s", "sz": "s", "cz": "c", "ts": "c", "tz": "c", "ph": "f", "th": "t",
}  # fmt: skip
READINGS = ({"ch": "\u0001", "rz": "z"}, {"ch": "c", "rz": "rz"})  # Polish; Ukrainian romanisation
_DIGRAPH = re.compile("szcz|shch|zgh|ch|rz|zh|kh|gh|sh|sz|cz|ts|tz|ph|th")
_SOFT = re.compile("i+(?=[aeou])")
_DOUBLE = re.compile(r"(.)\1+")
_ENDING = re.compile("(?:oho|eho|omu|emu|ami|imi|ovi|evi|ei|oi|ou|eu|im|ih|ah|om|em|a|e|i|o|u)$")
_FLEETING = re.compile("[oe](?=[kc]$)")
_LAST_VOWEL = re.compile("[ieo](?=[^aeiou]+$)")
VOWELS = "aeiou"


def skeletons(text: str, readings: tuple[int, ...] = (0, 1)) -> tuple[str, ...]:
    """The one or two skeletons of a name, words run together; ``("",)`` when nothing is left."""
    return tuple(
        dict.fromkeys("".join(_word(word, reading)[0] for word in words(text)) for reading in readings)
    )


def stems(text: str, readings: tuple[int, ...] = (0, 1)) -> tuple[str, ...]:
    """Skeletons without case endings: forms of one name share at least one of them."""
    found: dict[str, None] = {}
    for reading in readings:
        parts = [_word(word, reading) for word in words(text)]
        found["".join(_settle(light) for _, light, _ in parts)] = None
        found["".join(_settle(heavy) for _, _, heavy in parts)] = None
    return tuple(found)


def bare(text: str) -> frozenset[str]:
    """Skeletons with the endings cut and nothing else forgotten: how alike two forms of a name really are."""
    found: set[str] = set()
    for reading in (0, 1):
        parts = [_word(word, reading) for word in words(text)]
        found |= {"".join(part[kind] for part in parts) for kind in (1, 2)}
    return frozenset(found)


def plural_stem(skeleton: str) -> str:
    """The stem if the name is a plural in the genitive: Tychów, Чернівців; empty if it cannot be one."""
    return _settle(skeleton[:-2]) if len(skeleton) > 4 and skeleton.endswith(("ov", "iv", "ev")) else ""


def words(text: str) -> list[str]:
    """The letters of each word, lower case; hyphens and dots part words."""
    return re.findall(r"[^\W\d_]+", re.sub(r"['’ʼ`´‘′\u0301]", "", text.casefold()))


@lru_cache(maxsize=20_000)
def _word(word: str, reading: int) -> tuple[str, str, str]:
    whole = _skeleton(word, READINGS[reading])
    light, heavy = whole, whole
    if len(whole) > 3:
        light = whole[:-1] if whole[-1] in VOWELS else whole
        match = _ENDING.search(whole)
        if match and match.start() >= 3:
            heavy = whole[: match.start()]
    return whole, light, heavy


def _skeleton(word: str, reading: dict[str, str]) -> str:
    spelled = word.translate(CYRILLIC)
    if spelled != word:
        spelled = spelled.replace("ts", "c")
    else:
        spelled = _DIGRAPH.sub(lambda m: DIGRAPHS[m[0]] or reading[m[0]], word)
    plain = unicodedata.normalize("NFD", spelled.translate(LATIN)).replace("g", "h").replace("\u0001", "h")
    folded = "".join(c for c in plain if "a" <= c <= "z")
    return _DOUBLE.sub(r"\1", _SOFT.sub("", _DOUBLE.sub(r"\1", folded)))


def _settle(stem: str) -> str:
    """Undo what endings do to the last syllable: Харків/Харкова, Городок/Городка, Горлівка/Горлівці."""
    stem = _FLEETING.sub("", stem) if len(stem) > 3 else stem
    if stem[-1:] == "c":
        stem = stem[:-1] + "k"
    return _LAST_VOWEL.sub("o", stem)
