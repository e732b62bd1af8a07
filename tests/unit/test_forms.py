"""What is typed into a form: one plain value a field, or a question."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions.base import MAX_AMOUNT_NANOS
from bot.economy.money import from_decimal
from bot.planning import FormReading, Language
from bot.replies.previews import amount_to_type
from intents.forms import read_form

TODAY = date(2026, 11, 18)


def read(language: Language = "en", **fields: str) -> FormReading:
    return read_form(fields, language=language, today=TODAY)


@given(nanos=st.integers(1, MAX_AMOUNT_NANOS), language=st.sampled_from(["en", "es"]))
def test_an_amount_that_nobody_touched_reads_as_it_was(nanos: int, language: Language) -> None:
    """A form comes back whole, so its amount must never become another, nor a question."""

    reading = read(language, amount=amount_to_type(nanos))
    assert reading.question is None
    assert from_decimal(Decimal(str(reading.changes["amount"]))) == nanos


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("typed", "amount"),
    [("200", "200"), (" $200 ", "200"), ("200 usd", "200"), ("1,250.50", "1250.5")],
)
def test_a_plain_amount_is_taken(language: Language, typed: str, amount: str) -> None:
    assert read(language, amount=typed).changes == {"amount": amount}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "typed",
    ["1,234", "1.234", "200 eur", "-200", "200 for design", "abc", "0", "200 300", "10 %", "1e3"],
)
def test_what_has_two_readings_or_none_is_asked_about(language: Language, typed: str) -> None:
    reading = read(language, amount=typed, reason="because")
    assert (reading.question, reading.given) == ("which_amount", typed)
    assert reading.changes == {"reason": "because"}


@pytest.mark.parametrize(
    ("language", "typed", "changes"),
    [
        ("en", "2026-11-30", {"until": "2026-11-30"}),
        ("es", "2026-11-30", {"until": "2026-11-30"}),
        ("en", "until friday", {"until": "2026-11-20"}),
        ("en", "30 nov", {"until": "2026-11-30"}),
        ("es", "hasta el 30", {"until": "2026-11-30"}),
        ("en", "for good", {"for_good": True}),
    ],
)
def test_an_end_is_one_day_or_none(
    language: Language, typed: str, changes: dict[str, object]
) -> None:
    assert read(language, until=typed).changes == changes


@pytest.mark.parametrize("typed", ["nonsense", "next month", "soon"])
def test_an_end_that_is_no_day_is_asked_about(typed: str) -> None:
    assert read(until=typed).question == "which_date"


def test_empty_fields_say_nothing_and_unknown_ones_are_left_out() -> None:
    assert read(amount="", until="  ", reason="", action="raise_budget").changes == {}


def test_a_reason_is_cut_and_a_wallet_taken_as_it_is_typed() -> None:
    changes = read(reason="x" * 400, wallet=" Design ").changes
    assert changes == {"reason": "x" * 300, "wallet": "Design"}
