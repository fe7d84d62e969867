"""The menu of commands beside the text field."""

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

from telegram import Bot
from telegram.constants import BotCommandLimit

from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES

Commands = Callable[[str, Sequence[str]], Sequence[tuple[str, str]]]
"""Commands and their descriptions, without the slash, for a language and roles."""


async def offer_in_chat(
    bot: Bot, commands: Commands, chat_id: int, language: str, roles: Sequence[str]
) -> None:
    """Set the menu of one chat, for whatever language the person's client has.

    The narrowest scope wins over every other, in any language, so the language chosen here shows.
    """
    scope = {"type": "chat", "chat_id": chat_id}
    await bot.do_api_request(
        "setmycommands", {"commands": _listed(commands(language, roles)), "scope": scope}
    )


async def register_commands(bot: Bot, commands: Commands, known: str) -> str:
    """Set the menus of people without roles in every language; returns a digest to keep.

    Nothing is sent when the digest is the one ``known`` from last time: Telegram limits these calls hard.
    """
    menus = {language: _listed(commands(language, ())) for language in LANGUAGES}
    digest = hashlib.sha256(json.dumps(menus).encode()).hexdigest()
    if digest == known:
        return digest
    await bot.do_api_request("setmycommands", {"commands": menus[DEFAULT_LANGUAGE]})
    for language, menu in menus.items():
        await bot.do_api_request("setmycommands", {"commands": menu, "language_code": language})
    return digest


def _listed(commands: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    longest = int(BotCommandLimit.MAX_DESCRIPTION)
    return [{"command": name, "description": text[:longest]} for name, text in commands]
