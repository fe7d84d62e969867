"""The evaluation set is whole, and its measures measure."""

from collections import Counter

import pytest

from benchmarks import matching_measures as measures
from benchmarks.matching_data import Sample, graded_needs, offers, samples
from bot.matching import taxonomy
from bot.model.understanding import GroupScore, Item, Understanding


def pair(groups: tuple[int, ...], *got: tuple[int, float, bool]) -> measures.Pair:
    """A message for ``groups`` that was given the scores ``got``."""
    sample = Sample("text", "uk", groups, (), "need", ("publish",), "", (), ("plain",), "tune")
    return sample, Understanding(Item("text", tuple(GroupScore(*score) for score in got)))


def test_every_kind_of_message_is_there_in_both_halves() -> None:
    tags = Counter(tag for sample in samples() for tag in sample.tags)
    assert len({sample.text for sample in samples()}) == len(samples()) >= 420
    least = {"paraphrase": 60, "oos": 60, "military": 25, "civil": 25, "several": 40}
    assert {tag: tags[tag] >= number for tag, number in least.items()} == dict.fromkeys(least, True)
    for half in ("tune", "unseen"):
        assert {tag for sample in samples() if sample.half == half for tag in sample.tags} >= set(least)


def test_expected_topics_exist_and_belong_to_the_expected_groups() -> None:
    for sample in samples():
        groups = {taxonomy.group_of(slug) for slug in sample.subtopics}
        assert groups <= sample.accepted, sample.text


def test_every_graded_offer_is_in_the_pool_and_from_the_other_side() -> None:
    both = [*offers(), *offers("tune2")]
    pool = {offer.id: offer for offer in both}
    assert len(pool) == len(both) >= 250
    assert len(graded_needs()) >= 60
    for need in graded_needs():
        assert any(grade >= 2 for grade in need.grades.values()), need.text
        assert all(pool[id].country != need.country for id in need.grades), need.text


def test_order_is_what_ndcg_measures() -> None:
    grades = {"a": 3, "b": 1}
    assert measures.ndcg(["a", "b", "c"], grades) == 1
    assert measures.ndcg(["c", "d"], grades) == 0
    assert measures.ndcg(["b", "a"], grades) < measures.ndcg(["a", "c", "b"], grades) < 1


def test_reciprocal_rank_wants_a_near_fit() -> None:
    assert measures.reciprocal_rank(["b", "a"], {"a": 2, "b": 1}) == 0.5
    assert measures.reciprocal_rank(["b"], {"a": 2, "b": 1}) == 0


def test_certainty_that_is_right_as_often_as_it_says_is_calibrated() -> None:
    half_right = [pair((1,), (1, 0.5, True)), pair((1,), (2, 0.5, True))]
    assert measures.calibration_error(half_right) == 0
    assert measures.calibration_error([pair((1,), (2, 0.9, True))]) == pytest.approx(0.9)


def test_groups_found_extra_and_wrong_without_asking() -> None:
    two = [pair((1, 3), (1, 0.9, True), (4, 0.8, True), (3, 0.2, False))]
    assert (measures.groups_found(two), measures.extra_groups(two)) == (0.5, 1)
    assert measures.wrong_without_asking([pair((1,), (2, 0.4, False)), pair((1,), (2, 0.9, True))]) == 0.5


def test_refusal_counts_both_ways() -> None:
    assert measures.refusal([pair(()), pair((), (1, 0.9, True)), pair((1,))]) == (0.5, 0.5)


def test_a_perfect_answer_has_a_macro_f1_of_one() -> None:
    right = [pair((group,), (group, 0.9, True)) for group in range(1, 5)]
    assert measures.macro_f1(right) == 1
    assert measures.macro_f1([*right, pair((1,), (2, 0.9, True))]) == pytest.approx(
        (2 / 3 + 2 / 3 + 1 + 1) / 4
    )
