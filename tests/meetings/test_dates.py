"""Dates and times as people write them, read on Sunday 22 November 2026 at 11:00 in Warsaw."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meetings.dates import read_dates

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
WARSAW = "Europe/Warsaw"


def drawn(text: str, zone: str = WARSAW) -> list[str]:
    """Each finding as ``2026-12-03..2026-12-04 10:00-11:00 until``; parts that are absent left out."""
    lines = []
    for when in read_dates(text, NOW, zone).whens:
        days = [str(day) for day in (when.first, when.last) if day]
        times = [f"{at:%H:%M}" for at in (when.at, when.to) if at]
        lines.append(
            " ".join(
                filter(None, ["..".join(days), "-".join(times), "until" * when.deadline, *when.problems])
            )
        )
    return lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("w czwartek o 10", ["2026-11-26 10:00"]),
        ("26 maja br.", ["2026-05-26 past"]),
        ("3 grudnia 10:00", ["2026-12-03 10:00"]),
        ("3 grudnia 2026 r., godz. 10.00-12.00", ["2026-12-03 10:00-12:00"]),
        ("czwartek, 3 grudnia, o 9.30", ["2026-12-03 09:30"]),
        ("14–17 czerwca 2027 oraz 2–4 lipca 2027", ["2027-06-14..2027-06-17", "2027-07-02..2027-07-04"]),
        ("od 14 do 17 grudnia", ["2026-12-14..2026-12-17"]),
        ("28 grudnia – 2 stycznia", ["2026-12-28..2027-01-02"]),
        ("14-17.12.2026", ["2026-12-14..2026-12-17"]),
        ("14.12–17.12.2026", ["2026-12-14..2026-12-17"]),
        ("3, 10 i 17 grudnia o 10:00", ["2026-12-03 10:00", "2026-12-10 10:00", "2026-12-17 10:00"]),
        ("jutro", ["2026-11-23"]),
        ("pojutrze o 14", ["2026-11-24 14:00"]),
        ("dziś o 15:30", ["2026-11-22 15:30"]),
        ("za tydzień we wtorek o 10", ["2026-12-01 10:00"]),
        ("w czwartek za tydzień o 10", ["2026-12-03 10:00"]),
        ("za dwa tygodnie o wpół do dziesiątej", ["2026-12-06 09:30"]),
        ("za 3 dni", ["2026-11-25"]),
        ("za miesiąc", ["2026-12-22"]),
        ("w przyszłym tygodniu w środę o 11", ["2026-11-25 11:00"]),
        ("do końca miesiąca", ["2026-11-30 until"]),
        ("do 15 stycznia", ["2027-01-15 until"]),
        ("do piątku", ["2026-11-27 until"]),
        ("w sobote o 10", ["2026-11-28 10:00"]),
        ("26.05.2027", ["2027-05-26"]),
        ("3.12 godz. 10", ["2026-12-03 10:00"]),
        ("3 XII 2026", ["2026-12-03"]),
        ("2027-05-26T09:15", ["2027-05-26 09:15"]),
        ("trzeciego grudnia o dziesiątej", ["2026-12-03 10:00"]),
        ("w środę po południu o 2", ["2026-11-25 14:00"]),
        ("w środę o 2 po południu", ["2026-11-25 14:00"]),
        ("w czwartek w południe", ["2026-11-26 12:00"]),
        ("przesuńmy na 10:30", ["10:30"]),
        ("W CZWARTEK O 10", ["2026-11-26 10:00"]),
        ("czwartek 26.11 g. 10", ["2026-11-26 10:00"]),
        ("czw. 26.11 10:00", ["2026-11-26 10:00"]),
        ("3-5 grudnia w godzinach 10-12", ["2026-12-03..2026-12-05 10:00-12:00"]),
        ("w poniedziałek, 30.11, 9-10:30", ["2026-11-30 09:00-10:30"]),
        ("o 10 w czwartek albo o 12 w piątek", ["2026-11-26 10:00", "2026-11-27 12:00"]),
        ("o 10:00 lub 14:00 w czwartek", ["2026-11-26 10:00", "2026-11-26 14:00"]),
        ("31 czerwca o 10", ["10:00 impossible"]),
        ("piątek, 3 grudnia o 10", ["2026-12-03 10:00 weekday"]),
        ("28 marca 2027 o 02:30", ["2027-03-28 02:30 missing-hour"]),
        ("31.10.2027, 2:30", ["2027-10-31 02:30 double-hour"]),
        ("rejestracja do 27 listopada, spotkanie 3 grudnia 10:00", ["2026-11-27 until", "2026-12-03 10:00"]),
    ],
)
def test_polish(text: str, expected: list[str]) -> None:
    assert drawn(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("за тиждень о 14", ["2026-11-29 14:00"]),
        ("в четвер об 11:00", ["2026-11-26 11:00"]),
        ("у вівторок наступного тижня о 15", ["2026-11-24 15:00"]),
        ("до кінця місяця", ["2026-11-30 until"]),
        ("до кінця грудня", ["2026-12-31 until"]),
        ("до п'ятниці", ["2026-11-27 until"]),
        ("до п’ятниці", ["2026-11-27 until"]),
        ("післязавтра", ["2026-11-24"]),
        ("завтра о 9 ранку", ["2026-11-23 09:00"]),
        ("3 грудня о 10-й", ["2026-12-03 10:00"]),
        ("третього грудня о десятій тридцять", ["2026-12-03 10:30"]),
        ("3 грудня о пів на одинадцяту", ["2026-12-03 10:30"]),
        ("з 14 по 17 грудня", ["2026-12-14..2026-12-17"]),
        ("від 14 до 17 грудня", ["2026-12-14..2026-12-17"]),
        ("3 та 10 грудня об 11", ["2026-12-03 11:00", "2026-12-10 11:00"]),
        ("26 травня ц.р. 14:00", ["2026-05-26 14:00 past"]),
        ("26 травня 2027 року", ["2027-05-26"]),
        ("вт 10:00, чт 11:00, пт 9:30", ["2026-11-24 10:00", "2026-11-26 11:00", "2026-11-27 09:30"]),
        ("в пятницю о 14 год", ["2026-11-27 14:00"]),
        ("через 2 години", ["2026-11-22 13:00"]),
        ("о 7 вечора в середу", ["2026-11-25 19:00"]),
        ("26-го о 10", ["2026-11-26 10:00"]),
        ("20 числа о 10", ["2026-12-20 10:00"]),
        ("наступної середи о 10", ["2026-11-25 10:00"]),
        ("3 грудня (четвер) з 10:00 до 12:30", ["2026-12-03 10:00-12:30"]),
        ("13 липня о 10:00", ["2026-07-13 10:00 past"]),
        ("з 10 до 12 завтра", ["2026-11-23 10:00-12:00"]),
        ("в четверг в 11 часов", ["2026-11-26 11:00"]),
        ("послезавтра в 10", ["2026-11-24 10:00"]),
        ("через неделю в 14:00", ["2026-11-29 14:00"]),
        ("3 декабря 2026 года в 10:00", ["2026-12-03 10:00"]),
    ],
)
def test_ukrainian_and_russian(text: str, expected: list[str]) -> None:
    assert drawn(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next Tuesday at 2pm", ["2026-11-24 14:00"]),
        ("on Thursday at 10", ["2026-11-26 10:00"]),
        ("December 3, 10:00", ["2026-12-03 10:00"]),
        ("Dec 3 at 10 a.m.", ["2026-12-03 10:00"]),
        ("3rd of December 2026 at 10:00", ["2026-12-03 10:00"]),
        ("December 3 and 10 at 2 pm", ["2026-12-03 14:00", "2026-12-10 14:00"]),
        ("tomorrow at noon", ["2026-11-23 12:00"]),
        ("the day after tomorrow, 2-3pm", ["2026-11-24 14:00-15:00"]),
        ("in two weeks at 10:00", ["2026-12-06 10:00"]),
        ("by Friday", ["2026-11-27 until"]),
        ("until the end of the month", ["2026-11-30 until"]),
        ("14 to 17 December", ["2026-12-14..2026-12-17"]),
        ("26/05/2027", ["2027-05-26"]),
        ("Friday 3 December at 10", ["2026-12-03 10:00 weekday"]),
    ],
)
def test_english(text: str, expected: list[str]) -> None:
    assert drawn(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "do 80 osób",
        "1,5 млн грн, 24/7, 80-100 szt.",
        "we may march on",
        "the sun sat there",
        "30 kW+, 12 szt.",
        "2 годин роботи",
        "у 10 громадах",
        "pokój 1000",
        "2 дня назад",
        "tel. +48 22 123 45 67",
        "https://zoom.us/j/10:30",
        "",
    ],
)
def test_what_says_nothing_about_time(text: str) -> None:
    assert drawn(text) == []


def test_time_told_for_both_countries_is_one_moment() -> None:
    for text in ("3 grudnia, 10:00 Warszawa / 11:00 Kijów", "3 grudnia 10:00 czasu warszawskiego"):
        (when,) = read_dates(text, NOW, "Europe/Kyiv").whens
        assert (str(when.start), when.zone) == ("2026-12-03 10:00:00", WARSAW)
    (when,) = read_dates("3 грудня об 11:00 за Києвом", NOW, WARSAW).whens
    assert (str(when.start), when.zone) == ("2026-12-03 11:00:00", "Europe/Kyiv")


def test_next_weekday_asks_which_week_when_two_are_meant() -> None:
    monday = NOW + timedelta(days=1)
    (when,) = read_dates("next Tuesday at 2pm", monday, WARSAW).whens
    assert (when.first, when.other, when.problems) == (date(2026, 12, 1), date(2026, 11, 24), ("which-week",))


def test_past_day_keeps_its_year_and_offers_the_next() -> None:
    (when,) = read_dates("13 lipca 10:00", NOW, WARSAW).whens
    assert when.problems == ("past",)
    assert (when.first, when.other) == (date(2026, 7, 13), date(2027, 7, 13))
    assert when.other
    assert when.on(when.other, NOW).problems == ()


def test_what_is_missing_is_named() -> None:
    reading = [read_dates(text, NOW, WARSAW).whens[0] for text in ("3 grudnia", "o 10:00", "3 grudnia 10:00")]
    assert [when.missing for when in reading] == [("time",), ("date",), ()]


def test_spans_leave_the_rest_of_the_sentence() -> None:
    text = "Zróbmy spotkanie w czwartek, 3 grudnia o 10:00 w sprawie wody"
    left = text
    for start, end in reversed(read_dates(text, NOW, WARSAW).spans):
        left = left[:start] + left[end:]
    assert " ".join(left.split()) == "Zróbmy spotkanie w sprawie wody"


@given(
    day=st.dates(date(2026, 11, 23), date(2030, 12, 31)), hour=st.integers(5, 23), minute=st.integers(0, 59)
)
def test_every_day_in_figures_comes_back(day: date, hour: int, minute: int) -> None:
    for pattern in ("{:%d.%m.%Y}, {:02}:{:02}", "{:%Y-%m-%d} {:02}:{:02}", "{:%-d.%m.%Y} o {}.{:02}"):
        (when,) = read_dates(pattern.format(day, hour, minute), NOW, WARSAW).whens
        assert when.start == datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - local on purpose


@given(st.text(max_size=300) | st.text(alphabet="0123456789.:-/ opmwвdz,ої", max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    reading = read_dates(text, NOW, WARSAW)
    assert all(0 <= start < end <= len(text) for start, end in reading.spans)


def test_long_text_is_read_quickly_and_only_up_to_the_limit() -> None:
    assert read_dates("w " * 5_000 + "3 grudnia", NOW, WARSAW).whens == ()
