"""A page of those who fit, in words."""

from collections.abc import Sequence

from bot.dialogue.cards import topic_of
from bot.dialogue.talk import Talk
from bot.model.listing import Listing
from bot.model.message import Listed, M, Message, lines
from bot.model.municipality import Country, Municipality, distance_km
from bot.places.describe import describe, population, title
from handlers.parts.candidates import Page, may_see
from handlers.parts.looking import Search, said


def header(talk: Talk, search: Search, country: Country, page: Page) -> Message:
    """How many were found, by which conditions, and what is not shown."""
    n = len(page.keys)
    topic = M("Nothing is known on the topic yet.") if search.slugs else None
    if page.on_topic:
        topic = M(
            "{n} of them is known to have something on the topic and stands first.",
            "{n} of them are known to have something on the topic and stand first.",
            n=page.on_topic,
        )
    return lines(
        M("<b>Communities found: {n}</b>", n=n),
        said(search, country, talk.services.gazetteer),
        topic,
        M("Population not known: {n}", n=page.unsized) if page.unsized else None,
        None if may_see(talk) else M("What they need and offer is shown once your office is confirmed."),
        M("You have met many communities lately; further needs and offers are shown tomorrow or later.")
        if page.full
        else None,
    )


def distance(talk: Talk, search: Search, m: Municipality, home: Municipality | None) -> Message | None:
    """How far it is from the place that was named, else from one's own."""
    centre = talk.services.gazetteer.get(search.wanted.near) or home
    km = distance_km(centre, m) if centre else None
    if km is None or centre is None:
        return None
    if centre == home:
        return M("{n} km from you", n=round(km))
    return M("{n} km from {place}", n=round(km), place=title(centre))


def entry(number: int, m: Municipality, listings: Sequence[Listing], far: Message | None) -> Message:
    """One of those who fit: the register's facts, and why."""
    facts = tuple(part for part in (population(m), far) if part)
    return lines(
        M("<b>{number}. {municipality}</b>", number=number, municipality=describe(m)),
        M("{facts}", facts=Listed(facts, "labels")),
        *_sides(listings),
    )


def _sides(listings: Sequence[Listing]) -> list[Message]:
    """What they offer and need, a line each."""
    found = []
    for side, text in (("offer", M("Offers:")), ("need", M("Needs:"))):
        topics = tuple(topic_of(one.draft) for one in listings if one.draft.side == side)
        if topics:
            found.append(
                Message("{side} {topics}", values={"side": text, "topics": Listed(topics, "labels")})
            )
    return found


def paragraphs(parts: Sequence[Message]) -> Message:
    """Several messages as one, parted by empty lines."""
    text = "\n\n".join(f"{{_{n}}}" for n in range(len(parts)))
    return Message(text, values={f"_{n}": part for n, part in enumerate(parts)})
