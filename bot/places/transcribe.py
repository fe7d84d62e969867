"""Ukrainian in Latin letters and Polish in Ukrainian ones, by the rules each country publishes."""

import re

_UK = dict(
    zip(
        "абвгґдежзиійклмнопрстуфцчш",
        [
            "a",
            "b",
            "v",
            "h",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "y",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "ts",
            "ch",
            "sh",
        ],
        strict=True,
    )
) | {"є": "ie", "ї": "i", "х": "kh", "щ": "shch", "ю": "iu", "я": "ia", "ь": "", "'": "", "’": "", "ʼ": ""}
_UK_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def latin(text: str) -> str:
    """Ukrainian in Latin letters by resolution 55 of the Cabinet of Ministers (2010)."""
    out: list[str] = []
    first = True
    for place, letter in enumerate(text):
        low = letter.lower()
        if low == "г" and text[place - 1 : place].lower() == "з":
            sound = "gh"
        else:
            sound = _UK_FIRST.get(low, "") if first else ""
            sound = sound or _UK.get(low, low)
        out.append(sound.capitalize() if letter != low else sound)
        first = not (letter.isalpha() or letter in "'’ʼ")
    return "".join(out)


_SOFT_VOWELS = {"a": "я", "ą": "ьон", "e": "е", "ę": "ен", "o": "ьо", "ó": "ю", "u": "ю"}
_AFTER_J = {"a": "я", "ą": "йон", "e": "є", "ę": "єн", "o": "йо", "ó": "ю", "u": "ю"}
_AFTER_L = {
    "a": "ля",
    "ą": "льон",
    "e": "ле",
    "ę": "лен",
    "i": "лі",
    "o": "льо",
    "ó": "лю",
    "u": "лю",
    "y": "ли",
}
_PL = {
    "szcz": "щ", "dzi": "дз", "ch": "х", "cz": "ч", "rz": "ж", "sz": "ш", "dź": "дзь", "dż": "дж", "dz": "дз",
    "a": "а", "ą": "он", "b": "б", "c": "ц", "ć": "ць", "d": "д", "e": "е", "ę": "ен", "f": "ф", "g": "г",
    "h": "г", "i": "і", "j": "й", "k": "к", "ł": "л", "m": "м", "n": "н", "ń": "нь", "o": "о", "ó": "у",
    "p": "п", "r": "р", "s": "с", "ś": "сь", "t": "т", "u": "у", "w": "в", "y": "и", "z": "з", "ź": "зь",
    "ż": "ж", "v": "в", "x": "кс", "q": "к",
}  # fmt: skip
_ADJECTIVE = re.compile(r"(?<=\w)([sc]|dz)k(i|a|ie)\b")
_ADJECTIVE_ENDS = {"i": "ький", "a": "ька", "ie": "ьке"}


def cyrillic(text: str) -> str:
    """A Polish name as Ukrainian writes it by its practical transcription; exonyms are not known here."""
    return re.sub(r"[^\W\d_]+", lambda word: _cyrillic_word(word[0]), text)


def _cyrillic_word(word: str) -> str:
    low = word.lower()
    if low in EXONYMS:
        return EXONYMS[low].capitalize()
    tail = ""
    if match := _ADJECTIVE.search(low):
        tail = {"s": "с", "c": "ц", "dz": "дз"}[match[1]] + _ADJECTIVE_ENDS[match[2]]
        low = low[: match.start()]
    elif low.endswith("y") and len(low) > 3:
        low, tail = low[:-1], "ий" if low[-2] in "wnrłtdm" else "и"
    out: list[str] = []
    place = 0
    while place < len(low):
        sound, step = _sound(low, place)
        out.append(sound)
        place += step
    written = re.sub("н(?=[бп])", "м", "".join(out))
    written = re.sub("ь(?=ськ)", "", re.sub("ск", "ськ", written)) + tail
    written = re.sub("(?<=[пткх])ж", "ш", written) if "rz" in low else written
    return written[:1].upper() + written[1:] if word[:1].isupper() else written


EXONYMS = dict(
    pair.split("=")
    for pair in [
        "łódź=лодзь",
        "kraków=краків",
        "rzeszów=ряшів",
        "przemyśl=перемишль",
        "chełm=холм",
        "zamość=замостя",
        "sanok=сянік",
        "białystok=білосток",
        "hrubieszów=грубешів",
        "tomaszów=томашів",
        "lubaczów=любачів",
        "krosno=коросно",
        "tarnów=тарнів",
        "gorlice=горлиці",
        "krynica=криниця",
        "włodawa=володава",
        "przeworsk=переворськ",
        "dynów=динів",
        "ustrzyki=устрики",
        "lesko=лісько",
        "bielsk=більськ",
        "bielsko=бельсько",
        "biała=біла",
        "białą=білу",
        "jarosław=ярослав",
        "kielce=кельці",
        "siedlce=седльці",
        "katowice=катовіце",
        "nowy=новий",
        "nowa=нова",
        "nowe=нове",
        "stary=старий",
        "stara=стара",
        "stare=старе",
        "górny=гурний",
        "górna=гурна",
        "góra=гура",
        "nad=над",
        "wisłą=віслою",
        "bugiem=бугом",
        "sanem=сяном",
        "wielki=великий",
        "wielka=велика",
        "wielkie=велике",
        "mały=малий",
        "mała=мала",
        "małe=мале",
        "zielona=зелена",
    ]
)


def _sound(low: str, place: int) -> tuple[str, int]:
    """The Ukrainian letters for the next Polish sound and how many letters it took."""
    letter, following = low[place], low[place + 1 : place + 2]
    if letter == "l":
        return (
            (_AFTER_L[following], 2)
            if following in _AFTER_L and low[place + 1 : place + 3] != "ie"
            else ("ль" if following != "i" else "л", 1)
        )
    if letter == "j" and following in _AFTER_J:
        return _AFTER_J[following], 2
    if letter == "i" and following in _SOFT_VOWELS:
        return _SOFT_VOWELS[following], 2
    for size in (4, 2, 1):
        if low[place : place + size] in _PL:
            return _PL[low[place : place + size]], size
    return letter, 1
