"""/language: speak another language from now on, also in the middle of something else."""

from bot.dialogue.choices import Choice
from bot.dialogue.registry import dialogue
from bot.dialogue.talk import Talk
from bot.model.message import N_, M, verbatim
from handlers.start import LANGUAGE_NAMES


@dialogue("language", N_("Change the language"), words="мова|język|language", consent=False)
async def language(talk: Talk) -> None:
    """Ask for the language and use it at once."""
    choices = [Choice(key, verbatim(name)) for key, name in LANGUAGE_NAMES]
    chosen = await talk.choose("language", M("Which language suits you?"), choices)

    async def speak() -> None:
        await talk.stores.people.set_language(talk.person.id, chosen, talk.person.zone)
        await talk.changed()

    await talk.once("speak", speak)
    await talk.say(M("Good, I will write in English from now on."))
