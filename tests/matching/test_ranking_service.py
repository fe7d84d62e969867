"""``mistok rank``: lines in, lines out."""

from typing import Any

import pytest

from bot.matching.ranking_service import respond

PUMPS = {"id": "pumps", "text": "Oddamy dwie pompy do wody", "country": "PL"}
BEDS = {"id": "beds", "text": "Mamy łóżka szpitalne", "country": "PL"}
NEED = "Потрібні насоси для водогону"


def test_the_fitting_offer_is_found_across_the_languages() -> None:
    answer = respond({"need": NEED, "country": "UA", "offers": [BEDS, PUMPS]})
    assert answer["ranked"] == ["pumps"]
    assert list(answer["reasons"]) == ["pumps"]
    assert 1 <= len(answer["reasons"]["pumps"]) <= 3
    assert all(isinstance(reason, str) and reason.endswith(".") for reason in answer["reasons"]["pumps"])


def test_a_need_may_be_an_object_with_its_own_fields() -> None:
    need = {"text": NEED, "country": "UA", "population": 9_000, "region": "UA-46", "lang": "uk"}
    offer = PUMPS | {"population": 8_700, "region": "PL-18"}
    (found,) = respond({"need": need, "offers": [offer]})["reasons"].values()
    assert any("9000 and 8700" in reason or "programme" in reason for reason in found)


def test_the_same_country_is_no_counterpart() -> None:
    assert respond({"need": NEED, "country": "PL", "offers": [PUMPS]}) == {"ranked": [], "reasons": {}}


def test_an_endless_number_is_no_amount() -> None:
    endless = "9" * 400
    offer = {"id": "a", "text": f"Oddamy {endless} szt. pomp", "country": "PL"}
    answer = respond({"need": f"Потрібно {endless} шт насосів", "country": "UA", "offers": [offer]})
    assert answer["ranked"] == ["a"]


def test_the_id_of_the_request_comes_back_and_the_limit_counts() -> None:
    offers = [PUMPS, PUMPS | {"id": "more"}]
    answer = respond({"id": "r1", "need": NEED, "offers": offers, "limit": 1})
    assert (answer["id"], len(answer["ranked"])) == ("r1", 1)


INVALID: list[Any] = [
    {},
    {"need": NEED},
    {"need": 7, "offers": []},
    {"need": NEED, "offers": [{"id": "a"}]},
    {"need": NEED, "offers": [{"id": 1, "text": "x"}]},
    {"need": NEED, "offers": ["pumps"]},
    {"need": NEED, "offers": 3},
    {"need": NEED, "offers": [], "limit": "many"},
    {"need": NEED, "offers": [PUMPS | {"population": "few"}]},
    {"need": NEED, "offers": [PUMPS | {"population": -1}]},
    {"need": NEED, "offers": [PUMPS | {"population": float("inf")}]},
    {"need": NEED, "offers": [], "limit": -1},
    {"need": {"country": "UA"}, "offers": []},
    [],
    "text",
    None,
]


@pytest.mark.parametrize("request_line", INVALID)
def test_what_is_no_request_is_answered_with_an_error(request_line: Any) -> None:
    answer = respond(request_line)
    assert list(answer) == ["error"]
