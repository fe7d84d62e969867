"""What kind of message it is before it may become a listing: military, personal, about a child, spam...

A word list alone blocks too much and too little, so each decision weighs evidence for a civil thing,
recipient or purpose against the other side. The answers are reasons as in ``bot.model.understanding``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.children import names_a_child
from bot.matching.giveaways import gives_place_away
from bot.matching.lexicon import Hit
from bot.matching.normalise import Token
from bot.matching.wishes import asks_or_offers

_UNIT_NUMBER = re.compile(
    r"\b\d{1,3}[- ]?(?:[иіїй]{1,2}|та|ї|ої|тої|a|ej|th|rd|nd|st)?\s+(?:\w+\s)?"
    r"(?:омбр|одшбр|омпбр|овмбр|обр|ошб|шб|тро\b|бат\b|бригад\w*|батальйон\w*|полк\w*"
    r"|brygad\w*|batalion\w*|pułk\w*|brigade|battalion|regiment)\b"
    r"|\b[аa]\s?-?\d{4}\b|в\s?/\s?ч\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"https?://|www\.|t\.me/|\b\w+\.(?:com|ru|xyz|top|click|shop|online|site)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d")
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+?\d[\d ()-]{7,}\d")
_INSTITUTION = re.compile(
    r"громад|(?:сільськ|міськ)\w* рад|селищн|виконком|наш\w* (?:міст|сел|район)|комунальн|водоканал|заклад"
    r"|школ[иіуаю]|лікарн|садк|садоч|ліце|мешканц|жител|\bми\b|\bнам\b|\bнас\b"
    r"|gmin|miast[ao]|powiat|urząd|hromad|szkoł|szpital|przedszkol|mieszkańc|\bnasz"
    r"|municipal|community|town|city|council|hospital|school|residents|\bwe\b|\bour\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:потріб|потреб|шука|прос(?:имо|ить|ять)|прош|треба|запит|надайте|передайте|нужн|нужен|ищ[уе]"
    r"|potrzeb|szuka|poszuk|pros(?:imy|ze|zę)|przyda|we need|needs?\b|looking for|please)",
    re.IGNORECASE,
)  # asks in so many words; "we have no" alone may as well be anger
_VOWELS = frozenset("аеєиіїоуюяыэёaeiouyąęó")
_BARE = 2  # words: "generators?" may still be a need
_SURE = 0.9  # a guard speaks only for words as they stand, not for what a misspelling might mean
_GUESSED = 0.5
_HEARD_WELL = 0.75
_GOOD_WILL = frozenset({"cooperation-agreement", "ngo-cooperation", "twin-town"})
_CERTAIN = 0.6
_INTERROGATIVE = frozenset(
    "як який яка яке які де коли скільки хто чому навіщо чи котра котрий что как где когда сколько"
    " jak jaki jaka jakie gdzie kiedy ile kto czemu dlaczego czy co ktora what how where when why who which"
    " is are do does can".split()
)

_WHY = frozenset("чому навіщо нащо почему зачем czemu dlaczego why".split())


@dataclass(frozen=True, slots=True)
class Signs:
    """What was found in a message besides its wording, for the guards to weigh.

    Attributes:
        hits: All terms found.
        topics: Terms of concepts that count (places of use excluded).
        needs, offers: Whether a phrase asks or offers.
        restricted: Whether a topic is one whose place must not be given away.
        heard: How sure the letter model is of a group (0.25 to 1).
    """

    hits: Sequence[Hit]
    topics: Sequence[Hit]
    needs: bool
    offers: bool
    restricted: bool
    heard: float = 0.25

    def at(self, slug: str) -> list[Hit]:
        """Hits of one guard."""
        return [
            hit
            for hit in self.hits
            if hit.entry.kind == "guard" and hit.entry.slug == slug and hit.weight >= _SURE
        ]


def reason(text: str, typed: Sequence[Token], signs: Signs) -> str:
    """Why a message may not become a listing by itself; empty when it may."""
    if signs.at("private-emergency"):
        return "personal"
    if _military(text, signs):
        return "military"
    if names_a_child(text):
        return "child"
    if _spam(text, signs):
        return "spam"
    if _complaint(text, signs):
        return "complaint"
    if _personal(text, signs):
        return "personal"
    if gives_place_away(text, restricted=signs.restricted):
        return "location"
    return _chatter(text, typed, signs)


def _military(text: str, signs: Signs) -> bool:
    civil = {index for hit in signs.at("civil-military") for index in hit.at}
    named = {index for hit in signs.topics if len(hit.at) > 1 for index in hit.at}
    arms = [hit for hit in signs.at("military") if not (civil | named) & set(hit.at)]
    if arms or _UNIT_NUMBER.search(text):
        return True
    soldiers = [hit for hit in signs.at("military-unit") if not (civil | named) & set(hit.at)]
    if soldiers:
        return not civil
    doubtful = {index for hit in signs.at("dual-use") for index in hit.at}
    if not doubtful:
        return False
    others = [
        hit for hit in signs.hits if hit.entry.kind in ("concept", "place") and not doubtful >= set(hit.at)
    ]
    return not others and not civil


def _spam(text: str, signs: Signs) -> bool:
    if signs.at("trade"):
        return True
    found = len(signs.at("spam")) + (1 if _LINK.search(text) else 0)
    return bool(signs.at("spam")) and (found >= 2 or not (signs.topics and (signs.needs or signs.offers)))


def _complaint(text: str, signs: Signs) -> bool:
    if signs.at("grievance") and not signs.offers and not (signs.topics and _REQUEST.search(text)):
        return True
    anger = signs.at("complaint")
    wanted = signs.offers or (signs.needs and bool(_REQUEST.search(text)))
    return bool(anger) and not (len(anger) == 1 and signs.topics and wanted)


def _personal(text: str, signs: Signs) -> bool:
    if signs.at("own-family"):
        return True
    found = signs.at("personal")
    if not found:
        return False
    return len({hit.at[0] for hit in found}) >= 2 or not _INSTITUTION.search(text)


def _chatter(text: str, typed: Sequence[Token], signs: Signs) -> str:
    wishes = signs.needs or signs.offers
    words = [token for token in typed if not token.number]
    if not words or _nonsense(words, signs):
        return "" if _CONTACT.search(text) else "gibberish"
    if signs.at("thanks") and _thanks_only(text, signs, wishes):
        return "thanks"
    asks = "?" in text or words[0].key in _INTERROGATIVE
    if signs.at("help") and (_covers(signs, "help") or (not wishes and (asks or not signs.topics))):
        return "question"
    if signs.at("greeting") and not wishes and _covers(signs, "greeting"):
        return "greeting"
    named = any(hit.weight >= 1 and not _common(hit) for hit in signs.topics)
    if not wishes and ((asks and not named) or words[0].key in _WHY or ("?" in text and len(words) > _BARE)):
        return "question"
    if _weak(signs):
        return "weak-intent"
    if not signs.topics and signs.at("greeting") and not wishes:
        return "greeting"
    if not signs.topics and asks:
        return "question"
    if not signs.topics and wishes and not _placed(signs) and signs.heard < _GUESSED:
        return "weak-intent"
    return ""


def _placed(signs: Signs) -> bool:
    return any(hit.entry.kind == "place" for hit in signs.hits)


def _weak(signs: Signs) -> bool:
    """ "We want to help" or "to cooperate" that names nothing to help with."""
    if not signs.at("weak-intent") or _placed(signs):
        return False
    if signs.topics:
        return all(hit.entry.slug in _GOOD_WILL for hit in signs.topics)
    return signs.heard < _HEARD_WELL


def _thanks_only(text: str, signs: Signs, wishes: bool) -> bool:
    """Thanks for something received, at its head or with "arrived"; at the end of a need they are manners."""
    if not signs.topics:
        return not wishes or bool(signs.at("received"))
    if signs.at("received"):
        thanked = {index for slug in ("thanks", "received") for hit in signs.at(slug) for index in hit.at}
        offers = [hit for hit in signs.hits if _offers(hit) and not thanked & set(hit.at)]
        return not offers and not (signs.needs and _REQUEST.search(text))
    first = min(hit.at[0] for hit in signs.at("thanks"))
    return not wishes and (all(first < hit.at[0] for hit in signs.topics) or not _NUMBER.search(text))


def _offers(hit: Hit) -> bool:
    return hit.entry.kind == "wish" and hit.entry.slug == "offer"


def _covers(signs: Signs, slug: str) -> bool:
    """Whether every topic lies within a phrase of that guard: "change the language" is no language course."""
    said = {index for hit in signs.at(slug) for index in hit.at}
    return all(
        said >= set(hit.at) or hit.weight < _CERTAIN
        for hit in signs.hits
        if hit.entry.kind == "concept" or asks_or_offers(hit)
    )


def _common(hit: Hit) -> bool:
    """Words such as "course" or "advice" are no topic in a question that asks for nothing else."""
    return hit.entry.slug == "staff-training"


def _nonsense(words: Sequence[Token], signs: Signs) -> bool:
    if any(hit.weight >= 0.7 for hit in signs.hits):
        return False
    return all(
        len(token.key) >= 4
        and (
            sum(letter in _VOWELS for letter in token.key) / len(token.key) < 0.2 or len(set(token.key)) <= 2
        )
        for token in words
    ) or all(len(token.key) < 3 for token in words)
