"""Needs ranked against the pool of offers, by our method and by the baseline."""

from collections.abc import Callable, Sequence

from benchmarks import matching_baseline as baseline
from benchmarks import matching_measures as measures
from benchmarks.matching_data import GradedNeed, PoolOffer
from bot.matching.ranking import rank
from bot.matching.understand import understand
from bot.model.listing import Side, Subject

DEPTH = 20  # places looked at for the reciprocal rank

Ranker = Callable[[GradedNeed], list[str]]


def subject(side: Side, id: str, text: str, country: str) -> Subject:
    """A text as ranking sees it; nothing is known of its municipality."""
    whole = understand(text, country=country).whole
    return Subject(
        id=id,
        side=side,
        text=text,
        group=whole.groups[0].group if whole.groups else 0,
        subtopics=whole.subtopics,
        concepts=whole.concepts,
        quantities=whole.quantities,
        nature=whole.nature,
        urgency=whole.urgency,
        country=country,
    )


def ours(pool: Sequence[PoolOffer]) -> Ranker:
    """Ranks by ``rank``; every offer is understood once."""
    subjects = [subject("offer", offer.id, offer.text, offer.country) for offer in pool]

    def ranked(need: GradedNeed) -> list[str]:
        found = rank(subject("need", need.id, need.text, need.country), subjects, limit=DEPTH)
        return [match.id for match in found]

    return ranked


def plain(pool: Sequence[PoolOffer]) -> Ranker:
    """Ranks by the likeness of the texts."""
    return lambda need: baseline.rank(
        need.text, [(offer.id, offer.text) for offer in pool if offer.country != need.country], DEPTH
    )


def ranking_figures(needs: Sequence[GradedNeed], ranker: Ranker) -> tuple[float, float]:
    """Mean nDCG@5 and mean reciprocal rank."""
    answers = [(ranker(need), need.grades) for need in needs]
    ndcg = sum(measures.ndcg(ids, grades) for ids, grades in answers) / len(answers)
    return ndcg, sum(measures.reciprocal_rank(ids, grades) for ids, grades in answers) / len(answers)
