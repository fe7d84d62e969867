"""/offer: say in your own words what the community can give."""

from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import N_, M
from handlers.parts.drafting import draft_and_publish


@dialogue(
    "offer", N_("Say what your community can give"), words="пропозиція|пропонуємо|oferta|oferujemy|offer"
)
async def offer(talk: Talk) -> None:
    """Take an offer, several if the words hold several."""
    await draft_and_publish(
        talk,
        "offer",
        M(
            "In your own words: what can your community give? Equipment, experience, a study visit: "
            "everything counts, also second-hand."
        ),
    )
