"""Why a counterpart is shown, or is not, in sentences about what is stored of both."""

from collections.abc import Iterator, Mapping, Sequence

from bot.matching import fit, taxonomy
from bot.matching.fit import complementary
from bot.matching.weights import WEIGHTS
from bot.model.listing import Subject
from bot.model.message import Listed, M, Message, Words
from bot.model.understanding import Quantity

MOST = 3
SIMILAR_SIZE = 0.75  # fit from which two communities are called similar: one at most twice the other
NEAR_KM = 400
ENOUGH = 0.9  # share of an amount from which it is called covered

# That both mean goods goes without saying when the thing is named.
_NATURES = {
    "know-how": M("Both of you want to exchange experience."),
    "hosting": M("Both of you mean a visit or a stay."),
    "money": M("Both of you mean funding."),
}

# Signs of measures in Ukrainian; Polish and English write them alike.
_CYRILLIC = {
    "kVA": "кВА", "kW": "кВт", "MW": "МВт", "kWh": "кВт·год", "MWh": "МВт·год",
    "m": "м", "m2": "м²", "m3": "м³", "m3/h": "м³/год", "km": "км", "mm": "мм",
    "kg": "кг", "t": "т", "l": "л",
}  # fmt: skip


def reasons(
    need: Subject,
    offer: Subject,
    components: Mapping[str, float],
    *,
    partner: bool = False,
    returned: str | None = None,
) -> tuple[Message, ...]:
    """At most three reasons, strongest first, written for whoever holds ``need``.

    ``partner`` says that the two are partners already; ``returned`` is a concept by which they need
    something that the reader offers.
    """
    found = [*_about_the_topic(need, offer, components), *_about_the_help(need, offer, components)]
    if partner:
        found.append((WEIGHTS["partnership"], M("You are partners already.")))
    if returned and (thing := _label(returned)):
        sentence = M("They, in turn, need something that you offer: {thing}.", thing=thing)
        found.append((WEIGHTS["partnership"], sentence))
    found += _about_the_community(need, offer, components)
    found.sort(key=lambda reason: -reason[0])  # stable: among equals what was found first
    return tuple(message for _, message in found[:MOST])


def _about_the_topic(
    need: Subject, offer: Subject, components: Mapping[str, float]
) -> Iterator[tuple[float, Message]]:
    strength = WEIGHTS["concepts"] * components["concepts"] + WEIGHTS["subtopics"] * components["subtopics"]
    things = _labels([it for it in fit.telling(need.concepts) if it in fit.telling(offer.concepts)])
    topics = _labels([slug for slug in need.subtopics if slug in offer.subtopics])
    if things and need.side == offer.side:
        yield strength, M("You are both looking for the same: {thing}.", thing=things)
    elif things and need.side == "need":
        yield strength, M("They offer what you need: {thing}.", thing=things)
    elif things:
        yield strength, M("They need what you offer: {thing}.", thing=things)
    elif topics:
        yield strength, M("The same topic: {topic}.", topic=topics)


def _about_the_help(
    need: Subject, offer: Subject, components: Mapping[str, float]
) -> Iterator[tuple[float, Message]]:
    asking, giving = (need, offer) if need.side == "need" else (offer, need)
    best = fit.amounts(asking, giving)
    if best and best[2] >= ENOUGH:
        sentence = M(
            "The amount is enough: {asked} needed, {given} offered.",
            asked=amount(best[0]),
            given=amount(best[1]),
        )
        yield WEIGHTS["nature"] + WEIGHTS["quantity"], sentence  # an amount says the kind of help as well
    shared = [kind for kind in need.nature if kind in offer.nature and kind in _NATURES]
    if shared:
        yield WEIGHTS["nature"] * components["nature"], _NATURES[shared[0]]


def _about_the_community(
    need: Subject, offer: Subject, components: Mapping[str, float]
) -> Iterator[tuple[float, Message]]:
    km = fit.apart_km(need, offer)
    if km is not None and km <= NEAR_KM:
        sentence = M("You are only about {km} km apart.", km=max(10, round(km / 10) * 10))
        yield WEIGHTS["distance"] * components["distance"], sentence
    elif km is None and fit.both_at_the_border(need, offer):
        sentence = M("Both your regions take part in the Poland-Ukraine cross-border programme.")
        yield WEIGHTS["distance"] * components["distance"], sentence
    if need.population and offer.population and components["size"] >= SIMILAR_SIZE:
        sentence = M(
            "Your communities are of a similar size: {yours} and {theirs} inhabitants.",
            yours=need.population,
            theirs=offer.population,
        )
        yield WEIGHTS["size"] * components["size"], sentence
    if offer.partners == 0:
        yield WEIGHTS["partnership"], M("They have no partner abroad yet.")


def why_not(need: Subject, offer: Subject, *, shown: bool = False) -> Message:
    """Why ``offer`` is not among the matches of ``need``: the first obstacle; ``shown`` says that it is."""
    if shown:
        return M("It is among your matches.")
    if need.municipality and need.municipality == offer.municipality:
        return M("This one is from your own community.")
    if need.country and need.country == offer.country:
        return M("It is from your own country; matches come from the other side of the border.")
    if offer.open_share <= 0:
        return M("Nothing is left of it.")
    if not complementary(need, offer):
        return (
            M("They need help as well, so you cannot meet each other's request here.")
            if need.side == "need"
            else M("They offer help as well, so neither of you would be asking.")
        )
    ours, theirs = ({*it.subtopics, *fit.telling(it.concepts)} for it in (need, offer))
    if ours.isdisjoint(theirs):
        return _other_topics(need, offer)
    return M("It fits too, but others fit better.")


def _other_topics(need: Subject, offer: Subject) -> Message:
    yours, theirs = _labels(need.subtopics), _labels(offer.subtopics)
    if not yours or not theirs:
        return M("The topic of one of the two is not clear yet.")
    return M("The topics differ: yours is {yours}, theirs is {theirs}.", yours=yours, theirs=theirs)


def _labels(slugs: Sequence[str]) -> Listed | None:
    """The first labels; None when the taxonomy has no such slugs, or no longer."""
    labels = [label for slug in slugs if (label := _label(slug))]
    return Listed(tuple(labels[:MOST]), "labels") if labels else None


def _label(slug: str) -> Words | None:
    try:
        return taxonomy.label(slug)
    except KeyError:
        return None


def amount(quantity: Quantity) -> Message:
    """A number with its unit: counted things as words, measures by their sign."""
    n = int(quantity.n) if float(quantity.n).is_integer() else quantity.n
    match quantity.unit:
        case "pcs":
            return M("{n} piece", "{n} pieces", n=n)
        case "people":
            return M("{n} person", "{n} persons", n=n)
        case "places":
            return M("{n} place", "{n} places", n=n)
        case unit:
            latin = unit.replace("2", "²").replace("3", "³")
            cyrillic = _CYRILLIC.get(unit, latin)
            return M("{n} {unit}", n=n, unit=Words({"en": latin, "pl": latin, "uk": cyrillic}))
