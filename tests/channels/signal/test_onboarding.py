"""How people find the account: its profile, its link and the card."""

import io

import pytest
from PIL import Image

from bot.channels.signal.card import DPI, HEIGHT, WIDTH, card
from bot.channels.signal.channel import SignalChannel
from bot.channels.signal.onboarding import Profile
from bot.errors import ChannelUnavailable, ConfigurationError
from tests.servers.signal import SignalDaemon

LINK = "https://signal.me/#eu/invented-link"


async def test_profile_and_link(channel: SignalChannel, daemon: SignalDaemon) -> None:
    """Name, line and picture are set; the username gives the link."""
    profile = Profile("Mistok", "Громади і гміни", "/var/lib/signal-cli/mistok.png", "mistok")
    assert await channel.introduce(profile) == LINK
    assert daemon.profile["givenName"] == "Mistok"
    assert daemon.profile["avatar"].endswith("mistok.png")
    assert daemon.username == "mistok.01"
    assert daemon.refused == []


async def test_what_is_not_given_stays(channel: SignalChannel, daemon: SignalDaemon) -> None:
    assert await channel.introduce(Profile("Mistok")) == ""
    assert daemon.profile == {"givenName": "Mistok"}


async def test_a_linked_device_leaves_signs_to_the_phone(
    channel: SignalChannel, daemon: SignalDaemon
) -> None:
    daemon.fail("updateConfiguration", -1, "This command doesn't work on linked devices.")
    assert await channel.introduce(Profile("Mistok", username="mistok")) == LINK


async def test_a_username_that_is_taken(channel: SignalChannel, daemon: SignalDaemon) -> None:
    daemon.fail("updateAccount", -1, "Username is taken")
    with pytest.raises(ConfigurationError, match="another username"):
        await channel.introduce(Profile("Mistok", username="mistok"))
    await daemon.stop()
    with pytest.raises(ChannelUnavailable):
        await channel.introduce(Profile("Mistok"))


def test_card() -> None:
    """A picture of the size of a postcard, whose code covers a good part of it."""
    with Image.open(io.BytesIO(card(LINK, "Mistok", "mistok.01"))) as shown:
        assert (shown.format, shown.size) == ("PNG", (WIDTH, HEIGHT))
        assert round(shown.info["dpi"][0]) == DPI
        grey = shown.convert("L")
        dark = sum(grey.histogram()[:128]) / (WIDTH * HEIGHT)
        edges = [grey.getpixel((x, y)) for x in (0, WIDTH - 1) for y in (0, HEIGHT - 1)]
    assert 0.1 < dark < 0.4
    assert edges == [255] * 4


def test_the_card_keeps_a_margin() -> None:
    """Long names and usernames are broken or stay inside; nothing touches the lower edge."""
    with Image.open(
        io.BytesIO(card(LINK, "Міст громад і гмін України та Польщі", "mistok_very_long.01"))
    ) as shown:
        lowest = shown.convert("L").crop((0, HEIGHT - 40, WIDTH, HEIGHT))
        assert lowest.getextrema() == (255, 255)


@pytest.mark.parametrize("link", ["", "https://example.org/#eu/x", "signal.me/#eu/x"])
def test_other_links_are_refused(link: str) -> None:
    with pytest.raises(ConfigurationError):
        card(link, "Mistok")
