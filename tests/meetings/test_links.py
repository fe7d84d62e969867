"""Links: what may stand in a notice and what is refused, with a word on what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meetings.links import USUAL_HOSTS, check_link, find_links


@pytest.mark.parametrize(
    ("typed", "url", "host"),
    [
        ("https://zoom.us/j/123?pwd=a%2Fb", "https://zoom.us/j/123?pwd=a%2Fb", "zoom.us"),
        ("https://us02web.zoom.us/j/1", "https://us02web.zoom.us/j/1", "us02web.zoom.us"),
        (
            " HTTPS://Teams.Microsoft.com/l/Meet#x ",
            "https://teams.microsoft.com/l/Meet#x",
            "teams.microsoft.com",
        ),
        ("https://meet.google.com:443/abc-defg", "https://meet.google.com/abc-defg", "meet.google.com"),
    ],
)
def test_meeting_links_pass_in_full(typed: str, url: str, host: str) -> None:
    link = check_link(typed, USUAL_HOSTS)
    assert (link.url, link.host, link.refusal) == (url, host, None)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("http://zoom.us/j/1", "must begin with https://"),
        ("zoom.us/j/1", "must begin with https://"),
        ("javascript:alert(1)", "must begin with https://"),
        ("https:///zoom.us", "must begin with https://"),
        ("https://zoom.us@evil.example/j", "with @"),
        ("https://zoom.us%40evil.example/j", "not on the list|only looks like"),
        ("https://user:secret@zoom.us/j", "with @"),
        ("https://192.0.2.7/j", "not a number"),
        ("https://3221225991/j", "not a number"),
        ("https://0x7f.1/j", "not a number"),
        ("https://[2001:db8::1]/j", "not a number"),
        ("https://localhost/j", "not a number"),
        ("https://zoom.us:8443/j", "port number"),
        ("https://zoom.us:99999999/j", "characters that do not belong"),
        ("https://xn--zom-0lb.us/j", "not on the list"),
        ("https://zооm.us/j", "only looks like"),
        ("https://z00m.us/j", "only looks like"),
        ("https://zoom.us.evil.example/j", "only looks like"),
        ("https://zoom-us.example/j", "only looks like"),
        ("https://rneet.google.com/j", "not on the list|only looks like"),
        ("https://evil.example/zoom.us", "not on the list"),
        ("https://notzoom.us/j", "only looks like"),
        ("https://zoom.us\\@evil.example", "characters that do not belong"),
        ("https://zoom.us/\u202ej", "characters that do not belong"),
        ("https://zoom.us/a b", "characters that do not belong"),
        ("tg://resolve?domain=x", "Telegram or Signal"),
        ("sgnl://linkdevice?uuid=x", "Telegram or Signal"),
        ("https://t.me/+AbCd", "Telegram or Signal"),
        ("t.me/+AbCd", "Telegram or Signal"),
        ("https://signal.group/#abc", "Telegram or Signal"),
        ("https://sub.telegram.me/x", "Telegram or Signal"),
        ("https://zoom.us/" + "a" * 500, "longer than"),
    ],
)
def test_others_are_refused_with_advice(typed: str, says: str) -> None:
    link = check_link(typed, USUAL_HOSTS)
    assert (link.url, link.host) == ("", "")
    assert link.refusal
    assert any(part in link.refusal.text for part in says.split("|")), link.refusal.text


def test_a_messenger_is_refused_even_when_listed() -> None:
    assert check_link("https://t.me/+AbCd", {"t.me"}).refusal


@given(st.text(max_size=60), st.sampled_from(["", "https://", "https://zoom.us", "https://zoom.us/"]))
def test_whatever_passes_leads_to_a_listed_host(tail: str, head: str) -> None:
    link = check_link(head + tail, {"zoom.us"})
    if not link.refusal:
        assert link.host == "zoom.us" or link.host.endswith(".zoom.us")
        assert link.url.startswith(f"https://{link.host}")
        assert link.url.isascii()


def test_links_are_found_with_their_disguises() -> None:
    text = "Zoom (https://zoom.us/j/1), potem tg://x i t.me/+abc. Reszta."
    assert [text[start:end] for start, end in find_links(text)] == [
        "https://zoom.us/j/1",
        "tg://x",
        "t.me/+abc",
    ]
