"""Audiences: what coordinators type, who is meant, and the numbers of the dry run."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meetings.audience import Audience, Recipient, Segment, chosen, counted, read_audience

REGIONS = {
    "zachodniopomorskiego": "PL-32",
    "zachodniopomorskie": "PL-32",
    "śląskie": "PL-24",
    "śląskiego": "PL-24",
    "полтавська": "UA-53",
    "полтавської області": "UA-53",
    "west pomerania": "PL-32",
}


def region_of(typed: str) -> str:
    return REGIONS.get(typed.lower(), "")


def some(**values: Any) -> Segment:
    return Segment(**{name: frozenset(items) for name, items in values.items()})


@pytest.mark.parametrize(
    ("text", "included", "excluded"),
    [
        (
            "mieszkaniowa + komunalna, bez Zachodniopomorskiego",
            some(groups={1, 2}),
            [some(regions={"PL-32"})],
        ),
        ("wyślij do: grupy mieszkaniowej i komunalnej", some(groups={1, 2}), []),
        ("pomoc społeczna i humanitarna, Polska", some(groups={3}, countries={"PL"}), []),
        ("wszyscy", None, []),
        ("wszyscy bez Śląskiego i Signala", None, [some(regions={"PL-24"}), some(channels={"signal"})]),
        (
            "gminy wiejskie, po polsku, Telegram",
            some(kinds={"rural"}, languages={"pl"}, channels={"telegram"}),
            [],
        ),
        ("integracja z UE, woj. śląskie", some(groups={4}, regions={"PL-24"}), []),
        ("житлова + комунальна, крім Полтавської області", some(groups={1, 2}), [some(regions={"UA-53"})]),
        ("усі громади України, без сільських", some(countries={"UA"}), [some(kinds={"rural"})]),
        (
            "соціальна та гуманітарна, Україна, Signal",
            some(groups={3}, countries={"UA"}, channels={"signal"}),
            [],
        ),
        ("група 1 та 4, українською", some(groups={1, 4}, languages={"uk"}), []),
        ("housing and communal, except West Pomerania", some(groups={1, 2}), [some(regions={"PL-32"})]),
        ("everyone in Poland without Telegram", some(countries={"PL"}), [some(channels={"telegram"})]),
        ("EU integration, English speaking, cities", some(groups={4}, languages={"en"}, kinds={"urban"}), []),
    ],
)
def test_audiences_as_typed(text: str, included: Segment | None, excluded: list[Segment]) -> None:
    wish = read_audience(text, region_of)
    assert wish.unknown == ()
    assert wish.audience == Audience((included,) if included else (), tuple(excluded))


def test_words_that_mean_nothing_are_asked_about() -> None:
    wish = read_audience("mieszkaniowa + rowerzyści, bez Atlantydy", region_of)
    assert wish.unknown == ("rowerzyści", "Atlantydy")
    assert wish.audience == Audience((some(groups={2}),))


def seat(
    person: str, groups: set[int], region: str = "PL-24", language: str = "pl", channel: str = "telegram"
) -> Recipient:
    return Recipient(
        person, f"town-{person}", frozenset(groups), region[:2], region, "urban", language, channel
    )


PEOPLE = [
    seat("a", {1}),
    seat("b", {1, 2}),
    seat("c", {2}, "PL-32"),
    seat("d", {2}, "UA-53", "uk", "signal"),
    seat("e", {3}, "UA-53", "uk", "signal"),
    seat("f", {1}, "PL-32"),
    seat("f", {2}, "UA-53"),
]


def test_the_dry_run_counts_each_person_once() -> None:
    audience = read_audience("mieszkaniowa + komunalna, bez Zachodniopomorskiego", region_of).audience
    assert [recipient.person for recipient in chosen(audience, PEOPLE)] == ["a", "b", "d", "f"]
    counts = counted(audience, PEOPLE)
    assert (counts.people, counts.in_several) == (4, 1)
    assert counts.by_channel == {"telegram": 3, "signal": 1}
    assert counts.by_language == {"pl": 3, "uk": 1}
    assert counts.by_group == {1: 2, 2: 3}


def test_an_empty_audience_text_is_everybody() -> None:
    assert counted(Audience(), PEOPLE).people == 6
    assert counted(Audience(), []).people == 0


SEATS = st.lists(
    st.builds(
        seat,
        st.sampled_from("abcdefgh"),
        st.sets(st.integers(1, 4)),
        st.sampled_from(["PL-24", "PL-32", "UA-53"]),
        st.sampled_from(["pl", "uk"]),
        st.sampled_from(["telegram", "signal"]),
    )
)
SEGMENTS = st.builds(
    lambda groups, regions, channels: some(groups=groups, regions=regions, channels=channels),
    st.sets(st.integers(1, 4)),
    st.sets(st.sampled_from(["PL-24", "UA-53"])),
    st.sets(st.sampled_from(["telegram", "signal"])),
)


@given(SEATS, st.lists(SEGMENTS, max_size=2), st.lists(SEGMENTS, max_size=2))
def test_sets_and_sums(seats: list[Recipient], included: list[Segment], excluded: list[Segment]) -> None:
    audience = Audience(tuple(included), tuple(excluded))
    people = chosen(audience, seats)
    counts = counted(audience, seats)
    assert len({p.person for p in people}) == len(people) == counts.people
    assert sum(counts.by_channel.values()) == sum(counts.by_language.values()) == counts.people
    assert all(not segment.fits(p) for p in people for segment in excluded)
    assert all(n <= counts.people for n in counts.by_group.values())
    wider = chosen(Audience(tuple(included)), seats)
    assert {p.person for p in people} <= {p.person for p in wider}


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    read_audience(text, region_of)
