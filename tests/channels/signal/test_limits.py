"""Limits, captchas, changed safety numbers: what a person has to do something about."""

import logging

import pytest

from bot.channels.signal.channel import SignalChannel
from bot.errors import (
    ChannelUnavailable,
    ConfigurationError,
    DeliveryError,
    MessageRejected,
    OutcomeUnknown,
    RecipientGone,
    Throttled,
)
from bot.model.message import Drawn
from tests.channels.signal.conftest import ADDRESS, HELLO, Clock, Inbox, receiving, until
from tests.servers.signal import OKSANA, PAWEL, SignalDaemon

OTHER = f"signal:{PAWEL}"
GOOD, BAD = "signalcaptcha://good", "signalcaptcha://bad"


async def refused(channel: SignalChannel, address: str = ADDRESS) -> DeliveryError:
    with pytest.raises(DeliveryError) as error:
        await channel.send(address, HELLO)
    return error.value


async def pause_of(channel: SignalChannel, address: str = ADDRESS) -> tuple[float, bool]:
    error = await refused(channel, address)
    assert isinstance(error, Throttled)
    return round(error.retry_after.total_seconds()), error.whole_channel


async def test_a_limit_stops_everything(channel: SignalChannel, daemon: SignalDaemon, clock: Clock) -> None:
    """For everybody and as long as told; nothing more reaches the daemon meanwhile."""
    daemon.receipts = False
    daemon.limit(OKSANA, 600)
    assert await pause_of(channel) == (600, True)
    calls = len(daemon.calls)
    assert await pause_of(channel, OTHER) == (600, True)
    assert len(daemon.calls) == calls
    assert channel.state.accounts[0].limited_until > clock()
    assert channel.seconds_for(10) > 600
    clock.moved = 601_000
    assert await channel.send(OTHER, HELLO)
    assert channel.state.accounts[0].limited_until == 0


async def test_limits_without_a_time_double(
    channel: SignalChannel, daemon: SignalDaemon, clock: Clock
) -> None:
    """Five minutes, ten, twenty; after a success five again."""
    daemon.receipts = False
    pauses = []
    for _ in range(3):
        daemon.limit(OKSANA)
        pauses.append(await pause_of(channel))
        clock.moved += 1_000_000 * 10
    assert pauses == [(300, True), (600, True), (1200, True)]
    await channel.send(ADDRESS, HELLO)
    clock.moved += 1_000_000
    daemon.limit(PAWEL)
    assert await pause_of(channel, OTHER) == (300, True)


@pytest.mark.parametrize("text", ["StatusCode: 429", "[413] Rate limit exceeded", "RateLimitException"])
async def test_hidden_limits(channel: SignalChannel, daemon: SignalDaemon, text: str) -> None:
    """An unexpected error may be a limit in disguise."""
    daemon.fail("send", -32603, text)
    assert await pause_of(channel) == (300, True)


async def test_a_message_reported_limited_may_have_arrived(
    channel: SignalChannel, daemon: SignalDaemon, inbox: Inbox, clock: Clock
) -> None:
    """Its receipt shows it; then it is not sent again when the pause is over."""
    daemon.receipts = False
    async with receiving(channel, inbox):
        stamp = daemon.limit(OKSANA, 600)
        await refused(channel)
        daemon.receipt(OKSANA, [stamp])
        daemon.type(PAWEL, "x")
        await inbox.holds(1)
        clock.moved = 601_000
        assert await channel.send(ADDRESS, HELLO) == str(stamp)
    assert daemon.said(OKSANA) == []


async def test_captcha(
    channel: SignalChannel, daemon: SignalDaemon, caplog: pytest.LogCaptureFixture
) -> None:
    """The challenge is shown and logged; solving it lifts the limit."""
    daemon.limit(OKSANA, 86_400, token="challenge-1")
    with caplog.at_level(logging.WARNING):
        assert await pause_of(channel) == (86_400, True)
    assert channel.state.accounts[0].challenge == "challenge-1"
    assert "mistok signal captcha" in caplog.text
    assert "challenge-1" in caplog.text
    with pytest.raises(ConfigurationError, match="new one"):
        await channel.solve_captcha(BAD)
    assert channel.state.accounts[0].limited_until
    await channel.solve_captcha(GOOD)
    state = channel.state.accounts[0]
    assert (state.limited_until, state.challenge) == (0, "")
    assert await channel.send(OTHER, HELLO)


