"""What an invitation code opens, and what happens when somebody guesses."""

import secrets

from bot.dialogue.talk import Talk
from bot.model.message import M, Message
from bot.places.regions import region_words
from db.stores.invitations import HOUR, Invitation
from db.stores.prompts import Action

REFUSALS: dict[str, Message] = {
    "wrong": M("This code is not valid, or no longer. You can go on without it."),
    "pause": M(
        "Too many wrong codes came in, so I take none for an hour. You can go on without a code, "
        "or talk to a person: /human"
    ),
}


async def redeem(talk: Talk, code: str) -> dict[str, str]:
    """What the code grants: ``role`` and ``municipality``; empty without a valid code."""
    if not code:
        return {}

    async def grant() -> dict[str, str]:
        invitations = talk.stores.invitations
        if await invitations.paused(talk.person.id, talk.now):
            return {"refused": "pause"}
        if invitation := await invitations.redeem(code, talk.now):
            return await _granted(talk, invitation)
        if await invitations.missed(talk.person.id, talk.now):
            await _warn(talk)
            return {"refused": "pause"}
        return {"refused": "wrong"}

    granted = await talk.once("invitation", grant)
    if refused := granted.get("refused"):
        await talk.say(REFUSALS[refused])
        return {}
    if number := granted.get("number"):
        await talk.say(
            M(
                "Thank you. Whoever invited you will ring you and ask for this number: <b>{number}</b>. "
                "Then you are a coordinator here.",
                number=number,
            )
        )
    return granted


async def _granted(talk: Talk, invitation: Invitation) -> dict[str, str]:
    if invitation.role != "coordinator":
        return {"role": invitation.role, "municipality": invitation.municipality}
    if invitation.by_operator:
        await talk.stores.people.make_coordinator(talk.person.id, invitation.region)
        await talk.changed()
        return {"role": "coordinator"}
    return {"role": "candidate", "number": await _propose(talk, invitation.region)}


async def _propose(talk: Talk, region: str) -> str:
    """Ask the coordinators of all regions whether the right person used the code; the number they compare."""
    number = f"{secrets.randbelow(1000):03} {secrets.randbelow(1000):03}"
    who = (
        M(
            "An invitation to coordinate {region} has been taken up. Please ring the person you invited: "
            "they must tell you the number <b>{number}</b>.",
            region=region_words(region),
            number=number,
        )
        if region
        else M(
            "An invitation to coordinate all regions has been taken up. Please ring the person you invited: "
            "they must tell you the number <b>{number}</b>.",
            number=number,
        )
    )
    args = {"person": talk.person.id, "region": region}
    for coordinator in await talk.stores.people.coordinators(""):
        await talk.tell(
            coordinator,
            who,
            actions=[
                (M("The number is right"), Action("appoint", args)),
                (M("It is wrong"), Action("appoint", {**args, "refuse": True})),
            ],
            subject=f"from:{talk.person.id}",
        )
    return number


async def _warn(talk: Talk) -> None:
    """A note to the coordinators of all regions, at most one an hour."""
    for coordinator in await talk.stores.people.coordinators(""):
        await talk.tell(
            coordinator,
            M(
                "Somebody is trying out invitation codes, so I have stopped taking codes from them for an "
                "hour. Codes that you gave out stay valid."
            ),
            dedupe=f"wrong-codes:{talk.now // HOUR}:{coordinator}",
        )
