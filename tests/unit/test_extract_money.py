from decimal import Decimal

import pytest

from bot.planning import Language
from intents.extract.money import find_amounts


def read(
    text: str, language: Language = "en", locale: Language | None = None
) -> list[tuple[str, str, str | None]]:
    """What was found, as (place, value, unit)."""
    found = find_amounts(text, language=language, locale=locale).found
    return [(text[a.start : a.end], f"{a.value.normalize():f}", a.unit) for a in found]


def reasons(text: str, language: Language = "en", locale: Language | None = None) -> list[str]:
    return [a.why for a in find_amounts(text, language=language, locale=locale).ambiguous]


@pytest.mark.parametrize(
    ("text", "place", "value", "unit"),
    [
        ("raise the team to $200", "$200", "200", "USD"),
        ("raise the team to 200 usd, please", "200 usd", "200", "USD"),
        ("it was US$ 5.20.", "US$ 5.20", "5.2", "USD"),
        ("we have $5k left", "$5k", "5000", "USD"),
        ("we have $1.2m left", "$1.2m", "1200000", "USD"),
        ("2 million dollars for compute", "2 million dollars", "2000000", "USD"),
        ("5 bucks will do", "5 bucks", "5", "USD"),
        ("two hundred dollars a head", "two hundred dollars", "200", "USD"),
        ("half a million dollars", "half a million dollars", "500000", "USD"),
        ("two and a half million dollars", "two and a half million dollars", "2500000", "USD"),
        ("a hundred and fifty bucks", "a hundred and fifty bucks", "150", "USD"),
        ("it is 40 canadian dollars", "40 canadian dollars", "40", "CAD"),
        ("cost HK$ 300", "HK$ 300", "300", "HKD"),
        ("$20 CAD each", "$20 CAD", "20", "CAD"),
        ("around 30 swiss francs", "30 swiss francs", "30", "CHF"),
        ("8 pounds sterling", "8 pounds sterling", "8", "GBP"),
        ("100 chilean pesos", "100 chilean pesos", "100", "CLP"),
        ("three pesos", "three pesos", "3", "peso"),
        ("a 12-cent fee", "12-cent", "12", "cent"),
        ("7 dollars and 20 cents", "7 dollars and 20 cents", "7.2", "USD"),
        ("that makes 15 dollars 50.", "15 dollars 50", "15.5", "USD"),
        ("$20/month per seat", "$20", "20", "USD"),
        ("give **$200** to ana", "$200", "200", "USD"),
        ("2 USD75 vouchers", "USD75", "75", "USD"),
    ],
)
def test_english_money_is_read(text: str, place: str, value: str, unit: str) -> None:
    assert (place, value, unit) in read(text)


@pytest.mark.parametrize(
    ("text", "place", "value", "unit"),
    [
        ("doscientos dólares para ana", "doscientos dólares", "200", "USD"),
        ("mil quinientos euros", "mil quinientos euros", "1500", "EUR"),
        ("4 euros con 99 céntimos", "4 euros con 99 céntimos", "4.99", "EUR"),
        ("fueron 25 euros con 40.", "25 euros con 40", "25.4", "EUR"),
        ("son $ 5.000,50 al mes", "$ 5.000,50", "5000.5", "USD"),
        ("1.500 euros", "1.500 euros", "1500", "EUR"),
        ("1,5 millones de dólares", "1,5 millones de dólares", "1500000", "USD"),
        ("tres millones y medio de euros", "tres millones y medio de euros", "3500000", "EUR"),
        ("dos mil millones de pesos mexicanos", "dos mil millones de pesos mexicanos",
         "2000000000", "MXN"),
        ("medio millón de dólares", "medio millón de dólares", "500000", "USD"),
        ("treinta y cinco dólares", "treinta y cinco dólares", "35", "USD"),
        ("10 000 euros", "10 000 euros", "10000", "EUR"),
        ("veintiun mil dolares", "veintiun mil dolares", "21000", "USD"),
        ("8 coronas suecas", "8 coronas suecas", "8", "SEK"),
    ],
)  # fmt: skip
def test_spanish_money_is_read(text: str, place: str, value: str, unit: str) -> None:
    assert (place, value, unit) in read(text, "es")


