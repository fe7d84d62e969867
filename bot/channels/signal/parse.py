"""Reports of signal-cli as what a person did."""

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

from bot.channels.channel import Envelope
from bot.model.incoming import Incoming, Location

Kind = Literal["text", "edit", "deletion", "reaction", "timer", "exception"]

LONG_TEXT = "text/x-signal-plain"
"""Media type of the attachment that holds the whole of a text over 2,000 bytes."""
SPARE = "*"
"""Ends the id of a message that went out from, or belongs to, the spare account."""

_PERSON = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KEYCAP = re.compile("([1-9])\ufe0f?\u20e3")
_SIGNS = {"👍": "👍", "👎": "👎", "✅": "✅", "❌": "❌", "🔟": "10", "👌": "👍"}
_NOT_THE_SIGN = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")  # skin tones and the choice of a coloured picture
_MAP_LINK = re.compile(
    r"https://maps\.google\.com/maps\?q=(-?[0-9]{1,2}\.?[0-9]*)(?:,|%2C)(-?[0-9]{1,3}\.?[0-9]*)\s*$"
)
_MENTION = "\ufffc"
_LANGUAGES = {"+48": "pl", "+380": "uk"}
_UNREADABLE = re.compile(
    r"Protocol(NoSession|InvalidKey|InvalidKeyId|InvalidMessage|InvalidVersion)Exception"
)
_LATEST = 253_402_300_799_999  # the last millisecond of the year 9999

Report = Mapping[str, Any]


def parse(raw: str, spare: str = "") -> Incoming | None:
    """What the person did, or None when there is nothing to answer.

    A reaction with a keycap is an ordinal, one with a thumb is text, both with ``quoted``. An edited
    message is a text with ``edits``; a deleted one, a changed timer and a changed safety number are a
    ``presence``. ``sent_at`` is also the id of the person's message.

    Args:
        spare: Number of the spare account; ids of what concerns it end with ``SPARE``.

    Raises:
        ValueError: The report is no JSON object, or a member has a type or value that cannot be.
    """
    report = _load(raw)
    envelope = _object(report.get("envelope"))
    kind = kind_of(report)
    if kind is None:
        return None
    sent_at = _moment(envelope.get("timestamp"))
    mark = SPARE if spare and report.get("account") == spare else ""
    what = _exception(report) if kind == "exception" else _content(envelope, mark)
    if not what:
        return None
    language = _language(envelope.get("sourceNumber"))
    return Incoming(address=f"signal:{sender_of(report)}", language=language, sent_at=sent_at, **what)


def enveloped(report: Report) -> Envelope | None:
    """The report as it is stored; None when it is nothing a person meant for the bot.

    The key is sender, time and kind: the daemon may report the same thing twice, and a reaction may
    bear the time of another message.
    """
    kind, sender = kind_of(report), sender_of(report)
    if kind is None or not sender:
        return None
    key = f"signal:{sender}:{report['envelope'].get('timestamp')}:{kind}"
    return Envelope(key, json.dumps(report), f"signal:{sender}")


def kind_of(report: Report) -> Kind | None:
    """What kind of input the report is; None for all that is none.

    None are: what our own devices sent, receipts, typing signs, calls, stories, groups, votes, empty
    messages.
    """
    envelope = report.get("envelope")
    if not isinstance(envelope, dict) or not sender_of(report):
        return None
    if report.get("account") and envelope.get("sourceNumber") == report.get("account"):
        return None
    data, edit = envelope.get("dataMessage"), envelope.get("editMessage")
    if isinstance(edit, dict):
        inner = edit.get("dataMessage")
        return (
            "edit" if isinstance(inner, dict) and "groupInfo" not in inner and inner.get("message") else None
        )
    if isinstance(data, dict):
        return _kind_of_message(data)
    return "exception" if isinstance(report.get("exception"), dict) else None


def sender_of(report: Report) -> str:
    """Who sent it, by the identifier that never changes; empty where there is none."""
    envelope = report.get("envelope")
    sender = envelope.get("sourceUuid") if isinstance(envelope, dict) else None
    return sender.lower() if isinstance(sender, str) and _PERSON.fullmatch(sender.lower()) else ""


def long_text(report: Report) -> Mapping[str, Any] | None:
    """The attachment with the whole text of which the message holds only the beginning."""
    data = _message(report.get("envelope", {}))
    attached = data.get("attachments") if data else None
    for item in attached if isinstance(attached, list) else ():
        if isinstance(item, dict) and item.get("contentType") == LONG_TEXT:
            return item
    return None


