"""/settings: nights, the office's contact, Telegram or Signal, the office itself, a word, the language."""

from dataclasses import replace

from bot.dialogue.choices import Choice, no
from bot.dialogue.questions import Refused, free_text
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.meetings.morning import next_morning
from bot.model.message import N_, M, Message, from_json, lines, to_json
from bot.model.person import Seat
from bot.places.describe import describe
from handlers.parts.contact import office_contact
from handlers.parts.leaving import give_up_office
from handlers.parts.offices import office

LONGEST_WORD = 30
NO_WORD = "/none"
POLICIES: dict[str, Message] = {
    "yes": M("allowed"),
    "no": M("only Signal"),
    "unknown": M("not decided yet"),
}


@dialogue("settings", N_("Settings"), words="налаштування|ustawienia|settings")
async def settings(talk: Talk) -> None:
    """Show what is set and change one thing."""
    seat = talk.seat
    summary = to_json(await _summary(talk, seat))
    shown = from_json(await talk.keep("shown", lambda: summary))
    match await talk.choose("what", shown, _offered(seat)):
        case "night":
            await _night(talk)
        case "contact" if seat:
            await _contact(talk, seat)
        case "policy" if seat:
            await _policy(talk, seat)
        case "office" if seat:
            await give_up_office(talk, seat)
        case "word":
            await _word(talk)
        case "language":
            await talk.then("language")
        case _:
            await talk.say(M("Good, it stays as it is."))


def _offered(seat: Seat | None) -> list[Choice]:
    offered = [Choice("night", M("Messages at night"))]
    if seat:
        offered.append(Choice("contact", M("Contact of the office")))
    if seat and seat.verified and seat.may_decide:
        offered.append(Choice("policy", M("Telegram or Signal")))
    if seat:
        offered.append(Choice("office", M("Municipality or office")))
    return [
        *offered,
        Choice("word", M("A word of your own")),
        Choice("language", M("Language")),
        no("keep", M("Leave it as it is")),
    ]


async def _summary(talk: Talk, seat: Seat | None) -> Message:
    home = talk.services.gazetteer.get(seat.municipality) if seat else None
    policy = await talk.stores.policies.of(seat.municipality) if seat else ""
    word = talk.person.private_word
    return lines(
        M("<b>Your settings</b>"),
        M("{municipality}, {office}", municipality=describe(home), office=office(seat.role, home.country))
        if seat and home
        else None,
        M("Contact of the office: {contact}", contact=seat.contact) if seat and seat.contact else None,
        M("Telegram for official matters: {policy}", policy=POLICIES[policy]) if policy else None,
        M("At night (20:00–8:00): only answers to what you write")
        if talk.person.quiet_nights
        else M("At night (20:00–8:00): messages of others may come"),
        M("Your word: <b>{word}</b>", word=word) if word else None,
        M("What would you like to change?"),
    )


async def _night(talk: Talk) -> None:
    chosen = await talk.choose(
        "night",
        M("What may I send you between 20:00 and 8:00?"),
        (
            Choice("quiet", M("Only answers to what I write")),
            Choice("open", M("Also news and requests, as they come")),
        ),
    )

    async def keep() -> None:
        await talk.stores.people.set_quiet_nights(talk.person.id, chosen == "quiet")
        alert = await talk.stores.alerts.of(talk.person.id)
        home = talk.services.gazetteer.get(talk.seat.municipality) if talk.seat else None
        if alert:
            morning = next_morning(talk.now, talk.person.zone, home.country if home else "")
            await talk.stores.alerts.put(replace(alert, at_night=chosen == "open"), morning)

    await talk.once("kept", keep)
    await talk.say(
        M("Good: your nights are quiet from now on.")
        if chosen == "quiet"
        else M("Good: I write to you at night too when there is something.")
    )


async def _contact(talk: Talk, seat: Seat) -> None:
    contact = await talk.ask(
        "contact",
        M(
            "Which contact of your office may the other side receive once both have agreed? "
            "A service mailbox or number, please, not your private phone."
        ),
        parse=office_contact,
    )

    async def keep() -> None:
        await talk.stores.seats.set_contact(seat.id, contact)
        await talk.stores.audit.note(talk.person.id, "contact.changed", seat.id, talk.now)

    await talk.once("kept", keep)
    await talk.say(M("Kept. I will pass on this contact: {contact}", contact=contact))


async def _policy(talk: Talk, seat: Seat) -> None:
    chosen = await talk.choose(
        "policy",
        M("Does your council allow Telegram for official matters?"),
        (
            Choice("yes", M("Yes")),
            Choice("no", M("No, only Signal")),
            Choice("unknown", M("I do not know")),
        ),
    )

    async def keep() -> bool:
        still = await talk.stores.seats.get(seat.id)
        if not (still and still.verified and still.may_decide):
            return False
        await talk.stores.policies.keep(seat.municipality, chosen, talk.now)
        await talk.stores.audit.note(talk.person.id, "policy.changed", seat.municipality, talk.now, chosen)
        return True

    if await talk.once("kept", keep):
        await talk.say(
            M(
                "Kept for your whole municipality. Telegram for official matters: {policy}.",
                policy=POLICIES[chosen],
            )
        )
    else:
        await talk.say(M("Only somebody who may decide for your municipality can change this."))


async def _word(talk: Talk) -> None:
    word = await talk.ask(
        "word",
        M(
            "Choose a word that only you and I know. Every notice of mine will carry it; a message without "
            "it is not from me. Please take no password of yours."
        ),
        parse=_one_word,
        choices=(Choice(NO_WORD, M("Without a word")),),
    )

    async def keep() -> None:
        await talk.stores.people.set_private_word(talk.person.id, "" if word == NO_WORD else word)
        await talk.changed()

    await talk.once("kept", keep)
    await talk.say(
        M("Good, without a word.")
        if word == NO_WORD
        else M("Kept. Look for it in my notices: <b>{word}</b>", word=word)
    )


def _one_word(typed: str) -> str:
    text = free_text(LONGEST_WORD)(typed)
    if "\n" in text or " " in text:
        raise Refused(M("One word only, please."))
    return text
