"""Updates that Telegram brings."""

import asyncio
import json
from contextlib import suppress

import pytest

from bot.channels.telegram.webhook import MAX_BODY, Webhook
from tests.channels.telegram.conftest import Inbox, MakeChannel, Pauses
from tests.servers.telegram import TelegramServer

HOOK = Webhook("https://bot.example.org/telegram", "s3cret-of-the-hook")
UPDATE = {"update_id": 1, "message": {"chat": {"id": 5, "type": "private"}, "text": "hi"}}


async def test_updates_are_answered_with_200_only_after_they_are_kept(
    server: TelegramServer, make_channel: MakeChannel, inbox: Inbox, pauses: Pauses
) -> None:
    channel = make_channel(webhook=HOOK)
    body = json.dumps(UPDATE).encode()
    assert await channel.deliver(HOOK.secret, body) == 503
    server.fail("setWebhook", status=500)
    receiving = asyncio.create_task(channel.receive(inbox))
    [fields] = await server.called("setWebhook")
    assert fields["secret_token"] == HOOK.secret
    assert len(pauses.taken) == 1
    assert await channel.deliver("", body) == 403
    assert await channel.deliver(HOOK.secret + "x", body) == 403
    assert await channel.deliver("ї\udfff", body) == 403
    assert await channel.deliver(HOOK.secret, b"x" * (MAX_BODY + 1)) == 413
    for nonsense in (b"", b"{", b"[]", b"{}", b'{"update_id": "1"}', b"\xff", b"[" * 100_000):
        assert await channel.deliver(HOOK.secret, nonsense) == 400
    assert inbox.offered == []
    inbox.failures = 1
    with pytest.raises(OSError, match="disk full"):
        await channel.deliver(HOOK.secret, body)
    assert await channel.deliver(HOOK.secret, body) == 200
    assert list(inbox.kept) == ["telegram:1"]
    receiving.cancel()
    with suppress(asyncio.CancelledError):
        await receiving


def test_the_secret_stays_out_of_its_repr() -> None:
    assert HOOK.secret not in repr(HOOK)
