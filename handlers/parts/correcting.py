"""A draft made of what was understood, and the parts of it that its author can correct."""

from dataclasses import replace

from bot.dialogue.cards import AUDIENCES, URGENCIES, group_choices, topic_choices
from bot.dialogue.choices import Choice, no
from bot.dialogue.ids import new_id
from bot.dialogue.questions import Refused, free_text
from bot.dialogue.talk import Field, Talk
from bot.matching.quantities import quantities
from bot.matching.understand import understand
from bot.model.listing import Draft, Side
from bot.model.message import M
from bot.model.understanding import Item
from handlers.parts.refusals import SAY_OTHERWISE, may_be_held, needs_a_person

LONGEST = 2000
NOT_ANY = "/other"


def draft_of(item: Item, side: Side, text: str) -> Draft:
    """The draft that an understood item makes; its group stays open when two are as likely."""
    chosen = [score.group for score in item.groups if score.selected]
    return Draft(
        id=new_id(),
        side=side,
        text=text,
        group=chosen[0] if chosen else 0,
        subtopics=item.subtopics if chosen else (),
        concepts=item.concepts if chosen else (),
        quantities=item.quantities,
        nature=item.nature,
        urgency=item.urgency,
        held=item.reason if needs_a_person(item) else "",
    )


async def ask_group(talk: Talk, step: str, draft: Draft) -> Draft:
    """The draft with the group and sub-topic the person chose; group 0 when none is right."""
    question = M("Which of our four groups does it belong to?\n\n<i>{text}</i>", text=draft.text)
    key = await talk.choose(step, question, (*group_choices(), no(NOT_ANY, M("None of these"))))
    if key == NOT_ANY:
        return replace(draft, group=0, subtopics=(), concepts=())
    group = int(key)
    topic = await talk.choose(f"{step}.topic", M("And more exactly?"), topic_choices(group))
    return replace(draft, group=group, subtopics=(topic,), concepts=())


async def _ask_topic(talk: Talk, step: str, draft: Draft) -> Draft:
    changed = await ask_group(talk, step, draft)
    return changed if changed.group else draft


async def _ask_amount(talk: Talk, step: str, draft: Draft) -> Draft:
    none = Choice("none", M("No amount"))
    typed = await talk.ask(
        step, M("How much or how many? For example: 3 pumps, 100 kW"), parse=_amount, choices=(none,)
    )
    return replace(draft, quantities=() if typed == "none" else quantities(typed))


def _amount(typed: str) -> str:
    text = free_text(100)(typed)
    if not quantities(text):
        raise Refused(M("I found no number in it. Please write it in digits, for example: 3 pumps, 100 kW"))
    return text


async def _ask_urgency(talk: Talk, step: str, draft: Draft) -> Draft:
    key = await talk.choose(
        step, M("How urgent is it?"), [Choice(key, label) for key, label in URGENCIES.items()]
    )
    return replace(draft, urgency="high" if key == "high" else "medium" if key == "medium" else "")


async def _ask_audience(talk: Talk, step: str, draft: Draft) -> Draft:
    question = M("Who may see it? Your name and your phone are never shown.")
    key = await talk.choose(step, question, [Choice(key, label) for key, label in AUDIENCES.items()])
    return replace(draft, audience="coordinator" if key == "coordinator" else "all")


async def _ask_words(talk: Talk, step: str, draft: Draft) -> Draft:
    words = await talk.write(step, M("Please write it the way it should read."), limit=LONGEST)
    item = understand(words).whole
    if needs_a_person(item) and not may_be_held(item):
        await talk.say(SAY_OTHERWISE)
        return draft
    fresh = draft_of(item, draft.side, words)
    held = draft.held or fresh.held  # new words of a text that waits for a coordinator wait as well
    if not fresh.group:
        return replace(draft, text=words, held=held)
    return replace(fresh, id=draft.id, audience=draft.audience, held=held)


FIELDS: tuple[Field[Draft], ...] = (
    Field("topic", M("Group and topic"), _ask_topic),
    Field("amount", M("Amount"), _ask_amount),
    Field("urgency", M("Urgency"), _ask_urgency),
    Field("audience", M("Who may see it"), _ask_audience),
    Field("words", M("The words"), _ask_words),
)
