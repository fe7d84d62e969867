"""Offices by name, as data turned into words."""

from bot.model.message import M, Message
from bot.model.municipality import Country

UKRAINIAN: dict[str, Message] = {
    "head": M("head of the hromada"),
    "administration": M("head of the military administration"),
    "acting": M("acting head of the hromada"),
    "deputy": M("deputy head of the hromada"),
    "secretary": M("secretary of the council"),
    "specialist": M("specialist or head of a department"),
    "other": M("another office"),
}
POLISH: dict[str, Message] = {
    "head": M("wójt, burmistrz or city president"),
    "acting": M("acting head of the gmina"),
    "deputy": M("deputy head of the gmina"),
    "secretary": M("secretary of the gmina"),
    "specialist": UKRAINIAN["specialist"],
    "other": UKRAINIAN["other"],
}
OFFICES: dict[Country, dict[str, Message]] = {"UA": UKRAINIAN, "PL": POLISH}


def office(role: str, country: Country) -> Message:
    """The office in words; an unknown one is "another office"."""
    return OFFICES[country].get(role, UKRAINIAN["other"])
