"""Numbers with their units, as the text states them."""

import re

from bot.model.understanding import Quantity

_UNITS = (
    ("kVA", r"кв[аa]|kva"),
    ("kWh", r"квт[ -]?год\w*|kwh"),
    ("MWh", r"мвт[ -]?год\w*|mwh"),
    ("kW", r"квт|кіловат\w*|киловат\w*|kw|kilowat\w*"),
    ("MW", r"мвт|мегават\w*|mw|megawat\w*"),
    ("m3/h", r"(?:м3|м³|куб\w*|m3|m³)\s?/\s?(?:год\w*|h|godz\w*)"),
    ("m3", r"м3|м³|куб(?:ів|и|а|ометр\w*|ічн\w*)?(?:\s?м)?|m3|m³|metr\w* sześc\w*|cubic met\w*"),
    ("m2", r"м2|м²|кв\.?\s?м|квадратн\w*(?:\sметр\w*)?|m2|m²|metr\w* kw\w*|square met\w*"),
    ("km", r"км|кілометр\w*|километр\w*|km|kilomet\w*"),
    ("mm", r"мм|mm"),
    ("m", r"метр\w*|м|m|metr\w*|met(?:er|re)s?"),
    ("kg", r"кг|кілограм\w*|kg"),
    ("t", r"тонн?\w*|т|ton\w*|t"),
    ("l", r"літр\w*|литр\w*|л|litr\w*|lit(?:er|re)s?|l"),
    (
        "people",
        r"ос[іо]б\w*|люд\w*|чоловік\w*|челов\w*|сім\w*|родин\w*|діт\w*|дит\w*|осіб|учн\w*|"
        r"os[oó]b\w*|ludzi|dzieci|rodzin\w*|uczni\w*|people|persons?|children|families|pupils|students",
    ),
    ("places", r"місц\w*|мест\w*|miejsc\w*|places?|beds? places"),
    ("pcs", r"шт\w*|одиниц\w*|комплект\w*|szt\w*|sztuk\w*|komplet\w*|zestaw\w*|pcs|pieces?|units?|sets?"),
)
_NUMBER_WORDS = {
    **dict.fromkeys(("один", "одна", "одну", "одного", "jeden", "jedna", "jedną", "one"), 1),
    **dict.fromkeys(
        ("два", "дві", "двох", "двоє", "две", "пара", "пару", "dwa", "dwie", "dwóch", "dwoje", "two"), 2
    ),
    **dict.fromkeys(("три", "трьох", "троє", "trzy", "trzech", "troje", "three"), 3),
    **dict.fromkeys(("чотири", "чотирьох", "четверо", "четыре", "cztery", "czterech", "four"), 4),
    **dict.fromkeys(("п'ять", "пять", "п’ять", "п'яти", "pięć", "pięciu", "five"), 5),
    **dict.fromkeys(("шість", "шесть", "sześć", "sześciu", "six"), 6),
    **dict.fromkeys(("сім", "семь", "siedem", "siedmiu", "seven"), 7),
    **dict.fromkeys(("вісім", "восемь", "osiem", "ośmiu", "eight"), 8),
    **dict.fromkeys(("дев'ять", "девять", "дев’ять", "dziewięć", "nine"), 9),
    **dict.fromkeys(("десять", "десятеро", "десяток", "dziesięć", "dziesięciu", "ten"), 10),
    **dict.fromkeys(("дванадцять", "двенадцать", "dwanaście", "twelve", "dozen"), 12),
    **dict.fromkeys(("п'ятнадцять", "пятнадцать", "piętnaście", "fifteen"), 15),
    **dict.fromkeys(("двадцять", "двадцать", "dwadzieścia", "dwudziestu", "twenty"), 20),
    **dict.fromkeys(("тридцять", "тридцать", "trzydzieści", "trzydziestu", "thirty"), 30),
    **dict.fromkeys(("сорок", "czterdzieści", "forty"), 40),
    **dict.fromkeys(("п'ятдесят", "пятдесят", "пятьдесят", "pięćdziesiąt", "fifty"), 50),
    **dict.fromkeys(("шістдесят", "sześćdziesiąt", "sixty"), 60),
    **dict.fromkeys(("сто", "sto", "hundred"), 100),
    **dict.fromkeys(("двісті", "dwieście"), 200),
    **dict.fromkeys(("триста", "trzysta"), 300),
    **dict.fromkeys(("п'ятсот", "пятьсот", "pięćset"), 500),
}
_SCALES = (
    (r"тис\w*|тыс\w*|tys\w*|thousand|тищ\w*", 1_000),
    (r"млн|мільйон\w*|milion\w*|mln|million", 1_000_000),
)
_WORDS = "|".join(sorted(map(re.escape, _NUMBER_WORDS), key=len, reverse=True))
_SCALE = "|".join(pattern for pattern, _ in _SCALES)
_UNIT = "|".join(pattern for _, pattern in _UNITS)
_QUANTITY = re.compile(
    r"(?<![\w.,/:-])"
    rf"(?:(?P<digits>\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+|\d+(?:[.,]\d+)?)|(?P<word>{_WORDS})(?![\w'’ʼ]))"
    r"(?:\s?[-–—]\s?(?P<upper>\d+(?:[.,]\d+)?))?(?P<ordinal>-?(?:й|го|ма|ти|х|та|тому|ій|річн\w*))?"
    rf"\s?\+?(?:(?P<scale>{_SCALE})\.?\s?)?"
    rf"(?:[xх×]\s?(?=\d)|(?P<unit>{_UNIT})(?![\w²³])|(?P<bare>))",
    re.IGNORECASE,
)
_NOT_COUNTED = re.compile(
    r"\s?(?:[-–./:]\d|-?(?:річ|рок|рік|год|хв|дн|день|тиж|міс|лет|час|р\."
    r"|rok|lat|r\.|godz|dni|tyg|mies|year|hour|day|week|month|min|am|pm"
    r"|%|°|грн|uah|pln|zł|zl|eur|usd|євро|euro|[€$]"
    r"|січ|лют|бер|квіт|трав|черв|лип|серп|вер|жовт|лист|груд"
    r"|stycz|lut|mar[czs]|kwie|maj|czerw|lip|sierp|wrz|paź|list|grud"
    r"|jan|feb|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|атм|бар|вольт|в\b|кв\b|v\b|kv\b|клас|klas|школ|поверх|pięt|сил"
    r"|сел|сіл|громад|wsi|wios|sołect|gmin|villag|communit|municipal))",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?:\+|\b0)\d[\d ()-]{7,}\d")
