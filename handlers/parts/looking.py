"""What somebody looks for: read from words, asked for in steps, and said back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter

from bot.dialogue.cards import group_choices, group_label, topic_choices
from bot.dialogue.choices import Choice
from bot.dialogue.questions import Refused, free_text
from bot.dialogue.talk import Talk
from bot.matching import taxonomy
from bot.matching.understand import understand
from bot.model.message import Listed, M, Message, Value
from bot.model.municipality import Country, Municipality
from bot.places.describe import title
from bot.places.gazetteer import Gazetteer
from bot.places.region_names import named_regions
from bot.places.regions import region_words, regions
from bot.places.request import Wanted, read_request
from handlers.alerts import SIZES

ANY = "/any"
ALIKE = "/alike"
ABOUT_PARTNERS = frozenset({"partnership-search", "twin-town", "staff-training"})
"""Slugs that say only that a partner or experience is wanted, not in what."""
DISTANCES = (50, 100, 200, 400)
COUNTRIES: dict[Country, Message] = {"UA": M("Ukraine"), "PL": M("Poland")}
NOT_UNDERSTOOD = M(
    "I found no region, size, distance or topic in this. Please say it in other words, for example: "
    "near Lublin, 5–20 thousand people, waterworks"
)


@dataclass(frozen=True, slots=True)
class Search:
    """Conditions on a municipality and the topic, and the page that is shown.

    Attributes:
        country: Where to look; empty for the other country than one's own.
        group, subtopics, concepts: Of the topic, as in a listing.
    """

    wanted: Wanted = field(default_factory=Wanted)
    country: Country | None = None
    group: int = 0
    subtopics: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    page: int = 0

    @property
    def slugs(self) -> tuple[str, ...]:
        """What the topic is, finest first."""
        return self.concepts or self.subtopics


_searches = TypeAdapter(Search)


def to_args(search: Search) -> dict[str, Any]:
    """The search as arguments of a dialogue."""
    data: dict[str, Any] = _searches.dump_python(search, mode="json")
    return data


def from_args(data: Mapping[str, Any]) -> Search:
    """The search that ``to_args`` wrote."""
    return _searches.validate_python(data)


def read_search(text: str, gazetteer: Gazetteer, country: Country) -> Search:
    """The search that a person's words describe.

    Raises:
        Refused: They name neither region nor size, distance or topic.
    """
    wanted = read_request(text, gazetteer)
    search = about(Search(wanted), wanted.rest, country)
    if not (search.slugs or wanted.says_where_or_size):
        raise Refused(NOT_UNDERSTOOD)
    return search


def about(search: Search, words: str, country: Country) -> Search:
    """The search with the topic of these words, if they have one."""
    item = understand(words, country=country).whole
    concepts = tuple(slug for slug in item.concepts if slug not in ABOUT_PARTNERS)
    subtopics = tuple(slug for slug in item.subtopics if slug not in ABOUT_PARTNERS)
    group = item.groups[0].group if item.groups and (concepts or subtopics) else 0
    return replace(
        search,
        wanted=replace(search.wanted, rest=words),
        group=group,
        subtopics=subtopics,
        concepts=concepts,
        page=0,
    )


def said(search: Search, country: Country, gazetteer: Gazetteer) -> Message:
    """The search in words, so that the person sees how they were understood."""
    wanted = search.wanted
    parts: list[Value] = [region_words(region) for region in wanted.regions] or [COUNTRIES[country]]
    near = gazetteer.get(wanted.near) if wanted.near else None
    if near and wanted.km:
        parts.append(M("up to {n} km from {place}", n=wanted.km, place=title(near)))
    elif wanted.km:
        parts.append(M("up to {n} km from you", n=wanted.km))
    if wanted.least and wanted.most:
        parts.append(M("{least} to {most} people", least=wanted.least, most=wanted.most))
    elif wanted.most:
        parts.append(M("up to {most} people", most=wanted.most))
    elif wanted.least:
        parts.append(M("at least {least} people", least=wanted.least))
    if wanted.alike:
        parts.append(M("about as large as yours"))
    labels = [taxonomy.label(slug) for slug in search.slugs[:3]]
    parts += labels or ([group_label(search.group)] if search.group else [])
    return M("<i>{conditions}</i>", conditions=Listed(tuple(parts), "labels"))


async def ask_part(
    talk: Talk, part: str, search: Search, country: Country, home: Municipality | None
) -> Search:
    """The search with one part asked for anew."""
    match part:
        case "region":
            return await _ask_region(talk, search, country)
        case "size":
            return await _ask_size(talk, search, home)
        case "distance":
            return await _ask_distance(talk, search, home)
        case "topic":
            return await _ask_topic(talk, search, country)
        case "country":
            other: Country = "PL" if country == "UA" else "UA"
            changed = replace(search.wanted, regions=(), near="", km=0)
            return replace(search, wanted=changed, country=other, page=0)
        case _:
            return Search()


async def _ask_region(talk: Talk, search: Search, country: Country) -> Search:
    choices = [Choice(region, M("{region}", region=region_words(region))) for region in regions(country)]
    chosen = await talk.ask(
        "region",
        M("In which region? You can also write several."),
        parse=_regions,
        choices=(Choice(ANY, M("All regions")), *choices),
    )
    found = () if chosen == ANY else (chosen,) if isinstance(chosen, str) else tuple(chosen)
    return replace(search, wanted=replace(search.wanted, regions=found), page=0)


def _regions(typed: str) -> list[str]:
    found = named_regions(free_text(200)(typed))
    if not found:
        raise Refused(M("I do not know a region by that name. Please write an oblast or a voivodeship."))
    return found


async def _ask_size(talk: Talk, search: Search, home: Municipality | None) -> Search:
    choices = [Choice(key, label) for key, (label, _, _) in SIZES.items()]
    if home and home.population:
        choices.append(Choice(ALIKE, M("About as large as ours")))
    key = await talk.choose("size", M("How large may the other municipality be?"), choices)
    _, least, most = SIZES.get(key, (None, 0, 0))
    wanted = replace(search.wanted, least=least, most=most, alike=key == ALIKE)
    return replace(search, wanted=wanted, page=0)


async def _ask_distance(talk: Talk, search: Search, home: Municipality | None) -> Search:
    gazetteer = talk.services.gazetteer

    def parse(typed: str) -> list[Any]:
        text = free_text(200)(typed)
        wanted = read_request(text, gazetteer)
        if not wanted.km:
            wanted = read_request(f"near {text}", gazetteer)
        if not wanted.km:
            raise Refused(M("I do not know a municipality by that name."))
        return [wanted.near, wanted.km]

    near = [Choice(str(km), M("up to {n} km from you", n=km)) for km in DISTANCES]
    chosen = await talk.ask(
        "distance",
        M("How far may it be? You can also write a place, for example: 50 km from Lublin."),
        parse=parse,
        choices=(*(near if home and home.lat is not None else []), Choice(ANY, M("Any distance"))),
    )
    centre, km = ("", 0 if chosen == ANY else int(chosen)) if isinstance(chosen, str) else chosen
    return replace(search, wanted=replace(search.wanted, near=centre, km=km), page=0)


async def _ask_topic(talk: Talk, search: Search, country: Country) -> Search:
    def parse(typed: str) -> str:
        words = free_text(200)(typed)
        if not about(Search(), words, country).slugs:
            raise Refused(M("I do not know this topic. Please choose one, or say it in other words."))
        return words

    group = await talk.ask(
        "group",
        M("What is it about? Choose or write it."),
        parse=parse,
        choices=(*group_choices(), Choice(ANY, M("Any topic"))),
    )
    plain = replace(search, group=0, subtopics=(), concepts=(), page=0)
    if group == ANY:
        return plain
    if not group.isdigit():
        return about(search, group, country)
    slug = await talk.choose("topic", M("More exactly?"), topic_choices(int(group)))
    return replace(plain, group=int(group), subtopics=(slug,))
