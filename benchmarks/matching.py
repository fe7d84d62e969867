"""``python -m benchmarks.matching``: how well and how fast messages are understood and counterparts found."""

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from math import isnan
from pathlib import Path

from benchmarks import matching_baseline as baseline
from benchmarks import matching_measures as measures
from benchmarks.matching_data import Sample, graded_needs, offers, samples
from benchmarks.matching_failures import failures
from benchmarks.matching_measures import Pair
from benchmarks.matching_rankers import ours, plain, ranking_figures, subject
from benchmarks.matching_speed import growth, start_up, timed
from bot.matching.understand import understand
from bot.model.understanding import Understanding

SIZES = (1_000, 10_000, 100_000)

ROWS: list[tuple[str, str, Callable[[Sequence[Pair]], float]]] = [
    ("right group first", ">= .95", lambda p: measures.right_first(measures.natural(p))),
    ("  macro-F1", ">= .94", lambda p: measures.macro_f1(measures.natural(p))),
    *(
        (f"  in {lang}", ">= .93", lambda p, lang=lang: measures.right_first(_in(lang, measures.natural(p))))
        for lang in ("uk", "pl", "en")
    ),
    *(
        (f"  {tag}", "", lambda p, tag=tag: measures.right_first(measures.tagged(p, tag)))
        for tag in (
            "plain",
            "typo",
            "voice",
            "polite",
            "short",
            "mixed",
            "surzhyk",
            "translit",
            "nodiacritics",
        )
    ),
    ("paraphrases: right group", ">= .60", lambda p: measures.right_first(measures.tagged(p, "paraphrase"))),
    (
        "  wrong without asking",
        "<= .15",
        lambda p: measures.wrong_without_asking(measures.tagged(p, "paraphrase")),
    ),
    ("out of scope refused: recall", ">= .93", lambda p: measures.refusal(p)[0]),
    ("  precision, usual words", ">= .93", lambda p: measures.refusal(_usual(p))[1]),
    ("  precision, with paraphrases", "", lambda p: measures.refusal(p)[1]),
    (
        "military held for a person",
        ">= .95",
        lambda p: measures.held_for_a_person(measures.tagged(p, "military")),
    ),
    ("civil not held", ">= .95", lambda p: 1 - measures.held_for_a_person(measures.tagged(p, "civil"))),
    ("several: groups found", ">= .85", lambda p: measures.groups_found(measures.tagged(p, "several"))),
    ("  extra groups on single ones", "<= .10", lambda p: measures.extra_groups(measures.natural(p))),
    ("  single ones cut in pieces", "", lambda p: measures.split_needlessly(measures.natural(p))),
    ("need or offer wrong way round", "< .04", measures.wrong_way_round),
    ("  unclear, has to ask", "", measures.kind_unclear),
    ("sub-topic among the first two", "", lambda p: measures.subtopic_found(measures.natural(p))),
    ("right route", "", measures.right_route),
    ("right urgency", "", measures.right_urgency),
    ("calibration error", "< .05", measures.calibration_error),
]


def _in(lang: str, pairs: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in pairs if pair[0].lang == lang]


def _usual(pairs: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in pairs if "paraphrase" not in pair[0].tags]


def quality_table() -> None:
    """Print every measure for each half, ours beside the baseline."""
    everything, needs = samples(), graded_needs()
    columns = [("tune", True), ("tune2", True), ("unseen", True), ("tune", False), ("unseen", False)]
    answers = [_answers([it for it in everything if it.half == half], our) for half, our in columns]
    print(f"{'':34}{'goal':>8}{'tune':>8}{'tune2':>8}{'unseen':>8}   plain: {'tune':>5}{'unseen':>8}")
    for name, goal, measure in ROWS:
        _print_row(name, goal, [measure(pairs) for pairs in answers])
    figures = [
        ranking_figures(
            [it for it in needs if it.half == half],
            (ours if our else plain)(offers("tune2" if half == "tune2" else "tune")),
        )
        for half, our in columns
    ]
    _print_row("right counterpart: nDCG@5", ">= .80", [ndcg for ndcg, _ in figures])
    _print_row("  MRR", ">= .90", [mrr for _, mrr in figures])
    print(f"\n{len(everything)} messages, {len(needs)} needs against {len(offers())} offers")


def _answers(half: Sequence[Sample], our: bool) -> list[Pair]:
    method: Callable[[str], Understanding] = understand if our else baseline.understand
    return [(sample, method(sample.text)) for sample in half]


def _print_row(name: str, goal: str, values: Sequence[float]) -> None:
    shown = ["-" if isnan(value) else f"{value:.3f}" for value in values]
    ours_shown = "".join(f"{value:>8}" for value in shown[:3])
    print(f"{name:34}{goal:>8}{ours_shown}          {shown[3]:>5}{shown[4]:>8}")


def speed_table() -> None:
    """Print how long things take and how that grows."""
    seconds, megabytes = start_up()
    print(f"start-up {seconds:.2f} s (goal 0.5), memory added {megabytes:.0f} MB (goal 60)")
    times = timed(understand, [sample.text for sample in samples()])
    print(f"understanding one message: p50 {times.p50:.1f} ms, p99 {times.p99:.1f} ms (goal 5 / 15)")
    seeds = [subject("offer", offer.id, offer.text, offer.country) for offer in offers()]
    understood = [seed for seed in seeds if seed.concepts]
    print("\nsearch goals: p95 at 10,000 / 100,000 listings 10 / 40 ms")
    print(f"{'listings':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'build s':>9}{'MB':>6}{'recall':>8}")
    for size in SIZES:
        grown = growth(understood, size)
        p50, p95, p99 = grown.search
        print(
            f"{size:>9,}{p50:>9.1f}{p95:>9.1f}{p99:>9.1f}{grown.built:>9.2f}{grown.megabytes:>6.0f}{grown.recall:>8.2f}"
        )


def main() -> None:
    """Print the tables, or write the failures that may be looked at."""
    arguments = ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    arguments.add_argument(
        "--failures", type=Path, metavar="FILE", help="write the failures of the half 'tune' instead"
    )
    arguments.add_argument("--quality", action="store_true", help="only the quality, not the speed")
    chosen = arguments.parse_args()
    if chosen.failures:
        chosen.failures.write_text("\n".join(failures()) + "\n", encoding="utf-8")
        return
    quality_table()
    if not chosen.quality:
        speed_table()


if __name__ == "__main__":
    main()
