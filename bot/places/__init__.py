"""Which municipality is meant: keys, index, search. Pure: no I/O beyond reading what ships with it."""

from bot.places.gazetteer import Candidate, Gazetteer, Located
from bot.places.regions import region_words, regions

__all__ = ["Candidate", "Gazetteer", "Located", "region_words", "regions"]
