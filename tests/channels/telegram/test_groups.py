"""The bot leaves groups and channels at once, says nothing there and keeps nothing of them."""

from typing import Any

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.groups import Groups
from tests.channels.telegram.conftest import Inbox, receiving, texts
from tests.servers.telegram import TelegramServer

GROUP = {"id": -100, "type": "supergroup", "title": "g"}
SOMEBODY = {"id": 7, "is_bot": False, "first_name": "N"}


def member(status: str) -> dict[str, Any]:
    return {
        "my_chat_member": {"chat": GROUP, "from": SOMEBODY, "date": 1, "new_chat_member": {"status": status}}
    }


def said(chat: dict[str, Any], **content: Any) -> dict[str, Any]:
    return {"message": {"message_id": 1, "date": 1, "chat": chat, "from": SOMEBODY, **content}}


async def test_a_group_is_left_once_without_a_word(
    server: TelegramServer, channel: TelegramChannel, inbox: Inbox
) -> None:
    for update in (
        member("member"),
        said(GROUP, text="/start"),
        said(GROUP, new_chat_members=[]),
        member("left"),
    ):
        server.update(update)
    server.update(
        {"callback_query": {"id": "1", "from": SOMEBODY, "data": "x", **said({"id": -200, "type": "group"})}}
    )
    server.update({"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -300, "type": "channel"}}})
    server.type(5, "private")
    async with receiving(channel, inbox):
        await inbox.holds(1)
        await server.called("leaveChat", 3)
    assert sorted(server.left) == [-300, -200, -100]
    assert texts(inbox) == ["private"]
    assert {call["method"] for call in server.calls()} == {"getupdates", "leavechat"}


def test_a_group_is_left_again_after_a_new_invitation_or_a_minute() -> None:
    groups = Groups()
    assert groups.must_leave(-1, member("member"), 0)
    assert not groups.must_leave(-1, said(GROUP), 1)
    assert not groups.must_leave(-1, member("left"), 2)
    assert groups.must_leave(-1, member("administrator"), 3)
    assert not groups.must_leave(-1, said(GROUP), 60)
    assert groups.must_leave(-1, said(GROUP), 64)
