"""When a meeting begins: asked until date and time are there and nothing speaks against them."""

from datetime import UTC, datetime
from itertools import count

from bot.dialogue.choices import yes
from bot.dialogue.questions import Refused, free_text
from bot.dialogue.talk import Talk
from bot.meetings.dates import When, read_dates
from bot.meetings.texts import question
from bot.model.message import M, Message

LONGEST = 200


async def ask_start(talk: Talk, step: str, when: When, read_at: int) -> datetime:
    """The naive local start; ``when`` is what is known of it so far, read at ``read_at``."""
    when = _fresh(when, _moment(read_at))
    for attempt in count():
        prompt = question(when) or _missing(when)
        if prompt is None:
            break
        name = f"{step}.{attempt}"
        offered = (yes("other", M("Yes")),) if "past" in when.problems and when.other else ()
        answer = await talk.ask(name, prompt, parse=_read, choices=offered)
        at = _moment(talk.answered_at(name))
        agreed = when.other if answer == "other" else None
        when = when.on(agreed, at) if agreed else _merged(when, answer, at)
    start = when.start
    if start is None:
        raise AssertionError("a start without problems is complete")
    return start


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)


def _fresh(when: When, now: datetime) -> When:
    return when.on(when.first, now) if when.first and not when.problems else when


def _missing(when: When) -> Message | None:
    match when.missing:
        case ("date", "time"):
            return M("When does it begin? For example: Thursday at 10, or 3 December 10:00.")
        case ("date",):
            return M("On which day?")
        case ("time",):
            return M("At what time does it begin?")
        case _:
            return None


def _read(typed: str) -> str:
    """The typed words, if they say anything about time."""
    text = free_text(LONGEST)(typed)
    if not read_dates(text, _EXAMPLE, _ZONE).whens:
        raise Refused(M("I could not read a date or a time in that. For example: 3 December 10:00."))
    return text


_EXAMPLE, _ZONE = datetime(2026, 1, 1, tzinfo=UTC), "UTC"
"""Any moment and zone do to see whether words name a time at all."""


def _merged(when: When, typed: str, now: datetime) -> When:
    """What was known, with what the new words say."""
    found = read_dates(typed, now, when.zone).moments
    if not found:
        return when
    new = found[0]
    if new.first is None:
        return when.with_time(new.at, now) if new.at else when
    return new.with_time(when.at, now) if new.at is None and when.at else new
