"""A name of a municipality and where it comes from."""

from dataclasses import dataclass
from enum import IntEnum


class Source(IntEnum):
    """Where a name comes from; the order is the order of trust."""

    OFFICIAL = 0  # as the register has it
    SEAT = 1  # the place where the council sits
    OTHER = 2  # another spelling, language or age of the same place
    FORMER = 3  # what the register or the law called it before
    VILLAGE = 4  # a place inside the municipality
    UNSURE = 5  # a place of which it is not known whether it is a municipality of its own


@dataclass(frozen=True, slots=True)
class Name:
    """One name as people write it, with its source."""

    text: str
    source: Source
