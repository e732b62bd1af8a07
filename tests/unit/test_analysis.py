"""What a receipt says, as data."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from bot.actions.spend import SpendReceipt
from bot.economy.usage import SpendLine
from bot.turns.analysis import MOST_ITEMS, found_data


def test_a_long_list_says_how_many_are_left_out() -> None:
    lines = tuple(SpendLine(f"w{n}", 1_000_000_000, 1, 1, 1) for n in range(MOST_ITEMS + 7))
    receipt = SpendReceipt(
        wallet=None,
        person=None,
        model=None,
        by="wallet",
        from_on=date(2026, 11, 1),
        until_on=date(2026, 11, 18),
        total_nanos=47_000_000_000,
        before_nanos=0,
        lines=lines,
        names={line.heading: line.heading.upper() for line in lines},
    )
    data = found_data(receipt, ZoneInfo("UTC"))
    told = data["lines"]
    assert isinstance(told, list)
    assert told[-1] == "and 7 more"
    assert told[0] == {
        "heading": "W0",
        "cost_usd": "1.00",
        "calls": 1,
        "tokens_in": 1,
        "tokens_out": 1,
    }
    assert len(told) == MOST_ITEMS + 1
    assert data["total_usd"] == "47.00"
    assert data["from_on"] == "2026-11-01"
