"""A kind answer to everything that is no need and no offer of a municipality."""

from typing import NoReturn

from bot.dialogue.talk import Talk
from bot.model.message import M, Message
from bot.model.understanding import Item

_ANSWERS: dict[str, Message] = {
    "military": M(
        "Thank you for writing. Mistok serves civil matters only, so I cannot publish this. "
        "Shall I pass your words on to a coordinator?"
    ),
    "personal": M(
        "Mistok connects municipalities, so I cannot help a single person directly. "
        "<b>If a life is in danger, please call 112 now.</b> "
        "A coordinator, a person, can tell you where to turn. Shall I pass your words on?"
    ),
    "complaint": M(
        "I am sorry that something went wrong. Shall I pass your words on to a coordinator, a person?"
    ),
    "child": M(
        "Please write it again without a child's name or age: for children's safety I keep no such data. "
        "How many children and what they need is enough."
    ),
    "location": M(
        "Please write it again without exact places, coordinates or details of damage: "
        "the name of the community is enough. What could help an enemy must not be kept here."
    ),
    "greeting": M("Good day! Write in your own words what your community needs or can give."),
    "thanks": M(
        "Thank you for the kind words. If there is something your community needs or can give, just write."
    ),
    "spam": M("I could not find anything here that a municipality needs or offers."),
    "weak-intent": M(
        "It is good that you want to help. What could it be: equipment, experience, a stay for people, "
        "money? "
        "One sentence is enough."
    ),
    "question": M("Good question. Here is how I work: /help. If you would rather ask a person: /human"),
}
_UNKNOWN = M(
    "I did not find what is needed or offered. Could you say it in other words, for example: we need two "
    "water pumps?"
)


SAY_OTHERWISE = M(
    "I cannot take these words: Mistok serves civil matters and keeps no children's data and no exact "
    "places. I have left the text as it was."
)
_FOR_A_PERSON = frozenset({"military", "personal", "complaint"})
"""Reasons for which a coordinator may be asked; the others are answered with a request to reword."""


def needs_a_person(item: Item) -> bool:
    """Whether this must not go on by itself."""
    return item.route == "human"


def may_be_held(item: Item) -> bool:
    """Whether it holds a civil need or offer beside what keeps it back, so that a coordinator can judge."""
    return item.reason == "military" and bool(item.groups)


def answer_to(item: Item) -> Message:
    """What to say instead of publishing."""
    return _ANSWERS.get(item.reason, _UNKNOWN)


async def turn_away(talk: Talk, item: Item, text: str) -> NoReturn:
    """Answer kindly instead of publishing; pass the words on to a coordinator if the person agrees."""
    if item.reason not in _FOR_A_PERSON:
        await talk.say(answer_to(item))
        await talk.then("menu")
    agreed = await talk.confirm("pass", answer_to(item), M("Yes, pass it on"), M("No, thank you"))
    if agreed:
        await talk.then("human", text=text)
    await talk.say(M("Good, I have passed nothing on."))
    await talk.then("menu")
