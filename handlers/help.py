"""/help: how to talk to the bot, in a few lines."""

from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import N_, M


@dialogue("help", N_("How this works"), words="допомога|довідка|pomoc|help|?", consent=False)
async def help_(talk: Talk) -> None:
    """Say what can be done and that a person is there."""
    await talk.say(
        M(
            "Simply write what your community needs or can give, as you would say it to a colleague. "
            "I find who fits on the other side and ask both before any contact is passed on."
        ),
        M(
            "/need – what you need\n/offer – what you can give\n/matches – who fits\n/mine – your listings\n"
            "/alerts – news for you\n/back – one question back\n/cancel – stop\n/human – talk to a person"
        ),
    )
