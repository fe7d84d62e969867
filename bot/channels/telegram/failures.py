"""Failed calls of the Bot API as errors that say what to do."""

from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden, InvalidToken, RetryAfter

from bot.channels.telegram.request import NotSent
from bot.errors import (
    ChannelUnavailable,
    DeliveryError,
    MessageRejected,
    OutcomeUnknown,
    RecipientGone,
    Throttled,
)

_GONE = ("chat not found", "user not found", "user is deactivated", "peer_id_invalid", "bot was blocked")
_EDIT_SETTLED = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
)


def delivery_error(error: Exception) -> DeliveryError:
    """What a failed send means; an answer we do not know leaves the outcome open.

    Texts of the Bot API are from its open server sources and compared without case.
    """
    match error:
        case RetryAfter():
            return Throttled(pause_of(error))
        case Forbidden() | ChatMigrated():
            return RecipientGone(_reason(error))
        case BadRequest() if _says(error, _GONE):
            return RecipientGone(_reason(error))
        case BadRequest():
            return MessageRejected(_reason(error))
        case InvalidToken() | EndPointNotFound():
            return ChannelUnavailable("Telegram refuses the token")
        case NotSent():
            return ChannelUnavailable(_reason(error))
        case _ if _says(error, ("request entity too large",)):
            return MessageRejected(_reason(error))
        case _ if _says(error, ("too many requests",)):  # a retry_after of 0 is lost on the way
            return Throttled(timedelta(seconds=1))
        case _:
            return OutcomeUnknown(type(error).__name__)


def settles_edit(error: Exception) -> bool:
    """Whether nothing is left to do: the message already says so, or is gone, or can no longer change."""
    return isinstance(error, BadRequest) and _says(error, _EDIT_SETTLED)


def pause_of(error: RetryAfter) -> timedelta:
    """How long Telegram asks to wait."""
    pause = error.retry_after
    return pause if isinstance(pause, timedelta) else timedelta(seconds=pause)


def _says(error: Exception, texts: tuple[str, ...]) -> bool:
    said = str(error).lower()
    return any(text in said for text in texts)


def _reason(error: Exception) -> str:
    """The server's words up to the first quotation, which could hold words of a person."""
    return str(error).partition('"')[0][:80].strip()
