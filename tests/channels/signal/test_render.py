"""Drawn replies as parameters that a strict daemon takes."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.signal.render import MAX_TEXT, data_uri, editing, late, sending, styles, with_choices
from bot.channels.signal.rpc import request
from bot.dialogue.choices import Choice, recognise
from bot.errors import MessageRejected
from bot.model.message import Drawn, M, Span, verbatim
from tests.servers.signal_rules import check, files
from tests.servers.signal_rules import styles as read_styles

FAMILY = "👩‍👩‍👧"  # five code points, eight UTF-16 units
URL = "https://example.org/a"


def checked(call: dict[str, Any]) -> dict[str, Any]:
    """The parameters as the daemon reads them, after it and we found nothing wrong."""
    sent = json.loads(request("1", "send", call | {"recipient": ["x"]}))["params"]
    assert check("send", sent) == []
    return dict(sent)


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("Need: water", Span(0, 4, "bold"), "0:4:BOLD"),
        ("Потреба: вода", Span(9, 4, "italic"), "9:4:ITALIC"),
        (f"{FAMILY} Name", Span(6, 4, "bold"), "9:4:BOLD"),
        (f"a{FAMILY}b", Span(1, 5, "bold"), "1:8:BOLD"),
        ("\u202eevil\u202c bold", Span(7, 4, "bold"), "7:4:BOLD"),
        ("<b>&lt;*_`[", Span(0, 3, "bold"), "0:3:BOLD"),
    ],
)
def test_styles_count_utf16_units(text: str, span: Span, expected: str) -> None:
    """What looks like markup stays text; offsets are those of the wire."""
    [call] = sending(Drawn(text, (span,)))
    assert checked(call) == {"recipient": ["x"], "message": text, "textStyle": [expected]}


def test_choices_are_a_numbered_list() -> None:
    """Text, an empty line, then a line for each choice; line breaks in a label make no further line."""
    drawn = Drawn("Згода?", (Span(0, 6, "bold"),), (("Так", "h1"), ("Ні\n3. Завжди", "h2")))
    [call] = sending(drawn)
    assert checked(call)["message"] == "Згода?\n\n1. Так\n2. Ні 3. Завжди"
    assert call["textStyle"] == ["0:6:BOLD"]


def test_many_choices_stand_in_pages_of_nine_and_keep_their_numbers() -> None:
    """What a person types below a long list means what stands beside that number."""
    labels = [f"Громада {letter}" for letter in "АБВГДЕЖЗИКЛМНОПРСТУФ"]
    text, _ = with_choices(Drawn("Яка?", buttons=tuple((label, "h") for label in labels)))
    pages = text.split("\n\n")[1:]
    assert [len(page.splitlines()) for page in pages] == [9, 9, 2]
    offered = [Choice(f"k{n}", verbatim(label)) for n, label in enumerate(labels)]
    for line in "\n".join(pages).splitlines():
        number, _, label = line.partition(". ")
        chosen = recognise(number, offered)
        assert chosen
        assert chosen.label == M("{text}", text=label)


def test_links_show_their_address() -> None:
    """There are no links behind words, so the address follows; one that is visible is not repeated."""
    text, spans = with_choices(Drawn("див. тут і далі", (Span(0, 15, "bold"), Span(5, 3, "link", URL))))
    assert text == f"див. тут ({URL}) і далі"
    assert styles(text, spans) == [f"0:{len(text)}:BOLD"]
    assert with_choices(Drawn(URL, (Span(0, len(URL), "link", URL),)))[0] == URL


def test_styles_after_a_link_move_with_the_text() -> None:
    text, spans = with_choices(Drawn("тут далі", (Span(0, 3, "link", URL), Span(4, 4, "bold"))))
    [style] = styles(text, spans)
    start, length, _ = style.split(":")
    assert text[int(start) : int(start) + int(length)] == "далі"


def test_files_go_with_the_text() -> None:
    """The name survives in any script; the media type loses parameters that would hide it."""
    file = ("заява; №1/2\n.ics", "text/calendar; charset=utf-8; method=REQUEST", b"BEGIN")
    [call] = sending(Drawn("Зустріч", file=file))
    assert files(checked(call)) == [("заява; №1_2_.ics", "text/calendar", b"BEGIN")]
    assert call["message"] == "Зустріч"
    assert files(checked(sending(Drawn("", file=file))[0]))


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(MessageRejected):
        data_uri("a", "text/plain", b"x" * 20_000_001)


def test_long_texts_become_several_messages() -> None:
    """Nothing is lost; choices and file come with the last."""
    text = "Слово за словом. " * 2_500
    bold = Span(MAX_TEXT + 100, 500, "bold")
    calls = sending(Drawn(text, (bold,), (("Так", "h"),), ("a.ics", "text/calendar", b"x")))
    assert len(calls) == 3
    joined = "".join(checked(call)["message"] for call in calls)
    assert joined.replace(" ", "").startswith(text.replace(" ", ""))
    assert calls[-1]["message"].endswith("1. Так")
    assert ["attachments" in call for call in calls] == [False, False, True]
    assert sum(length for call in calls for _, length, _ in read_styles(call)) == 500


@pytest.mark.parametrize("text", ["", " \n", "a\0b", "half \ud83d"])
def test_impossible_texts_are_refused(text: str) -> None:
    """Before they reach the wire, as new messages, as edits and as late lines."""
    for draw in (sending, editing, lambda drawn: late(drawn, 1, "+380")):
        with pytest.raises(MessageRejected):
            draw(Drawn(text))


def test_what_comes_too_late_is_said_below() -> None:
    """The last paragraph, which is the answer chosen, quoting the question."""
    drawn = Drawn("Згода?\n\n✓ Так", (Span(8, 5, "bold"),))
    assert late(drawn, 5, "+380440000001") == {
        "message": "✓ Так",
        "textStyle": ["0:5:BOLD"],
        "quoteTimestamp": 5,
        "quoteAuthor": "+380440000001",
        "quoteMessage": "Згода?",
    }
    assert late(Drawn("Так"), 5, "+380")["message"] == "Так"


@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60),
    labels=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=12),
    cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=3),
)
def test_any_text_and_spans(text: str, labels: list[str], cuts: list[tuple[int, int]]) -> None:
    """Whatever was typed leaves as it was, and every style lies inside it."""
    spans = tuple(
        Span(start, min(length, len(text) - start), "bold") for start, length in cuts if start < len(text)
    )
    drawn = Drawn(text, spans, tuple((label, "h") for label in labels))
    if not with_choices(drawn)[0].strip():
        return
    calls = [checked(call) for call in sending(drawn)]
    assert calls[0]["message"].startswith(text if text.strip() else "")
    read_styles(calls[0])
