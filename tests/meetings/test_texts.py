"""What people read: the same meeting in each language, for readers in other zones, changed and cancelled."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.i18n import draw
from bot.meetings import texts
from bot.meetings.dates import read_dates
from bot.meetings.zones import scheduled, to_ms
from bot.model.message import M, Message, Moment, Reply, from_json, to_json
from tests.meetings.samples import meeting

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def english(parts: tuple[Message, ...], zone: str = "Europe/Warsaw") -> str:
    return draw(Reply(parts), "en", zone).text


def shown(start: str, style: str, zone: str = "Europe/Warsaw") -> str:
    """How a time of Warsaw is drawn, whatever the format of the day."""
    moment = Moment(to_ms(datetime.fromisoformat(start), "Europe/Warsaw"), style)
    return english((M("{moment}", moment=moment),), zone)


def test_an_invitation_in_full() -> None:
    planned = meeting(titles={"en": "Roofs after shelling"}, agendas={"en": "Examples\nQuestions"})
    assert english(texts.notice(planned)) == (
        "Online meeting: Roofs after shelling\n\n"
        f"When: {shown('2026-12-03T10:00', 'both')}\n"
        "Length: 60 minutes\n"
        "Task group: housing\n"
        "Interpretation: Polish and Ukrainian\n"
        "Seats: 80\n\n"
        "Agenda:\nExamples\nQuestions\n\n"
        "Link: https://zoom.us/j/1\n"
        "Contact: Biuro, biuro@example.org"
    )


def test_the_host_of_the_link_is_bold_and_nothing_else_of_it() -> None:
    drawn = draw(Reply((texts.link_line("https://zoom.us/j/1"),)), "en", "Europe/Warsaw")
    assert [drawn.text[s.start : s.start + s.length] for s in drawn.spans] == ["zoom.us"]


def test_unknown_parts_are_left_out() -> None:
    bare = meeting(
        titles={"pl": "Woda"}, agendas={}, link="", contact="", interpretation=(), capacity=None, groups=()
    )
    assert english(texts.reminder(bare)) == (
        f"Reminder: Woda\n\nWhen: {shown('2026-12-03T10:00', 'both')}\nLength: 60 minutes"
    )


@pytest.mark.parametrize(
    ("zone", "own"), [("Europe/Lisbon", True), ("Europe/Berlin", False), ("Europe/Kyiv", False)]
)
def test_own_time_is_added_where_it_is_another(zone: str, own: bool) -> None:
    text = english(texts.notice(meeting(), zone), zone)
    assert ("Your time: " in text) == own
    if own:
        assert f"Your time: {shown('2026-12-03T10:00', 'full', zone)}" in text
        assert "09:00" in text


def test_a_change_says_what_is_new_and_not_the_old_time() -> None:
    before = meeting()
    moved = scheduled(before, datetime.fromisoformat("2026-12-03T10:30"))
    after = replace(moved, link="https://zoom.us/j/2", revision=1)
    text = english(texts.changed(before, after))
    assert "New: time and link." in text
    assert "10:30 Warsaw / 11:30 Kyiv" in text
    assert "10:00" not in text
    assert "https://zoom.us/j/1" not in text


def test_a_cancellation_has_no_link() -> None:
    text = english(texts.cancelled(meeting(), "Kurier chory"))
    assert "will not take place" in text
    assert "Reason: Kurier chory" in text
    assert "zoom" not in text


def test_several_reminders_come_in_one_message() -> None:
    one, two = meeting(), meeting("2026-12-03T14:00", id="m2", titles={"pl": "Woda"})
    text = english(texts.reminders([one, two]))
    assert text.startswith("A reminder of 2 meetings:")
    assert text.index("Dachy") < text.index("Woda")
    assert texts.reminders([one]) == texts.reminder(one)


def test_what_people_typed_never_becomes_markup() -> None:
    hostile = meeting(
        titles={"en": "<b>x</b> {when} %s"}, contact="{link} <i>y</i>", link="https://zoom.us/{a}<b>"
    )
    drawn = draw(Reply(texts.notice(hostile)), "en", "Europe/Warsaw")
    for typed in ("<b>x</b> {when} %s", "{link} <i>y</i>", "https://zoom.us/{a}<b>"):
        assert typed in drawn.text


def test_texts_survive_the_outbox() -> None:
    before, after = meeting(), meeting("2026-12-04T10:00")
    for parts in (texts.notice(before), texts.changed(before, after), texts.reminders([before, after])):
        assert tuple(from_json(to_json(part)) for part in parts) == parts


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (
            "13 lipca o 10",
            f"{shown('2026-07-13', 'date')} has passed already. Do you mean {shown('2027-07-13', 'date')}?",
        ),
        ("13 lipca 2025 o 10", "This time has passed already. Please write another date and time."),
        ("31 czerwca", "This day is not in the calendar. Please write the date again."),
        ("piątek 3 grudnia", "The weekday and the date do not belong together."),
        ("28 marca 2027 o 2:30", "On this night the clocks go forward"),
        ("31 października 2027 o 2:30", "On this night the clocks go back"),
        ("3 grudnia o 10", ""),
    ],
)
def test_doubts_about_a_time_are_asked(typed: str, asked: str) -> None:
    (when,) = read_dates(typed, NOW, "Europe/Warsaw").whens
    question = texts.question(when)
    assert (english((question,)) if question else "").startswith(asked)
    assert bool(question) == bool(asked)


def test_next_tuesday_is_asked() -> None:
    (when,) = read_dates("next Tuesday at 10", datetime(2026, 11, 23, 8, tzinfo=UTC), "Europe/Warsaw").whens
    question = texts.question(when)
    assert question
    near, far = shown("2026-11-24", "date"), shown("2026-12-01", "date")
    assert english((question,)) == f"Is it {near} or {far}? Please write the date."


def test_a_meeting_without_agenda_in_the_readers_language_shows_another() -> None:
    assert "Dachy po ostrzale" in english(texts.notice(meeting()))
