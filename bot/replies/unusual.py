"""What is unusual about spend, in words."""

from __future__ import annotations

from typing import Final

from bot.actions.unusual import UnusualLine, UnusualReceipt
from bot.replies.alerts import anomaly_text
from bot.replies.amounts import about_usd
from bot.replies.dates import at_time, days, short_date
from bot.replies.parts import shown
from bot.replies.reader import Reader
from bot.replies.words import say

# As many as somebody reads; what is left out is smaller or older.
_MOST_NOW: Final = 5
_MOST_BEFORE: Final = 10


def unusual_text(receipt: UnusualReceipt, reader: Reader) -> str:
    """Return what is unusual now, in numbers, and what was in the last days."""
    language = reader.language
    day = short_date(receipt.from_on, reader)
    if not (receipt.now or receipt.before):
        where = ""
        if receipt.wallet is not None:
            where = say(language, "unusual.where", wallet=shown(receipt.wallet))
        text = say(language, "unusual.none", where=where, day=day)
        least = days(receipt.least_days, language)
        return f"{text} {say(language, 'unusual.data', least=least)}"
    lines = []
    if receipt.now:
        lines.append(say(language, "unusual.now"))
        lines += [
            anomaly_text(one.found, one.wallet, one.spender, reader)
            for one in receipt.now[:_MOST_NOW]
        ]
    if receipt.before:
        lines.append(say(language, "unusual.before", day=day))
        lines += [_line(one, reader) for one in receipt.before[:_MOST_BEFORE]]
    return "\n".join(lines)


def _line(one: UnusualLine, reader: Reader) -> str:
    found = one.found
    return say(
        reader.language,
        "unusual.line",
        wallet=shown(one.wallet),
        at=at_time(found.hour_at, reader),
        spent=about_usd(found.spent_nanos, reader.language),
        model=shown(found.model),
        high=about_usd(found.high_nanos, reader.language),
    )
