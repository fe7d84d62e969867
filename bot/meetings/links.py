"""Which links may stand in a notice: https, a host that coordinators allow, nothing that hides its target."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from bot.model.message import M, Message

LONGEST = 500
USUAL_HOSTS = frozenset(
    {"zoom.us", "teams.microsoft.com", "teams.live.com", "meet.google.com", "webex.com", "meet.jit.si"}
)

_LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,15}://|(?:tg|sgnl|tel|mailto|javascript|data):)\S+|"
    r"(?<![\w@.])(?:www\.|t\.me/|telegram\.me/|signal\.(?:group|me)/)\S+",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?)]}>»”\"'"
_MESSENGERS = (
    "t.me",
    "telegram.me",
    "telegram.dog",
    "telegram.org",
    "signal.group",
    "signal.me",
    "signal.link",
)
_LOOK_ALIKES = str.maketrans(
    dict(zip("аеорсухіїјѕԁһӏ015|i", "aeopcyxlljsdhlolsll", strict=True)) | {"-": "", ".": ""}
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as typed, and what may be shown of it.

    Attributes:
        typed: As the person wrote it.
        url: To be shown in full; empty when refused.
        host: For bold print; empty when refused.
        refusal: What is wrong and what to do; None when the link may be used.
    """

    typed: str
    url: str = ""
    host: str = ""
    refusal: Message | None = None


def find_links(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of everything in ``text`` that is or poses as a link, without closing punctuation."""
    spans = []
    for match in _LINK.finditer(text):
        spans.append((match.start(), match.start() + len(match[0].rstrip(_TRAILING))))
    return tuple(spans)


def check_link(typed: str, allowed: Collection[str]) -> Link:
    """The link, or why it is refused; ``allowed`` holds lower-case hosts, each with its subdomains."""
    url = typed.strip()
    if len(url) > LONGEST:
        return Link(
            typed,
            refusal=M(
                "This link is longer than {limit} characters. Please use a shorter one.", limit=LONGEST
            ),
        )
    parts = _parts(url)
    if refusal := _refusal(url, parts, allowed):
        return Link(typed, refusal=refusal)
    assert parts is not None  # noqa: S101 - a link that cannot be read was refused above
    host = (parts.hostname or "").lower()
    return Link(typed, url=parts._replace(scheme="https", netloc=host).geturl(), host=host)


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _refusal(url: str, parts: SplitResult | None, allowed: Collection[str]) -> Message | None:
    if parts is None or not re.fullmatch(r"[!-~]+", url) or "\\" in url:
        host = parts.hostname if parts else ""
        if host and not host.isascii():
            return _disguised(host, allowed)
        return M(
            "This link holds characters that do not belong there. "
            "Please copy it again from your meeting service."
        )
    host = (parts.hostname or "").lower()
    if parts.scheme.lower() in ("tg", "sgnl") or _within(host or url.lower().split("/")[0], _MESSENGERS):
        return M(
            "Links into Telegram or Signal can take over an account, so they are never sent. "
            "Please give the https link of the online meeting."
        )
    if parts.scheme.lower() != "https" or not host:
        return M("The link must begin with https://. Please copy it in full from your meeting service.")
    if "@" in parts.netloc:
        return M("A link with @ before the address hides where it leads. Please give the plain link.")
    if parts.port not in (None, 443):
        return M("A link with a port number is not sent. Please give the plain link of the online meeting.")
    if re.fullmatch(r"[0-9.]+|0x[0-9a-f.x]+|.*:.*", host) or "." not in host:
        return M(
            "The link must name a service, not a number. Please give the plain link of the online meeting."
        )
    if not re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", host) or "xn--" in host:
        return _disguised(host, allowed)
    return None if _within(host, allowed) else _disguised(host, allowed)


def _within(host: str, hosts: Collection[str]) -> bool:
    return any(host == known or host.endswith("." + known) for known in hosts)


def _disguised(host: str, allowed: Collection[str]) -> Message:
    skeleton = _skeleton(host)
    for known in sorted(allowed):
        if _skeleton(known) in skeleton:
            return M(
                "<b>{host}</b> only looks like {known}. If somebody sent you this link, do not open it; "
                "please give the real one.",
                host=host,
                known=known,
            )
    return M(
        "<b>{host}</b> is not on the list of meeting services. A coordinator can add it, "
        "or please give a link of a listed service.",
        host=host,
    )


def _skeleton(host: str) -> str:
    """The host as the eye takes it: letters that look alike become one."""
    return host.lower().translate(_LOOK_ALIKES).replace("rn", "m").replace("vv", "w")
