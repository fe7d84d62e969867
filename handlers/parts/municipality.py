"""Which municipality is meant: asked until exactly one is confirmed."""

from functools import partial
from itertools import count

from bot.dialogue.choices import Choice, no, yes
from bot.dialogue.questions import free_text
from bot.dialogue.talk import Talk
from bot.model.incoming import Location
from bot.model.message import M, Message
from bot.model.municipality import Country, Municipality
from bot.places.describe import describe, describe_fully
from bot.places.gazetteer import Candidate, Gazetteer, Located

LONGEST_NAME = 200
MOST_NAMESAKES = 6
NONE_OF_THESE = "/none"


async def which_municipality(
    talk: Talk, step: str, prompt: Message, *, country: Country | None = None
) -> Municipality:
    """The municipality the person means; namesakes are asked about, never guessed."""
    gazetteer = talk.services.gazetteer
    for attempt in count():
        name = f"{step}.{attempt}"
        typed = await talk.ask(
            name, prompt, parse=free_text(LONGEST_NAME), location=partial(_near, gazetteer)
        )
        found = await talk.keep(f"{name}.found", partial(_find, talk, typed, country))
        if not found:
            await talk.say(M("I do not know a municipality by that name."))
            prompt = M("Please write the name of the hromada or gmina once more, perhaps with its region.")
            continue
        known = [(gazetteer.get(key), via) for key, via in found]
        offered = [Candidate(municipality, 1.0, via) for municipality, via in known if municipality]
        chosen = await _which(talk, f"{name}.which", offered)
        if chosen:
            return chosen
        prompt = M("Then please write the name again, perhaps with its region.")
    raise AssertionError("count() has no end")


async def _which(talk: Talk, step: str, offered: list[Candidate]) -> Municipality | None:
    if len(offered) == 1:
        only = offered[0]
        question = M("{municipality}. Is that right?", municipality=_described(only))
        agreed = await talk.choose(
            step, question, (yes("yes", M("Yes, that is it")), no("no", M("No, another one")))
        )
        return only.municipality if agreed == "yes" else None
    cards = [describe(one.municipality) for one in offered]
    choices = [
        Choice(one.municipality.key, _described(one, fully=cards.count(card) > 1))
        for one, card in zip(offered, cards, strict=True)
    ]
    choices.append(no(NONE_OF_THESE, M("None of these")))
    key = await talk.choose(step, M("There is more than one. Which one do you mean?"), choices)
    return None if key == NONE_OF_THESE else talk.services.gazetteer.get(key)


def _described(candidate: Candidate, *, fully: bool = False) -> Message:
    """The municipality in a line; ``fully`` with raion or powiat, where another looks the same."""
    card = describe_fully(candidate.municipality) if fully else describe(candidate.municipality)
    return M("{municipality} ({via})", municipality=card, via=candidate.via) if candidate.via else card


def _near(gazetteer: Gazetteer, point: Location) -> str:
    """The municipalities nearest to a shared point, by key; the point itself is not kept."""
    return "@" + " ".join(near.key for near, _ in gazetteer.nearest(point.lat, point.lon, 3))


def _find(talk: Talk, typed: str, country: Country | None) -> list[tuple[str, str]]:
    gazetteer = talk.services.gazetteer
    if typed.startswith("@"):
        return [(key, "") for key in typed[1:].split()]
    located: Located = gazetteer.locate(typed, country=country, limit=MOST_NAMESAKES)
    if located.decision == "none":
        return []
    results = located.results[:1] if located.decision == "match" else located.results
    return [(candidate.municipality.key, candidate.via) for candidate in results]
