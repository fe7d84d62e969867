"""Who fits a search, and what this person may know of them."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.dialogue.talk import Talk
from bot.model.listing import Listing, Side, Subject
from bot.model.municipality import Country, Municipality, distance_km
from bot.places.request import all_fitting
from handlers.parts.looking import Search

MOST_RANKED = 100
SIDES: tuple[Side, ...] = ("need", "offer")


@dataclass(frozen=True, slots=True)
class Page:
    """What one search found.

    Attributes:
        keys: Of all municipalities that fit, best first.
        on_topic: How many of them are known to have something on the topic; they stand first.
        shown: Those whose listings the person may see if they come to them, now or before.
        unsized: How many are of unknown population though a size was wanted; they stand later.
        full: The person has seen as many new participants as one may for now.
    """

    keys: tuple[str, ...]
    on_topic: int
    shown: tuple[str, ...]
    unsized: int
    full: bool


def may_see(talk: Talk) -> bool:
    """Whether the person may know who takes part: a verified official, or a coordinator."""
    return talk.person.coordinator or bool(talk.seat and talk.seat.verified)


async def find(talk: Talk, search: Search, country: Country, home: Municipality | None) -> Page:
    """Those who fit, and which of them the person may know more of than the register says."""
    gazetteer = talk.services.gazetteer
    seen, left = await _budget(talk)
    taking_part = await talk.stores.cards.participants()

    def compute() -> Page:
        centre = gazetteer.get(search.wanted.near) or home
        sized = bool(search.wanted.least or search.wanted.most or search.wanted.alike)
        fitting = all_fitting(search.wanted, country, home, gazetteer)
        order = sorted(fitting, key=lambda m: (sized and m.population is None, *_closeness(m, centre)))
        scores = _on_topic(talk, search, country) if search.slugs else {}
        best = sorted(order, key=lambda m: -scores.get(m.key, 0.0))
        abroad = home is None or home.country != country or talk.person.coordinator
        shown = _allowed([m.key for m in best if abroad and m.key in taking_part], seen, left)
        on_topic = [key for key in shown if key in scores]
        rest = [m.key for m in order if m.key not in on_topic]
        first = [] if search.wanted.near else [key for key in rest if key in shown]
        others = [key for key in rest if key not in first]
        unsized = sum(m.population is None for m in order) if sized else 0
        full = left == 0 and may_see(talk)
        return Page((*on_topic, *first, *others), len(on_topic), tuple(shown), unsized, full)

    return await talk.keep("found", compute, of=Page)


async def _budget(talk: Talk) -> tuple[frozenset[str], int]:
    """Participants the person knows already, and how many new ones they may still meet."""
    seen = await talk.stores.cards.seen(talk.person.id, talk.now)
    left = await talk.stores.cards.left(talk.person.id, talk.now)
    return (seen, left) if may_see(talk) else (frozenset(), 0)


def _allowed(keys: list[str], seen: Collection[str], left: int) -> list[str]:
    """The keys that are known already, and as many of the first new ones as may be shown."""
    allowed = []
    for key in keys:
        if key in seen or left > 0:
            left -= key not in seen
            allowed.append(key)
    return allowed


def _on_topic(talk: Talk, search: Search, country: Country) -> dict[str, float]:
    """How well each municipality's open listings meet the topic; offers and needs alike."""
    best: dict[str, float] = {}
    for side in SIDES:
        subject = Subject(
            id="",
            side=side,
            text=search.wanted.rest,
            group=search.group,
            subtopics=search.subtopics,
            concepts=search.concepts,
            country="PL" if country == "UA" else "UA",
        )
        for match in talk.services.index.search(subject, now=talk.now, limit=MOST_RANKED):
            listing = talk.services.index.get(match.id)
            if listing:
                best[listing.municipality] = max(best.get(listing.municipality, 0.0), match.score)
    return best


def _closeness(municipality: Municipality, centre: Municipality | None) -> tuple[float, str]:
    distance = distance_km(centre, municipality) if centre else None
    return (distance if distance is not None else float("inf"), municipality.key)


async def listings_of(talk: Talk, municipality: Municipality, *, shown: bool) -> list[Listing]:
    """Open listings that the person may see; looked up in either case, so that both take as long."""
    found = await talk.stores.listings.of(municipality.key, "open")
    visible = [one for one in found if one.draft.audience == "all" or talk.person.coordinator]
    return visible if shown else []


async def may_see_card(talk: Talk, municipality: Municipality, home: Municipality | None) -> bool:
    """Whether the person may see the listings of this one: allowed at all, and not too many before."""
    seen, left = await _budget(talk)
    abroad = home is None or home.country != municipality.country or talk.person.coordinator
    return may_see(talk) and abroad and (municipality.key in seen or left > 0)
