"""Updates that Telegram brings instead of being asked; for any web server."""

import hmac
import itertools
import json
import logging
from dataclasses import dataclass, field

from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken, TelegramError

from bot.channels.channel import Accept
from bot.channels.telegram.api import REFUSED_TOKEN
from bot.channels.telegram.parse import ALLOWED_UPDATES
from bot.channels.telegram.poll import Leave, Pause, backoff, enveloped
from bot.errors import ConfigurationError

MAX_BODY = 1_000_000  # bytes; an update is a few thousand

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Public https address and the secret that Telegram sends back in a header."""

    url: str
    secret: str = field(repr=False)


async def take(webhook: Webhook, secret: str, body: bytes, accept: Accept, leave: Leave) -> int:
    """Status to answer one request with: 200 only after the update was accepted.

    403 without the right secret, 413 for a body over a megabyte, 400 for one that is no update.
    When ``accept`` fails its error passes on; answer 5xx, then Telegram brings the update again.

    Args:
        secret: Of the header ``X-Telegram-Bot-Api-Secret-Token``, empty if it is missing.
    """
    if not hmac.compare_digest(secret.encode(errors="replace"), webhook.secret.encode()):
        return 403
    if len(body) > MAX_BODY:
        return 413
    try:
        update = json.loads(body)
        if not isinstance(update["update_id"], int):
            return 400
        envelopes = enveloped([update], leave)
    except (ValueError, TypeError, KeyError, RecursionError):
        return 400
    if envelopes:
        await accept(envelopes)
    return 200


async def register(webhook: Webhook, bot: Bot, pause: Pause) -> None:
    """Tell Telegram where to bring updates; tries until it answers. What waits there is kept.

    Raises:
        ConfigurationError: Telegram refuses the token.
    """
    for failures in itertools.count():
        try:
            await bot.set_webhook(webhook.url, secret_token=webhook.secret, allowed_updates=ALLOWED_UPDATES)
        except (InvalidToken, EndPointNotFound):
            raise ConfigurationError(REFUSED_TOKEN) from None
        except TelegramError as error:
            log.warning("telegram: the webhook was not set (%s)", type(error).__name__)
            await pause(backoff(min(failures, 10)))
        else:
            return
