"""/menu: what the person can do here, in their words."""

from bot.dialogue import registry
from bot.dialogue.choices import Choice
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import N_, M, Message

MAIN = ("need", "offer", "matches", "find", "mine", "alerts", "meetings")
FOR_COORDINATORS = ("verify", "stuck", "meeting", "broadcast")


@dialogue(
    "menu", N_("What I can do"), words="меню|головне меню|menu|menu główne", consent=False, passing=True
)
async def menu(talk: Talk) -> None:
    """Offer the main things; other words are understood as they are."""
    if not talk.person.consented:
        await talk.then("start")
    offered = {found.name: found for found in registry.offered(talk.roles)}
    names = (*(FOR_COORDINATORS if talk.person.coordinator else ()), *(MAIN if talk.seats else MAIN[:0]))
    names = names or MAIN
    choices = [Choice(name, Message(offered[name].description)) for name in names if name in offered]
    chosen = await talk.choose(
        "what", M("What would you like to do? You can also simply write it."), choices, leave=True
    )
    await talk.then(chosen)
