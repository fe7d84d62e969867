"""/need: say in your own words what the community needs."""

from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import N_, M
from handlers.parts.drafting import draft_and_publish


@dialogue(
    "need",
    N_("Say what your community needs"),
    words="потреба|потрібно|нам потрібно|potrzeba|potrzebujemy|need",
)
async def need(talk: Talk) -> None:
    """Take a need, several if the words hold several."""
    await draft_and_publish(
        talk,
        "need",
        M(
            "In your own words: what does your community need?\n"
            "<i>Please name no exact places and no details of damage; a line or two is enough.</i>"
        ),
    )
