"""Seats and the waiting list."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.meetings.capacity import Roll, answered, removed, resized, substituted


def full(seats: int, people: int) -> Roll:
    roll = Roll(seats)
    for n in range(people):
        roll = answered(roll, f"p{n}", f"town{n}", "yes").roll
    return roll


def test_eighty_seats_and_eighty_three_who_come() -> None:
    roll = full(80, 83)
    assert roll.seated == tuple(f"p{n}" for n in range(80))
    assert roll.waiting == ("p80", "p81", "p82")
    step = answered(roll, "p5", "town5", "no")
    assert step.promoted == ("p80",)
    assert (len(step.roll.seated), step.roll.waiting) == (80, ("p81", "p82"))


def test_place_in_the_waiting_list_is_told() -> None:
    step = answered(full(2, 3), "p3", "town3", "yes")
    assert (step.place, step.position) == ("waiting", 2)


def test_the_same_yes_again_changes_nothing() -> None:
    roll = full(2, 4)
    for person in ("p0", "p3"):
        assert answered(roll, person, "town", "yes").roll == roll


def test_whoever_comes_back_stands_at_the_end() -> None:
    roll = answered(full(2, 4), "p0", "town0", "maybe").roll
    step = answered(roll, "p0", "town0", "yes")
    assert step.roll.seated == ("p1", "p2")
    assert step.roll.waiting == ("p3", "p0")
    assert (step.place, step.position) == ("waiting", 2)


def test_a_substitute_of_the_same_municipality_takes_the_seat() -> None:
    step = substituted(full(2, 3), "p0", "deputy", "town0")
    assert step.roll.seated == ("deputy", "p1")
    assert (step.roll.waiting, step.promoted) == (("p2",), ())
    entry = step.roll.entry("p0")
    assert entry
    assert (entry.answer, entry.place) == ("substitute", "")


def test_a_substitute_may_take_a_place_in_the_waiting_list() -> None:
    step = substituted(full(2, 4), "p2", "deputy", "town2")
    assert (step.roll.waiting, step.position) == (("deputy", "p3"), 1)


def test_a_substitute_with_a_seat_of_their_own_frees_the_other() -> None:
    roll = answered(full(2, 1), "deputy", "town0", "yes").roll
    roll = answered(roll, "p9", "town9", "yes").roll
    step = substituted(roll, "p0", "deputy", "town0")
    assert (step.roll.seated, step.promoted) == (("deputy", "p9"), ("p9",))


def test_a_substitute_who_waits_gives_up_that_place() -> None:
    roll = answered(full(2, 3), "deputy", "town0", "yes").roll
    step = substituted(roll, "p0", "deputy", "town0")
    assert (step.roll.seated, step.roll.waiting) == (("deputy", "p1"), ("p2",))


def test_substitutes_that_are_refused_change_nothing() -> None:
    roll = full(2, 2)
    assert substituted(roll, "p0", "x", "elsewhere") == type(substituted(roll, "p0", "p0", "town0"))(
        roll, refused="other-municipality"
    )
    assert substituted(roll, "p0", "p0", "town0").refused == "same-person"
    assert substituted(roll, "stranger", "x", "town0").refused == "no-place"


def test_more_seats_promote_and_fewer_take_none_away() -> None:
    roll = full(2, 5)
    assert resized(roll, 4).promoted == ("p2", "p3")
    assert resized(roll, None).promoted == ("p2", "p3", "p4")
    fewer = resized(roll, 1).roll
    assert fewer.seated == ("p0", "p1")
    assert removed(fewer, "p0").promoted == ()
    assert removed(roll, "p0").promoted == ("p2",)


def test_without_a_limit_everybody_sits() -> None:
    roll = Roll()
    for n in range(5):
        roll = answered(roll, str(n), "t", "yes").roll
    assert len(roll.seated) == 5


ACTIONS = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.sampled_from(["yes", "yes", "maybe", "no", "substitute", "remove"]),
        st.integers(0, 11),
    ),
    max_size=60,
)


@given(st.integers(0, 5), ACTIONS)
@settings(max_examples=200)
def test_seats_are_never_oversold_nor_left_empty(seats: int, actions: list[tuple[int, str, int]]) -> None:
    roll = Roll(seats)
    for n, action, other in actions:
        before, person = roll, f"p{n}"
        match action:
            case "substitute":
                step = substituted(roll, person, f"p{other}", f"town{n % 3}")
            case "remove":
                step = removed(roll, person)
            case "yes" | "maybe" | "no":
                step = answered(roll, person, f"town{n % 3}", action)
            case _:
                raise AssertionError(action)
        roll = step.roll
        assert len(roll.seated) <= seats
        assert not roll.waiting or len(roll.seated) == seats
        assert len({entry.person for entry in roll.entries}) == len(roll.entries)
        assert set(step.promoted) <= set(before.waiting) & set(roll.seated)
        kept = [p for p in before.waiting if p in roll.waiting and p not in (person, f"p{other}")]
        assert kept == [p for p in roll.waiting if p in kept]  # nobody overtakes
        assert list(step.promoted) == [p for p in before.waiting if p in step.promoted]
