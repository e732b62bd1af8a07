"""Whether a digest would tell anything that the last one did not."""

from dataclasses import replace

import pytest

from bot.reports.told import Told

IDLE = Told(("design",), "2026-11-01", 0, 85, 500, ("7K2M",))


def test_the_same_again_is_no_news() -> None:
    assert not IDLE.is_news_after(IDLE)


def test_what_was_spent_is_news_each_day() -> None:
    spent = replace(IDLE, spent_nanos=3)
    assert spent.is_news_after(spent)


def test_that_nothing_is_spent_any_more_is_news_once() -> None:
    assert IDLE.is_news_after(replace(IDLE, spent_nanos=3))


@pytest.mark.parametrize(
    "changes",
    [
        {"requests": ()},
        {"requests": ("7K2M", "9QRT")},
        {"limit_nanos": 600},
        {"limit_nanos": None},
        {"wallets": ("design", "data")},
        # Corrected, or spent today.
        {"month_nanos": 80},
    ],
)
def test_what_became_of_it_otherwise_is_news(changes: dict[str, object]) -> None:
    assert replace(IDLE, **changes).is_news_after(IDLE)  # type: ignore[arg-type]  # as listed


def test_that_a_month_begins_is_no_news() -> None:
    december = replace(IDLE, month="2026-12-01", month_nanos=0)
    assert not december.is_news_after(IDLE)
    assert replace(december, month_nanos=1).is_news_after(IDLE)


def test_what_was_told_is_kept_as_it_was() -> None:
    assert Told.load(IDLE.dump()) == IDLE
    assert Told.load("") is None
