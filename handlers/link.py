"""/link: go on with the same conversation on another messenger."""

from bot.dialogue.choices import no
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import N_, M, lines


@dialogue(
    "link", N_("Go on in another messenger"), words="зв'язати|інший месенджер|połącz|inny komunikator|link"
)
async def link(talk: Talk) -> None:
    """Give a code; whoever writes it to the bot elsewhere becomes the same person there."""
    here = await talk.keep("here", lambda: talk.address)
    if talk.address != here:
        await talk.say(M("It worked: we go on here."))
        if wanted := talk.args.get("then"):
            await talk.then(str(wanted))
        return

    async def issue() -> str:
        return await talk.stores.links.issue(talk.person.id, talk.now)

    code = await talk.once("code", issue)
    where = talk.services.signal_link
    await talk.choose(
        "wait",
        lines(
            M("Your code: <b>{code}</b>. It is valid for ten minutes and works once.", code=code),
            M("Please write it to me in the other messenger. We go on there exactly where we are now."),
            M("I am on Signal here: {link}", link=where) if where else None,
        ),
        (no("later", M("Later")),),
    )
    await talk.say(M("Good. Whenever you like: /link"))
