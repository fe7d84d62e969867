"""Needs and offers as cards, and the choices their parts are corrected with."""

from bot.dialogue.choices import Choice
from bot.matching import taxonomy
from bot.model.listing import Draft, Listing
from bot.model.message import Foreign, Listed, M, Message, Words, lines
from bot.model.municipality import Municipality
from bot.model.understanding import Quantity
from bot.places.describe import describe

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


def listing_card(listing: Listing) -> Message:
    """A listing as the other side reads it: the summary in their language, then the original words."""
    side = M("They need:") if listing.draft.side == "need" else M("They offer:")
    words = M("In their own words: “{text}”", text=Foreign(listing.draft.text, listing.language))
    return lines(side, *facts(listing.draft), None if listing.text_held else words)
