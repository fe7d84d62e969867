"""Which of a person's words may be new terms of the topic they chose by hand."""

from bot.dialogue.clean import clean
from bot.matching.normalise import tokens
from bot.matching.taxonomy import subtopic_of
from bot.matching.vocabulary import vocabulary
from bot.model.listing import Draft
from db.stores.terms import CandidateTerm

MOST, SHORTEST, LONGEST = 5, 4, 40


def candidates(understood: Draft, confirmed: Draft, language: str) -> list[CandidateTerm]:
    """Words we did not know, or that misled us, in a text whose topic the person chose by hand.

    At most five single words, never numbers or what looks like a name; none when our topic was right, or
    when the text waits for a coordinator.
    """
    by_hand = len(confirmed.subtopics) == 1 and not confirmed.concepts
    if not by_hand or confirmed.held or confirmed.subtopics == understood.subtopics:
        return []
    slug = confirmed.subtopics[0]
    return [
        CandidateTerm(word, _language(word, language), slug) for word in _telling(confirmed.text, slug)[:MOST]
    ]


def _telling(text: str, slug: str) -> list[str]:
    text = clean(text)
    typed = tokens(text)
    hits = vocabulary().find(typed)
    known = {index for hit in hits for index in hit.at}
    misled = {
        index
        for hit in hits
        if hit.entry.kind == "concept" and subtopic_of(hit.entry.slug) != slug
        for index in hit.at
    }
    words = [text[token.start : token.end] for token in typed]
    fit = [index for index, word in enumerate(words) if _is_word(word, first=index == 0)]
    wanted = [index for index in fit if index not in known] or [index for index in fit if index in misled]
    return list(dict.fromkeys(words[index].lower() for index in wanted))


def _is_word(word: str, *, first: bool) -> bool:
    """No number and, within the sentence, no capital letter: that would be a name."""
    return SHORTEST <= len(word) <= LONGEST and word[0].isalpha() and (first or not word[0].isupper())


def _language(word: str, language: str) -> str:
    if any("а" <= letter <= "ӿ" for letter in word):
        return "uk"
    return language if language != "uk" else "pl"
