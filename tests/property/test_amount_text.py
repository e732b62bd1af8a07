"""Amounts survive being written and read; what lies outside the grammar is never read."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from intents.extract.money import find_amounts

MONEY = st.integers(min_value=0, max_value=9).flatmap(
    lambda places: st.decimals(
        min_value=Decimal(1).scaleb(-places),
        max_value=Decimal(10) ** 12,
        places=places,
        allow_nan=False,
        allow_infinity=False,
    )
)
_SWAP = str.maketrans(",.", ".,")


def english(value: Decimal) -> str:
    return f"{value:,f}"


def spanish(value: Decimal) -> str:
    return english(value).translate(_SWAP)


@given(MONEY)
def test_an_english_amount_reads_back_exactly(value: Decimal) -> None:
    for text in (f"${english(value)}", f"{english(value)} usd", f"USD {english(value)}"):
        (amount,) = find_amounts(text, language="en", locale="en").found
        assert (amount.value, amount.unit) == (value, "USD")
        assert (amount.start, amount.end) == (0, len(text))


@given(MONEY)
def test_a_spanish_amount_reads_back_exactly(value: Decimal) -> None:
    for text in (f"{spanish(value)} euros", f"{spanish(value)} €", f"€{spanish(value)}"):
        (amount,) = find_amounts(text, language="es", locale="es").found
        assert (amount.value, amount.unit) == (value, "EUR")


@given(MONEY)
def test_without_separators_no_locale_is_needed_but_for_three_decimals(value: Decimal) -> None:
    text = f"{value:f}"
    found = find_amounts(f"${text}").found
    whole, _, decimals = text.partition(".")
    if len(decimals) == 3 and whole != "0" and len(whole) <= 3:
        assert found == ()
    else:
        assert [amount.value for amount in found] == [value]


@given(MONEY, st.sampled_from(["-{}", "+{}", "−{}", "#{}", "{}%", "{}\u200b", "\u202e{}", "x{}",
                               "{}_0", "0x{}", "{}½", "1/{}", "{}e3", "{}٣"]))  # fmt: skip
def test_a_number_that_is_part_of_more_is_never_read(value: Decimal, frame: str) -> None:
    assert find_amounts(frame.format(english(value)), locale="en").found == ()


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing_and_spans_lie_inside(text: str) -> None:
    amounts = find_amounts(text)
    places = [(a.start, a.end) for a in amounts.found]
    places += [(a.start, a.end) for a in amounts.ambiguous]
    assert all(0 <= start < end <= len(text) for start, end in places)


@given(st.text(alphabet="0123456789.,'$€ kmusd-+%", max_size=24))
def test_whatever_is_found_is_above_zero_and_spelled_by_its_span(text: str) -> None:
    for amount in find_amounts(text, language="en").found:
        assert amount.value > 0
        assert any(c.isdigit() for c in text[amount.start : amount.end])
