"""A listing as ranking sees it."""

from bot.model.listing import Listing, Subject
from bot.model.municipality import Municipality


def subject_of(listing: Listing, home: Municipality, partners: int | None = None) -> Subject:
    """What the listing and its municipality bring to a match."""
    draft = listing.draft
    return Subject(
        id=listing.id,
        side=draft.side,
        text=draft.text,
        group=draft.group,
        subtopics=draft.subtopics,
        concepts=draft.concepts,
        quantities=draft.quantities,
        nature=draft.nature,
        urgency=draft.urgency,
        country=home.country,
        region=home.region,
        population=home.population,
        lat=home.lat,
        lon=home.lon,
        published_at=listing.published_at,
        municipality=home.key,
        partners=partners,
    )
