"""How many tokens are set aside for, and what is learnt about that."""

from __future__ import annotations

import sys

import pytest

from adapters.models.token_counts import find_counter
from bot.asks import tokens_of
from bot.ids import TenantId
from bot.routing.estimates import Estimates
from bot.routing.providers import CompanyModel

ACME = TenantId("acme")
KEY, OTHER = CompanyModel(ACME, "house", "small"), CompanyModel(ACME, "house", "large")


def test_a_tokenizer_counts_where_one_is_installed() -> None:
    count = find_counter()
    assert count("hello world") == 2
    assert count("<|endoftext|>") > 0


def test_without_one_it_is_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rs_bpe.bpe", None)
    assert find_counter() is tokens_of


def test_nothing_is_corrected_until_enough_was_counted() -> None:
    estimates = Estimates()
    for _ in range(4):
        estimates.note(KEY, 1000, 500)
    assert estimates.correct(KEY, 1000) == 1000
    estimates.note(KEY, 1000, 500)
    assert estimates.correct(KEY, 1000) == 575
    assert estimates.correct(OTHER, 1000) == 1000


@pytest.mark.parametrize(("counted", "expected"), [(1, 400), (100_000, 2500)])
def test_a_correction_has_its_bounds(counted: int, expected: int) -> None:
    estimates = Estimates()
    for _ in range(10):
        estimates.note(KEY, 1000, counted)
    assert estimates.correct(KEY, 1000) == expected


def test_what_changes_is_learnt_anew() -> None:
    estimates = Estimates()
    for counted in [500] * 20 + [1000] * 60:
        estimates.note(KEY, 1000, counted)
    assert 1140 <= estimates.correct(KEY, 1000) <= 1150


def test_a_count_of_nothing_says_nothing() -> None:
    estimates = Estimates()
    for _ in range(10):
        estimates.note(KEY, 0, 10)
        estimates.note(KEY, 10, 0)
    assert estimates.correct(KEY, 1000) == 1000
