"""Offices by name, as data turned into words."""

from bot.model.message import M, Message

OFFICES: dict[str, Message] = {
    "head": M("head of the municipality"),
    "administration": M("head of the military administration"),
    "acting": M("acting head"),
    "deputy": M("deputy head"),
    "secretary": M("secretary of the council or the gmina"),
    "specialist": M("specialist or head of a department"),
    "other": M("another office"),
}


def office(role: str) -> Message:
    """The office in words; an unknown one is "another office"."""
    return OFFICES.get(role, OFFICES["other"])
