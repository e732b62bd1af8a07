"""What people say to have costs as a file."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.actions.exports import ExportCosts
from bot.planning import Question
from intents.extract.letters import words
from intents.extract.periods import Period, UnsureDate, find_period
from intents.rules.asked import Asked, Read
from intents.rules.slots import ask

_NO_EXPORT: Final = tuple(
    words(
        "how raise up lower ask move set make remove approve reject cancel close rename add undo"
    )
)


def find_export(a: Asked) -> Read | None:
    """Read "export chargeback of design last month"; to focus on something is no export."""
    is_focus = a.any("focus") and a.any("export")
    if not is_focus and not a.any("chargeback") and not _wants_file(a):
        return None
    if a.unknown or a.any(*_NO_EXPORT):
        return None
    days = _days(a)
    if isinstance(days, Question):
        return Read(days, 0.5)
    return a.on_wallets(
        lambda w: ExportCosts(
            what="focus" if is_focus else "chargeback",
            format="json" if a.any("json") else "csv",
            wallet_id=w,
            from_on=days[0],
            until_on=days[1],
        ),
        0.95 if a.any("export") else 0.85,
        default=False,
    )


def _wants_file(a: Asked) -> bool:
    """Tell "export the costs of October" and "costs as CSV" from a look at them."""
    if a.any("chart", "who", "why", "when", "top", "each", "forecast", "people", "request"):
        return False
    is_named = bool(a.names) or a.any("T", "U", "all")
    if a.any("csv", "json"):
        return a.any("spend") or (a.any("export") and is_named)
    # "Can I export?" asks what there is; one word is no order either.
    is_order = a.first in {"export", "polite"} or (a.asks and a.any("polite"))
    return a.any("export") and is_order and (a.any("spend") or is_named)


def _days(a: Asked) -> tuple[date | None, date | None] | Question:
    """Return the days; "for October" is what was, where it would else be what is to come."""
    if not a.any("U"):
        return a.days()
    sentence = a.sentence
    found = find_period(sentence.text, today=sentence.today, language=sentence.language)
    if isinstance(found, Period):
        return found.from_on, found.until_on
    given = found if isinstance(found, UnsureDate) else next(iter(sentence.slots("U")))
    return ask(sentence, "which_date", given=sentence.text[given.start : given.end])
