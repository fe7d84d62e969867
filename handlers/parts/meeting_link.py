"""The link of an online meeting: checked, and services that are not listed yet added knowingly."""

from collections.abc import Callable, Collection
from itertools import count
from urllib.parse import urlsplit

from bot.dialogue.choices import Choice
from bot.dialogue.questions import Refused
from bot.dialogue.talk import Talk
from bot.meetings.links import USUAL_HOSTS, Link, check_link
from bot.model.message import M

WITHOUT = "/without"
_LINK = M("What is the link of the online meeting? It begins with https://")


async def ask_link(talk: Talk, step: str, typed: str = "") -> str:
    """A checked link, or none yet; a coordinator may add a service that is not listed."""
    allowed = USUAL_HOSTS | await talk.stores.meetings.hosts()
    complaint = None
    for attempt in count():
        link = check_link(typed, allowed) if typed else None
        if link and link.url:
            return link.url
        name = f"{step}.{attempt}"
        if link and _unlisted(link, allowed):
            if await _add_host(talk, f"{name}.host", _host(typed)):
                allowed |= {_host(typed)}
                continue
        elif link:
            complaint = link.refusal
        answer = await talk.ask(
            name,
            complaint or _LINK,
            parse=_reader(allowed),
            choices=(Choice(WITHOUT, M("I do not have it yet")),),
        )
        if answer == WITHOUT:
            return ""
        typed, complaint = answer, None
    raise AssertionError("count() has no end")


def _reader(allowed: Collection[str]) -> Callable[[str], str]:
    def read(typed: str) -> str:
        link = check_link(typed, allowed)
        if link.refusal and not _unlisted(link, allowed):
            raise Refused(link.refusal)
        return typed.strip()

    return read


def _host(typed: str) -> str:
    return (urlsplit(typed.strip()).hostname or "").lower()


def _unlisted(link: Link, allowed: Collection[str]) -> bool:
    """Whether nothing is wrong with the link but that its host is new and looks like no other."""
    if not link.refusal or "known" in link.refusal.values or "host" not in link.refusal.values:
        return False
    return bool(check_link(link.typed, {*allowed, _host(link.typed)}).url)


async def _add_host(talk: Talk, step: str, host: str) -> bool:
    agreed = await talk.confirm(
        step,
        M(
            "<b>{host}</b> is not on the list of meeting services yet. If you know it well, shall I add it?",
            host=host,
        ),
        M("Yes, add it"),
        M("No, another link"),
    )
    if not agreed:
        return False

    async def add() -> None:
        await talk.stores.meetings.allow_host(host, talk.person.id, talk.now)
        await talk.stores.audit.note(talk.person.id, "link-host.added", host, talk.now)

    await talk.once(f"{step}.added", add)
    return True
