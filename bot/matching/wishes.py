"""What is wanted with a thing: need or offer, how urgently, which kind of help."""

from collections.abc import Iterable, Sequence

from bot.matching.lexicon import Hit
from bot.model.understanding import Kind, Nature, Urgency

NATURES: tuple[Nature, ...] = ("goods", "know-how", "hosting", "money")


def asks_or_offers(hit: Hit) -> bool:
    """Whether a term is a phrase such as "we need" or "we can give"."""
    return hit.entry.kind == "wish" and hit.entry.slug in ("need", "offer")


def weight_of(hits: Iterable[Hit], slug: str) -> int:
    """How strongly phrases of that kind speak: a longer one more than proportionally."""
    return sum(len(hit.at) ** 2 for hit in hits if hit.entry.kind == "wish" and hit.entry.slug == slug)


def kind_of(hits: Sequence[Hit], question: bool = False) -> Kind:
    """Need or offer by the stronger phrases; "in working order" alone is an offer.

    A tie goes to need in a question, to what follows a "but", else to the first phrase.
    """
    need, offer = weight_of(hits, "need"), weight_of(hits, "offer")
    if need != offer:
        return "need" if need > offer else "offer"
    if not need and not offer and weight_of(hits, "state"):
        return "offer"
    phrases = sorted((hit for hit in hits if asks_or_offers(hit)), key=lambda hit: hit.at)
    if not phrases:
        return "unclear"
    turned = any(hit.entry.slug == "contrast" and hit.at > phrases[0].at for hit in hits)
    return "need" if question or phrases[-1 if turned else 0].entry.slug == "need" else "offer"


def urgency_of(hits: Iterable[Hit]) -> Urgency:
    """High for urgent words and people without heat, water, roof or medicine; medium for a deadline."""
    levels = {hit.entry.slug for hit in hits if hit.entry.kind == "wish" and hit.weight >= 0.9}
    return "high" if "high" in levels else "medium" if "medium" in levels else ""


def natures_of(hits: Iterable[Hit]) -> tuple[Nature, ...]:
    """The kinds of help that words speak of."""
    found = {hit.entry.slug for hit in hits if hit.entry.kind == "wish"}
    return tuple(nature for nature in NATURES if nature in found)
