"""When news may come; asked once after the first listing, and changed under /alerts."""

from dataclasses import replace

from bot.dialogue.choices import Choice
from bot.dialogue.talk import Talk
from bot.meetings.morning import next_morning
from bot.model.alert import Alert
from bot.model.message import M, Message


async def ask_rhythm(talk: Talk, step: str, question: Message, alert: Alert) -> Alert:
    """The subscription with the rhythm the person chose."""
    choices = (
        Choice("daily", M("Once in the morning")),
        Choice("now", M("At once, but not at night")),
        Choice("night", M("At once, day and night")),
        Choice("off", M("Not at all")),
    )
    key = await talk.choose(step, question, choices)
    if key == "night":
        return replace(alert, rhythm="now", at_night=True)
    return replace(
        alert, rhythm="daily" if key == "daily" else "now" if key == "now" else "off", at_night=False
    )


async def keep_alert(talk: Talk, step: str, alert: Alert) -> None:
    """Store the subscription."""

    async def keep() -> None:
        home = talk.services.gazetteer.get(talk.seat.municipality) if talk.seat else None
        morning = next_morning(talk.now, talk.person.zone, home.country if home else "")
        await talk.stores.alerts.put(alert, morning)

    await talk.once(step, keep)
