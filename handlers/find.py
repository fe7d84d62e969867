"""/find: look for a partner in words or in steps, page by page."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.dialogue.choices import Choice
from bot.dialogue.questions import HandedOver, Refused, free_text
from bot.dialogue.registry import UNDERSTAND, dialogue
from bot.dialogue.talk import Talk
from bot.model.message import N_, M, Message
from bot.model.municipality import Country, Municipality
from bot.places.describe import describe_fully, name_words
from bot.places.request import read_request
from handlers.parts.candidates import find as find_fitting
from handlers.parts.candidates import listings_of
from handlers.parts.channels import stop_if_barred
from handlers.parts.found import distance, entry, header, paragraphs
from handlers.parts.looking import Search, ask_part, from_args, read_search, said, to_args

A_PAGE = 5
LONGEST = 400
MOST_WORDS = 4  # of a text that may be nothing but a name
SURE = 0.8
MORE, CHANGE, EVERYTHING = "/more", "/change", "/everything"
PARTS: dict[str, Message] = {
    "region": M("Region"),
    "size": M("Size"),
    "distance": M("Distance"),
    "topic": M("Topic"),
}


@dialogue(
    "find",
    N_("Find a partner"),
    words="пошук|знайти|знайти партнера|szukaj|znajdź|znajdź partnera|search|find a partner",
    passing=True,
)
async def find(talk: Talk) -> None:
    """Show a page of those who fit, and lead to their cards."""
    if talk.seat is None and not talk.person.coordinator:
        await talk.then("start")
    if await stop_if_barred(talk):
        return
    home = talk.services.gazetteer.get(talk.seat.municipality) if talk.seat else None
    search = await _search(talk, home)
    country = search.country or other_country(talk, home)
    page = await find_fitting(talk, search, country, home)
    if not page.keys:
        await talk.say(M("No community fits all of this:"), said(search, country, talk.services.gazetteer))
        await _change(talk, search, country, home)
    begin = search.page * A_PAGE
    here = [m for key in page.keys[begin : begin + A_PAGE] if (m := talk.services.gazetteer.get(key))]
    known = {m.key: await listings_of(talk, m, shown=m.key in page.shown) for m in here}
    await _note_seen(talk, [key for key, listings in known.items() if listings])
    cards = [
        entry(number, m, known[m.key], distance(talk, search, m, home))
        for number, m in enumerate(here, begin + 1)
    ]
    choices = [Choice(m.key, M("{municipality}", municipality=name_words(m))) for m in here]
    if begin + A_PAGE < len(page.keys):
        choices.append(Choice(MORE, M("More")))
    choices.append(Choice(CHANGE, M("Change the search")))
    chosen = await talk.ask(
        "whom",
        paragraphs([header(talk, search, country, page), *cards]),
        parse=lambda typed: _anew(talk, typed, search, country),
        choices=choices,
    )
    if isinstance(chosen, dict):
        await talk.then("find", search=to_args(await _follow(talk, chosen, search)))
    if chosen == MORE:
        await talk.then("find", search=to_args(replace(search, page=search.page + 1)))
    if chosen == CHANGE:
        await _change(talk, search, country, home)
    await talk.then("card", municipality=chosen, search=to_args(search))


def other_country(talk: Talk, home: Municipality | None) -> Country:
    """Where somebody looks who says nothing about it."""
    if home:
        return "PL" if home.country == "UA" else "UA"
    return "PL" if talk.person.language == "uk" else "UA"


async def _search(talk: Talk, home: Municipality | None) -> Search:
    """The search in the arguments, else as the person describes it."""
    if "search" in talk.args:
        return from_args(talk.args["search"])
    country = other_country(talk, home)

    def parse(typed: str) -> dict[str, Any]:
        return _read(talk, typed, country)

    found: dict[str, Any] | str | None = await _given(talk, parse)
    if found is None:
        found = await talk.ask(
            "what",
            M(
                "Whom are you looking for? Please write it in your own words, for example: near Lublin, "
                "5–20 thousand people, experience with waterworks. Or choose where to begin."
            ),
            parse=parse,
            choices=(
                *(Choice(key, label) for key, label in PARTS.items()),
                Choice(EVERYTHING, M("Show everybody")),
            ),
        )
    if isinstance(found, dict):
        return await _follow(talk, found, Search())
    return Search() if found == EVERYTHING else await ask_part(talk, found, Search(), country, home)


def _read(talk: Talk, typed: str, country: Country) -> dict[str, Any]:
    """A search, or municipalities under ``named``.

    Raises:
        Refused: The text is neither.
    """
    text = free_text(LONGEST)(typed)
    if named := _named(talk, text):
        return {"named": named}
    return {"search": to_args(read_search(text, talk.services.gazetteer, country))}


def _anew(talk: Talk, typed: str, search: Search, country: Country) -> dict[str, Any]:
    """Another search typed below a list; what names no place and no size is heard as anything else."""
    text, gazetteer = free_text(LONGEST)(typed), talk.services.gazetteer
    if named := _named(talk, text):
        return {"named": named}
    if not read_request(text, gazetteer).says_where_or_size:
        raise HandedOver(UNDERSTAND, {"text": text})
    return {"search": to_args(replace(read_search(text, gazetteer, country), country=search.country))}


async def _follow(talk: Talk, found: dict[str, Any], before: Search) -> Search:
    """Go to the card of the municipality that was named; otherwise the search that was described."""
    if "named" in found:
        key = await _one_of(talk, found["named"])
        await talk.then("card", municipality=key, search=to_args(before))
    return from_args(found["search"])


async def _given(talk: Talk, parse: Any) -> dict[str, Any] | None:
    """What stood behind the command, if it can be understood."""
    try:
        read: dict[str, Any] | None = parse(str(talk.args["text"])) if talk.args.get("text") else None
    except Refused as refusal:
        await talk.say(refusal.sentence)
        return None
    return read


def _named(talk: Talk, text: str) -> list[str]:
    """Municipalities, by key, that a short text names and nothing else."""
    if len(text.split()) > MOST_WORDS or any(char.isdigit() or char == "," for char in text):
        return []
    located = talk.services.gazetteer.locate(text, limit=6)
    sure = sum(candidate.score for candidate in located.results) >= SURE
    if located.decision == "none" or not sure:
        return []
    found = located.results[:1] if located.decision == "match" else located.results
    return [candidate.municipality.key for candidate in found]


async def _one_of(talk: Talk, keys: Sequence[str]) -> str:
    if len(keys) == 1:
        return keys[0]
    known = [m for key in keys if (m := talk.services.gazetteer.get(key))]
    choices = [Choice(m.key, describe_fully(m)) for m in known]
    return await talk.choose("which", M("There is more than one. Which one do you mean?"), choices)


async def _change(talk: Talk, search: Search, country: Country, home: Municipality | None) -> None:
    """Ask which condition is to change, and search again."""
    part = await talk.choose(
        "part",
        M("What shall I change?"),
        (
            *(Choice(key, label) for key, label in PARTS.items()),
            Choice("country", M("The other country")),
            Choice("afresh", M("Begin afresh")),
        ),
        leave=True,
    )
    if part == "afresh":
        await talk.then("find")
    await talk.then("find", search=to_args(await ask_part(talk, part, search, country, home)))


async def _note_seen(talk: Talk, keys: Sequence[str]) -> None:
    async def note() -> None:
        await talk.stores.cards.see(talk.person.id, keys, talk.now)

    await talk.once("seen", note)
