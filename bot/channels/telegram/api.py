"""The account on the Bot API: python-telegram-bot over our transport."""

import re

from telegram import Bot

from bot.channels.telegram.request import AiohttpRequest
from bot.errors import ConfigurationError

REFUSED_TOKEN = "Telegram refuses the token; check MISTOK_TELEGRAM_TOKEN and MISTOK_TELEGRAM_API_URL"  # noqa: S105 - a sentence


class QuietBot(Bot):
    """A bot without the token in its repr."""

    def __repr__(self) -> str:
        return "Bot"


def make_bot(token: str, api_url: str, connections: int) -> Bot:
    """A bot for at most ``connections`` calls at once, to be used through ``do_api_request``.

    Methods are named in lower case there: the Bot API does not mind, and the library then hands out
    the answer as it came instead of building objects nobody reads (77 us a message).

    Raises:
        ConfigurationError: The token is not shaped like one.
    """
    if not re.fullmatch(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,100}", token):
        raise ConfigurationError("MISTOK_TELEGRAM_TOKEN is not shaped like a token: 123:abc")
    root = api_url.rstrip("/")
    request = AiohttpRequest(connections)
    return QuietBot(token, f"{root}/bot", f"{root}/file/bot", request=request, get_updates_request=request)


def deep_link(account: str, code: str) -> str:
    """The link that opens the chat with ``@account`` and starts it with a code.

    Raises:
        ValueError: The code is not 1 to 64 of ``A-Z a-z 0-9 _ -``, all that Telegram lets through.
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", code):
        raise ValueError("a start code is 1 to 64 of A-Z a-z 0-9 _ -")
    return f"https://t.me/{account.removeprefix('@')}?start={code}"
