"""What became of a sending, in numbers that add up to its audience."""

from collections.abc import Mapping

from bot.meetings.capacity import Roll
from bot.model.message import M, Message, lines

_STANDS: tuple[tuple[tuple[str, ...], Message], ...] = (
    (("sent",), M("Sent: {n}")),
    (("waiting", "queued", "sending"), M("Still to go: {n}")),
    (("unknown",), M("Perhaps arrived: {n}")),
    (("failed",), M("Failed: {n}")),
    (("expired",), M("Too late: {n}")),
    (("superseded",), M("Replaced by newer news: {n}")),
    (("cancelled",), M("Stopped: {n}")),
    (("unreachable",), M("Cannot be reached: {n}")),
    (("past",), M("Dealt with earlier: {n}")),
)


def sending_report(counts: Mapping[str, int]) -> Message:
    """How many recipients there are and how many of them stand where."""
    parts = [(label, sum(counts.get(state, 0) for state in states)) for states, label in _STANDS]
    return lines(
        M("Recipients: <b>{n}</b>", n=sum(counts.values())),
        *(Message(label.text, values={"n": n}) for label, n in parts if n),
    )


def finished(counts: Mapping[str, int]) -> bool:
    """Whether nothing more will become of it."""
    return not any(counts.get(state) for state in ("waiting", "queued", "sending"))


def roll_report(roll: Roll, told: int) -> Message:
    """Who comes, as far as they said; ``told`` is how many were asked."""
    silent = max(0, told - len(roll.entries))
    seats = len(roll.seated)
    return lines(
        M("Coming: <b>{n}</b>", n=seats)
        if roll.capacity is None
        else M("Coming: <b>{n}</b> of {seats} seats", n=seats, seats=roll.capacity),
        M("Waiting for a seat: {n}", n=len(roll.waiting)) if roll.waiting else None,
        M("Perhaps: {n}", n=roll.count("maybe")),
        M("Not coming: {n}", n=roll.count("no")),
        M("A colleague comes instead: {n}", n=sent_others)
        if (sent_others := roll.count("substitute"))
        else None,
        M("No answer yet: {n}", n=silent),
    )
