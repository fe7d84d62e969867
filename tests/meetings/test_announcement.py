"""Whole calls for a meeting, as coordinators send them on Tuesday 24 November 2026."""

import json
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meetings.announcement import Draft, read_announcement
from bot.meetings.texts import question
from bot.meetings.zones import to_local
from bot.model.meeting import Recurrence

NOW = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)
WARSAW = "Europe/Warsaw"


def read(text: str) -> Draft:
    return read_announcement(text, NOW, WARSAW)


@pytest.mark.parametrize(
    ("text", "expected", "missing"),
    [
        (
            "nowe spotkanie: Grupa ds. mieszkaniowych, temat: remonty bloków po ostrzale, 3 grudnia 10:00, "
            "Zoom https://zoom.us/j/1, tłumaczenie pl-ua, do 80 osób",
            {
                "title": "remonty bloków po ostrzale",
                "groups": (2,),
                "start": "2026-12-03T10:00",
                "link": "https://zoom.us/j/1",
                "interpretation": ("pl", "uk"),
                "capacity": 80,
            },
            ("agenda", "contact"),
        ),
        (
            "Zapraszamy na spotkanie grupy komunalnej w czwartek o 10, temat: woda i ciepło zimą, 1,5 godz.",
            {"title": "woda i ciepło zimą", "groups": (1,), "start": "2026-11-26T10:00", "minutes": 90},
            ("link", "agenda", "contact"),
        ),
        (
            "spotkanie: grupa 1 i 3, agregaty na zimę, co tydzień w czwartek o 10, bez tłumaczenia",
            {
                "title": "agregaty na zimę",
                "groups": (1, 3),
                "start": "2026-11-26T10:00",
                "interpretation": (),
                "recurrence": Recurrence("weekly"),
            },
            ("link", "agenda", "contact"),
        ),
        (
            "nowe spotkanie: pomoc społeczna i humanitarna, ostatni piątek miesiąca o 12:00, "
            "psycholodzy w szkołach",
            {
                "title": "psycholodzy w szkołach",
                "groups": (3,),
                "start": "2026-11-27T12:00",
                "recurrence": Recurrence("monthly", nth=-1),
            },
            ("link", "agenda", "contact"),
        ),
        (
            "nowe spotkanie: grupa mieszkaniowa, domy modułowe\n3, 10 i 17 grudnia o 10:00\n"
            "Agenda: otwarcie 10:00, przykłady, pytania\nKontakt: Anna Przykładowa, biuro@example.org",
            {
                "title": "domy modułowe",
                "groups": (2,),
                "start": "2026-12-03T10:00",
                "agenda": "otwarcie 10:00, przykłady, pytania",
                "contact": "Anna Przykładowa, biuro@example.org",
                "recurrence": Recurrence("dates", dates=("2026-12-10T10:00", "2026-12-17T10:00")),
            },
            ("link",),
        ),
        (
            "нова зустріч: група з житла, ремонт будинків після обстрілів, 3 грудня о 10:00, "
            "https://zoom.us/j/1, переклад укр-пол, до 80 осіб, контакт: office@example.org",
            {
                "title": "ремонт будинків після обстрілів",
                "groups": (2,),
                "start": "2026-12-03T10:00",
                "link": "https://zoom.us/j/1",
                "interpretation": ("uk", "pl"),
                "capacity": 80,
                "contact": "office@example.org",
            },
            ("agenda",),
        ),
        (
            "нарада: комунальна + житлова групи, підготовка до зими, кожного четверга об 11:00, 90 хв",
            {
                "title": "підготовка до зими",
                "groups": (1, 2),
                "start": "2026-11-26T11:00",
                "minutes": 90,
                "recurrence": Recurrence("weekly"),
            },
            ("link", "agenda", "contact"),
        ),
        (
            "Комунальна група збирається у п'ятницю о 14. Тема: водоканали. Посилання https://zoom.us/j/5",
            {
                "title": "водоканали",
                "groups": (1,),
                "start": "2026-11-27T14:00",
                "link": "https://zoom.us/j/5",
            },
            ("agenda", "contact"),
        ),
        (
            "нова зустріч: євроінтеграція, стратегії громад, щомісяця в перший вівторок місяця о 15, "
            "без перекладу",
            {
                "title": "стратегії громад",
                "groups": (4,),
                "start": "2026-12-01T15:00",
                "interpretation": (),
                "recurrence": Recurrence("monthly", nth=1),
            },
            ("link", "agenda", "contact"),
        ),
        (
            "new meeting: housing group, repairs of blocks after shelling, 3 December 10:00-11:30, "
            "https://zoom.us/j/1, interpretation Polish and Ukrainian, up to 80 people",
            {
                "title": "repairs of blocks after shelling",
                "groups": (2,),
                "start": "2026-12-03T10:00",
                "minutes": 90,
                "link": "https://zoom.us/j/1",
                "interpretation": ("pl", "uk"),
                "capacity": 80,
            },
            ("agenda", "contact"),
        ),
        (
            "nowe spotkanie: grupa komunalna, pompy, co czwartek o 10, przez godzinę",
            {
                "title": "pompy",
                "groups": (1,),
                "start": "2026-11-26T10:00",
                "minutes": 60,
                "recurrence": Recurrence("weekly"),
            },
            ("link", "agenda", "contact"),
        ),
        (
            "spotkanie mieszkaniowe: domy modułowe, jutro 12:00, będzie tłumaczenie symultaniczne",
            {
                "title": "domy modułowe",
                "groups": (2,),
                "start": "2026-11-25T12:00",
                "interpretation": ("pl", "uk"),
            },
            ("link", "agenda", "contact"),
        ),
        (
            "нова зустріч\nГрупа: комунальна\nТема: вода взимку, насоси\nКоли: 4 грудня о 10:00 (за Києвом)\n"
            "Посилання: https://zoom.us/j/1\nПереклад: немає\nМісць: 80\nКонтакт: +380 44 000 00 00",
            {
                "title": "вода взимку, насоси",
                "groups": (1,),
                "start": "2026-12-04T10:00",
                "zone": "Europe/Kyiv",
                "link": "https://zoom.us/j/1",
                "interpretation": (),
                "capacity": 80,
                "contact": "+380 44 000 00 00",
            },
            ("agenda",),
        ),
        (
            "new meeting: groups 1 and 4, a joint water project, 10 December at 2pm Warsaw time, 90 minutes, "
            "https://teams.microsoft.com/l/x, max 50, contact: office@example.org, "
            "agenda: intro; examples; questions",
            {
                "title": "a joint water project",
                "groups": (1, 4),
                "start": "2026-12-10T14:00",
                "minutes": 90,
                "link": "https://teams.microsoft.com/l/x",
                "capacity": 50,
                "contact": "office@example.org",
                "agenda": "intro; examples; questions",
            },
            (),
        ),
        (
            "new meeting: EU integration, procurement law, every two weeks on Tuesday at 2pm, for two hours",
            {
                "title": "procurement law",
                "groups": (4,),
                "start": "2026-12-01T14:00",
                "minutes": 120,
                "recurrence": Recurrence("weekly", every=2),
            },
            ("link", "agenda", "contact"),
        ),
        (
            "nowe spotkanie: integracja z UE, fundusze, 13 lipca o 10",
            {
                "title": "fundusze",
                "groups": (4,),
                "start": "2026-07-13T10:00",
                "problems": ("past",),
                "other": "2027-07-13",
            },
            ("link", "agenda", "contact"),
        ),
        ("/meeting", {}, ("title", "groups", "date", "time", "link", "agenda", "contact")),
        (
            "nowe spotkanie: remonty mieszkaniowe po ostrzale, w czwartek",
            {"title": "remonty mieszkaniowe po ostrzale", "start": "2026-11-26"},
            ("groups", "time", "link", "agenda", "contact"),
        ),
        (
            "nowe spotkanie: grupa komunalna, pompy, o 11:00",
            {"title": "pompy", "groups": (1,), "start": "T11:00"},
            ("date", "link", "agenda", "contact"),
        ),
    ],
)
def test_a_call_is_taken_apart(text: str, expected: dict[str, Any], missing: tuple[str, ...]) -> None:
    draft = read(text)
    assert draft == Draft(**{"zone": WARSAW, **expected})
    assert draft.missing == missing


