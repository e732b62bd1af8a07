"""How something comes back, in words: "every Monday", "on the last day of every month"."""

from __future__ import annotations

from typing import Final

from bot.replies.dates import day_of_year
from bot.replies.parts import listing
from bot.replies.reader import Language
from bot.replies.words import say
from bot.schedules.recurrence import LAST, MONDAY_TO_FRIDAY, Recurrence

_DAYS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}


def repeats_text(stored: str, language: Language) -> str:
    """Return how a stored recurrence comes back, without its time of day."""
    rule = Recurrence.parse(stored)
    days = listing([_DAYS[language][day] for day in rule.weekdays], language)
    facts = {"every": rule.every, "days": days}
    if rule.unit == "once":
        return say(language, "repeats.once")
    if rule.unit == "week" and rule.every == 1 and rule.weekdays == MONDAY_TO_FRIDAY:
        return say(language, "repeats.weekdays")
    many = "s" if rule.every > 1 else ""
    if rule.unit != "month":
        return say(language, f"repeats.{rule.unit}{many}", **facts)
    years, months = divmod(rule.every, 12)
    if not months and rule.from_on is not None and (rule.month_day or LAST) != LAST:
        day = day_of_year(rule.from_on.month, rule.month_day or 1, language)
        return say(language, f"repeats.year{'s' if years > 1 else ''}", years=years, day=day)
    many = "_days" if rule.every > 1 else ""
    if rule.nth is not None:
        return say(
            language, f"repeats.month_nth{many}", nth=say(language, f"nth.{rule.nth}"), **facts
        )
    if rule.month_day == LAST:
        return say(language, f"repeats.month_last{many}", **facts)
    key = "repeats.month_day" if rule.every == 1 else "repeats.month_days"
    return say(language, key, day=rule.month_day, **facts)
