"""All municipalities in memory: by key, by code, by name, by distance."""

import gc
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Literal, Self

from bot.model.municipality import Country, Municipality, distance_km
from bot.places import store
from bot.places.changes import Row
from bot.places.index import NameIndex
from bot.places.locate import decide, rank
from bot.places.names import Name, Source
from bot.places.reading import clean, other_layout, read
from bot.places.store import Entry, Keyed, keyed

SWAPPED = 0.8  # probability from which the other keyboard layout is believed
Decision = Literal["match", "ambiguous", "none"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A municipality that may be meant.

    Attributes:
        score: Probability that it is the one, 0 to 1; those of all candidates and of "none" make 1.
        via: Village or former name that led here; empty when its own name did.
    """

    municipality: Municipality
    score: float
    via: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """Candidates, best first, and what to do: confirm the first, let choose among all, or ask again."""

    results: tuple[Candidate, ...]
    decision: Decision

    @property
    def only(self) -> Municipality | None:
        """The municipality when there is nothing to choose."""
        return self.results[0].municipality if self.decision == "match" else None


class Gazetteer:
    """Every municipality the bot knows; immutable, safe to share between threads."""

    def __init__(
        self,
        entries: Iterable[Entry],
        withdrawn: Iterable[Municipality] = (),
        foreign: frozenset[str] = frozenset(),
    ) -> None:
        self._foreign = foreign
        self.entries: tuple[Entry, ...] = tuple(entries)
        self.withdrawn: tuple[Municipality, ...] = tuple(withdrawn)
        everything = (*self.withdrawn, *(municipality for municipality, _ in self.entries))
        self._by_key = {municipality.key: municipality for municipality in everything}
        self._by_code = {municipality.code: municipality for municipality in everything}
        self._sure = tuple(
            m for m, names in self.entries if not names or names[0].source is not Source.UNSURE
        )
        self._index = NameIndex(self.entries, foreign)

    @classmethod
    def embedded(cls) -> Self:
        """What ships with the product: Ukraine by its register, Poland provisional."""
        watched = gc.isenabled()
        gc.disable()  # hundreds of thousands of new objects, none of them garbage: a third of the time
        try:
            entries, foreign = store.embedded()
            return cls(entries, foreign=foreign)
        finally:
            if watched:
                gc.enable()

    def with_rows(self, rows: Iterable[Row]) -> Self:
        """This gazetteer after an import: rows replace what has their key, keep its names and add theirs."""
        entries = {municipality.key: (municipality, names) for municipality, names in self.entries}
        withdrawn = {municipality.key: municipality for municipality in self.withdrawn}
        for row in rows:
            key = row.municipality.key
            _, names = entries.pop(key, (row.municipality, ()))
            withdrawn.pop(key, None)
            if row.withdrawn:
                withdrawn[key] = row.municipality
            else:
                entries[key] = merged(row, names)
        return type(self)(entries.values(), withdrawn.values(), self._foreign)

    def with_samples(self, samples: Iterable[tuple[Municipality, Iterable[str]]]) -> Self:
        """This gazetteer with invented municipalities and their alternative names."""
        added = [
            store.entry(
                m,
                [
                    Name(m.name, Source.OFFICIAL),
                    Name(m.seat, Source.SEAT),
                    *(Name(n, Source.OTHER) for n in names),
                ],
            )
            for m, names in samples
        ]
        return type(self)((*self.entries, *added), self.withdrawn, self._foreign)

    def get(self, key: str) -> Municipality | None:
        """The municipality with this key, also one that was withdrawn."""
        return self._by_key.get(key)

    def by_code(self, code: str) -> Municipality | None:
        """The municipality with this official or provisional code."""
        return self._by_code.get(code)

    def all(self, country: Country | None = None) -> tuple[Municipality, ...]:
        """Every municipality of one country or of both; unsure places and withdrawn ones are left out."""
        return tuple(m for m in self._sure if country is None or m.country == country)

    def locate(self, query: str, *, country: Country | None = None, limit: int = 10) -> Located:
        """Which municipality a text means, best first; a whole sentence will do.

        Args:
            query: As typed; only the first 400 code points are read and at most 64 letters of them
                can cost a fuzzy search.
            country: Leave out the other country.
            limit: At most so many candidates.
        """
        ranked, known = rank(read(clean(query)), self._index, self.entries, country)
        if decide([p for p, _, _ in ranked], known) == "none":
            swapped = rank(read(clean(other_layout(query))), self._index, self.entries, country, fuzzy=False)
            ranked, known = swapped if swapped[1] >= SWAPPED else (ranked, known)
        results = tuple(
            Candidate(self.entries[owner][0], p, via) for p, owner, via in ranked[: max(limit, 0)]
        )
        return Located(results, decide([p for p, _, _ in ranked], known))

    def nearest(self, lat: float, lon: float, limit: int = 5) -> tuple[tuple[Municipality, float], ...]:
        """Municipalities by the distance of their seats from a point, with that distance in kilometres."""
        here = Municipality("", "", "UA", "", "", "", "", "", "", lat=lat, lon=lon)
        reach = sorted(
            (m for m in self._sure if m.lat is not None and m.lon is not None),
            key=lambda m: ((m.lat or 0) - lat) ** 2 + (((m.lon or 0) - lon) * cos(radians(lat))) ** 2,
        )[: limit * 2]
        measured = [(m, distance_km(here, m) or 0.0) for m in reach]
        return tuple(sorted(measured, key=lambda pair: pair[1])[:limit])


def merged(row: Row, names: Sequence[Keyed]) -> Entry:
    """The entry of an imported row; other spellings and, unless the row has its own, villages stay."""
    m = row.municipality
    own = [
        Name(m.name, Source.OFFICIAL),
        Name(m.seat, Source.SEAT),
        *(Name(f, Source.FORMER) for f in row.former),
    ]
    kept = [n for n in names if n.source in (Source.OTHER, Source.FORMER) or (n.source is Source.VILLAGE)]
    known = {n.text for n in kept}
    added = [keyed(Name(v, Source.VILLAGE), m.country) for v in row.villages if v not in known]
    dropped = (
        {n.text for n in kept if n.source is Source.VILLAGE} - set(row.villages) if row.villages else set()
    )
    return m, (*store.entry(m, own)[1], *(n for n in kept if n.text not in dropped), *added)
