"""What the operator is told about the daemon."""

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer

from bot.channels.signal.channel import SignalChannel
from bot.errors import ChannelUnavailable, ConfigurationError, MistokError
from tests.channels.signal.conftest import DOORS
from tests.servers.signal import OKSANA, SignalDaemon
from tests.servers.signal_world import ACCOUNT, SPARE


@pytest.mark.parametrize("door", DOORS)
async def test_all_is_well(door: str) -> None:
    """Version, the end of the number, and what can be seen of the receive mode; nothing is fetched."""
    async with SignalDaemon(version="0.15.1") as daemon:
        daemon.type(OKSANA, "чекає")
        said = await SignalChannel(getattr(daemon, door), ACCOUNT).check()
        assert said.startswith("signal-cli 0.15.1, account ending in 0001")
        assert len(daemon.waiting) == 1


@pytest.mark.parametrize(
    ("daemon", "door", "remedy"),
    [
        ({"version": "0.13.19"}, "unix", "install 0.14.6 or newer"),
        ({"version": "0.14.5"}, "http", "install 0.14.6 or newer"),
        ({"version": "unknown"}, "http", "install 0.14.6 or newer"),
        ({"receive": "on-start"}, "unix", "--receive-mode=manual"),
        ({"receive": "on-start"}, "tcp", "--receive-mode=manual"),
    ],
)
async def test_remedies(daemon: dict[str, Any], door: str, remedy: str) -> None:
    async with SignalDaemon(**daemon) as running:
        with pytest.raises(ConfigurationError, match=remedy):
            await SignalChannel(getattr(running, door), ACCOUNT).check()


@pytest.mark.parametrize("door", DOORS)
async def test_an_account_that_is_missing(door: str) -> None:
    """The one without which nothing works, and the spare one."""
    async with SignalDaemon() as daemon:
        with pytest.raises(ConfigurationError, match="register or link"):
            await SignalChannel(getattr(daemon, door), "+380449999999").check()
        with pytest.raises(ConfigurationError, match="SPARE"):
            await SignalChannel(getattr(daemon, door), ACCOUNT, SPARE).check()
        daemon.single = True
        with pytest.raises(ConfigurationError, match="without -a"):
            await SignalChannel(getattr(daemon, door), ACCOUNT, SPARE).check()


@pytest.mark.parametrize(
    ("status", "error", "remedy"),
    [
        (404, ConfigurationError, "--http"),
        (415, ConfigurationError, "content type"),
        (421, ConfigurationError, "host name"),
        (500, ChannelUnavailable, "no answer"),
        (302, ChannelUnavailable, "no answer"),
    ],
)
async def test_http_that_is_not_the_daemon(status: int, error: type[MistokError], remedy: str) -> None:
    """Something else answers, or something stands in between."""

    async def answer(request: web.BaseRequest) -> web.Response:
        return web.Response(status=status, headers={"Location": "/elsewhere"} if status == 302 else {})

    async with RawTestServer(answer) as server:
        with pytest.raises(error, match=remedy):
            await SignalChannel(str(server.make_url("")), ACCOUNT).check()


@pytest.mark.parametrize("door", DOORS)
async def test_nobody_answers(door: str) -> None:
    async with SignalDaemon() as daemon:
        url = getattr(daemon, door)
    with pytest.raises(ChannelUnavailable, match="is the signal-cli daemon running"):
        await SignalChannel(url, ACCOUNT).check()