async def test_captcha_from_another_process(channel: SignalChannel, daemon: SignalDaemon) -> None:
    """The operator's command knows no challenge of its own and is given it."""
    daemon.challenge = "challenge-2"
    with pytest.raises(ConfigurationError, match="asks for no captcha"):
        await channel.solve_captcha(GOOD)
    with pytest.raises(ConfigurationError, match="no longer knows"):
        await channel.solve_captcha(GOOD, "stale")
    with pytest.raises(ConfigurationError, match="signalcaptcha://"):
        await channel.solve_captcha("good", "challenge-2")
    await channel.solve_captcha(GOOD, "challenge-2")
    assert daemon.challenge == ""
    await daemon.stop()
    with pytest.raises(ChannelUnavailable):
        await channel.solve_captcha(GOOD, "challenge-2")


async def test_a_changed_safety_number_holds_one_person(channel: SignalChannel, daemon: SignalDaemon) -> None:
    """Until somebody has checked who it is; others notice nothing."""
    daemon.rekeyed.add(OKSANA)
    assert await pause_of(channel) == (600, False)
    assert channel.state.rekeyed == (ADDRESS,)
    assert await channel.send(OTHER, HELLO)
    assert channel.state.rekeyed == (ADDRESS,)
    await channel.trust(ADDRESS)
    assert not channel.state.rekeyed
    assert await channel.send(ADDRESS, HELLO)


async def test_a_changed_safety_number_is_known_before_anything_is_sent(
    channel: SignalChannel, daemon: SignalDaemon, inbox: Inbox
) -> None:
    """From the report that a message could not be trusted."""
    async with receiving(channel, inbox):
        daemon.arrive(OKSANA, {}, exception={"message": "", "type": "UntrustedIdentityException"})
        [stored] = await inbox.holds(1)
    await channel.acknowledge(stored.raw)
    assert channel.state.rekeyed == (ADDRESS,)


async def test_somebody_who_left_signal(channel: SignalChannel, daemon: SignalDaemon, clock: Clock) -> None:
    """Waits until the next day without holding up others or being tried, then is given up."""
    daemon.unregistered.add(OKSANA)
    assert await pause_of(channel) == (600, False)
    assert await channel.send(OTHER, HELLO)
    calls = len(daemon.calls)
    assert await pause_of(channel) == (600, False)
    assert len(daemon.calls) == calls
    clock.moved = 21 * 3_600_000
    assert isinstance(await refused(channel), RecipientGone)


@pytest.mark.parametrize("kind", ["NETWORK_FAILURE", "INVALID_PRE_KEY_FAILURE"])
async def test_one_person_out_of_reach(channel: SignalChannel, daemon: SignalDaemon, kind: str) -> None:
    """Is tried three times, then a person decides."""
    daemon.fail_send(OKSANA, kind, times=4)
    pauses = [await pause_of(channel) for _ in range(3)]
    assert pauses == [(5, False), (60, False), (600, False)]
    assert isinstance(await refused(channel), OutcomeUnknown)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (-1, MessageRejected),
        (-3, ChannelUnavailable),
        (-32600, ChannelUnavailable),
        (-32601, ChannelUnavailable),
        (-32602, ChannelUnavailable),
        (-32603, MessageRejected),
    ],
)
async def test_errors_in_words(
    channel: SignalChannel, daemon: SignalDaemon, code: int, expected: type[DeliveryError]
) -> None:
    daemon.fail("send", code, "Failed for +380501234567")
    error = await refused(channel)
    assert type(error) is expected
    assert "+380501234567" not in str(error)


async def test_nothing_personal_is_logged(
    channel: SignalChannel, daemon: SignalDaemon, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither texts nor people nor numbers, whatever goes wrong."""
    secret = Drawn("Тел. +380671112233, вул. Вигадана")
    with caplog.at_level(logging.DEBUG, logger="bot"):
        for code in (-1, -3, -4, -5, -32603):
            daemon.fail("send", code, f"Failed for {OKSANA} +380440000001 {secret.text}")
            with pytest.raises(DeliveryError):
                await channel.send(ADDRESS, secret)
        async with receiving(channel, inbox):
            daemon.type(OKSANA, secret.text)
            await inbox.holds(1)
            await daemon.stop()
            await until(lambda: not channel.state.up)
    assert caplog.text
    for canary in (OKSANA, "380440000001", "380671112233", "Вигадана"):
        assert canary not in caplog.text
