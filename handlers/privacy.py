"""/privacy: the notice in full, at any time."""

from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import N_
from handlers.parts.privacy import full_notice


@dialogue(
    "privacy", N_("What happens with your data"), words="приватність|prywatność|privacy|rodo", consent=False
)
async def privacy(talk: Talk) -> None:
    """Show the notice."""
    await talk.say(full_notice())
