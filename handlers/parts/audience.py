"""Whom a notice goes to: said in words or chosen, counted exactly, shown as each of them will read it."""

from collections.abc import Sequence
from itertools import count

from bot.dialogue.cards import group_label
from bot.dialogue.choices import Choice
from bot.dialogue.questions import Refused, free_text
from bot.dialogue.talk import Talk
from bot.i18n import HOME_ZONES, LANGUAGES, draw
from bot.meetings.audience import Audience, Counts, Recipient, Segment, counted, read_audience
from bot.model.message import Listed, M, Message, Reply, lines
from bot.places.region_names import named_regions

EVERYBODY = "everybody"
CHANNELS: dict[str, Message] = {
    "telegram": M("Telegram: {n}"),
    "signal": M("Signal: {n}"),
    "web": M("Web page: {n}"),
    "none": M("cannot be reached: {n}"),
}
SPOKEN: dict[str, Message] = {
    "uk": M("Ukrainian: {n}"),
    "pl": M("Polish: {n}"),
    "en": M("English: {n}"),
}
PREVIEWS: dict[str, Message] = {
    "uk": M("<b>Preview in Ukrainian</b>"),
    "pl": M("<b>Preview in Polish</b>"),
    "en": M("<b>Preview in English</b>"),
}


async def ask_audience(talk: Talk, step: str, groups: Sequence[int], region: str) -> tuple[Audience, Counts]:
    """Who shall be told, asked until there is somebody, with the exact numbers of this moment."""
    for attempt in count():
        name = f"{step}.{attempt}"
        audience = await _ask(talk, name, groups)
        counts = await dry_run(talk, f"{name}.counts", audience, region)
        if counts.people > counts.by_channel.get("none", 0):
            return audience, counts
        await talk.say(numbers(counts), M("Nobody would get it."))
    raise AssertionError("count() has no end")


async def _ask(talk: Talk, step: str, groups: Sequence[int]) -> Audience:
    """The groups at hand, everybody, or an audience in words."""
    choices = [Choice(EVERYBODY, M("Everybody"))]
    if groups:
        own = Listed(tuple(map(group_label, groups)))
        choices.insert(0, Choice("groups", M("Members of: {groups}", groups=own)))
    answer = await talk.ask(
        step,
        M(
            "Who shall hear of it? Choose, or write it in your words, for example: “housing + communal, "
            "without the Lubelskie region”, or “Ukraine, only Signal”."
        ),
        parse=_read,
        choices=choices,
    )
    if answer == "groups":
        return Audience((Segment(groups=frozenset(groups)),))
    return Audience() if answer == EVERYBODY else read_audience(answer, _region).audience


def _read(typed: str) -> str:
    text = free_text(400)(typed)
    unknown = read_audience(text, _region).unknown
    if unknown:
        raise Refused(
            M(
                "I do not know whom you mean by “{words}”. Please say it in another way.",
                words=", ".join(unknown),
            )
        )
    return text


def _region(typed: str) -> str:
    found = named_regions(typed)
    return found[0] if len(found) == 1 else ""


async def dry_run(talk: Talk, step: str, audience: Audience, region: str) -> Counts:
    """The exact numbers of the audience at this moment, frozen with the conversation."""
    seats: list[Recipient] = []
    if step not in talk.answered:
        await learn_homes(talk)
        seats = await talk.stores.recipients.seats(region)
    return await talk.keep(step, lambda: counted(audience, seats), of=Counts)


async def learn_homes(talk: Talk) -> None:
    """Let the database know where the offices are; facts of the registers, no effect on anybody."""
    keys = await talk.stores.recipients.unknown_homes()
    homes = [home for key in keys if (home := talk.services.gazetteer.get(key))]
    await talk.stores.recipients.learn_homes(
        [(home.key, home.country, home.region, home.kind) for home in homes]
    )


def numbers(counts: Counts) -> Message:
    """The dry run as its author reads it; the parts add up."""
    channels = tuple(
        Message(label.text, values={"n": counts.by_channel[name]})
        for name, label in CHANNELS.items()
        if counts.by_channel.get(name)
    )
    languages = tuple(
        Message(label.text, values={"n": counts.by_language[code]})
        for code, label in SPOKEN.items()
        if counts.by_language.get(code)
    )
    groups = tuple(
        M("{group}: {n}", group=group_label(group), n=n) for group, n in sorted(counts.by_group.items())
    )
    return lines(
        M("<b>{n} recipient</b>", "<b>{n} recipients</b>", n=counts.people),
        M("{parts}", parts=Listed(channels, "labels")) if channels else None,
        M("{parts}", parts=Listed(languages, "labels")) if languages else None,
        M("{parts}", parts=Listed(groups, "labels")) if groups else None,
        M(
            "{n} person is in several groups and is told once.",
            "{n} people are in several groups and are told once.",
            n=counts.in_several,
        )
        if counts.in_several
        else None,
    )


async def previews(talk: Talk, step: str, reply: Reply, counts: Counts) -> list[Message]:
    """What readers of each language see, with the answers as buttons and, on Signal, as numbers."""
    wanted = [code for code in LANGUAGES if counts.by_language.get(code)]
    texts = await talk.keep(step, lambda: [_drawn(reply, code) for code in wanted], of=list[str])
    shown = [lines(PREVIEWS[code], M("{text}", text=text)) for code, text in zip(wanted, texts, strict=True)]
    if counts.by_channel.get("signal") and reply.buttons:
        shown.append(M("On Signal the answers are numbers: 1, 2, 3."))
    return shown


def _drawn(reply: Reply, language: str) -> str:
    drawn = draw(reply, language, HOME_ZONES[language])
    labels = " ".join(f"[{label}]" for label, _ in drawn.buttons)
    return f"{drawn.text}\n{labels}" if labels else drawn.text
