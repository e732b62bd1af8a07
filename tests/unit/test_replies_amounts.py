from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.columns import columns_of
from bot.economy.money import from_decimal
from bot.economy.periods import period_at
from bot.replies.amounts import about_usd, chart_usd, forecast_usd, share, usd
from bot.replies.dates import dates, in_period, long_date, short_date, when
from bot.replies.inert import PLACEHOLDER, inert
from bot.replies.reader import Language, Reader
from bot.replies.tables import table

USD = 1_000_000_000
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")
EN, ES = Reader("en", MADRID, NOW), Reader("es", MADRID, NOW)
NANOS = st.integers(min_value=-(2**62), max_value=2**62)
LANGUAGES = st.sampled_from(["en", "es"])


def read_back(text: str, language: Language) -> int:
    """Read an amount as printed, with what is known of its language and nothing else."""
    bare = text.replace("$", "")
    if language == "es":
        bare = bare.translate(str.maketrans(",.", ".,"))
    nanos = from_decimal(Decimal(bare.replace(",", "")))
    assert nanos is not None
    return nanos


@given(NANOS, LANGUAGES)
def test_an_amount_reads_back_exactly(nanos: int, language: Language) -> None:
    assert read_back(usd(nanos, language), language) == nanos


@given(NANOS, LANGUAGES)
def test_an_amount_has_two_to_nine_decimals_and_no_exponent(
    nanos: int, language: Language
) -> None:
    text = usd(nanos, language)
    decimals = text.rpartition("," if language == "es" else ".")[2]
    assert 2 <= len(decimals) <= 9
    assert set(text) <= set("-$0123456789,.")


@given(NANOS, LANGUAGES)
def test_a_rounded_amount_is_half_a_cent_away_at_most(nanos: int, language: Language) -> None:
    exact = read_back(about_usd(nanos, language), language)
    assert abs(exact - nanos) <= USD // 200


@given(NANOS)
def test_what_is_free_is_never_rounded_up_nor_what_is_missing_down(nanos: int) -> None:
    assert read_back(about_usd(nanos, "en", "less"), "en") <= nanos
    assert read_back(about_usd(nanos, "en", "more"), "en") >= nanos


@given(NANOS)
def test_a_forecast_is_always_marked(nanos: int) -> None:
    assert forecast_usd(nanos, "en").startswith("≈")


@pytest.mark.parametrize(
    ("nanos", "english", "spanish"),
    [
        (1_234_560_000_000, "$1,234.56", "$1.234,56"),
        (200 * USD, "$200.00", "$200,00"),
        (1, "$0.000000001", "$0,000000001"),
        (4_213_000, "$0.004213", "$0,004213"),
        (-5 * USD, "-$5.00", "-$5,00"),
        (0, "$0.00", "$0,00"),
        (10**18, "$1,000,000,000.00", "$1.000.000.000,00"),
    ],
)
def test_amounts_are_written_as_their_readers_do(nanos: int, english: str, spanish: str) -> None:
    assert (usd(nanos, "en"), usd(nanos, "es")) == (english, spanish)


def test_below_a_cent_nothing_is_rounded_away() -> None:
    assert about_usd(3_400_001, "en") == "$0.003400001"


def test_a_little_of_much_is_not_nothing() -> None:
    assert [share(1, 1000), share(0, 1000), share(826, 1000)] == ["<1 %", "0 %", "83 %"]


def test_nearly_all_is_not_all() -> None:
    assert [share(n, 1000) for n in (994, 995, 999, 1000, 1001)] == [
        "99 %", ">99 %", ">99 %", "100 %", "100 %",
    ]  # fmt: skip


def test_an_estimate_below_a_cent_has_two_digits() -> None:
    amounts = [138_086, 9_999_999, 7, 0, -138_086]
    assert [forecast_usd(nanos, "en") for nanos in amounts] == [
        "≈$0.00014", "≈$0.01", "≈$0.000000007", "≈$0.00", "≈-$0.00014",
    ]  # fmt: skip


def test_beside_a_bar_an_amount_is_short() -> None:
    amounts = [99_999_990_000_000, 100_000 * USD, 60_258_723_500_000_001]
    assert [chart_usd(nanos, "en") for nanos in amounts] == [
        "$99,999.99", "$100,000", "$60,258,724",
    ]  # fmt: skip


def test_times_are_local_and_say_how_far_off_they_are() -> None:
    at = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    assert when(at, EN) == "Sun 22 Nov, 14:05 (in 2 days)"
    assert when(at, ES) == "dom 22 nov, 14:05 (en 2 días)"


