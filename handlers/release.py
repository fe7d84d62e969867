"""Somebody held for a changed safety number goes on once a coordinator has called them."""

from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import M


@dialogue("release", audience="coordinator", passing=True)
async def release(talk: Talk) -> None:
    """Let the person go on; the coordinator vouches for the call."""
    person = str(talk.args["person"])

    async def free() -> None:
        await talk.stores.people.freeze(person, held=False)
        await talk.stores.audit.note(talk.person.id, "person.released", person, talk.now)
        await talk.tell(person, M("We have confirmed that it is you. Let us go on where we stopped."))

    await talk.once("freed", free)
    await talk.say(M("Good, they can go on."))
