"""Everything that can go wrong and somebody must react to.

MistokError
|- ConfigurationError      the operator must change a setting or the database; stops the start
|- BadFile                 a file given to an import is not what it claims; nothing was changed
|- NotFound                the object is not there (any more)
|- Stalled                 a part of the process stands still; it ends and is started again
`- DeliveryError           a channel did not accept a message
   |- ChannelUnavailable   certainly not sent: no connection; try again later
   |- OutcomeUnknown       perhaps sent: timeout, reset, 5xx; the message's class decides
   |- Throttled            told to wait ``retry_after``; try again then
   |- RecipientGone        blocked the bot or left the service; never again
   `- MessageRejected      the channel refuses this message; a defect, never again
"""

from datetime import timedelta


class MistokError(Exception):
    """Base of every error of ours; its text is for the operator and holds nothing personal."""


class ConfigurationError(MistokError):
    """The operator must change something; the text says what."""


class BadFile(MistokError):
    """A file is not what it claims to be; the text says what was expected."""


class NotFound(MistokError):
    """The object is not there, or no longer."""


class Stalled(MistokError):
    """A part of the process made no progress for too long."""


class DeliveryError(MistokError):
    """A channel did not accept a message."""


class ChannelUnavailable(DeliveryError):
    """Certainly not sent, because the channel could not be reached."""


class OutcomeUnknown(DeliveryError):
    """Perhaps sent: the request left, the answer did not come."""


class Throttled(DeliveryError):
    """Certainly not sent; the channel names the pause.

    ``whole_channel`` is false when only this recipient has to wait.
    """

    def __init__(self, retry_after: timedelta, *, whole_channel: bool = True) -> None:
        super().__init__(f"retry after {retry_after.total_seconds():.1f} s")
        self.retry_after = retry_after
        self.whole_channel = whole_channel


class RecipientGone(DeliveryError):
    """The person blocked the bot or left the service."""


class MessageRejected(DeliveryError):
    """The channel refuses this very message; sending it again cannot help."""
