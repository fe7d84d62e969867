"""Text as typed becomes words in one spelling, so that comparing them is enough.

Rules: NFC and lower case; Polish letters without their marks; the six apostrophes dropped inside
words; Latin letters inside a Cyrillic word (and the reverse) taken for the ones they look like.
"""

import re
import unicodedata
from dataclasses import dataclass

LIMIT = 2000

APOSTROPHES = "'\u2019\u02bc\u2018`\u00b4\u2032"
_WORD = re.compile(rf"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)*")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_FOLD = str.maketrans("ąćęłńóśźżґёыэъäöüéèáíčřšžů", "acelnoszzгеие\u0000aoueeaicrszu", APOSTROPHES)
_LATIN_TO_CYRILLIC = str.maketrans("aeiopcxykmhtbnu", "аеіорсхукмнтвпи")
_CYRILLIC_TO_LATIN = str.maketrans("аеіорсхукмнтвп", "aeiopcxykmhtbn")
_LAYOUT = str.maketrans("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхїфівапролджєячсмитьбю'")
_TRANSLITERATION = {
    **dict(zip("абвгдезийклмнопрстуфхьиїіщ", "abvhdeziiklmnoprstufh\u0000iiiW", strict=True)),
    "є": "e",
    "ж": "Z",
    "ц": "c",
    "ч": "C",
    "ш": "S",
    "ю": "u",
    "я": "a",
}
_CYRILLIC_TO_KEY = str.maketrans(_TRANSLITERATION)
_KEY = re.compile("shch|szcz|sch|sh|sz|ch|cz|kh|zh|rz|ts|tz|[yij][aeiou]|[yj]i|ii")
_KEYS = {
    **dict.fromkeys(("shch", "szcz", "sch"), "W"),
    **dict.fromkeys(("sh", "sz"), "S"),
    **dict.fromkeys(("ch", "cz"), "C"),
    **dict.fromkeys(("zh", "rz"), "Z"),
    **dict.fromkeys(("ts", "tz"), "c"),
    "kh": "h",
    "ii": "i",
}
_KEY_LETTERS = str.maketrans("gyjwqx", "hiivkh", "\u0000")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a number: ``key`` is its one spelling, ``start`` and ``end`` its place in the text."""

    key: str
    start: int
    end: int

    @property
    def number(self) -> bool:
        """True for digits."""
        return self.key[0].isdigit()


def clean(text: str) -> str:
    """The text cut to its limit (2,000 characters), NFC, without invisible characters."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text[:LIMIT]))


def tokens(text: str) -> list[Token]:
    """The words and numbers of a cleaned text, in order."""
    found = ((match, fold(match.group())) for match in _WORD.finditer(text))
    return [Token(key, match.start(), match.end()) for match, key in found if key]


def fold(word: str) -> str:
    """One spelling of a word: lower case, no marks, no apostrophes, no look-alike letters."""
    key = word.lower().translate(_FOLD).replace("\u0000", "")
    if key.isascii():
        return key
    latin = sum("a" <= letter <= "z" for letter in key)
    if not latin:
        return key
    cyrillic = sum("а" <= letter <= "ӿ" for letter in key)
    return key.translate(_LATIN_TO_CYRILLIC if cyrillic >= latin else _CYRILLIC_TO_LATIN)


def is_cyrillic(key: str) -> bool:
    """Whether a folded word is written in Cyrillic."""
    return bool(key) and "а" <= key[0] <= "ӿ"


def other_layout(key: str) -> str:
    """What the same keys give on a Ukrainian keyboard: ``utythfnjh`` is ``генератор``."""
    return key.translate(_LAYOUT)


def sound(key: str) -> str:
    """A rough spelling on which the usual Latin transcriptions of a Ukrainian word agree."""
    if is_cyrillic(key):
        return key.translate(_CYRILLIC_TO_KEY).replace("\u0000", "").replace("ii", "i")
    rough = _KEY.sub(lambda match: _KEYS.get(match.group()) or match.group()[-1], key)
    return rough.translate(_KEY_LETTERS)