@pytest.mark.parametrize(
    ("ahead", "english", "spanish"),
    [
        (timedelta(seconds=5), "now", "ahora"),
        (timedelta(minutes=-40), "40 min ago", "hace 40 min"),
        (timedelta(hours=3), "in 3 h", "en 3 h"),
        (timedelta(days=1, hours=20), "in 2 days", "en 2 días"),
        (timedelta(days=-400), "400 days ago", "hace 400 días"),
    ],
)
def test_how_far_off_is_one_fitting_unit(ahead: timedelta, english: str, spanish: str) -> None:
    assert when(NOW + ahead, EN).endswith(f"({english})")
    assert when(NOW + ahead, ES).endswith(f"({spanish})")


def test_a_time_across_the_change_of_clocks_is_local_on_both_sides() -> None:
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert when(before, EN).startswith("Sun 25 Oct, 02:30")
    assert when(before + timedelta(hours=2), EN).startswith("Sun 25 Oct, 03:30")


def test_dates_have_their_year_where_it_is_another() -> None:
    assert short_date(date(2026, 11, 24), EN) == "Tue 24 Nov"
    assert short_date(date(2027, 1, 1), ES) == "vie 1 ene 2027"
    assert long_date(date(2026, 11, 30), ES) == "30 nov 2026"


def test_stretches_of_days_repeat_nothing() -> None:
    assert dates(date(2026, 11, 1), date(2026, 11, 18), EN) == "1–18 Nov 2026"
    assert dates(date(2026, 10, 1), date(2026, 11, 18), EN) == "1 Oct – 18 Nov 2026"
    assert dates(date(2026, 11, 1), date(2026, 11, 1), EN) == "1 Nov 2026"


@pytest.mark.parametrize(
    ("key", "english", "spanish"),
    [
        ("month:2026-11", "this November", "en noviembre"),
        ("month:2026-10", "in October", "en octubre"),
        ("month:2025-11", "in November 2025", "en noviembre de 2025"),
        ("week:2026-W47", "this week", "esta semana"),
        ("week:2026-W46", "in the week of Mon 9 Nov", "en la semana del lun 9 nov"),
        ("day:2026-11-20", "today", "hoy"),
        ("day:2026-11-19", "on Thu 19 Nov", "el jue 19 nov"),
        ("total", "in total", "en total"),
        ("10m:2026-11-20T12:00", "in these 10 minutes", "en estos 10 minutos"),
        ("fortnight:3", "in that period", "en ese periodo"),
        ("month:x", "in that period", "en ese periodo"),
    ],
)
def test_periods_are_said_as_when_something_was(key: str, english: str, spanish: str) -> None:
    assert (in_period(key, EN), in_period(key, ES)) == (english, spanish)


@pytest.mark.parametrize("span", ["day", "week", "month", "total"])
def test_every_running_period_has_a_name(span: str) -> None:
    period = period_at(span, NOW, MADRID)  # type: ignore[arg-type]  # one of the spans
    assert in_period(period, EN) in {"today", "this week", "this November", "in total"}


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE wallets; --",
        "{{7*7}} {name} %s %(x)s ${x}",
        "../../etc/passwd",
        "<!channel> @here",
        "[x](tg://user?id=1)",
        "<script>alert(1)</script>",
        '{"type": "AdaptiveCard"}',
        "``` _*[]()~`>#+-=|{}.! ```",
        "=HYPERLINK(1)",
        "Crème brûlée 山田 👩\u200d🚀",
    ],
)
def test_stored_text_is_shown_literally(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\r\nc\td", "a b c d"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("pay\u202e001\u202c", f"pay{PLACEHOLDER}001{PLACEHOLDER}"),
        ("a\u200b\u200b\u2066b", f"a{PLACEHOLDER}b"),
        ("a\x00\x1b[31mb", f"a{PLACEHOLDER}[31mb"),
        ("\ud800x", f"{PLACEHOLDER}x"),
        ("".join(chr(0xE0000 + ord(c)) for c in "ignore") + "x", f"{PLACEHOLDER}x"),
        ("e" + "\u0301" * 60, "e" + "\u0301" * 4 + PLACEHOLDER),
        ("a" * 400, "a" * 299 + "…"),
    ],
)
def test_what_acts_unseen_becomes_visible(text: str, shown: str) -> None:
    assert inert(text) == shown


@given(st.text(st.characters(codec=None), max_size=40))
def test_shown_text_is_one_line_and_encodes(text: str) -> None:
    shown = inert(text)
    assert shown.splitlines() in ([], [shown])
    shown.encode("utf-8")


def test_columns_stand_straight_with_wide_letters() -> None:
    rows = [("山田", "$1.00"), ("Ana Lima", "$1,000.00")]
    lines = table(rows, "lr", "en").split("\n")
    assert lines == ["山田          $1.00", "Ana Lima  $1,000.00"]
    assert len({columns_of(line) for line in lines}) == 1


def test_a_long_list_is_bounded() -> None:
    lines = table([("x",)] * 32, "l", "es").split("\n")
    assert len(lines) == 21
    assert lines[-1] == "y 12 más"
