"""What people do to a name, one function a kind; written apart from the product, which must undo it."""

import itertools
import random
import re
import unicodedata
from collections.abc import Callable

KMU = dict(
    zip(
        "абвгґдежзиійклмнопрстуфцчш",
        "a b v h g d e zh z y i i k l m n o p r s t u f ts ch sh".split(),
        strict=True,
    )
) | {"є": "ie", "ї": "i", "х": "kh", "щ": "shch", "ю": "iu", "я": "ia", "ь": "", "’": ""}
POLISH = dict(
    zip(
        "абвгґдежзиійклмнопрстуфхцчш",
        "a b w h g d e ż z y i j k ł m n o p r s t u f ch c cz sz".split(),
        strict=True,
    )
) | {"є": "je", "ї": "ji", "щ": "szcz", "ю": "ju", "я": "ja", "ь": "", "’": ""}
TO_UK = [
    ("szcz", "щ"),
    ("ch", "х"),
    ("cz", "ч"),
    ("sz", "ш"),
    ("prz", "пш"),
    ("krz", "кш"),
    ("trz", "тш"),
    ("rz", "ж"),
    ("dz", "дз"),
    ("dź", "дзь"),
    ("ia", "я"),
    ("ie", "е"),
    ("io", "ьо"),
    ("iu", "ю"),
    ("ią", "йон"),
    ("ię", "єн"),
    ("ja", "я"),
    ("je", "є"),
    ("jo", "йо"),
    ("ju", "ю"),
    ("la", "ля"),
    ("lo", "льо"),
    ("lu", "лю"),
    ("l", "ль"),
    ("ąb", "омб"),
    ("ęb", "емб"),
    ("ąp", "омп"),
    ("ęp", "емп"),
    *list(
        zip(
            "aąbcćdeęfghijkłmnńoóprsśtuwyzźż",
            "а он б ц ць д е ен ф г г і й к л м н нь о у п р с сь т у в и з зь ж".split(),
            strict=True,
        )
    ),
]
QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
JCUKEN = "йцукенгшщзхїфівапролджєячсмитьбю"
LOOKALIKE = dict(zip("асеіорхукАСЕІОРХКМТНВ", "aceiopxykACEIOPXKMTHB", strict=True))
NEAR = {
    a: b
    for row in ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")
    for a, b in itertools.pairwise(row)
}


def _spell(name: str, table: dict[str, str]) -> str:
    out = ""
    for place, letter in enumerate(name):
        low = letter.lower()
        sound = table.get(low, low)
        if table is KMU and low in "єїюяй" and (place == 0 or not name[place - 1].isalpha()):
            sound = {"є": "ye", "ї": "yi", "ю": "yu", "я": "ya", "й": "y"}[low]
        if table is KMU and low == "г" and name[place - 1 : place].lower() == "з":
            sound = "gh"
        if table is POLISH and low == "л" and name[place + 1 : place + 2] in tuple("іеєїюяь"):
            sound = "l"
        if table is POLISH and low in "єюя" and place and name[place - 1].lower() not in "аеєиіїоуюя’ьй-":
            sound = (
                "i" + {"є": "e", "ю": "u", "я": "a"}[low]
                if name[place - 1].lower() != "л"
                else {"є": "e", "ю": "u", "я": "a"}[low]
            )
        out += sound.capitalize() if letter != low else sound
    return out


def kmu(name: str, _: random.Random) -> str:
    return _spell(name, KMU)


def sloppy(name: str, rng: random.Random) -> str:
    text = _spell(name, KMU).lower()
    for old, new in rng.sample(
        [
            ("kh", "h"),
            ("y", "i"),
            ("h", "g"),
            ("ts", "c"),
            ("ia", "ya"),
            ("ie", "e"),
            ("iu", "yu"),
            ("v", "w"),
            ("zh", "j"),
            ("ii", "i"),
        ],
        3,
    ):
        text = text.replace(old, new)
    return text


def polish_spelling(name: str, _: random.Random) -> str:
    return _spell(name, POLISH)


def ukrainian_spelling(name: str, _: random.Random) -> str:
    low = name.lower()
    low = re.sub(r"sk(i|a|ie)\b", lambda m: {"i": "ський", "a": "ська", "ie": "ське"}[m[1]], low)
    low = re.sub(r"ck(i|a|ie)\b", lambda m: {"i": "цький", "a": "цька", "ie": "цьке"}[m[1]], low)
    for old, new in TO_UK:
        low = low.replace(old, new)
    return re.sub(r"(^|[\s-])(\w)", lambda m: m[1] + m[2].upper(), low)


def russian(name: str, _: random.Random) -> str:
    text = name.replace("’", "ъ")
    for old, new in (
        ("ськ", "ск"),
        ("цьк", "цк"),
        ("ий", "ый"),
        ("жжя", "жье"),
        ("ння", "нье"),
        ("иц", "ыц"),
        ("и", "и"),
        ("і", "и"),
        ("ї", "и"),
        ("є", "е"),
        ("ґ", "г"),
        ("І", "И"),
        ("Ї", "И"),
        ("Є", "Е"),
    ):
        text = text.replace(old, new)
    return re.sub(r"(?<=[вн])е\b", "о", text)


