"""Words that sound alike in Ukrainian and Polish: ``насос`` no, ``трансформатор`` yes."""

import re

from rapidfuzz.fuzz import token_set_ratio

# Ukrainian letters as Polish writes their sounds; what Polish marks is then folded away on both sides.
_LETTERS = str.maketrans(
    {
        **dict(zip("абвгґдеєжзиіїйклмнопрстуфхцьюя", "abwhgdeezziiijklmnoprstufhc_ua", strict=True)),
        "ч": "cz",
        "ш": "s",
        "щ": "s",
        "ы": "i",
        "э": "e",
        "ё": "o",
        "ъ": "_",
        **dict(zip("ąćęłńóśźżvy", "acelnuszzwi", strict=True)),
    }
)
_DIGRAPHS = re.compile("sz|rz|ch|cz|dz|ks")
_FOLDED = {"sz": "s", "rz": "z", "ch": "h", "cz": "c", "dz": "z", "ks": "x"}
_WORDS = re.compile(r"[^\W\d_]{4,}")  # shorter words are mostly prepositions, alike by chance


def skeleton(text: str) -> str:
    """The longer words of a text in one plain Latin spelling for both languages, sorted."""
    latin = text.lower().translate(_LETTERS).replace("_", "")
    return " ".join(sorted(set(_WORDS.findall(_DIGRAPHS.sub(lambda found: _FOLDED[found[0]], latin)))))


def likeness(one: str, other: str) -> float:
    """How alike two skeletons are, 0 to 1.

    rapidfuzz ``token_set_ratio``, of which the lower half says nothing: any two texts reach it by chance.
    """
    return max(0.0, token_set_ratio(one, other) / 50 - 1) if one and other else 0.0
