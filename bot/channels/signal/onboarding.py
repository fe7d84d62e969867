"""How the account shows itself: name, picture, and the link by which people find it."""

import logging
from dataclasses import dataclass
from typing import Any

from bot.channels.signal.account import Account
from bot.channels.signal.rpc import NoAnswer, NotSent, RpcError, Unusable
from bot.errors import ChannelUnavailable, ConfigurationError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Profile:
    """What people see of the account.

    Attributes:
        name: At most 26 letters are shown.
        about: A line below the name.
        picture: Path of a picture in the daemon's file system; empty keeps what is there.
        username: Signal adds two digits; empty keeps what is there.
    """

    name: str
    about: str = ""
    picture: str = ""
    username: str = ""


async def introduce(account: Account, profile: Profile) -> str:
    """Set the profile; the link to the account, empty without a username.

    Raises:
        ConfigurationError: Signal takes it not: a username that is in use, a picture that is not there.
        ChannelUnavailable: The daemon does not answer.
    """
    shown: dict[str, Any] = {"givenName": profile.name, "about": profile.about, "avatar": profile.picture}
    try:
        await account.call("updateProfile", **{name: value for name, value in shown.items() if value})
        await _configure(account)
        if not profile.username:
            return ""
        return str((await account.call("updateAccount", username=profile.username))["usernameLink"])
    except RpcError as error:
        raise ConfigurationError(
            f"Signal does not take the profile (error {error.code}); try another username or picture"
        ) from None
    except (NotSent, NoAnswer, Unusable) as error:
        raise ChannelUnavailable(str(error)) from None


async def _configure(account: Account) -> None:
    try:
        await account.call(
            "updateConfiguration", readReceipts=True, typingIndicators=True, linkPreviews=False
        )
    except RpcError:  # a linked device leaves this to the phone
        log.info("signal: read receipts and typing signs follow the settings of the main device")
