"""How people's deeds travel on each messenger: wire data through the channel's own parser and renderer."""

import json
import uuid
from dataclasses import dataclass
from typing import Any, Protocol

from bot.channels.signal import parse as signal_parse
from bot.channels.signal import render as signal_render
from bot.channels.telegram import parse as telegram_parse
from bot.channels.telegram import render as telegram_render
from bot.channels.web import parse as web_parse
from bot.model.incoming import Incoming
from bot.model.message import Drawn

PEOPLE = uuid.UUID("6b1f0c52-0000-4000-8000-000000000000")
MEDIA = {"voice": "audio/aac", "photo": "image/jpeg", "file": "application/pdf"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it stands on a phone; ``id`` is what the messenger calls it."""

    id: str
    drawn: Drawn


class Wire(Protocol):
    """One messenger."""

    name: str

    def address(self, person: str) -> str:
        """Where this person is written to."""

    def message_id(self, seq: int) -> str:
        """What the messenger calls the message of this outbox row."""

    def typed(self, person: str, text: str, language: str, at: int) -> Incoming | None:
        """Words."""

    def pressed(self, person: str, shown: Shown, label: str, language: str, at: int) -> Incoming | None:
        """A choice of a message, the way this messenger chooses."""

    def shared(self, person: str, lat: float, lon: float, language: str, at: int) -> Incoming | None:
        """A place."""

    def refused(self, person: str, kind: str, language: str, at: int) -> Incoming | None:
        """Something that is not text."""

    def draw(self, drawn: Drawn) -> None:
        """Draw a message as it would be sent; fails where that is impossible."""


def _number(person: str) -> int:
    return 1000 + sum(map(ord, person))


class Telegram:
    """Updates of the Bot API."""

    name = "telegram"

    def address(self, person: str) -> str:
        return f"telegram:{_number(person)}"

    def message_id(self, seq: int) -> str:
        return str(seq)

    def typed(self, person: str, text: str, language: str, at: int) -> Incoming | None:
        return self._message(person, language, at, text=text)

    def pressed(self, person: str, shown: Shown, label: str, language: str, at: int) -> Incoming | None:
        handle = dict(shown.drawn.buttons)[label]
        chat = {"id": _number(person), "type": "private", "first_name": "X"}
        message = {"message_id": int(shown.id), "date": at // 1000, "chat": chat, "text": shown.drawn.text}
        query = {"id": "1", "from": self._who(person, language), "message": message, "data": handle}
        return telegram_parse.parse(json.dumps({"update_id": 1, "callback_query": query}))

    def shared(self, person: str, lat: float, lon: float, language: str, at: int) -> Incoming | None:
        return self._message(person, language, at, location={"latitude": lat, "longitude": lon})

    def refused(self, person: str, kind: str, language: str, at: int) -> Incoming | None:
        names = {"file": "document", "photo": "photo"}
        return self._message(person, language, at, **{names.get(kind, kind): [{"file_id": "x"}]})

    def draw(self, drawn: Drawn) -> None:
        calls = telegram_render.sending(drawn)
        assert calls

    def _who(self, person: str, language: str) -> dict[str, Any]:
        return {"id": _number(person), "is_bot": False, "first_name": "X", "language_code": language}

    def _message(self, person: str, language: str, at: int, **content: Any) -> Incoming | None:
        chat = {"id": _number(person), "type": "private", "first_name": "X"}
        message = {"message_id": 1, "date": at // 1000, "chat": chat, "from": self._who(person, language)}
        return telegram_parse.parse(json.dumps({"update_id": 1, "message": message | content}))


class Signal:
    """Envelopes of signal-cli; choices are numbers, quoting the message that offered them."""

    name = "signal"

    def address(self, person: str) -> str:
        return f"signal:{self._uuid(person)}"

    def message_id(self, seq: int) -> str:
        return str(1_700_000_000_000 + seq)

    def typed(self, person: str, text: str, language: str, at: int) -> Incoming | None:
        return self._envelope(person, language, at, message=text)

    def pressed(self, person: str, shown: Shown, label: str, language: str, at: int) -> Incoming | None:
        number = [name for name, _ in shown.drawn.buttons].index(label) + 1
        quote = {"id": int(shown.id), "author": "+380440000001", "text": shown.drawn.text}
        return self._envelope(person, language, at, message=str(number), quote=quote)

    def shared(self, person: str, lat: float, lon: float, language: str, at: int) -> Incoming | None:
        return self._envelope(person, language, at, message=f"https://maps.google.com/maps?q={lat}%2C{lon}")

    def refused(self, person: str, kind: str, language: str, at: int) -> Incoming | None:
        if kind == "sticker":
            return self._envelope(person, language, at, message=None, sticker={"packId": "x"})
        attachment = {"contentType": MEDIA.get(kind, "application/pdf"), "id": "x", "size": 1}
        return self._envelope(person, language, at, message=None, attachments=[attachment])

    def draw(self, drawn: Drawn) -> None:
        calls = signal_render.sending(drawn)
        for number, (label, _) in enumerate(drawn.buttons, 1):
            assert f"{number}. {' '.join(label.split())}" in calls[-1]["message"]

    def _uuid(self, person: str) -> str:
        return str(uuid.uuid5(PEOPLE, person))

    def _envelope(self, person: str, language: str, at: int, **data: Any) -> Incoming | None:
        shown = {"pl": "+48221234567", "uk": "+380441234567"}.get(language)
        envelope = {
            "source": self._uuid(person),
            "sourceUuid": self._uuid(person),
            "sourceNumber": shown,
            "timestamp": at,
            "dataMessage": {"timestamp": at, "expiresInSeconds": 0, **data},
        }
        return signal_parse.parse(json.dumps({"envelope": envelope, "account": "+380440000001"}))


class Web:
    """Deeds on the demo's phones."""

    name = "web"

    def address(self, person: str) -> str:
        return f"web:{person}"

    def message_id(self, seq: int) -> str:
        return str(seq)

    def typed(self, person: str, text: str, language: str, at: int) -> Incoming | None:
        return self._deed(person, language, at, text=text)

    def pressed(self, person: str, shown: Shown, label: str, language: str, at: int) -> Incoming | None:
        return self._deed(person, language, at, handle=dict(shown.drawn.buttons)[label], message=shown.id)

    def shared(self, person: str, lat: float, lon: float, language: str, at: int) -> Incoming | None:
        return self._deed(person, language, at, location={"lat": lat, "lon": lon})

    def refused(self, person: str, kind: str, language: str, at: int) -> Incoming | None:
        return self._deed(person, language, at, refused=kind)

    def draw(self, drawn: Drawn) -> None:
        assert drawn.text.strip()

    def _deed(self, person: str, language: str, at: int, **deed: Any) -> Incoming | None:
        envelope = {"phone": person, "id": str(uuid.uuid4()), "at": at, "language": language, **deed}
        return web_parse.parse(json.dumps(envelope))


WIRES: tuple[Wire, ...] = (Web(), Telegram(), Signal())
