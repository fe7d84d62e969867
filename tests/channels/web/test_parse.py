"""What phones send, read into what people did."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.parse import TEXT_LIMIT, parse
from bot.model.incoming import Incoming, Location

ID = "0b0f2a30-0000-4000-8000-000000000001"
HEAD = {"phone": "mayor", "id": ID, "at": 1_764_000_000_000, "language": "uk"}


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        ({"text": "вода"}, {"text": "вода"}),
        ({"text": "😀" * TEXT_LIMIT}, {"text": "😀" * TEXT_LIMIT}),
        ({"text": "\ud800"}, {"text": "\ud800"}),
        ({"handle": "h", "message": "b1"}, {"handle": "h", "quoted": "b1"}),
        ({"location": {"lat": 50, "lon": -3.5}}, {"location": Location(50.0, -3.5)}),
        ({"refused": "photo"}, {"refused": "photo"}),
    ],
)
def test_understood(deed: dict[str, Any], expected: dict[str, Any]) -> None:
    """Each kind of deed fills its own field; a lone surrogate survives the way through JSON."""
    wanted = Incoming("web:mayor", language="uk", sent_at=1_764_000_000_000, **expected)
    assert parse(json.dumps(HEAD | deed)) == wanted


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "[]",
        "null",
        "[" * 50_000,
        json.dumps({"text": "no head"}),
        json.dumps(HEAD),
        json.dumps(HEAD | {"id": "1", "text": "short id"}),
        json.dumps(HEAD | {"id": 7, "text": "numeric id"}),
        json.dumps(HEAD | {"text": " \n"}),
        json.dumps(HEAD | {"text": "я" * (TEXT_LIMIT + 1)}),
        json.dumps(HEAD | {"text": 5}),
        json.dumps(HEAD | {"handle": "", "message": "b1"}),
        json.dumps(HEAD | {"handle": "h" * 65, "message": "b1"}),
        json.dumps(HEAD | {"handle": "h"}),
        json.dumps(HEAD | {"location": {"lat": 91, "lon": 0}}),
        json.dumps(HEAD | {"location": {"lat": float("nan"), "lon": 0}}),
        json.dumps(HEAD | {"location": [1, 2]}),
        json.dumps(HEAD | {"refused": "elephant"}),
    ],
)
def test_refused(raw: str) -> None:
    """Whatever no phone sends is a ValueError, and nothing else."""
    with pytest.raises(ValueError):  # noqa: PT011 - its text is for people; the kind is the contract
        parse(raw)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
keys = st.sampled_from(["phone", "id", "at", "language", "text", "handle", "message", "location", "refused"])


@given(st.dictionaries(keys, values), st.booleans())
def test_any_object_is_understood_or_refused(data: dict[str, Any], headed: bool) -> None:
    """No JSON object does anything but give an Incoming or a ValueError."""
    with suppress(ValueError):
        assert isinstance(parse(json.dumps(data | HEAD if headed else data)), Incoming)