def test_a_draft_survives_storage() -> None:
    for text in ("nowe spotkanie: grupa 2, dachy, 3 i 10 grudnia 10:00", "зустріч: житло, без перекладу"):
        draft = read(text)
        assert Draft.from_json(json.loads(json.dumps(draft.to_json()))) == draft


def test_a_draft_becomes_a_meeting_once_its_start_is_known() -> None:
    draft = read("spotkanie: grupa 2, dachy, 3 grudnia 10:00, do 80 osób, agenda: przykłady")
    planned = draft.meeting("m1", "pl")
    assert (planned.start, planned.minutes, planned.capacity) == ("2026-12-03T10:00", 60, 80)
    assert to_local(planned.start_at, "UTC") == datetime(2026, 12, 3, 9, tzinfo=UTC)
    assert (planned.titles, planned.agendas) == ({"pl": "dachy"}, {"pl": "przykłady"})
    with pytest.raises(ValueError, match="a date and a time"):
        read("spotkanie: grupa 2, dachy, 3 grudnia").meeting("m1", "pl")


def test_the_doubt_about_a_start_can_be_asked() -> None:
    asked = [
        question(read(f"spotkanie: dachy, {day} 10:00").when)
        for day in ("13 lipca", "31 czerwca", "3 grudnia")
    ]
    assert [bool(message) for message in asked] == [True, True, False]


def test_link_is_taken_as_typed_and_judged_elsewhere() -> None:
    assert (
        read("spotkanie: grupa 1, woda, https://zoom.us@evil.example/j").link
        == "https://zoom.us@evil.example/j"
    )


@pytest.mark.parametrize(
    "bit", ["1, ", "1 i 2 i ", "3-4 i ", "10:00 ", "w kazdy ", "co miesiac ", "pl ", "pl-", "\n", "https://"]
)
def test_repetition_does_not_slow_it_down(bit: str) -> None:
    began = perf_counter()
    read(bit * (2_000 // len(bit)))
    assert perf_counter() - began < 1.5


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    draft = read(text)
    assert len(draft.title) <= 120