def with_text(report: Report, text: str) -> Report:
    """The same report with the whole text, if that really begins with what was reported."""
    copy: dict[str, Any] = json.loads(json.dumps(report))
    data = _message(copy["envelope"])
    if data and text.startswith(str(data.get("message") or "")):
        data["message"] = text
    return copy


def _message(envelope: Any) -> dict[str, Any] | None:
    holder = envelope.get("editMessage", envelope) if isinstance(envelope, dict) else {}
    data = holder.get("dataMessage") if isinstance(holder, dict) else None
    return data if isinstance(data, dict) else None


def _kind_of_message(data: Report) -> Kind | None:
    if data.get("groupInfo") or data.get("storyContext"):
        return None
    if data.get("isExpirationUpdate"):
        return "timer"
    if data.get("remoteDelete"):
        return "deletion"
    if reaction := data.get("reaction"):
        return "reaction" if isinstance(reaction, dict) and not reaction.get("isRemove") else None
    refused = any(data.get(name) for name in ("attachments", "sticker", "contacts", "pollCreate", "viewOnce"))
    return "text" if data.get("message") or refused else None


def _content(envelope: Report, mark: str) -> dict[str, Any]:
    data = _object(_message(envelope))
    lives = _seconds(data.get("expiresInSeconds", 0))
    if data.get("isExpirationUpdate"):
        return {"presence": "timer", "expires_in": lives}
    if data.get("remoteDelete"):
        return {"presence": "deleted", "edits": _id(_object(data["remoteDelete"]).get("timestamp"))}
    if data.get("reaction"):
        return _reaction(_object(data["reaction"]), mark)
    content = _said(data) | {"expires_in": lives}
    if "editMessage" in envelope:
        content["edits"] = _id(envelope["editMessage"].get("targetSentTimestamp"))
    if quote := data.get("quote"):
        content["quoted"] = _id(_object(quote).get("id")) + mark
    return content


def _said(data: Report) -> dict[str, Any]:
    text = _text(data.get("message") or "").replace(_MENTION, "")
    if (match := _MAP_LINK.search(text)) and (place := _place(match[1], match[2])):
        return {"location": place}
    refused = _refused(data)
    if refused and (not text.strip() or refused != "other"):
        return {"refused": refused}
    return {"text": text}


def _refused(data: Report) -> str:
    """Kind of what came with the text or instead of it; empty if nothing did."""
    if data.get("sticker"):
        return "sticker"
    for item in _list(data.get("attachments") or []):
        media_type = _text(_object(item).get("contentType") or "")
        if media_type != LONG_TEXT:
            return {"audio": "voice", "image": "photo"}.get(media_type.partition("/")[0], "file")
    return "other" if any(data.get(name) for name in ("contacts", "pollCreate", "viewOnce")) else ""


def _reaction(reaction: Report, mark: str) -> dict[str, Any]:
    emoji = _text(reaction.get("emoji") or "")
    quoted = _id(reaction.get("targetSentTimestamp")) + mark
    if match := _KEYCAP.fullmatch(emoji):
        return {"ordinal": int(match[1]), "quoted": quoted}
    sign = _SIGNS.get(_NOT_THE_SIGN.sub("", emoji), "")
    if sign.isdigit():
        return {"ordinal": int(sign), "quoted": quoted}
    return {"text": sign, "quoted": quoted} if sign else {}


def _exception(report: Report) -> dict[str, Any]:
    """A changed safety number holds the person; what could not be read is asked for in words."""
    name = str(report["exception"].get("type", ""))
    if name == "UntrustedIdentityException":
        return {"presence": "rekeyed"}
    return {"refused": "other"} if _UNREADABLE.search(name) else {}


def _place(latitude: str, longitude: str) -> Location | None:
    lat, lon = float(latitude), float(longitude)
    return Location(lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else None


def _language(number: Any) -> str:
    """A first guess by the country of a number that the person shows; usually it is hidden."""
    shown = number if isinstance(number, str) else ""
    return next((language for prefix, language in _LANGUAGES.items() if shown.startswith(prefix)), "")


def _load(raw: str) -> Report:
    try:
        return _object(json.loads(raw))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("an object is expected")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("a list is expected")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("text is expected")
    return value


def _id(value: Any) -> str:
    return str(_moment(value))


def _moment(value: Any) -> int:
    moment = _seconds(value)
    if moment > _LATEST:
        raise ValueError("the time is out of range")
    return moment


def _seconds(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("a whole number is expected")
    return value
