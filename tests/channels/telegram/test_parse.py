"""Raw updates as what a person did."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.parse import parse, sent_in
from bot.model.incoming import Incoming, Location

PERSON = {"id": 7, "is_bot": False, "first_name": "N", "language_code": "pl-PL"}
CHAT = {"id": 7, "type": "private"}
GROUP = {"id": -5, "type": "group", "title": "g"}
BASE = {"message_id": 10, "date": 1_700_000_000, "chat": CHAT, "from": PERSON}


def of(**fields: Any) -> Incoming:
    common: dict[str, Any] = {"address": "telegram:7", "language": "pl-PL", "sent_at": 1_700_000_000_000}
    return Incoming(**common | fields)


def message(**fields: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": BASE | fields}


def press(**fields: Any) -> dict[str, Any]:
    query = {"id": "1", "from": PERSON, "message": BASE, "chat_instance": "1", "data": "h"}
    return {"update_id": 1, "callback_query": query | fields}


def member(status: str, chat: dict[str, Any] = CHAT) -> dict[str, Any]:
    change = {"chat": chat, "from": PERSON, "date": 5, "new_chat_member": {"status": status, "user": {}}}
    return {"update_id": 1, "my_chat_member": change}


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (message(text="Потрібен генератор"), of(text="Потрібен генератор")),
        (message(text="/start aB_-9"), of(text="/start aB_-9")),
        (message(text="<b>&amp;_*\u202e\u200b\ud800\0"), of(text="<b>&amp;_*\u202e\u200b\ud800\0")),
        (message(text="так", reply_to_message={"message_id": 4}), of(text="так", quoted="4")),
        (
            message(location={"latitude": 50.5, "longitude": 30}),
            of(location=Location(50.5, 30.0)),
        ),
        (message(voice={"file_id": "x"}), of(refused="voice")),
        (message(video_note={"file_id": "x"}), of(refused="voice")),
        (message(photo=[{}], caption="see"), of(refused="photo")),
        (message(sticker={}), of(refused="sticker")),
        (message(document={}), of(refused="file")),
        (message(animation={}, document={}), of(refused="file")),
        (message(contact={"phone_number": "+1"}), of(refused="other")),
        (message(poll={}), of(refused="other")),
        (message(something_new={}), of(refused="other")),
        (message(pinned_message={}), None),
        (message(message_auto_delete_timer_changed={}), None),
        (message(text="hi", chat=GROUP), None),
        (message(text="hi", chat={"id": -7, "type": "channel"}), None),
        (message(text="hi", **{"from": PERSON | {"is_bot": True}}), None),
        (press(), of(handle="h", quoted="10", sent_at=0)),
        (press(message={"message_id": 3, "date": 0, "chat": CHAT}), of(handle="h", quoted="3", sent_at=0)),
        (press(message={**BASE, "chat": GROUP}), None),
        (press(message=None), None),
        (member("kicked"), of(presence="blocked", sent_at=5000)),
        (member("member"), of(presence="returned", sent_at=5000)),
        (member("member", GROUP), None),
        ({"update_id": 1, "edited_message": BASE | {"text": "x"}}, None),
        ({"update_id": 1, "channel_post": BASE}, None),
        ({"update_id": 1}, None),
    ],
)
def test_what_a_person_did(update: dict[str, Any], expected: Incoming | None) -> None:
    assert parse(json.dumps(update)) == expected


def test_a_client_without_a_language() -> None:
    update = message(text="x", **{"from": {"id": 7, "is_bot": False, "first_name": "N"}})
    incoming = parse(json.dumps(update))
    assert incoming is not None
    assert incoming.language == ""


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{",
        "[]",
        "7",
        "[" * 100_000,
        json.dumps({"message": 5}),
        json.dumps(message(text=5)),
        json.dumps(message(text="x", date=10**15)),
        json.dumps(message(text="x", date=-1)),
        json.dumps(message(text="x", date=None)),
        json.dumps(message(text="x", chat={"id": "7", "type": "private"})),
        json.dumps(message(text="x", chat=None)),
        json.dumps(message(location={"latitude": 95, "longitude": 0})),
        json.dumps(message(location={"latitude": float("nan"), "longitude": 0})),
        json.dumps(message(location={"latitude": "1", "longitude": 0})),
        json.dumps(message(text="x", reply_to_message={})),
        json.dumps(press(data=5)),
        json.dumps(press(**{"from": {}})),
        json.dumps({"my_chat_member": {"chat": CHAT, "from": PERSON, "date": 1}}),
    ],
)
def test_an_impossible_update_is_a_value_error(raw: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the contract of parse is ValueError and nothing finer
        parse(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("chat", "from", "id", "type", "text", "date", "data", "message")), inner
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(("message", "callback_query", "my_chat_member", "other")), JSON)
def test_any_json_is_understood_or_a_value_error(kind: str, content: Any) -> None:
    update = {"update_id": 1, kind: content}
    assert isinstance(sent_in(update), dict)
    with suppress(ValueError):
        parse(json.dumps(update))
