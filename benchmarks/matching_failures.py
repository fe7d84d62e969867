"""What went wrong in what may be looked at."""

from benchmarks import matching_measures as measures
from benchmarks.matching_data import Half, graded_needs, offers, samples
from benchmarks.matching_measures import Pair
from benchmarks.matching_rankers import ours
from bot.matching.understand import understand


def failures() -> list[str]:
    """A few lines for each message or need of the halves ``tune`` and ``tune2`` that was judged wrongly."""
    return [*_messages(), *_rankings()]


def _messages() -> list[str]:
    pairs = [(sample, understand(sample.text)) for sample in samples() if sample.half != "unseen"]
    return [_described(pair, wrong) for pair in pairs if (wrong := _wrong(pair))]


def _wrong(pair: Pair) -> list[str]:
    sample, whole = pair[0], pair[1].whole
    first, taken = measures.first(whole), measures.selected(whole)
    checks = {
        "group": first not in sample.accepted if sample.groups else bool(first) and "oos" in sample.tags,
        "route": whole.route not in sample.route,
        "kind": {sample.kind, whole.kind} == {"need", "offer"},
        "missed": "several" in sample.tags and not set(sample.groups) <= taken,
        "extra": bool(sample.groups) and bool(taken - sample.accepted),
    }
    return [name for name, failed in checks.items() if failed]


def _described(pair: Pair, wrong: list[str]) -> str:
    sample, whole = pair[0], pair[1].whole
    groups = [(it.group, round(it.score, 2), it.selected) for it in whole.groups]
    return (
        f"[{'+'.join(wrong)}] {sample.tags} {sample.text!r}\n"
        f"    wanted {sample.groups} {sample.subtopics} {sample.kind} {sample.route}\n"
        f"    got {groups} {whole.subtopics} {whole.concepts} {whole.kind} {whole.route} {whole.reason}"
        f" by {whole.evidence}"
    )


def _rankings(enough: float = 0.8) -> list[str]:
    return [*_badly_ranked("tune", enough), *_badly_ranked("tune2", enough)]


def _badly_ranked(half: Half, enough: float) -> list[str]:
    pool = {offer.id: offer for offer in offers(half)}
    ranker, lines = ours(list(pool.values())), []
    for need in (it for it in graded_needs() if it.half == half):
        ids = ranker(need)
        figure = measures.ndcg(ids, need.grades)
        if figure < enough:
            lines.append(f"[nDCG {figure:.2f}] {_topics(need.text, need.country)}")
            for id in dict.fromkeys([*ids[:5], *need.grades]):
                place = ids.index(id) + 1 if id in ids else "-"
                topics = _topics(pool[id].text, pool[id].country)
                lines.append(f"    {place:>3} grade {need.grades.get(id, 0)} {topics}")
    return lines


def _topics(text: str, country: str) -> str:
    whole = understand(text, country=country).whole
    return f"{text!r} {whole.subtopics} {whole.concepts}"
