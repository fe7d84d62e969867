"""/start: language, consent, municipality, office; a code opens the door a little further."""

from bot.dialogue.choices import Choice, yes
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.i18n import HOME_ZONES
from bot.model.message import N_, M, verbatim
from bot.model.municipality import Municipality
from bot.model.person import Level
from bot.places.describe import describe
from db.stores.prompts import Action
from handlers.parts.invitations import redeem
from handlers.parts.municipality import which_municipality
from handlers.parts.offices import OFFICES, office
from handlers.parts.privacy import NOTICE_VERSION, full_notice, short_notice

MOST_SEATS = 10
LANGUAGE_NAMES = (("uk", "Українська"), ("pl", "Polski"), ("en", "English"))
ZONES = {"UA": HOME_ZONES["uk"], "PL": HOME_ZONES["pl"]}


@dialogue("start", N_("Begin"), words="почати|початок|zacznij|rozpocznij|begin", consent=False)
async def start(talk: Talk) -> None:
    """Register, step by step; somebody already known is only greeted."""
    if not talk.person.consented:
        await _greet(talk)
        await _consent(talk)
    invitation = await redeem(talk, str(talk.args.get("text", "")))
    if invitation.get("role") == "candidate":
        await talk.then("menu")
    if invitation.get("role") == "coordinator" or (talk.person.coordinator and not talk.seats):
        await talk.say(M("Welcome. You are a coordinator here."))
        await talk.then("menu")
    if talk.seat and not invitation:
        await talk.say(M("Good to see you again."))
        await talk.then("menu")
    await _register(talk, invitation)


async def _greet(talk: Talk) -> None:
    greeting = M(
        "Hello! I am <b>Mistok</b>, the little bridge: I bring together Ukrainian hromadas and Polish gminas "
        "that can help each other. Which language suits you?"
    )
    language = await talk.choose(
        "language", greeting, [Choice(key, verbatim(name)) for key, name in LANGUAGE_NAMES]
    )

    async def speak() -> None:
        await talk.stores.people.set_language(talk.person.id, language, HOME_ZONES[language])
        await talk.changed()

    await talk.once("speak", speak)


async def _consent(talk: Talk) -> None:
    agree = yes("agree", M("I agree"))
    answer = await talk.choose("consent", short_notice(), (agree, Choice("more", M("Tell me more"))))
    if answer == "more":
        await talk.choose("consent.full", full_notice(), (agree,))

    async def consent() -> None:
        await talk.stores.people.consent(talk.person.id, NOTICE_VERSION, talk.now)
        await talk.changed()

    await talk.once("consented", consent)


async def _register(talk: Talk, invitation: dict[str, str]) -> None:
    invited_to = talk.services.gazetteer.get(invitation.get("municipality", ""))
    municipality = invited_to or await which_municipality(
        talk, "municipality", M("Which hromada or gmina do you work for? Please write its name.")
    )
    asked = M("What is your office in {municipality}?", municipality=describe(municipality))
    role = await talk.choose(
        "role", asked, [Choice(role, label) for role, label in OFFICES[municipality.country].items()]
    )
    await _policy(talk, municipality)

    async def claim() -> str:
        if await talk.stores.seats.count(municipality.key) >= MOST_SEATS:
            return "full"
        for listing in await talk.stores.listings.waiting_of(talk.person.id):
            if listing.municipality != municipality.key:  # it must not open with a seat elsewhere
                await talk.stores.listings.erase(listing.id, talk.now)
        level: Level = "invited" if invitation else "claimed"
        seat = await talk.stores.seats.claim(talk.person.id, municipality.key, role, level, talk.now)
        await talk.stores.people.set_language(
            talk.person.id, talk.person.language, ZONES[municipality.country]
        )
        await talk.changed()
        card = M(
            "{office}, {municipality}: waiting to be verified.",
            office=office(role, municipality.country),
            municipality=describe(municipality),
        )
        look = (M("Look at the list"), Action("verify", {"seat": seat.id}))
        for coordinator in await talk.stores.people.coordinators(municipality.region):
            await talk.tell(coordinator, card, actions=[look], dedupe=f"seat:{seat.id}:{coordinator}")
        return seat.id

    if await talk.once("seat", claim) == "full":
        full = M(
            "{limit} people already speak for this municipality here. Please ask a coordinator: /human",
            limit=MOST_SEATS,
        )
        await talk.say(full)
        return
    await talk.say(
        M(
            "Thank you. A coordinator of the association will now confirm your office. You need not wait: "
            "you can already write down what you need or can give. Other people's contacts open after that."
        )
    )
    await talk.then("need" if municipality.country == "UA" else "offer")


async def _policy(talk: Talk, municipality: Municipality) -> None:
    """Keep whether the council allows Telegram; asked in Ukraine while nobody from there has said.

    Polish councils know no such rule; one that makes it says so under /settings.
    """
    policy = await talk.stores.policies.of(municipality.key)
    if await talk.keep("policy.known", lambda: policy) != "unknown":
        return
    if municipality.country == "PL":
        answer = "yes"
    else:
        answer = await talk.choose(
            "policy",
            M("Does your council allow Telegram for official matters?"),
            (
                Choice("yes", M("Yes")),
                Choice("no", M("No, only Signal")),
                Choice("unknown", M("I do not know")),
            ),
        )

    async def keep() -> None:
        await talk.stores.policies.keep(municipality.key, answer, talk.now)

    await talk.once("policy.kept", keep)
