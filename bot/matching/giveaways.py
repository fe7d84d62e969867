"""Whether a text gives away where something is, when it was hit, or how long stocks last.

Such details can help an attacker, so a person sees the text before anyone else does.
"""

import re

_POSITION = re.compile(
    r"\b\d{2}[.,]\d{4,}\s*[°NnSs]?\s*[,;/ ]\s*\d{2}[.,]\d{4,}"  # 50.4501, 30.5234
    r"|\d{1,2}\s*°\s*\d{1,2}\s*['′’]"  # 50°27'
    r"|\b\d{2} ?[A-Z]{3} ?\d{4,5} ?\d{4,5}\b"  # a military grid reference
    r"|\b[23456789CFGHJMPQRVWX]{6,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"  # a plus code
    r"|maps\.app|goo\.gl/maps|google\.\w+/maps|maps\.google|openstreetmap\.org|waze\.com|maps\.me"
    r"|what3words|w3w\.co|///\w+\.\w+\.\w+",
    re.IGNORECASE,
)
_GRID_VOLTAGE = re.compile(
    r"\b(?:35|110|150|154|220|330|400|500|750)\s?/?\s?(?:\d+\s?)?"
    r"(?:кв|kv|кіловольт\w*|киловольт\w*|kilowolt\w*|kilovolt\w*)(?![а-яіїєa-z])",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:вул(?:иц\w*|\.)|просп(?:ект\w*|\.)|пров(?:улок|улку|\.)|ул(?:иц\w*|\.)|ul(?:ic\w+|\.)|al(?:ei|eja|\.)"
    r"|vul(?:ytsia|\.)|street|str\.|avenue)"
    r"\s*[\w’' .-]{2,40}?,?\s*(?:буд\.?|№|nr\.?|д\.)?\s*\d{1,4}\s?[а-гa-d]?\b"
    r"|\b\d{1,4}\s+[A-Z]\w+(?:\s\w+)?\s(?:street|st\.|avenue|road)\b",
    re.IGNORECASE,
)
_STRIKE = re.compile(
    r"прил[іе]т|влуч|вдари|удар|попад|попал|обстріл|ракет|шахед|пошкоджен|зруйнован|розбит|знищен"
    r"|trafi|uderz|ostrza|rakiet|pocisk|uszkodz|zniszcz|\bhit\b|struck|strike|damaged|destroyed|shelled",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?:о|об|в|около|близько|o|at|godz\.?|około)\s?\d{1,2}[:.]\d{2}\b", re.IGNORECASE)
_STOCK = re.compile(
    r"(?:запас|залиш|вистач|хват|остал|zapas|wystarczy|zosta|starczy|stock|left|enough|supply)\w*\b[^.!?\n]{0,40}"
    r"\d+\s?(?:дн|діб|доб|год|тиж|суток|dni|dób|dob|godz|tyg|days?|hours?|weeks?)",
    re.IGNORECASE,
)
_STOCKED = re.compile(
    r"пальн|палив|дизел|солярк|топлив|хлор|реагент|вод|ліків|газ|вугіл|paliw|wod|chlor|lek|węgl|gaz|fuel|water|coal"
    r"|medicine|reagent",
    re.IGNORECASE,
)


def gives_place_away(text: str, *, restricted: bool) -> bool:
    """True for a position, a high-voltage line, an address hit or restricted, a time of a strike, a stock.

    ``restricted``: the text is about energy, water, heat, bridges, telecom, hospitals or shelters.
    """
    if _POSITION.search(text) or _GRID_VOLTAGE.search(text):
        return True
    hit = bool(_STRIKE.search(text))
    if (hit or restricted) and _STREET.search(text):
        return True
    if hit and _CLOCK.search(text):
        return True
    return restricted and bool(_STOCK.search(text)) and bool(_STOCKED.search(text))
