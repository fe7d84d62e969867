"""Whatever is typed, understanding answers quickly, the same way, and never breaks."""

from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.service import respond
from bot.matching.understand import understand

ROUTES = {"publish", "human", "help", "ignore", "ask-kind"}


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_has_a_sober_answer(text: str) -> None:
    """Scores are probabilities, evidence stands in the text, the answer is the same each time."""
    understood = understand(text)
    assert understood == understand(text)
    for item in (understood.whole, *understood.items):
        assert item.route in ROUTES
        assert all(0 <= score.score <= 1 for score in item.groups)
        assert item.route != "publish" or item.groups
        assert sum(score.selected for score in item.groups) <= max(1, len(understood.items))


@given(
    st.sampled_from("генератор насос ковдри потрібні можемо dla pompy i та 3 100кВт , . ! для школи".split()),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_words_in_any_order(first: str, data: st.DataObject) -> None:
    """Real words in random order never break the clause rules."""
    rest = data.draw(
        st.lists(st.sampled_from(["насос", "і", "потрібен", "2", ",", "для", "школи", "wizyta"]))
    )
    understood = understand(" ".join([first, *rest]))
    assert all(item.text for item in understood.items)


def test_long_and_repeated_input_is_cut() -> None:
    """2,000 characters are read, the rest is not; even nasty repetition stays quick."""
    for text in ("генератор " * 50_000, "а" * 100_000, "1 " * 50_000, "вул. " * 20_000, "((((" * 10_000):
        started = perf_counter()
        understood = understand(text)
        assert perf_counter() - started < 1.0
        assert len(understood.whole.text) <= 2000


def test_invisible_and_alike_letters_do_not_hide_words() -> None:
    """Zero-width characters and Latin look-alikes inside a word change nothing."""
    assert understand("дpони для бpигади").whole.route == "human"
    assert understand("дро\u200bни для бри\u00adгади").whole.route == "human"
    assert understand("ПОТРІБЕН ГЕНЕРАТОР").whole.groups[0].group == 1


def test_the_json_answer_has_the_agreed_fields() -> None:
    """Top level and items hold the names other programs rely on."""
    answer = respond({"id": "a", "text": "Потрібні 3 насоси і психологи для школи"})
    fields = {"groups", "subtopics", "kind", "route", "urgency", "quantities"}
    assert fields <= answer.keys()
    assert answer["id"] == "a"
    assert [fields | {"text"} <= item.keys() for item in answer["items"]] == [True, True]