def typo(name: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(name) - 1)
    letter = name[place].lower()
    match rng.randrange(4):
        case 0:
            return name[:place] + name[place + 1 :]
        case 1:
            return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
        case 2:
            return name[:place] + NEAR.get(letter, "е" if letter >= "а" else "e") + name[place + 1 :]
        case _:
            return name[:place] + name[place] + name[place:]


def two_typos(name: str, rng: random.Random) -> str:
    return typo(typo(name, rng), rng)


def no_diacritics(name: str, _: random.Random) -> str:
    flat = unicodedata.normalize("NFD", name.replace("ł", "l").replace("Ł", "L"))
    return "".join(c for c in flat if not unicodedata.combining(c)).lower()


def lookalikes(name: str, rng: random.Random) -> str:
    return "".join(LOOKALIKE[c] if c in LOOKALIKE and rng.random() < 0.4 else c for c in name)


def layout(name: str, _: random.Random) -> str:
    low = name.lower().replace("’", "'")
    if low[0] >= "а":
        return low.translate(str.maketrans(JCUKEN, QWERTY))
    return no_diacritics(name, _).translate(str.maketrans(QWERTY, JCUKEN))


def shouting(name: str, _: random.Random) -> str:
    return name.upper()


def no_apostrophe(name: str, rng: random.Random) -> str:
    return name.replace("’", rng.choice(["", "'", "`", "ʼ", "‘"])).replace("-", " ").lower()


_UK_NOUN = [
    ("ове", "ового"),
    ("еве", "евого"),
    ("єве", "євого"),
    ("ське", "ського"),
    ("цьке", "цького"),
    ("не", "ного"),
    ("ець", "ця"),
    ("ок", "ка"),
    ("ів", "ова"),
    ("їв", "єва"),
    ("ль", "ля"),
    ("нь", "ня"),
    ("ий", "ого"),
    ("ка", "ки"),
    ("ця", "ці"),
    ("ня", "ні"),
    ("ля", "лі"),
    ("я", "ї"),
    ("а", "и"),
    ("о", "а"),
    ("и", ""),
    ("і", "ів"),
    ("е", "ого"),
]
_UK_PLACE = [
    ("ове", "овому"),
    ("еве", "евому"),
    ("ське", "ському"),
    ("не", "ному"),
    ("ець", "ці"),
    ("ок", "ку"),
    ("ів", "ові"),
    ("їв", "єві"),
    ("ка", "ці"),
    ("ця", "ці"),
    ("ль", "лі"),
    ("ий", "ому"),
    ("а", "і"),
    ("о", "і"),
    ("и", "ах"),
    ("і", "ях"),
    ("е", "ому"),
]
_PL_NOUN = [
    ("ów", "owa"),
    ("ew", "ewa"),
    ("ia", "i"),
    ("ka", "ki"),
    ("ga", "gi"),
    ("cha", "chy"),
    ("ca", "cy"),
    ("a", "y"),
    ("owo", "owa"),
    ("ko", "ka"),
    ("o", "a"),
    ("ice", "ic"),
    ("yce", "yc"),
    ("ce", "c"),
    ("ie", "ia"),
    ("e", "a"),
    ("ki", "kiego"),
    ("ny", "nego"),
    ("wy", "wego"),
    ("y", "ów"),
    ("ec", "ca"),
    ("ek", "ka"),
    ("ść", "ścia"),
    ("ń", "nia"),
    ("ź", "zia"),
]
_PL_PLACE = [
    ("ów", "owie"),
    ("ia", "i"),
    ("ka", "ce"),
    ("ga", "dze"),
    ("ra", "rze"),
    ("ła", "le"),
    ("ca", "cy"),
    ("wa", "wie"),
    ("na", "nie"),
    ("a", "ie"),
    ("owo", "owie"),
    ("ko", "ku"),
    ("no", "nie"),
    ("ice", "icach"),
    ("yce", "ycach"),
    ("ce", "cach"),
    ("ki", "kim"),
    ("ny", "nym"),
    ("wy", "wym"),
    ("y", "ach"),
    ("ec", "cu"),
    ("ek", "ku"),
    ("ść", "ściu"),
    ("ń", "niu"),
]


def _inflect(word: str, rules: list[tuple[str, str]], default: str) -> str:
    for end, new in rules:
        if word.endswith(end) and len(word) > len(end) + 1:
            return word[: -len(end)] + new
    return word + default if word[-1] not in "аеиіоуєїюяaeiouyąęó" else word


def genitive(name: str, _: random.Random) -> str:
    rules, default = (_UK_NOUN, "а") if name[0].lower() >= "а" else (_PL_NOUN, "a")
    return " ".join("-".join(_inflect(p, rules, default) for p in w.split("-")) for w in name.split())


def locative(name: str, _: random.Random) -> str:
    uk = name[0].lower() >= "а"
    rules, default = (_UK_PLACE, "і") if uk else (_PL_PLACE, "ie")
    text = " ".join("-".join(_inflect(p, rules, default) for p in w.split("-")) for w in name.split())
    return f"{'у' if uk else 'w'} {text}"


def abbreviated(name: str, _: random.Random) -> str:
    first, *rest = re.split(r"[\s-]", name)
    if re.search("wielkopolsk", name):
        return re.sub("[Ww]ielkopolsk\\w+", "Wlkp.", name)
    return f"{first[0]}. {' '.join(rest)}" if "-" not in name else f"{first[0]}-{'-'.join(rest)}"


Distortion = Callable[[str, random.Random], str]
