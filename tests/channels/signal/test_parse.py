"""Raw reports as what a person did."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.signal.parse import enveloped, kind_of, long_text, parse, sender_of, with_text
from bot.channels.signal.receipts import Receipt, receipt_of
from bot.model.incoming import Incoming, Location
from tests.servers.signal import OKSANA
from tests.servers.signal_world import ACCOUNT, SPARE

AT = 1_760_000_000_123
OURS = 1_759_999_998_000
GROUP = {"groupId": "Z3JvdXA=", "groupName": "g", "revision": 1, "type": "DELIVER"}
PLACE = "Ратуша\nhttps://maps.google.com/maps?q=50.45%2C30.52"


def report(content: dict[str, Any], **beside: Any) -> dict[str, Any]:
    envelope = {"source": OKSANA, "sourceNumber": None, "sourceUuid": OKSANA, "sourceName": "Оксана"}
    return {
        "envelope": envelope | {"sourceDevice": 1, "timestamp": AT} | content,
        "account": ACCOUNT,
    } | beside


def data(**members: Any) -> dict[str, Any]:
    base = {"timestamp": AT, "message": None, "expiresInSeconds": 0, "isExpirationUpdate": False}
    return report({"dataMessage": base | {"viewOnce": False} | members})


def reaction(emoji: str, **members: Any) -> dict[str, Any]:
    base = {"emoji": emoji, "targetAuthor": ACCOUNT, "targetSentTimestamp": OURS, "isRemove": False}
    return data(reaction=base | members)


def attached(*media_types: str, **members: Any) -> dict[str, Any]:
    files = [{"contentType": media_type, "id": "f", "size": 5} for media_type in media_types]
    return data(attachments=files, **members)


def exception(name: str) -> dict[str, Any]:
    return report({}, exception={"message": "m", "type": name})


def of(**fields: Any) -> Incoming:
    common: dict[str, Any] = {"address": f"signal:{OKSANA}", "sent_at": AT}
    return Incoming(**common | fields)


EDIT = report(
    {"editMessage": {"targetSentTimestamp": AT - 5, "dataMessage": {"timestamp": AT, "message": "1"}}}
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (data(message="2"), of(text="2")),
        (data(message="<b>&amp; \u202e\0"), of(text="<b>&amp; \u202e\0")),
        (
            data(message="\ufffc привіт", mentions=[{"name": "n", "start": 0, "length": 1}]),
            of(text=" привіт"),
        ),
        (data(message="так", expiresInSeconds=3600), of(text="так", expires_in=3600)),
        (data(message="2", quote={"id": OURS, "author": ACCOUNT}), of(text="2", quoted=str(OURS))),
        (reaction("1️⃣"), of(ordinal=1, quoted=str(OURS))),
        (reaction("9\u20e3"), of(ordinal=9, quoted=str(OURS))),
        (reaction("🔟"), of(ordinal=10, quoted=str(OURS))),
        (reaction("👍"), of(text="👍", quoted=str(OURS))),
        (reaction("👍🏿"), of(text="👍", quoted=str(OURS))),
        (reaction("👎🏻"), of(text="👎", quoted=str(OURS))),
        (reaction("✅"), of(text="✅", quoted=str(OURS))),
        (reaction("0️⃣"), None),
        (reaction("❤️"), None),
        (reaction("👍", isRemove=True), None),
        (EDIT, of(text="1", edits=str(AT - 5))),
        (data(remoteDelete={"timestamp": AT - 5}), of(presence="deleted", edits=str(AT - 5))),
        (data(isExpirationUpdate=True, expiresInSeconds=60), of(presence="timer", expires_in=60)),
        (data(isExpirationUpdate=True), of(presence="timer")),
        (data(message=PLACE), of(location=Location(50.45, 30.52))),
        (
            data(message="https://maps.google.com/maps?q=99,30"),
            of(text="https://maps.google.com/maps?q=99,30"),
        ),
        (attached("audio/aac"), of(refused="voice")),
        (attached("image/jpeg", message="ось"), of(refused="photo")),
        (attached("image/jpeg", message=PLACE), of(location=Location(50.45, 30.52))),
        (attached("video/mp4"), of(refused="file")),
        (attached("text/x-signal-plain", message="довгий"), of(text="довгий")),
        (data(sticker={"packId": "p", "stickerId": 1}), of(refused="sticker")),
        (data(contacts=[{"name": {}}]), of(refused="other")),
        (data(viewOnce=True), of(refused="other")),
        (exception("UntrustedIdentityException"), of(presence="rekeyed")),
        (exception("ProtocolNoSessionException"), of(refused="other")),
    ],
)
def test_what_a_person_does(given: dict[str, Any], expected: Incoming | None) -> None:
    """Each kind of input becomes one kind of ``Incoming``."""
    assert parse(json.dumps(given)) == expected


@pytest.mark.parametrize(
    "given",
    [
        report({"typingMessage": {"action": "STARTED", "timestamp": AT}}),
        report({"receiptMessage": {"when": AT, "isDelivery": True, "timestamps": [OURS]}}),
        report({"syncMessage": {"sentMessage": {"destinationUuid": OKSANA, "message": "2"}}}),
        report({"syncMessage": {}}),
        report({"callMessage": {"offerMessage": {"id": 1}}}),
        report({"storyMessage": {"allowsReplies": True}}),
        report({}),
        data(),
        data(message="", attachments=[]),
        data(message="2", groupInfo=GROUP),
        data(groupInfo=GROUP | {"type": "UPDATE"}),
        data(message="гарно", storyContext={"authorUuid": OKSANA}),
        data(pollVote={"optionIndexes": [0], "voteCount": 1}),
        report({"editMessage": {"dataMessage": {"message": "x", "groupInfo": GROUP}}}),
        report({"sourceNumber": ACCOUNT, "dataMessage": {"timestamp": AT, "message": "ours"}}),
        report({"sourceUuid": None, "dataMessage": {"timestamp": AT, "message": "nobody"}}),
        exception("ProtocolDuplicateMessageException"),
        exception("SelfSendException"),
    ],
)
def test_what_is_no_input(given: dict[str, Any]) -> None:
    """Receipts, signs, groups, our own and empty messages mean nothing."""
    assert parse(json.dumps(given)) is None


def test_what_is_no_input_is_not_stored() -> None:
    """Only an exception that means nothing is kept; it names no content."""
    assert enveloped(data(message="2", groupInfo=GROUP)) is None
    assert enveloped(report({"typingMessage": {}})) is None


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (data(message="2"), "text"),
        (EDIT, "edit"),
        (reaction("👍"), "reaction"),
        (data(remoteDelete={"timestamp": 1}), "deletion"),
        (data(isExpirationUpdate=True), "timer"),
        (exception("UntrustedIdentityException"), "exception"),
    ],
)
def test_key_and_lane(given: dict[str, Any], kind: str) -> None:
    """The key is sender, time and kind; the lane is the sender."""
    envelope = enveloped(given)
    assert envelope
    assert (envelope.key, envelope.lane) == (f"signal:{OKSANA}:{AT}:{kind}", f"signal:{OKSANA}")


def test_people_are_known_by_their_identifier_only() -> None:
    """A changed number or name makes no other person; letter case neither."""
    other = data(message="2")
    other["envelope"] |= {"sourceNumber": "+48500000001", "sourceName": "X", "sourceUuid": OKSANA.upper()}
    assert parse(json.dumps(other)) == of(text="2", language="pl")


def test_ids_of_the_spare_account_are_marked() -> None:
    """What answers a message of the spare account does not answer one of the main account."""
    answer = reaction("👍") | {"account": SPARE}
    assert parse(json.dumps(answer), SPARE) == of(text="👍", quoted=f"{OURS}*")


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "[]",
        "{}",
        '{"envelope": 5}',
        "[" * 100_000,
        json.dumps(data(message=5)),
        json.dumps(data(message="a", quote={"id": "5"})),
        json.dumps(data(message="a", quote={"id": -5})),
        json.dumps(data(message="a", expiresInSeconds="x")),
        json.dumps(data(message="a") | {"envelope": data(message="a")["envelope"] | {"timestamp": 10**30}}),
        json.dumps(data(attachments=7)),
    ],
)
def test_what_cannot_be(raw: str) -> None:
    """Broken reports are refused with the one error that puts them aside."""
    with pytest.raises(ValueError):  # noqa: PT011 - which one does not matter
        parse(raw)


def test_long_texts_are_completed() -> None:
    """A text over 2,000 bytes comes as its beginning and a file, if the file goes on with it."""
    cut = attached("image/png", "text/x-signal-plain", message="почат")
    assert (long_text(cut) or {})["contentType"] == "text/x-signal-plain"
    assert long_text(attached("image/png")) is None
    whole = attached("text/x-signal-plain", message="почат")
    assert parse(json.dumps(with_text(whole, "початок і кінець"))) == of(text="початок і кінець")
    assert parse(json.dumps(with_text(whole, "щось інше"))) == of(text="почат")


def test_receipts() -> None:
    """A receipt names our messages; everything else is none."""
    content = {"when": AT, "isDelivery": False, "isRead": True, "isViewed": False, "timestamps": [OURS, 5]}
    assert receipt_of(report({"receiptMessage": content})) == Receipt(f"signal:{OKSANA}", (OURS, 5), True)
    assert receipt_of(report({"receiptMessage": {"timestamps": "x"}})) is None
    assert receipt_of(data(message="2")) is None


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
_NAMES = (
    "timestamp message expiresInSeconds isExpirationUpdate viewOnce quote reaction attachments sticker "
    "contacts remoteDelete groupInfo mentions pollCreate pollVote storyContext"
)
_MEMBERS = st.fixed_dictionaries({}, optional=dict.fromkeys(_NAMES.split(), _VALUES))
_CONTENT = st.fixed_dictionaries({"dataMessage": _MEMBERS | _VALUES}) | st.fixed_dictionaries(
    {"editMessage": st.fixed_dictionaries({"dataMessage": _MEMBERS}) | _VALUES}
)


@given(content=_CONTENT, beside=st.dictionaries(st.sampled_from(["exception", "account"]), _VALUES))
def test_whatever_comes(content: dict[str, Any], beside: dict[str, Any]) -> None:
    """Any members of any type: nothing but a refusal; what is looked at before storing never fails."""
    odd = report(content) | beside
    for look in (kind_of, sender_of, enveloped, long_text, receipt_of):
        look(odd)
    with_text(odd, "text")
    with suppress(ValueError):
        parse(json.dumps(odd))


@given(raw=st.text())
def test_any_text(raw: str) -> None:
    """No text on the wire ends in anything but a refusal."""
    with suppress(ValueError):
        parse(raw)
