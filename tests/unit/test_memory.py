"""What may be kept of a turn, and what older turns come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.ids import WalletId
from bot.memory import (
    MOST_CHARACTERS,
    MOST_SUMMARY,
    MOST_WALLETS,
    KeptTurn,
    Summary,
    add_up,
    keepable,
    kept_turn,
    sum_up,
)
from intents.free_speech.recall import MOST_BEFORE, Recalled

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
# Never live.
AWS_KEY = "AKIA" + "Q7LM2XZR4TNV8KPW"


def turn(number: int, *actions: str, wallet: str | None = None) -> KeptTurn:
    return KeptTurn(
        number,
        f"said {number}",
        f"answered {number}",
        "rules",
        actions,
        None if wallet is None else WalletId(wallet),
        NOW + timedelta(minutes=number),
    )


def test_a_secret_is_taken_out_before_a_text_is_cut() -> None:
    long = "x " * (MOST_CHARACTERS // 2 - 5) + AWS_KEY
    for text in (f"the key is {AWS_KEY}, keep it", long):
        kept = keepable(text)
        assert AWS_KEY[:8] not in kept
        assert "[SECRET" in kept
        assert len(kept) <= MOST_CHARACTERS


def test_both_sides_of_a_turn_are_kept_without_secrets() -> None:
    kept = kept_turn(
        7,
        f"use {AWS_KEY}",
        ["Which wallet?", f"You wrote {AWS_KEY}."],
        read_by="rules",
        actions=["show_spend"],
        wallet_id=None,
        at=NOW,
    )
    assert kept == KeptTurn(
        7,
        "use [SECRET_1]",
        "Which wallet?\nYou wrote [SECRET_1].",
        "rules",
        ("show_spend",),
        None,
        NOW,
    )


def test_turns_are_counted_by_action_with_the_last_wallets_first() -> None:
    turns = [
        turn(1, "show_spend", wallet="design"),
        turn(2, "show_spend", "show_forecast", wallet="data"),
        turn(3),
        turn(4, wallet="design"),
    ]
    assert add_up(None, turns) == Summary(
        "",
        {"show_spend": 2, "show_forecast": 1},
        (WalletId("design"), WalletId("data")),
        4,
        turns[0].at,
        turns[3].at,
    )


def test_counting_in_parts_is_counting_at_once() -> None:
    turns = [turn(n, f"a{n % 3}", wallet=f"w{n % 5}") for n in range(20)]
    whole = add_up(None, turns)
    for at in range(1, 20):
        assert add_up(add_up(None, turns[:at]), turns[at:]) == whole
    assert len(whole.wallets) == MOST_WALLETS


def test_a_models_words_stand_for_all_that_came_before() -> None:
    older = replace(add_up(None, [turn(1, "show_spend")]), text="before")
    found = sum_up(older, [turn(2, "undo")], f"{AWS_KEY} " + "word " * 500)
    assert found.text.startswith("[SECRET_1] word")
    assert len(found.text) <= MOST_SUMMARY
    assert (found.counts, found.wallets, found.turns) == ({}, (), 2)
    assert (found.since, found.until) == (turn(1).at, turn(2).at)


@pytest.mark.parametrize("count", [1, 10, 100])
def test_the_oldest_lines_are_left_out_first(count: int) -> None:
    recalled = Recalled(tuple(("person", f"{n} " + "x" * 400) for n in range(count)))
    shown = recalled.shown()
    assert sum(map(len, shown)) <= MOST_BEFORE
    firsts = [int(line.split('"')[3].split()[0]) for line in shown]
    assert firsts == list(range(count - len(shown), count))
    room = MOST_BEFORE - sum(map(len, shown))
    assert len(shown) == count or room < len(shown[0])
