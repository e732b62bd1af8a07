"""Personal data in text: what has a form of its own, and numbers that are none of it."""

from typing import Any

import pytest

from bot.guards.personal import find_personal_data
from bot.guards.scan import find_removable
from tests.unit.guards_support import covers, read_corpus

ROWS = read_corpus("guards_personal")


@pytest.mark.parametrize("row", [row for row in ROWS if row["spans"]], ids=lambda row: row["text"])
def test_it_is_found_whole_and_as_what_it_is(row: dict[str, Any]) -> None:
    [[start, end]] = row["spans"]
    found = [(one.type, one.start, one.end) for one in find_removable(row["text"])]
    assert found == [(row["type"], start, end)]


@pytest.mark.parametrize("text", [row["text"] for row in ROWS if not row["spans"]])
def test_other_numbers_are_no_personal_data(text: str) -> None:
    assert find_personal_data(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "GB29 NWBK 6016 1331 9268 18",  # a wrong check digit
        "4111 1111 1111 1112",
        "DNI 12345678A",
        "2001::db8::1",
        "my ip: 192.168.0",
        "300.1.2.3",
        "00:00:00:00:00:00",
        "ana@example is no address",
        "CPF 529.982.247-26",
        "NRIC S1234567A",
    ],
)
def test_a_wrong_form_or_check_digit_is_nothing(text: str) -> None:
    assert find_personal_data(text) == []


def test_a_sum_of_money_is_no_phone_number() -> None:
    assert find_personal_data("we have $612345678 left, or 612 345 678 tokens") == []


def test_several_are_found_in_one_text() -> None:
    text = "Ana, +34 912 34 56 78 or ana@example.org, pays from ES9121000418450200051332"
    found = find_removable(text)
    assert [one.type for one in found] == ["phone", "email", "iban"]
    assert covers(found, 5, 21, kind="pii")
