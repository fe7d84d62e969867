"""What speaks for and against a candidate, as numbers for ``weights.py``."""

from math import log10

from bot.model.municipality import Municipality
from bot.places.index import NameIndex
from bot.places.names import Source
from bot.places.reading import Reading
from bot.places.search import ANY_SPELLING, Hit
from bot.places.skeleton import stems
from bot.places.words import COMMON, FROM, ORDINARY, SURNAMES, plain

KINDS = frozenset(("urban", "settlement", "rural", "mixed"))
POLISH_LETTERS = frozenset("ąćęłńóśźż")
SURNAME_LIKE = ("ський", "цький", "зький", "ski", "cki", "dzki")
FIRST_NAME = 1.7  # as strong as a surname with a first name beside it, and more
WELL_KNOWN = 15_000  # inhabitants
MASCULINE = ("ий", "ny")  # of adjectives, as surnames are: Зарічний, Górny
UKRAINIAN_LETTERS = frozenset("іїєґʼ")
ORDINARY_STEMS = frozenset(stem for word in ORDINARY for stem in stems(word))


def evidence(reading: Reading, hit: Hit, index: NameIndex, municipality: Municipality) -> tuple[float, ...]:
    """One number for each name in ``weights.NAMES``, most of them 0 or 1."""
    return (
        *_name(hit, index, municipality),
        *_text(reading, hit, index, municipality),
        *_around(reading, hit, index, municipality),
        *_company(reading, hit),
    )


def _name(hit: Hit, index: NameIndex, municipality: Municipality) -> tuple[float, ...]:
    """How the name was met."""
    source = index.sources[hit.name]
    unlike, letters = 1 - hit.alike, hit.span.letters
    stem, fuzzy, cross = hit.way == "stem", hit.way == "fuzzy", hit.sharp < 0
    loose = hit.way != "exact"
    return (
        1.0,
        source == Source.OTHER,
        (source == Source.OTHER) * _known_abroad(municipality),
        source == Source.FORMER,
        source == Source.VILLAGE,
        source == Source.UNSURE,
        source == Source.VILLAGE and loose,
        source == Source.OTHER and loose,
        source == Source.OTHER and cross,
        stem,
        stem * unlike,
        stem and letters <= 5,
        hit.way == "short",
        fuzzy,
        fuzzy * unlike,
        fuzzy * unlike * letters,
        fuzzy * (letters <= 5),
        cross,
        cross and loose,
        0.0 if cross else 1 - hit.sharp,
        letters <= 3,
        letters == 4,
    )


def _known_abroad(municipality: Municipality) -> float:
    """0 for 5,000 inhabitants or fewer, 1 for 50,000, at most 2: large places have more names in use."""
    return min(2.0, max(0.0, log10(max(municipality.seat_population or 0, 1) / 5000)))


def _text(reading: Reading, hit: Hit, index: NameIndex, municipality: Municipality) -> tuple[float, ...]:
    """What the rest of the text leaves open."""
    free = sum(len(reading.tokens[at].text) for at in reading.free)
    typed = set(hit.span.text.casefold())
    ukrainian = municipality.country == "UA"
    polish = bool(typed & POLISH_LETTERS)
    return (
        1 - hit.span.letters / max(free, hit.span.letters),
        hit.inside,
        polish and ukrainian and hit.sharp < ANY_SPELLING,
        polish and not ukrainian,
        bool(typed & UKRAINIAN_LETTERS) and not ukrainian,
        reading.person,
        _personal(reading, hit) or FIRST_NAME * _first_name(reading, hit, index, municipality),
        plain(hit.span.text) in COMMON,
        hit.way != "exact" and hit.span.text.casefold().endswith(SURNAME_LIKE),
        index.is_foreign(hit.span.text),
    )


def _personal(reading: Reading, hit: Hit) -> bool:
    """Whether the name is a common surname or has a given name beside it, and nothing speaks of a place."""
    span = set(range(hit.span.first, hit.span.last + 1))
    if reading.hints or any(not area.places <= span for area in reading.areas):
        return False
    near = range(hit.span.first - 1, hit.span.last + 2)
    return plain(hit.span.text) in SURNAMES or (
        len(reading.tokens) > 1 and any(at in reading.given for at in near)
    )


def _first_name(reading: Reading, hit: Hit, index: NameIndex, municipality: Municipality) -> bool:
    """Whether the text is a first name and nothing else, and no town of that very name is well known."""
    alone = len(reading.tokens) == 1 and 0 in reading.given
    own = hit.way == "exact" and index.sources[hit.name] <= Source.SEAT
    return alone and not (own and (municipality.seat_population or 0) >= WELL_KNOWN)


def _around(reading: Reading, hit: Hit, index: NameIndex, municipality: Municipality) -> tuple[float, ...]:
    """What the words around the name say about region, district, kind and country."""
    span = set(range(hit.span.first, hit.span.last + 1))
    areas = [area for area in reading.areas if not area.places & span]
    sure = {area.iso for area in areas if area.sure}
    maybe = {area.iso for area in areas if not area.sure}
    hints = reading.hints
    kinds, countries = hints & KINDS, hints & {"UA", "PL"}
    village = index.sources[hit.name] == Source.VILLAGE
    kind_known = bool(kinds and municipality.kind and not village)
    near = bool(reading.districts) and bool(reading.districts & set(stems(municipality.district)))
    return (
        municipality.region in sure,
        bool(sure) and municipality.region not in sure,
        municipality.region in maybe,
        bool(maybe) and municipality.region not in maybe,
        near,
        bool(reading.districts) and not near,
        kind_known and municipality.kind in kinds,
        kind_known and municipality.kind not in kinds,
        municipality.country in countries,
        bool(countries) and municipality.country not in countries,
        "office" in hints,
        "village" in hints and village,
        "village" in hints and not village,
    )


def _company(reading: Reading, hit: Hit) -> tuple[float, ...]:
    """Whether the name stands among other words as an ordinary word would: "a green valley".

    People write a name with a capital letter, or without one alone, after "from" or beside an office.
    """
    span = range(hit.span.first, hit.span.last + 1)
    others = [token.text for at, token in enumerate(reading.tokens) if at not in span]
    small = hit.span.text[:1].islower()
    low = small and bool(others)
    told = bool(reading.hints) or any(not area.places <= set(span) for area in reading.areas)
    origin = hit.span.first > 0 and reading.tokens[hit.span.first - 1].plain in FROM
    ordinary = any(not ORDINARY_STEMS.isdisjoint(stems(reading.tokens[at].text)) for at in span)
    if hit.span.first == 0 and ordinary and not told and all(other.islower() for other in others):
        low = bool(others)  # the capital letter only begins the sentence
    return (
        low and any(other[:1].isupper() for other in others),
        low and not told and not origin,
        low and ordinary,
        low and ordinary and not origin and len(span) == 1,
        bool(others) and origin,
        small and ordinary and not others and len(span) == 1,
        ordinary and hit.way != "exact" and len(span) == 1,
        hit.way != "exact" and not others and hit.span.text.casefold().endswith(MASCULINE),
    )
