"""A municipality in a card, a choice or a sentence."""

from bot.model.message import M, Message, Words
from bot.model.municipality import Municipality
from bot.places.gazetteer import Candidate
from bot.places.regions import region_words
from bot.places.transcribe import latin


def name_words(municipality: Municipality) -> Words:
    """The name as each language writes it: Ukrainian in Cyrillic, the others in Latin letters."""
    return Words({"uk": municipality.cyrillic, "pl": municipality.latin, "en": municipality.latin})


def both_scripts(municipality: Municipality) -> Message:
    """The name in its own letters first, then in the other ones."""
    own, other = municipality.latin, municipality.cyrillic
    if municipality.country == "UA":
        own, other = other, own
    return M("{name} ({other})", name=own, other=other)


def title(municipality: Municipality) -> Message:
    """Name and kind, such as "Немішаївська селищна громада" or "gmina wiejska Zamość"; samples say so."""
    named = _kind_and_name(municipality)
    return M("{municipality} (sample)", municipality=named) if municipality.sample else named


def _kind_and_name(municipality: Municipality) -> Message:
    name = name_words(municipality)
    match municipality.country, municipality.kind:
        case "UA", "urban" if not municipality.district:
            return M("city of {name}", name=name)
        case "UA", "urban":
            return M("{name} urban hromada", name=name)
        case "UA", "settlement":
            return M("{name} settlement hromada", name=name)
        case "UA", "rural":
            return M("{name} rural hromada", name=name)
        case "UA", _:
            return M("{name} hromada", name=name)
        case "PL", "urban":
            return M("urban gmina {name}", name=name)
        case "PL", "rural":
            return M("rural gmina {name}", name=name)
        case "PL", "mixed":
            return M("urban-rural gmina {name}", name=name)
        case _:
            return M("gmina {name}", name=name)


def describe(municipality: Municipality) -> Message:
    """Name, kind and region; enough unless a neighbour has the same name."""
    return M(
        "{municipality}, {region}", municipality=title(municipality), region=region_words(municipality.region)
    )


def describe_fully(municipality: Municipality) -> Message:
    """Name, kind, raion or powiat as far as known, and region: tells namesakes apart."""
    if not municipality.district:
        return describe(municipality)
    district = (
        M("{name} raion", name=_ukrainian(municipality.district))
        if municipality.country == "UA"
        else M("powiat {name}", name=municipality.district)
    )
    region = region_words(municipality.region)
    return M(
        "{municipality}, {district}, {region}",
        municipality=title(municipality),
        district=district,
        region=region,
    )


def confirmation(candidate: Candidate) -> Message:
    """What a candidate is, naming the village or former name by which it was found."""
    what = describe_fully(candidate.municipality)
    if candidate.via:
        return M("{typed} belongs to: {municipality}", typed=candidate.via, municipality=what)
    return what


def population(municipality: Municipality) -> Message:
    """How many people live there, with year and source as far as known; never a guess."""
    if municipality.population is not None and municipality.population_year is not None:
        n, year = municipality.population, str(municipality.population_year)
        return M("{n} inhabitant ({year})", "{n} inhabitants ({year})", n=n, year=year)
    if municipality.population is not None:
        return M("{n} inhabitant (GeoNames)", "{n} inhabitants (GeoNames)", n=municipality.population)
    if municipality.seat_population is not None:
        n, seat = municipality.seat_population, _seat(municipality)
        return M(
            "population unknown; {seat} alone has {n} inhabitant (GeoNames)",
            "population unknown; {seat} alone has {n} inhabitants (GeoNames)",
            n=n,
            seat=seat,
        )
    return M("population unknown")


def _seat(municipality: Municipality) -> Words | str:
    return _ukrainian(municipality.seat) if municipality.country == "UA" else municipality.seat


def _ukrainian(name: str) -> Words:
    """A Ukrainian name as each language writes it."""
    return Words({"uk": name, "pl": latin(name), "en": latin(name)})