def test_two_amounts_side_by_side_stay_two() -> None:
    assert read("eur 10 usd 20") == [("eur 10", "10", "EUR"), ("usd 20", "20", "USD")]
    assert read("10 eur 20 usd") == [("10 eur", "10", "EUR"), ("20 usd", "20", "USD")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,5", "1234.5"),
        ("1'234.50", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.5k", "1500"),
        ("0.125", "0.125"),
    ],
)
def test_separators_with_one_reading_need_no_locale(text: str, value: str) -> None:
    assert read(text) == [(text, value, None)]


@pytest.mark.parametrize("text", ["1,234", "1.234", "move 1,500 to ben", "200,300"])
def test_a_separator_with_two_readings_is_asked_about(text: str) -> None:
    assert read(text) == []
    assert reasons(text) == ["thousands_or_decimals"]


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("1,234", "en", "1234"),
        ("1.234", "en", "1.234"),
        ("1.234", "es", "1234"),
        ("1,234", "es", "1.234"),
    ],
)
def test_the_tenants_locale_decides(text: str, locale: Language, value: str) -> None:
    assert read(text, locale=locale) == [(text, value, None)]


def test_a_currency_lets_the_sentences_language_decide_thousands_only() -> None:
    assert read("$1,234") == [("$1,234", "1234", "USD")]
    assert reasons("$1.234") == ["thousands_or_decimals"]
    assert read("1.234 euros", "es") == [("1.234 euros", "1234", "EUR")]
    assert reasons("1,234 euros", "es") == ["thousands_or_decimals"]
    assert find_amounts("$1,234").found == ()


@pytest.mark.parametrize(
    "text",
    [
        "0", "$0", "0.00 usd", "-5", "-$5", "$-5", "−5", "− 5", "- 5", "-0", "+5", "1_000", "1e3",
        "1e309 usd", "0x10", "½", "3 ½ dollars", "NaN", "Infinity", "9" * 30, "$" + "9" * 30,
        "0.1e-400", "0.0000000001", "٣٤", "١٢٣ dollars",
        "\uff11\uff12", "$\uff11\uff12", "五", "12\u200b",
        "12\u200b usd", "\u202e12", "\u202e 12 usd", "$12\u2069", "007", "1,23,456", "1/2 dollars",
        "1.2.3.4", "12 . 50 usd", "$5ish", "5k5 usd",
    ],
)  # fmt: skip
def test_what_is_no_plain_amount_is_never_read(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "approve #7K2M", "use gpt-4o", "claude-sonnet-4-5 is new", "by 2026-11-30", "at 17:30",
        "up 50%", "up 50 percent", "call +34 600 123 456", "v1.5 is out", "build 1.2.3",
        "20 requests an hour", "in 3 days", "for two weeks", "on 30 November 2026", "since May 3",
        "until 5pm", "on January 5th 2019",
        "see T-200", "10x faster", "200k tokens", "one more time", "la segunda vez",
        "a dollar is a dollar", "hundreds of dollars", "the dollar rose", "cost_200",
        "user@200.com",
    ],
)  # fmt: skip
def test_numbers_of_other_things_are_no_amounts(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    ["$5-10", "5 - 10 usd", "5-10 dollars", "5 or 10 dollars", "ten to twenty dollars",
     "$100k-$200k"],
)  # fmt: skip
def test_a_range_is_asked_about(text: str) -> None:
    assert "range" in reasons(text)


def test_a_million_that_may_be_shared_is_asked_about() -> None:
    assert read("$5 to $10 million") == [("$10 million", "10000000", "USD")]
    assert reasons("$5 to $10 million") == ["range"]


def test_two_currencies_on_one_number_are_asked_about() -> None:
    assert reasons("€20 yen") == ["two_currencies"]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("ask for 200 more", "en", "200"),
        ("make it 250", "en", "250"),
        ("move 1.5k to ben until Friday", "en", "1500"),
        ("raise it to 250 until 30 November 2026", "en", "250"),
        ("doscientos", "es", "200"),
        ("pide 200 más para ana", "es", "200"),
        ("five", "en", "5"),
    ],
)
def test_bare_numbers_are_reported_without_a_unit(
    text: str, language: Language, value: str
) -> None:
    (amount,) = find_amounts(text, language=language).found
    assert (amount.value, amount.unit) == (Decimal(value), None)
    assert find_amounts(text, language=language).marked == ()


def test_offsets_count_code_points_of_the_text_as_given() -> None:
    text = "İstanbul 😀 costs $5"
    (amount,) = find_amounts(text).found
    assert text[amount.start : amount.end] == "$5"


def test_the_language_is_guessed_where_none_is_given() -> None:
    (amount,) = find_amounts("dame cien dólares para el equipo").found
    assert amount.value == 100
