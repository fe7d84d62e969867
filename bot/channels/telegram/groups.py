"""Groups and channels: the bot works in private chats only and leaves all others at once."""

from typing import Any

_SETTLING = 60.0  # seconds in which what was sent before the bot left may still arrive


class Groups:
    """Remembers which chats were just left, so that each is left once."""

    def __init__(self) -> None:
        self._until: dict[int, float] = {}

    def must_leave(self, chat_id: int, update: dict[str, Any], now: float) -> bool:
        """Whether to leave the chat this update came from; ``now`` in monotonic seconds.

        Chats that were left within the last minute are not left again, unless Telegram has
        confirmed since then that the bot is out.
        """
        self._until = {chat: until for chat, until in self._until.items() if until > now}
        if _is_out(update):
            self._until.pop(chat_id, None)
            return False
        if chat_id in self._until:
            return False
        self._until[chat_id] = now + _SETTLING
        return True


def _is_out(update: dict[str, Any]) -> bool:
    match update:
        case {"my_chat_member": {"new_chat_member": {"status": "left" | "kicked"}}}:
            return True
        case _:
            return False
