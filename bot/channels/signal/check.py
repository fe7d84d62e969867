"""Whether the daemon will do, with the remedy where it will not."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.channels.signal.by_http import HttpLine
from bot.channels.signal.by_socket import SocketLine
from bot.channels.signal.rpc import Line, NoAnswer, NotSent, RpcError, Unusable
from bot.errors import ChannelUnavailable, ConfigurationError

OLDEST = (0, 14, 6)
"""The release of compose.yaml and of the documentation; raise all three together."""
TIMEOUT = 15.0


def connect(url: str) -> Line:
    """The line to the daemon at this address; nothing is opened yet.

    Raises:
        ConfigurationError: It is no such address.
    """
    parts = urlsplit(url)
    try:
        host = parts.hostname if parts.port != 0 else None
    except ValueError:  # the port is no number
        host = None
    if (parts.scheme == "unix" and parts.path and not parts.netloc) or (parts.scheme == "tcp" and host):
        return SocketLine(url)
    if parts.scheme == "http" and host:
        return HttpLine(url)
    raise ConfigurationError(
        "MISTOK_SIGNAL_URL is none of unix:///path, tcp://host:port and http://host:port"
    )


async def check(line: Line, numbers: Sequence[str]) -> str:
    """One line about the daemon and the account.

    Raises:
        ConfigurationError: The operator must change something.
        ChannelUnavailable: Nothing answers.
    """
    try:
        version = await _version(line)
        await _has_accounts(line, numbers)
        automatic = await line.is_automatic()
    except Unusable as error:
        raise ConfigurationError(str(error)) from None
    except (NotSent, NoAnswer) as error:
        raise ChannelUnavailable(
            f"no answer from MISTOK_SIGNAL_URL ({error}); is the signal-cli daemon running?"
        ) from None
    except RpcError as error:
        raise ConfigurationError(f"signal-cli answers with error {error.code}; see its log") from None
    if automatic:
        raise ConfigurationError(
            "signal-cli fetches messages unasked and may lose some; start it with --receive-mode=manual"
        )
    mode = "receive mode not visible over HTTP" if automatic is None else "receive mode manual"
    return f"signal-cli {version}, account ending in {numbers[0][-4:]}, {mode}"


def is_old(version: str) -> bool:
    """Whether it is below the release that Mistok was checked with; a text without numbers is."""
    return tuple(int(part) for part in re.findall(r"[0-9]{1,9}", version)[:3]) < OLDEST


async def _version(line: Line) -> str:
    version = str((await line.call("version", {}, TIMEOUT))["version"])
    if is_old(version):
        oldest = ".".join(map(str, OLDEST))
        raise ConfigurationError(
            f"signal-cli {version} is too old, Signal will refuse it; install {oldest} or newer"
        )
    return version


async def _has_accounts(line: Line, numbers: Sequence[str]) -> None:
    try:
        accounts = await line.call("listAccounts", {}, TIMEOUT)
    except RpcError as error:
        if error.code != -32601:
            raise
        if len(numbers) > 1:
            raise ConfigurationError(
                "a spare account needs a daemon for several accounts; start signal-cli without -a"
            ) from None
        return  # started for one account, which it does not name
    known = {str(account.get("number")) for account in accounts if isinstance(account, dict)}
    for number, setting in zip(
        numbers, ("MISTOK_SIGNAL_ACCOUNT", "MISTOK_SIGNAL_SPARE_ACCOUNT"), strict=False
    ):
        if number not in known:
            raise ConfigurationError(f"signal-cli has no account {setting}; register or link it first")
