"""/forget: erase the person and everything they wrote, at once."""

from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.i18n import plain
from bot.model.message import N_, M, verbatim
from handlers.parts.leaving import leave


@dialogue(
    "forget",
    N_("Erase your data"),
    words="забути мене|стерти мої дані|zapomnij|usuń moje dane|forget me",
    consent=False,
)
async def forget(talk: Talk) -> None:
    """Say what goes, ask once, then erase it and tell those who were waiting for an answer."""
    agreed = await talk.confirm(
        "sure",
        M(
            "<b>I will erase all that is yours:</b> your registration and contact, the needs and offers that "
            "you wrote, open requests, news and our conversation. Others see only that the contact has left. "
            "What colleagues of your municipality wrote stays.\n\nThis cannot be undone."
        ),
        M("Yes, erase everything"),
        M("No, keep it"),
    )
    if not agreed:
        await talk.say(M("Good, nothing was erased."))
        return

    farewell = plain(
        M("Everything of yours is erased. Thank you, and you are welcome back at any time: /start"),
        talk.person.language,
    )

    async def erase() -> None:
        leaving = talk.person.id
        for seat in talk.seats:
            await leave(talk, seat)
        await talk.stores.rights.erase(leaving, talk.now)
        await talk.stores.audit.note("", "person.erased", "", talk.now)
        talk.part()

    await talk.once("erased", erase)
    await talk.say(verbatim(farewell))
