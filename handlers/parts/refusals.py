"""A kind answer to everything that is no need and no offer of a municipality."""

from bot.model.message import M, Message
from bot.model.understanding import Item

_ANSWERS: dict[str, Message] = {
    "military": M(
        "Thank you for writing. Mistok serves civil matters only, so I cannot publish this. "
        "A coordinator can tell you who is responsible: /human"
    ),
    "personal": M(
        "Mistok connects municipalities, so I cannot help a single person directly. "
        "If you or somebody is in need, a coordinator will tell you where to turn: /human"
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
    "complaint": M(
        "I am sorry that something went wrong. A coordinator, a person, will gladly hear you: /human"
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


def needs_a_person(item: Item) -> bool:
    """Whether this must not go on by itself."""
    return item.route == "human"


def answer_to(item: Item) -> Message:
    """What to say instead of publishing."""
    return _ANSWERS.get(item.reason, _UNKNOWN)
