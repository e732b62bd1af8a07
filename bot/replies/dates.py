"""Dates, times and periods as people read them, in their zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from bot.economy.periods import Period
from bot.replies.reader import Language, Reader
from bot.replies.words import say

_WEEKDAYS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
}
_MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
        *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ),
    "es": (
        *("ene", "feb", "mar", "abr", "may", "jun"),
        *("jul", "ago", "sep", "oct", "nov", "dic"),
    ),
}
_LONG_MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}


def today(reader: Reader) -> date:
    """Return the reader's present date."""
    return reader.now.astimezone(reader.zone).date()


def long_date(on: date, reader: Reader) -> str:
    """Return a date with its year: "30 Nov 2026"."""
    return f"{on.day} {_MONTHS[reader.language][on.month - 1]} {on.year}"


def short_date(on: date, reader: Reader) -> str:
    """Return a date with its weekday, and its year if that is another: "Tue 24 Nov"."""
    text = f"{_WEEKDAYS[reader.language][on.weekday()]} {on.day}"
    text = f"{text} {_MONTHS[reader.language][on.month - 1]}"
    return text if on.year == today(reader).year else f"{text} {on.year}"


def month_day(on: date, reader: Reader) -> str:
    """Return a date without its weekday, and its year if that is another: "24 Nov"."""
    text = f"{on.day} {_MONTHS[reader.language][on.month - 1]}"
    return text if on.year == today(reader).year else f"{text} {on.year}"


def day_of_month(on: date, reader: Reader) -> str:
    """Return the day alone, where its month stands beside it: "24"."""
    return str(on.day)


def dates(first: date, last: date, reader: Reader) -> str:
    """Return a stretch of days: "1–18 Nov 2026", or one day."""
    if first == last:
        return long_date(first, reader)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{long_date(last, reader)}"
    start = long_date(first, reader)
    if first.year == last.year:
        start = start.removesuffix(f" {first.year}")
    return f"{start} – {long_date(last, reader)}"


def at_time(at: datetime, reader: Reader) -> str:
    """Return a time without how far off it is, for what stays standing: "Sun 22 Nov, 14:05"."""
    local = at.astimezone(reader.zone)
    return f"{short_date(local.date(), reader)}, {local:%H:%M}"


def when(at: datetime, reader: Reader) -> str:
    """Return a time and how far off it is: "Sun 22 Nov, 14:05 (in 2 days)"."""
    return f"{at_time(at, reader)} ({relative(at - reader.now, reader.language)})"


def relative(ahead: timedelta, language: Language) -> str:
    """Return how far off a time is; a span below zero is past."""
    if abs(ahead) < timedelta(seconds=45):
        return say(language, "time.now")
    key = "time.ahead" if ahead > timedelta(0) else "time.ago"
    return say(language, key, span=duration(abs(ahead), language))


def duration(span: timedelta, language: Language) -> str:
    """Return a span in its one fitting unit: "40 min", "3 h", "2 days"."""
    seconds = span.total_seconds()
    if seconds < 45:
        return f"{max(1, round(seconds))} s"
    if seconds < 90 * 60:
        return f"{max(1, round(seconds / 60))} min"
    if seconds < 36 * 3600:
        return f"{round(seconds / 3600)} h"
    return days(round(seconds / 86400), language)


def days(number: int, language: Language) -> str:
    """Return so many days: "1 day", "12 days"."""
    return say(language, "time.day" if number == 1 else "time.days", number=number)


def month(on: date, reader: Reader) -> str:
    """Return a month's name, with its year where that is another: "November"."""
    name = _LONG_MONTHS[reader.language][on.month - 1]
    if on.year == today(reader).year:
        return name
    return say(reader.language, "month.of_year", month=name, year=on.year)


def day_of_year(month: int, day: int, language: Language) -> str:
    """Return a day that each year has: "3 March", "3 de marzo"."""
    name = _LONG_MONTHS[language][month - 1]
    return say(language, "day.of_year", day=day, month=name)


def in_month(on: date, reader: Reader) -> str:
    """Return a month as when something was: "this November", "in October"."""
    now = today(reader)
    is_present = (on.year, on.month) == (now.year, now.month)
    key = "month.this" if is_present else "month.in"
    return say(reader.language, key, month=month(on, reader))


def in_period(period: Period | str, reader: Reader) -> str:
    """Return a period, or the key of one, as when something was: "this week", "in total".

    A key that nobody can read comes back as "in that period".
    """
    key = period if isinstance(period, str) else period.key
    span, _, name = key.partition(":")
    try:
        if span == "total":
            return say(reader.language, "period.total")
        if span == "month":
            return in_month(date.fromisoformat(f"{name}-01"), reader)
        if span == "week":
            return _in_week(date.fromisoformat(f"{name}-1"), reader)
        if span == "day":
            return _on_day(date.fromisoformat(name), reader)
        if span.endswith("m"):
            return say(reader.language, "period.minutes", number=int(span[:-1]))
    except ValueError:
        pass
    return say(reader.language, "period.unknown")


def _in_week(monday: date, reader: Reader) -> str:
    now = today(reader)
    if monday == now - timedelta(days=now.weekday()):
        return say(reader.language, "period.this_week")
    return say(reader.language, "period.week_of", day=short_date(monday, reader))


def _on_day(on: date, reader: Reader) -> str:
    if on == today(reader):
        return say(reader.language, "period.today")
    return say(reader.language, "period.on_day", day=short_date(on, reader))