_NAMED = re.compile(
    r"(?:[A-ZА-ЯІЇЄҐ]{2,}[- ]?|№\s?|nr\.?\s|no\.\s|школ\w+ |ліце\w+ |буд\.?\s|[A-Za-z]\w+[- ])$"
)


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every stated amount in order, a range by its upper end; no years, dates, money or model names."""
    found = []
    text = _PHONE.sub(" ", text)
    for match in _QUANTITY.finditer(text):
        quantity = _quantity(text, match)
        if quantity:
            found.append(quantity)
    return tuple(found)


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    digits, unit = match["upper"] or match["digits"], match["unit"]
    if match["ordinal"]:
        return None
    amount = (
        float(re.sub(r"\s", "", digits).replace(",", "."))
        if digits
        else float(_NUMBER_WORDS[match["word"].lower()])
    )
    for pattern, factor in _SCALES:
        if match["scale"] and re.fullmatch(pattern, match["scale"], re.IGNORECASE):
            amount *= factor
    if unit:
        return Quantity(
            amount, next(name for name, pattern in _UNITS if re.fullmatch(pattern, unit, re.IGNORECASE))
        )
    year = match["digits"] and re.fullmatch(r"(?:19|20[0-3])\d\d", match["digits"])
    if year or amount == 0 or len(re.sub(r"\D", "", match.group())) > 6:
        return None
    after, before = text[match.end() :], text[max(0, match.start() - 20) : match.start()]
    if _NOT_COUNTED.match(after.lstrip() if match["word"] else after) or _NAMED.search(before):
        return None
    if match["word"] and (amount == 1 or not after.strip()):
        return None
    if not after.strip() and not before.strip():
        return None
    return Quantity(amount, "pcs")
