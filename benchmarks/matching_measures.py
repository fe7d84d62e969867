"""Measures of understanding and ranking; plain numbers in, plain numbers out."""

from collections.abc import Callable, Iterable, Sequence
from math import log2

from benchmarks.matching_data import Sample
from bot.model.understanding import Item, Understanding

Pair = tuple[Sample, Understanding]
NOT_NATURAL = {"paraphrase", "oos", "military", "several"}


def share(flags: Iterable[bool]) -> float:
    """Share of true ones; not a number when there are none."""
    values = list(flags)
    return sum(values) / len(values) if values else float("nan")


def natural(pairs: Sequence[Pair]) -> list[Pair]:
    """Messages about one thing in usual words."""
    return [pair for pair in pairs if NOT_NATURAL.isdisjoint(pair[0].tags)]


def tagged(pairs: Sequence[Pair], tag: str) -> list[Pair]:
    """Messages with the tag."""
    return [pair for pair in pairs if tag in pair[0].tags]


def first(item: Item) -> int:
    """The best group, 0 for none."""
    return item.groups[0].group if item.groups else 0


def selected(item: Item) -> set[int]:
    """The groups that would be taken without a question."""
    return {score.group for score in item.groups if score.selected}


def right_first(pairs: Sequence[Pair]) -> float:
    """Share whose best group is right."""
    return share(first(got.whole) in sample.accepted for sample, got in pairs)


def macro_f1(pairs: Sequence[Pair]) -> float:
    """Mean F1 over the four groups; an acceptable answer counts as the expected one."""
    answers = [
        (first(got.whole) if first(got.whole) in sample.accepted else sample.groups[0], first(got.whole))
        for sample, got in pairs
    ]
    return sum(_f1(answers, group) for group in range(1, 5)) / 4


def _f1(answers: Sequence[tuple[int, int]], group: int) -> float:
    hits = sum(expected == got == group for expected, got in answers)
    total = sum((expected == group) + (got == group) for expected, got in answers)
    return 2 * hits / total if total else 0.0


def wrong_without_asking(pairs: Sequence[Pair]) -> float:
    """Share that would be filed under a wrong group without a question."""
    return share(
        first(got.whole) in selected(got.whole) and first(got.whole) not in sample.accepted
        for sample, got in pairs
    )


def refusal(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Recall and precision of finding a message out of scope, which is giving it no group.

    Military ones are left out: they are in no group and yet a matter for a person.
    """
    graded = [
        (bool(sample.groups), bool(got.whole.groups))
        for sample, got in pairs
        if "military" not in sample.tags
    ]
    recall = share(not got for expected, got in graded if not expected)
    precision = share(not expected for expected, got in graded if not got)
    return recall, precision


def held_for_a_person(pairs: Sequence[Pair]) -> float:
    """Share that a person must see first."""
    return share(got.whole.route == "human" for _, got in pairs)


def groups_found(pairs: Sequence[Pair]) -> float:
    """Mean share of the groups asked for that are selected."""
    found = [len(selected(got.whole) & set(sample.groups)) / len(sample.groups) for sample, got in pairs]
    return sum(found) / len(found) if found else float("nan")


def extra_groups(pairs: Sequence[Pair]) -> float:
    """Mean number of selected groups that nobody asked for."""
    extra = [len(selected(got.whole) - sample.accepted) for sample, got in pairs]
    return sum(extra) / len(extra) if extra else float("nan")


def split_needlessly(pairs: Sequence[Pair]) -> float:
    """Share of messages about one thing that fall into several items."""
    return share(len(got.items) > 1 for _, got in pairs)


def wrong_way_round(pairs: Sequence[Pair]) -> float:
    """Share of needs taken for offers and the reverse."""
    opposite = {"need": "offer", "offer": "need"}
    return share(got.whole.kind == opposite[sample.kind] for sample, got in pairs if sample.kind in opposite)


def kind_unclear(pairs: Sequence[Pair]) -> float:
    """Share of clear needs and offers about which the bot would have to ask."""
    return share(got.whole.kind == "unclear" for sample, got in pairs if sample.kind in {"need", "offer"})


def subtopic_found(pairs: Sequence[Pair]) -> float:
    """Share with an expected sub-topic among the first two."""
    return share(not set(sample.subtopics).isdisjoint(got.whole.subtopics[:2]) for sample, got in pairs)


def right_route(pairs: Sequence[Pair]) -> float:
    """Share with an acceptable route."""
    return share(got.whole.route in sample.route for sample, got in pairs)


def right_urgency(pairs: Sequence[Pair]) -> float:
    """Share with the expected urgency, among messages about a task group."""
    return share(got.whole.urgency == sample.urgency for sample, got in pairs if sample.groups)


def calibration_error(pairs: Sequence[Pair], bins: int = 10) -> float:
    """Expected calibration error of the best group's score, over messages that got a group."""
    answers = [
        (got.whole.groups[0].score, first(got.whole) in sample.accepted)
        for sample, got in pairs
        if got.whole.groups
    ]
    total = 0.0
    for number in range(bins):
        inside = [(score, hit) for score, hit in answers if min(bins - 1, int(score * bins)) == number]
        if inside:
            total += abs(sum(score for score, _ in inside) - sum(hit for _, hit in inside))
    return total / len(answers) if answers else float("nan")


def ndcg(ranked: Sequence[str], grades: dict[str, int], places: int = 5) -> float:
    """Normalised discounted cumulative gain with gain ``2 ** grade - 1``."""
    gains = [2 ** grades.get(id, 0) - 1 for id in ranked[:places]]
    ideal = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:places]
    return _discounted(gains) / _discounted(ideal)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, 1))


def reciprocal_rank(ranked: Sequence[str], grades: dict[str, int], least: int = 2) -> float:
    """One over the place of the first offer that fits at least nearly, 0 when there is none."""
    return next((1 / place for place, id in enumerate(ranked, 1) if grades.get(id, 0) >= least), 0.0)


Measure = Callable[[Sequence[Pair]], float]
