"""What of a model's figures is borne out by what was read."""

from __future__ import annotations

import pytest

from bot.actions.spend import ShowSpend
from bot.turns.analysis import Found
from intents.free_speech.figures import is_borne_out

FOUND = (
    Found(
        ShowSpend(),
        {
            "wallet": {"name": "Studio 54"},
            "from_on": "2026-10-01",
            "until_on": "2026-10-31",
            "total_usd": "1234.50",
            "before_usd": "800.00",
            "lines": [
                {"heading": "claude-sonnet-4-5", "cost_usd": "1000.00", "calls": 4321},
                {"heading": "gpt-5-mini", "cost_usd": "234.50", "calls": 777},
            ],
        },
    ),
)


@pytest.mark.parametrize(
    "answer",
    [
        "It came to $1,234.50.",
        "It came to 1.234,50 $.",
        "It came to about $1,234 or $1,235.",
        "That is $434.50 more than before, a rise of 54 %.",
        "That is 54.3 % more.",
        "claude-sonnet-4-5 made $1,000, which is 81 %.",
        "In October 2026, from 1 to 31, there were 4321 calls by claude-sonnet-4-5.",
        "Both made 5098 calls.",
        "Studio 54 is one of 3 teams.",
        "Nothing stands out.",
    ],
)
def test_what_was_read_or_follows_may_be_said(answer: str) -> None:
    assert is_borne_out(answer, FOUND, "why did it rise?")


@pytest.mark.parametrize(
    "answer",
    [
        "It came to $1,234.60.",
        "It came to $12,345.",
        "It rose by 55 %.",
        "It rose by 5 %.",
        "It costs $17 a day.",
        "There were 99 calls.",
        "By 2031 it will double.",
        "It will be $0.01.",
        "It came to $1.2.",
    ],
)
def test_what_is_made_up_may_not(answer: str) -> None:
    assert not is_borne_out(answer, FOUND, "why did it rise?")


def test_a_figure_of_the_question_may_be_said_again() -> None:
    assert is_borne_out("No, it is not above $5,000.", FOUND, "is it above 5000?")
    assert not is_borne_out("No, it is not above $5,000.", FOUND, "is it above 500?")
