"""Machine translation by a LibreTranslate server of the operator's own; off unless it is configured."""

import re
from collections import Counter, OrderedDict

import aiohttp
import structlog

from bot.model.message import Foreign

log = structlog.get_logger(__name__)

LONGEST_WAIT = 2.0
"""Seconds; a message goes out without its translation rather than late."""
KEPT = 2000
_KEPT_AS_IS = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+\.[\w.]+|[0-9]+(?:[.,:/-][0-9]+)*")


class LibreTranslate:
    """Translates people's words; remembers what it has translated.

    Args:
        url: Of the server, such as ``http://127.0.0.1:5000``.
    """

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/") + "/translate"
        self._session: aiohttp.ClientSession | None = None
        self._known: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def __call__(self, words: Foreign, language: str) -> str:
        """The words in ``language``; empty if that took too long or changed a number, date or address."""
        key = (words.text, language)
        if key not in self._known:
            text = await self._ask(words, language)
            if text is None:
                return ""  # not remembered: the server may be back next time
            self._known[key] = text if _unharmed(words.text, text) else ""
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
        return self._known[key]

    async def close(self) -> None:
        """Let go of the connection."""
        if self._session:
            await self._session.close()

    async def _ask(self, words: Foreign, language: str) -> str | None:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=LONGEST_WAIT))
        request = {"q": words.text, "source": words.language, "target": language, "format": "text"}
        try:
            async with self._session.post(self._url, json=request) as answer:
                answer.raise_for_status()
                return str((await answer.json())["translatedText"])
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            log.warning("translation.failed", error=type(error).__name__)
            return None


def _unharmed(original: str, translated: str) -> bool:
    """Whether every number, date, link and mailbox came through as it was."""
    return Counter(_KEPT_AS_IS.findall(original)) == Counter(_KEPT_AS_IS.findall(translated))
