"""Seats and the waiting list of a meeting: each answer is one step from one roll to the next."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.model.meeting import Answer

Place = Literal["seat", "waiting", ""]


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's answer; ``place`` is empty unless the answer is yes."""

    person: str
    municipality: str
    answer: Answer
    place: Place = ""


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody who answered.

    Attributes:
        capacity: Seats; None without a limit.
        entries: One a person; those who said yes stand in the order in which they did.
    """

    capacity: int | None = None
    entries: tuple[Entry, ...] = ()

    def entry(self, person: str) -> Entry | None:
        """The person's entry, if they answered."""
        return next((entry for entry in self.entries if entry.person == person), None)

    @property
    def seated(self) -> tuple[str, ...]:
        """Who has a seat, in order."""
        return tuple(entry.person for entry in self.entries if entry.place == "seat")

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who waits for a seat, the next one first."""
        return tuple(entry.person for entry in self.entries if entry.place == "waiting")

    def count(self, answer: Answer) -> int:
        """How many gave this answer as their last one."""
        return sum(entry.answer == answer for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Step:
    """What an answer led to.

    Attributes:
        roll: The new state.
        place: Of the person who answered, or of the substitute.
        position: On the waiting list from 1; 0 when not waiting.
        promoted: Who got a seat by it from the waiting list, to be told.
        refused: ``other-municipality``, ``no-place`` (nothing to hand on) or ``same-person``;
            then the roll is unchanged.
    """

    roll: Roll
    place: Place = ""
    position: int = 0
    promoted: tuple[str, ...] = ()
    refused: Literal["other-municipality", "no-place", "same-person", ""] = ""


def answered(roll: Roll, person: str, municipality: str, answer: Literal["yes", "maybe", "no"]) -> Step:
    """The person's answer, first or changed; whoever repeats a yes keeps their place in the order."""
    before = roll.entry(person)
    if answer == "yes" and before and before.place:
        return _step(roll, roll.entries, person)
    others = tuple(entry for entry in roll.entries if entry.person != person)
    place: Place = "waiting" if answer == "yes" else ""
    return _step(roll, (*others, Entry(person, municipality, answer, place)), person)


def substituted(roll: Roll, person: str, substitute: str, municipality: str) -> Step:
    """A colleague of the same municipality takes over the person's seat or place in the waiting list."""
    giver = roll.entry(person)
    if person == substitute:
        return Step(roll, refused="same-person")
    if not giver or not giver.place:
        return Step(roll, refused="no-place")
    if giver.municipality != municipality:
        return Step(roll, refused="other-municipality")
    taker = roll.entry(substitute)
    left = replace(giver, answer="substitute", place="")
    if taker and _stands_better(roll, taker, giver):
        entries = [left if entry is giver else entry for entry in roll.entries]
    else:
        entries = []
        for entry in roll.entries:
            if entry is giver:
                entries += [left, Entry(substitute, municipality, "yes", giver.place)]
            elif entry is not taker:
                entries.append(entry)
    return _step(roll, tuple(entries), substitute)


def _stands_better(roll: Roll, taker: Entry, giver: Entry) -> bool:
    """Whether the substitute has a seat already, or waits further ahead."""
    earlier = roll.entries.index(taker) < roll.entries.index(giver)
    return taker.place == "seat" or (taker.place == giver.place and earlier)


def resized(roll: Roll, capacity: int | None) -> Step:
    """Another number of seats: more seat those who wait; fewer take no seat away."""
    return _step(replace(roll, capacity=capacity), roll.entries, "")


def removed(roll: Roll, person: str) -> Step:
    """The roll without the person, as when they are forgotten or leave."""
    return _step(roll, tuple(entry for entry in roll.entries if entry.person != person), person)


def _step(roll: Roll, entries: tuple[Entry, ...], person: str) -> Step:
    """Free seats go to those who wait, in their order."""
    taken = sum(entry.place == "seat" for entry in entries)
    free = len(entries) if roll.capacity is None else max(0, roll.capacity - taken)
    filled: list[Entry] = []
    promoted: list[str] = []
    for entry in entries:
        if entry.place == "waiting" and free:
            free -= 1
            entry = replace(entry, place="seat")
            if entry.person != person:
                promoted.append(entry.person)
        filled.append(entry)
    new = Roll(roll.capacity, tuple(filled))
    own = new.entry(person)
    place = own.place if own else ""
    position = new.waiting.index(person) + 1 if place == "waiting" else 0
    return Step(new, place, position, tuple(promoted))
