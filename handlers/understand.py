"""Free text without a dialogue: understood, proposed, confirmed."""

from bot.dialogue.choices import Choice
from bot.dialogue.registry import UNDERSTAND, dialogue
from bot.dialogue.talk import Talk
from bot.matching.understand import understand as understand_text
from bot.meetings.leftover import is_call
from bot.model.message import M
from handlers.parts.refusals import may_be_held, turn_away


@dialogue(UNDERSTAND, audience="nobody", passing=True)
async def understand(talk: Talk) -> None:
    """Propose what the words could mean: a need, an offer, or help with the bot."""
    text = str(talk.args.get("text", ""))
    if talk.person.coordinator and is_call(text):
        await talk.then("meeting", text=text)
    home = talk.services.gazetteer.get(talk.seat.municipality) if talk.seat else None
    found = understand_text(text, country=home.country if home else "").whole
    if found.route in ("ignore", "help", "human") and not may_be_held(found):
        await turn_away(talk, found, text)
    if found.route != "ask-kind" and found.kind in ("need", "offer"):
        await talk.then(found.kind, text=text)
    kind = await talk.choose(
        "kind",
        M("Does your community need this, or can it give it?\n\n<i>{text}</i>", text=text),
        (
            Choice("need", M("We need it")),
            Choice("offer", M("We can give it")),
            Choice("menu", M("Something else")),
        ),
    )
    if kind == "menu":
        await talk.then("menu")
    await talk.then(kind, text=text)
