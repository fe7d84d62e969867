"""Drawn replies as parameters of calls that a strict server would take."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.split import pieces
from bot.channels.telegram.render import MAX_TEXT, Call, editing, entities, sending
from bot.errors import MessageRejected
from bot.model.message import Drawn, Span
from tests.servers.telegram_rules import check

FAMILY = "👩‍👩‍👧"  # five code points, eight UTF-16 units
NOWHERE = "https://example.org/a"


def checked(call: Call) -> dict[str, Any]:
    """The parameters as the server reads them, after it found nothing wrong."""
    as_read = {
        key: value if key in ("document", "photo") else json.loads(json.dumps(value))
        for key, value in call.parameters.items()
    }
    check(call.method, as_read | {"chat_id": 1})
    return as_read


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("Need: water", Span(0, 4, "bold"), ("bold", 0, 4)),
        ("Потреба: вода", Span(9, 4, "italic"), ("italic", 9, 4)),
        (f"{FAMILY} Name", Span(6, 4, "bold"), ("bold", 9, 4)),
        (f"a{FAMILY}b", Span(1, 5, "bold"), ("bold", 1, 8)),
        ("\u202eevil\u202c bold", Span(7, 4, "bold"), ("bold", 7, 4)),
        ("<b>&lt;*_`[", Span(0, 3, "bold"), ("bold", 0, 3)),
    ],
)
def test_entity_offsets_count_utf16_units(text: str, span: Span, expected: tuple[str, int, int]) -> None:
    [entity] = entities(text, [span])
    assert (entity["type"], entity["offset"], entity["length"]) == expected
    cut = text.encode("utf-16-le")[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2]
    assert cut.decode("utf-16-le") == text[span.start : span.start + span.length]


def test_a_plain_reply() -> None:
    drawn = Drawn("Read *this*", (Span(0, 4, "link", NOWHERE),), (("Yes", "h1"), ("No", "h2")))
    [call] = sending(drawn)
    assert call.method == "sendmessage"
    assert checked(call) == {
        "text": "Read *this*",
        "entities": [{"type": "text_link", "offset": 0, "length": 4, "url": NOWHERE}],
        "link_preview_options": {"is_disabled": True},
        "protect_content": True,
        "reply_markup": {
            "inline_keyboard": [
                [{"text": "Yes", "callback_data": "h1"}],
                [{"text": "No", "callback_data": "h2"}],
            ]
        },
    }


def test_4096_characters_are_one_message_and_one_more_makes_two() -> None:
    assert [len(checked(call)["text"]) for call in sending(Drawn("👍" * 4096))] == [4096]
    assert [len(checked(call)["text"]) for call in sending(Drawn("👍" * 4097))] == [4096, 1]


def test_a_long_text_keeps_spans_and_shows_its_buttons_last() -> None:
    text = "\n\n".join(f"Абзац {n}: " + "слово " * 80 + "кінець." for n in range(12))
    span = Span(text.index("Абзац 6"), len(text) - text.index("Абзац 6"), "bold")
    calls = sending(Drawn(text, (span,), (("Далі", "h"),)))
    read = [checked(call) for call in calls]
    assert len(read) == 2
    assert "\n\n".join(part["text"] for part in read) == text
    assert ["reply_markup" in part for part in read] == [False, True]
    bold = [
        part["text"][mark["offset"] : mark["offset"] + mark["length"]]
        for part in read
        for mark in part.get("entities", [])
    ]
    assert "\n\n".join(bold) == text[span.start :]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one two three four", ["one two", "three four"]),
        ("One is. Two is it", ["One is.", "Two is it"]),
        ("aaaaaa\nbb bb ccc", ["aaaaaa", "bb bb ccc"]),
        ("aaaaa\n\nb\nc d e f g", ["aaaaa", "b\nc d e f", "g"]),
        ("a" * 23, ["a" * 10, "a" * 10, "aaa"]),
        ("aaaaaaaa" + FAMILY + "b", ["aaaaaaaa", FAMILY + "b"]),
        ("aaaaaaaaae\u0301e", ["aaaaaaaaa", "e\u0301e"]),
        (" " * 30 + "a", ["a"]),
    ],
)
def test_where_a_long_text_is_cut(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in pieces(text, 10)] == expected


@given(st.text(alphabet=st.sampled_from("ab .\n!…\u200d👩\u0301я"), max_size=200), st.integers(8, 40))
def test_nothing_but_blanks_is_lost_at_a_cut(text: str, limit: int) -> None:
    ranges = list(pieces(text, limit))
    assert all(0 < end - start <= limit for start, end in ranges)
    kept = "".join(text[start:end] for start, end in ranges)
    assert "".join(kept.split()) == "".join(text.split())


LONG = st.builds(
    lambda seed, times: seed * times,
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40),
    st.integers(1, 300),
)


@given(LONG, st.lists(st.integers(1, 9000), max_size=8))
def test_any_text_is_taken_by_a_strict_server(text: str, lengths: list[int]) -> None:
    nested = tuple(Span(0, min(length, len(text)), "bold") for length in lengths)
    try:
        calls = sending(Drawn(text, nested, (("OK", "h"),)))
    except MessageRejected:
        assert not text.strip()
        return
    for call in calls:
        checked(call)


def test_more_than_100_spans_are_cut_to_100() -> None:
    drawn = Drawn("ab" * 200, tuple(Span(2 * n, 1, "bold") for n in range(150)))
    assert len(checked(sending(drawn)[0])["entities"]) == 100


@pytest.mark.parametrize(
    "drawn",
    [
        Drawn(""),
        Drawn(" \n\t"),
        Drawn("a\0b"),
        Drawn("a\ud800b"),
        Drawn("a", buttons=(("", "h"),)),
        Drawn("a", buttons=(("x\udfff", "h"),)),
        Drawn("a", buttons=(("x", ""),)),
        Drawn("a", buttons=(("x", "я" * 33),)),
        Drawn("a", buttons=(("x", "h"),) * 101),
        Drawn("a", buttons=(("довга назва " * 10, "h" * 64),) * 50),
        Drawn("", file=("a.ics", "text/calendar", b"x"), buttons=(("x", ""),)),
    ],
)
def test_what_can_never_be_sent(drawn: Drawn) -> None:
    with pytest.raises(MessageRejected):
        sending(drawn)
    with pytest.raises(MessageRejected):
        editing(drawn)


def test_the_fullest_keyboard_that_is_allowed() -> None:
    buttons = tuple((f"Громада {n}", "h" * 40) for n in range(100))
    assert (
        len(checked(sending(Drawn("Which?", buttons=buttons))[0])["reply_markup"]["inline_keyboard"]) == 100
    )


def test_files() -> None:
    calendar = ("a.ics", "text/calendar", b"BEGIN:VCALENDAR")
    picture = ("map.png", "image/png", b"\x89PNG")
    [captioned] = sending(Drawn("Meeting", (Span(0, 7, "bold"),), file=calendar))
    assert captioned.method == "senddocument"
    assert checked(captioned)["caption"] == "Meeting"
    assert captioned.parameters["document"].filename == "a.ics"
    assert [call.method for call in sending(Drawn("Map", file=picture, buttons=(("x", "h"),)))] == [
        "sendphoto",
        "sendmessage",
    ]
    long = sending(Drawn("x" * 1025, file=calendar))
    assert [call.method for call in long] == ["senddocument", "sendmessage"]
    for blank in ("", " \n"):
        [silent] = sending(Drawn(blank, file=calendar, buttons=(("x", "h"),)))
        assert silent.method == "senddocument"
        assert set(checked(silent)) == {"document", "reply_markup"}


def test_the_location_button_gives_way_to_other_buttons() -> None:
    [alone] = sending(Drawn("Where?", location_asked=True))
    assert checked(alone)["reply_markup"]["keyboard"][0][0]["request_location"] is True
    [both] = sending(Drawn("Where?", buttons=(("Back", "h"),), location_asked=True))
    assert "inline_keyboard" in checked(both)["reply_markup"]


def test_editing_replaces_the_last_piece() -> None:
    parameters = editing(Drawn("x" * (MAX_TEXT + 5), buttons=(("A", "h"),)))
    assert parameters["text"] == "xxxxx"
    check("editmessagetext", parameters | {"chat_id": 1, "message_id": 2})
    assert "reply_markup" not in editing(Drawn("done"))
