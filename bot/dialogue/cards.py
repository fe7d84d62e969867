"""Needs and offers as cards, and the choices their parts are corrected with."""

from bot.dialogue.choices import Choice
from bot.matching import taxonomy
from bot.model.listing import Draft, Listing
from bot.model.message import Foreign, Listed, M, Message, Words, lines
from bot.model.municipality import Municipality
from bot.model.understanding import Quantity
from bot.places.describe import describe
from db.stores import Stores

TELEGRAM = "telegram:"

URGENCIES: dict[str, Message] = {
    "high": M("Urgent"),
    "medium": M("Has a deadline"),
    "none": M("Not urgent"),
}
AUDIENCES: dict[str, Message] = {
    "all": M("Verified officials of the other country"),
    "coordinator": M("Only coordinators"),
}
_UNITS: dict[str, Message] = {
    "pcs": M("{amount} pcs."),
    "people": M("{amount} people"),
    "places": M("{amount} places"),
    "m2": M("{amount} m²"),
    "m3": M("{amount} m³"),
    "kW": M("{amount} kW"),
    "kVA": M("{amount} kVA"),
    "MW": M("{amount} MW"),
    "m": M("{amount} m"),
    "km": M("{amount} km"),
    "t": M("{amount} t"),
    "kg": M("{amount} kg"),
    "l": M("{amount} l"),
}


def group_label(group: int) -> Words:
    """The name of a task group."""
    return taxonomy.label(taxonomy.group_slug(group))


def draft_card(draft: Draft, home: Municipality) -> Message:
    """The whole draft, as its author confirms it."""
    return lines(
        M("<b>This is how I understood your need:</b>")
        if draft.side == "need"
        else M("<b>This is how I understood your offer:</b>"),
        M("<i>{text}</i>", text=draft.text),
        *facts(draft),
        M("From: {municipality}", municipality=describe(home)),
        M("Seen by: {audience}", audience=AUDIENCES[draft.audience]),
    )


def facts(draft: Draft) -> list[Message]:
    """Topic, group, amount and urgency, a line each; what is unknown has no line."""
    found = [
        M("Topic: <b>{topic}</b>", topic=topic_of(draft)),
        M("Group: {group}", group=group_label(draft.group)),
    ]
    if draft.quantities:
        found.append(M("Amount: {amount}", amount=Listed(tuple(quantity(q) for q in draft.quantities))))
    if draft.urgency:
        found.append(URGENCIES[draft.urgency])
    return found


def topic_of(draft: Draft) -> Message:
    """What it is about: the concepts if they are known, else the sub-topic, else the group."""
    slugs = draft.concepts[:3] or draft.subtopics[:2]
    labels = tuple(taxonomy.label(slug) for slug in slugs) or (group_label(draft.group),)
    return M("{topics}", topics=Listed(labels, "labels"))


def quantity(amount: Quantity) -> Message:
    """The amount with its unit."""
    number = int(amount.n) if amount.n == int(amount.n) else amount.n
    return (
        Message(_UNITS[amount.unit].text, values={"amount": number})
        if amount.unit in _UNITS
        else M("{amount} {unit}", amount=number, unit=amount.unit)
    )


def group_choices() -> list[Choice]:
    """The four task groups."""
    return [Choice(str(group), M("{label}", label=group_label(group))) for group in (1, 2, 3, 4)]


def topic_choices(group: int) -> list[Choice]:
    """The sub-topics of a group."""
    return [Choice(slug, M("{label}", label=taxonomy.label(slug))) for slug in taxonomy.subtopics(group)]


async def listing_card(stores: Stores, listing: Listing, *, address: str, municipality: str = "") -> Message:
    """A listing as the other side reads it: the summary in their language, then the original words.

    Held words are left out. Words on a restricted topic go over Telegram only if the councils of both
    sides allow it; the summary always does.

    Args:
        address: Where it is shown.
        municipality: Key of the reader's; empty for a coordinator, who answers to no council.
    """
    side = M("They need:") if listing.draft.side == "need" else M("They offer:")
    return lines(side, *facts(listing.draft), await _words(stores, listing, address, municipality))


async def _words(stores: Stores, listing: Listing, address: str, municipality: str) -> Message | None:
    if listing.text_held:
        return None
    words = M("In their own words: “{text}”", text=Foreign(listing.draft.text, listing.language))
    if not address.startswith(TELEGRAM) or not is_restricted(listing.draft):
        return words
    if await stores.policies.of(listing.municipality) != "yes":
        return M("Their own words are on a sensitive topic and are not shown on Telegram.")
    if municipality and await stores.policies.of(municipality) != "yes":
        return M(
            "Their own words are on a sensitive topic; on Telegram they are shown once your council allows "
            "Telegram: /settings"
        )
    return words


def is_restricted(draft: Draft) -> bool:
    """Whether details of it could help an attacker; so is what has no known topic."""
    topics = (*draft.subtopics, *draft.concepts)
    return not topics or any(map(taxonomy.is_restricted, topics))
