"""The token and people's words stay out of every log line and every error."""

import io
import logging
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from bot.channels.telegram.request import quiet_loggers
from bot.errors import MistokError
from bot.model.message import Drawn
from tests.channels.telegram.conftest import Inbox, MakeChannel, Pauses
from tests.servers.telegram import TOKEN, TelegramServer

SAID = "canary words of a person"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything any logger says, at DEBUG and with tracebacks."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    quiet_loggers()
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


FAULTS: list[dict[str, Any]] = [
    {"status": 401, "text": "Unauthorized"},
    {"status": 404, "text": "Not Found"},
    {"status": 400, "text": f'Bad Request: nothing like "{SAID}"'},
    {"status": 403, "text": "Forbidden: bot was blocked by the user"},
    {"status": 429, "text": "Too Many Requests", "retry_after": 5},
    {"status": 500, "text": "Internal"},
    {"status": 302, "text": "Found"},
    {"drop": "before"},
    {"body": f"<html>{SAID}</html>"},
    {"body": "[]"},
]


async def test_no_failure_says_the_token_or_the_text(
    server: TelegramServer, make_channel: MakeChannel, log: io.StringIO, inbox: Inbox
) -> None:
    server.type(5, SAID)
    channel = make_channel(pause=Pauses(limit=1))
    unreachable = make_channel(url="http://127.0.0.1:1")
    nonsense = make_channel(url="http://[")
    told = [repr(channel), repr(channel._bot), str(channel._bot), repr(channel._poller)]
    hidden: list[str] = []
    drawn = Drawn(SAID, buttons=(("x", "h"),))
    for one in (channel, unreachable, nonsense):
        for fault in FAULTS:
            for method in ("sendMessage", "editMessageText", "getMe", "sendChatAction", "setMyCommands"):
                server.fail(method, **fault)
            for attempt in (
                one.send("telegram:5", drawn),
                one.edit("telegram:5", "1", drawn),
                one.check(),
                one.menu("telegram:5", "uk", []),
                one.register_commands(),
                one.send("telegram:5", Drawn("\ud800" + SAID)),
            ):
                try:
                    await attempt
                except MistokError as error:
                    told.append("".join(traceback.format_exception(error)))
                    hidden.append(repr(error.__context__))
    assert len(told) > 50
    everything = log.getvalue() + "".join(told)
    assert TOKEN.partition(":")[2] not in everything + "".join(hidden)
    assert SAID not in everything


async def test_a_refused_token_is_not_named(
    server: TelegramServer, make_channel: MakeChannel, log: io.StringIO, inbox: Inbox
) -> None:
    secret = "987654:canary-of-a-wrong-token"
    with pytest.raises(MistokError) as caught:
        await make_channel(token=secret).receive(inbox)
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.__context__)
    assert secret not in shown + log.getvalue()
