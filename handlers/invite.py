"""/invite: a code for an official, or for another coordinator."""

from bot.dialogue.choices import Choice, yes
from bot.dialogue.questions import Refused, free_text
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.errors import NotFound
from bot.model.message import N_, M, Message, lines, verbatim
from bot.places.describe import describe
from bot.places.region_names import named_regions
from bot.places.regions import region_words
from db.stores.invitations import LIFE, Invitation
from handlers.parts.municipality import which_municipality

EVERYWHERE = "/all"


@dialogue(
    "invite",
    N_("Invite somebody"),
    words="запросити|запрошення|zaproś|zaproszenie|invite",
    audience="coordinator",
)
async def invite(talk: Talk) -> None:
    """Make a code that works once within 72 hours."""
    role = "official"
    if not talk.person.coordinator_region:
        role = await talk.choose(
            "role",
            M("Whom would you like to invite?"),
            (
                Choice("official", M("Somebody from a municipality")),
                Choice("coordinator", M("A coordinator")),
            ),
        )
    made = await (_coordinator(talk) if role == "coordinator" else _official(talk))
    if made is None:
        return
    invitation, what = made

    async def issue() -> None:
        code = await talk.stores.invitations.issue(invitation, talk.now + LIFE)
        await talk.stores.audit.note(
            talk.person.id,
            f"invited.{invitation.role}",
            invitation.municipality or invitation.region or "all",
            talk.now,
        )
        links = talk.services.invitation_links(code)
        await talk.tell(
            talk.person.id,
            lines(what, M("Code: {code}", code=f"/start {code}"), *(verbatim(link) for link in links)),
            klass="once",  # so that the text is erased once it is sent
            secrecy="personal",
            priority=0,
            address=talk.address,
        )

    await talk.once("issued", issue)
    await talk.say(
        M("Please pass it on yourself, to this person only. It works once, within 72 hours."),
    )


async def _official(talk: Talk) -> tuple[Invitation, Message] | None:
    home = await which_municipality(
        talk, "municipality", M("Which hromada or gmina do they work for? Please write its name.")
    )
    region = talk.person.coordinator_region
    if region and home.region != region:
        await talk.say(
            M(
                "{municipality} is outside your region. Please ask a coordinator of all regions.",
                municipality=describe(home),
            )
        )
        return None
    what = M("<b>Invitation for an official:</b> {municipality}", municipality=describe(home))
    return Invitation("official", home.key, "", by_operator=False), what


async def _coordinator(talk: Talk) -> tuple[Invitation, Message]:
    key = await talk.ask(
        "region",
        M("Which region will they look after? Please write its name."),
        parse=_one_region,
        choices=(yes(EVERYWHERE, M("All regions")),),
    )
    region = "" if key == EVERYWHERE else key
    where = M("{region}", region=region_words(region)) if region else M("all regions")
    return Invitation("coordinator", "", region, by_operator=False), M(
        "<b>Invitation for a coordinator:</b> {where}", where=where
    )


def _one_region(typed: str) -> str:
    found = named_regions(free_text(100)(typed))
    if len(found) != 1:
        raise Refused(M("I do not know a region by that name. Please write an oblast or a voivodeship."))
    return found[0]


@dialogue("appoint", audience="coordinator")
async def appoint(talk: Talk) -> None:
    """A coordinator of all regions confirms who took up the invitation, or refuses."""
    wanted, refuse = str(talk.args.get("person", "")), bool(talk.args.get("refuse"))
    if talk.person.coordinator_region or not wanted:
        await talk.say(M("This step belongs to a coordinator of all regions."))
        return

    async def decide() -> str:
        try:
            person = await talk.stores.people.get(wanted)
        except NotFound:
            return "gone"
        if refuse:
            await talk.stores.audit.note(talk.person.id, "coordinator.refused", wanted, talk.now)
            return "refused"
        if person.coordinator or person.frozen:
            return "done"
        await talk.stores.people.make_coordinator(wanted, str(talk.args.get("region", "")))
        await talk.stores.audit.note(talk.person.id, "coordinator.appointed", wanted, talk.now)
        await talk.tell(wanted, M("Welcome. You are a coordinator here."), M("What you can do: /menu"))
        return "appointed"

    match await talk.once("decided", decide):
        case "appointed":
            await talk.say(M("Done, they have been told."))
        case "refused":
            await talk.say(M("Good, they were given nothing."))
        case "gone":
            await talk.say(M("This person is no longer here."))
        case _:
            await talk.say(M("A colleague has already decided this."))
