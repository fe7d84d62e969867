"""What a sentence says about the partner somebody looks for: where, how far, how large, and the rest."""

# ruff: noqa: E501 - patterns read better in whole lines

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.model.municipality import Country, Municipality
from bot.places import filters
from bot.places.gazetteer import Gazetteer
from bot.places.locate import MATCH
from bot.places.region_names import named_regions

NEAR_KM = 100
SMALL, LARGE = 10_000, 50_000  # people
LONGEST_NAME = 3  # words
CAPITALS_ENOUGH, ALONE_ENOUGH = 0.05, 0.2  # of several places of one name the likeliest will do

_NUMBER = r"(\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+|\d{1,7}(?:[.,]\d)?)"
_UNIT = r"(?:\s?(тис\w*\.?|tys\w*\.?|thousand|k)(?!\w))?"
_PEOPLE = r"(?:\s?(?:people|inhabitants|residents|осіб|людей|мешканц\w+|жител\w+|населен\w+|mieszk\w*\.?|osób|ludzi)(?!\w))?"
_UP_TO = r"(?:up to|at most|under|below|less than|до|менше(?: ніж)?|не більше|do|poniżej|mniej niż|najwyżej)"
_FROM = r"(?:from|over|above|more than|at least|від|понад|більше(?: ніж)?|не менше|od|ponad|powyżej|więcej niż|co najmniej)"
_RANGE = re.compile(
    rf"(?<!\w)(?:(?:between|від|od|from|між)\s+)?{_NUMBER}{_UNIT}\s?(?:-|–|—|\.\.|до|do|to|and|та|і|a)\s?{_NUMBER}{_UNIT}{_PEOPLE}",
    re.IGNORECASE,
)
_MOST = re.compile(rf"(?<!\w){_UP_TO}\s+{_NUMBER}{_UNIT}{_PEOPLE}", re.IGNORECASE)
_LEAST = re.compile(rf"(?<!\w){_FROM}\s+{_NUMBER}{_UNIT}{_PEOPLE}", re.IGNORECASE)
_ABOUT = re.compile(rf"(?<!\w){_NUMBER}{_UNIT}{_PEOPLE}", re.IGNORECASE)
_WORDS = (
    (re.compile(r"\b(?:small|невелик\w+|маленьк\w+|мал[аиіоу]\w{0,2}|mał[aeyąi]\w{0,2}|niewielk\w+)\b", re.I), 0, SMALL),
    (re.compile(r"\b(?:medium|середн\w+|średni\w*)\b", re.I), SMALL, LARGE),
    (re.compile(r"\b(?:large|big|велик\w+|duż\w+)\b", re.I), LARGE, 0),
)  # fmt: skip
_ALIKE = re.compile(
    r"\b(?:similar size|same size|like ours|схож\w+ за розміром|такого ж розміру|так\w+ ж\w? як (?:наша|ми)|"
    r"podobn\w+ wielkości|podobn\w+ rozmiar\w*|tak\w+ jak nasza)\b",
    re.IGNORECASE,
)
_KM = re.compile(
    r"(?:(?:within|до|do|в радіусі|у радіусі|w promieniu)\s+)?(\d{1,4})\s?(?:km|км)\b\.?(\s+(?:від|од|od|from|of))?",
    re.I,
)
_NEAR = re.compile(
    r"(?<!\w)(?:near(?:by)?(?: to)?|close to|around|not far from|біля|коло|поблизу|неподалік(?: від)?|"
    r"недалеко від|поруч (?:з|із)|в околицях|около|niedaleko(?: od)?|blisko|koło|obok|w pobliżu|"
    r"w okolic(?:y|ach)|pod)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions on a municipality; each narrows, an empty one does not.

    Attributes:
        regions: ISO 3166-2, any of them.
        near: Key of the municipality around which to look.
        km: At most so far from there; from one's own municipality where ``near`` is empty. 0 is any.
        least, most: Inhabitants, both included; 0 is no limit.
        alike: From half to twice as large as one's own municipality.
        rest: The words that none of these took: the topic, if there is one.
    """

    regions: tuple[str, ...] = ()
    near: str = ""
    km: int = 0
    least: int = 0
    most: int = 0
    alike: bool = False
    rest: str = ""

    @property
    def says_where_or_size(self) -> bool:
        """Whether anything but the topic is wanted."""
        return bool(self.regions or self.near or self.km or self.least or self.most or self.alike)


def read_request(text: str, gazetteer: Gazetteer) -> Wanted:
    """What a text wants, in Ukrainian, Polish or English; whatever is not understood stays in ``rest``."""
    alike, text = _take(_ALIKE, text)
    km, text = _distance(text)
    least, most, text = _size(text)
    near, text = _near(text, gazetteer)
    regions = tuple(named_regions(text))
    return Wanted(
        regions=regions,
        near=near,
        km=km or (NEAR_KM if near else 0),
        least=least,
        most=most,
        alike=bool(alike),
        rest=re.sub(r"(?:\s*,\s*)+", ", ", " ".join(text.split())).strip(" ,.;:-–—"),
    )


def conditions(
    wanted: Wanted, country: Country, home: Municipality | None, gazetteer: Gazetteer
) -> list[filters.Condition]:
    """The filters of a request made by somebody at ``home``; their own municipality and the
    one near which they look are left out.

    A municipality of unknown population stays, unless its seat alone is too large.
    """
    left_out = {wanted.near, home.key if home else ""}
    found = [filters.in_country(country), lambda m: m.key not in left_out]
    if wanted.regions:
        found.append(filters.in_regions(*wanted.regions))
    centre = gazetteer.get(wanted.near) if wanted.near else home
    if centre and wanted.km:
        found.append(filters.within(centre, wanted.km))
    if wanted.least or wanted.most:
        found.append(filters.of_size(wanted.least, wanted.most or None))
    if wanted.alike and home and home.population:
        found.append(filters.of_size(home.population // 2, home.population * 2))
    return found


def _take(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """The first match, and the text without it."""
    match = pattern.search(text)
    return match, f"{text[: match.start()]} , {text[match.end() :]}" if match else text


def _distance(text: str) -> tuple[int, str]:
    match = _KM.search(text)
    if not match:
        return 0, text
    centre = " near " if match[2] else " , "
    return int(match[1]), text[: match.start()] + centre + text[match.end() :]


def _near(text: str, gazetteer: Gazetteer) -> tuple[str, str]:
    """The place after "near", and the text without it."""
    for match in _NEAR.finditer(text):
        after = re.split(r"[,;:()\d]", text[match.end() :], maxsplit=1)[0].split()[:LONGEST_NAME]
        for name, enough in _names(after):
            found = gazetteer.locate(name, limit=1).results
            if found and found[0].score >= enough:
                end = re.compile(r"\s+".join(map(re.escape, name.split()))).search(text, match.end())
                rest = text[end.end() :] if end else ""
                return found[0].municipality.key, f"{text[: match.start()]} , {rest}"
    return "", text


def _names(words: list[str]) -> Iterator[tuple[str, float]]:
    """What may be the name, most likely first, and the probability that is enough for it.

    Words that begin with a capital letter are one name; otherwise the longest that is known.
    """
    capitals = list(takewhile(lambda word: word[0].isupper(), words))
    if capitals:
        yield " ".join(capitals), CAPITALS_ENOUGH
    for count in range(len(words), 0, -1):
        yield " ".join(words[:count]), MATCH if count > 1 else ALONE_ENOUGH


def _size(text: str) -> tuple[int, int, str]:
    """Least and most inhabitants, 0 where there is no limit, and the text without them."""
    for pattern, take in ((_RANGE, _between), (_MOST, _at_most), (_LEAST, _at_least), (_ABOUT, _about)):
        for match in pattern.finditer(text):
            least, most = take(match.groups())
            if max(least, most) >= 500 and _is_size(match):
                return least, most, f"{text[: match.start()]} , {text[match.end() :]}"
    for words, least, most in _WORDS:
        said, rest = _take(words, text)
        if said:
            return least, most, rest
    return 0, 0, text


def _is_size(match: re.Match[str]) -> bool:
    """A bare number of four digits is rather a year."""
    return not re.fullmatch(r"\W*(?:19|20)\d\d(?:\W+(?:19|20)\d\d)?\W*", match[0])


def _between(found: Sequence[str]) -> tuple[int, int]:
    low, unit, high, last_unit = found
    least, most = _number(low, unit or last_unit), _number(high, last_unit)
    return (least, most) if least <= most else (_number(low, unit), most)


def _at_most(found: Sequence[str]) -> tuple[int, int]:
    return 0, _number(found[0], found[1])


def _at_least(found: Sequence[str]) -> tuple[int, int]:
    return _number(found[0], found[1]), 0


def _about(found: Sequence[str]) -> tuple[int, int]:
    """A single number means half to twice as many; without a unit it says nothing."""
    people = _number(found[0], found[1])
    return (people // 2, people * 2) if people >= 1000 else (0, 0)


def _number(digits: str, unit: str | None) -> int:
    if re.fullmatch(r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+", digits):
        digits = re.sub(r"\D", "", digits)
    return round(float(digits.replace(",", ".")) * (1000 if unit else 1))


def all_fitting(
    wanted: Wanted, country: Country, home: Municipality | None, gazetteer: Gazetteer
) -> Iterator[Municipality]:
    """Every municipality that meets the request, in no particular order."""
    return filters.select(gazetteer.all(country), *conditions(wanted, country, home, gazetteer))
