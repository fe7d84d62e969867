"""/alerts: hear of new needs and offers at once, in the morning, or not at all."""

from dataclasses import replace

from bot.dialogue.cards import group_choices, group_label
from bot.dialogue.choices import Choice
from bot.dialogue.questions import Refused, free_text
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.alert import Alert
from bot.model.message import N_, Listed, M, Message, lines
from bot.places.region_names import named_regions
from bot.places.regions import region_words
from handlers.parts.rhythm import ask_rhythm, keep_alert

ANY = "/any"
SIZES: dict[str, tuple[Message, int, int]] = {
    "any": (M("Any size"), 0, 0),
    "small": (M("Up to 10,000 people"), 0, 10_000),
    "middle": (M("10,000 to 50,000 people"), 10_000, 50_000),
    "large": (M("More than 50,000 people"), 50_000, 0),
}


@dialogue("alerts", N_("News for me"), words="сповіщення|новини|powiadomienia|alerty|alerts")
async def alerts(talk: Talk) -> None:
    """Show the subscription and change a part of it."""
    if talk.seat is None:
        await talk.then("start")
    current = await talk.stores.alerts.of(talk.person.id) or Alert(talk.person.id, "off")
    if talk.args.get("off"):
        await keep_alert(talk, "off", replace(current, rhythm="off"))
        await talk.say(M("Done, no more of these. You can switch them on again at any time: /alerts"))
        return
    before = await talk.keep("before", lambda: current, of=Alert)
    part = await talk.choose(
        "part",
        _summary(before),
        (
            Choice("rhythm", M("When they come")),
            Choice("groups", M("Which task groups")),
            Choice("regions", M("Which regions")),
            Choice("size", M("Which size")),
            Choice("keep", M("Leave it as it is")),
        ),
    )
    if part == "keep":
        await talk.say(M("Good, it stays as it is."))
        return
    changed = await _change(talk, part, before)
    await keep_alert(talk, "kept", changed)
    await talk.say(M("Done."), _summary(changed))


async def _change(talk: Talk, part: str, alert: Alert) -> Alert:
    match part:
        case "rhythm":
            return await ask_rhythm(talk, "rhythm", M("When shall I tell you of something new?"), alert)
        case "groups":
            mine = Choice(ANY, M("Only what fits our listings"))
            key = await talk.choose(
                "group", M("Which task group interests you as a whole?"), (mine, *group_choices())
            )
            return replace(alert, groups=() if key == ANY else tuple(sorted({*alert.groups, int(key)})))
        case "regions":
            return await _ask_regions(talk, alert)
        case _:
            choices = [Choice(key, label) for key, (label, _, _) in SIZES.items()]
            _, least, most = SIZES[
                await talk.choose("size", M("How large may the other municipality be?"), choices)
            ]
            return replace(alert, least_people=least, most_people=most)


async def _ask_regions(talk: Talk, alert: Alert) -> Alert:
    typed = await talk.ask(
        "region",
        M("Which regions of the other country? Please write their names, for example: Poltava, Chernihiv."),
        parse=_known_regions,
        choices=(Choice(ANY, M("All regions")),),
    )
    return replace(alert, regions=() if typed == ANY else tuple(typed))


def _known_regions(typed: str) -> list[str]:
    found = named_regions(free_text(200)(typed))
    if not found:
        raise Refused(M("I do not know a region by that name. Please write an oblast or a voivodeship."))
    return found


def _summary(alert: Alert) -> Message:
    if alert.rhythm == "off":
        when = M("You get no news at the moment.")
    elif alert.rhythm == "daily":
        when = M("You get news in one message in the morning, and none when there is nothing.")
    elif alert.at_night:
        when = M("You get news as it comes, also at night.")
    else:
        when = M("You get news as it comes, but not between 20:00 and 8:00.")
    size = next(
        (
            label
            for label, least, most in SIZES.values()
            if (least, most) == (alert.least_people, alert.most_people)
        ),
        None,
    )
    return lines(
        when,
        M(
            "Beside what fits your listings, everything about: {groups}",
            groups=Listed(tuple(map(group_label, alert.groups))),
        )
        if alert.groups
        else None,
        M("From: {regions}", regions=Listed(tuple(map(region_words, alert.regions))))
        if alert.regions
        else None,
        M("Size: {size}", size=size) if size and alert.least_people + alert.most_people else None,
    )
