"""Refusals by plans, pace and caps, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from bot.economy.caps import KINDS
from bot.replies.amounts import about_usd, count, usd
from bot.replies.dates import days, duration, in_period, long_date, when
from bot.replies.told import Told
from bot.replies.words import has_words


def _quota_exceeded(told: Told) -> tuple[str, str]:
    facts = quota_facts(told)
    key = "err.quota_exceeded.left" if told.nanos("left") else "err.quota_exceeded"
    text = told.say(key, period=in_period(told.text("period"), told.reader), **facts)
    opens_at = told.time("opens_at")
    if opens_at is None:
        return text, told.say("next.quota_exceeded")
    return text, told.say("next.quota_exceeded.at", when=when(opens_at, told.reader))


def quota_facts(told: Told) -> dict[str, object]:
    """Return what sentences about a quota that is used up are filled with."""
    key = f"unit.{told.text('unit')}"
    numbers = {name: told.nanos(name) for name in ("limit", "asked", "left")}
    return {
        "unit": told.say(key if has_words(told.language, key) else "unit.other"),
        "plan": told.text("plan"),
        **{
            name: "" if number is None else count(number, told.language)
            for name, number in numbers.items()
        },
    }


def _too_fast(told: Told) -> tuple[str, str]:
    key = "err.too_fast.writes" if told.text("cause") == "writes" else "err.too_fast"
    until = told.time("until")
    ends = "" if until is None else when(until, told.reader)
    return told.say(key, **_pace(told)), told.say("next.too_fast", when=ends)


def _pace(told: Told) -> dict[str, object]:
    span = timedelta(seconds=told.nanos("within_s") or 0)
    return {"most": told.nanos("most") or 0, "within": duration(span, told.language)}


def _not_in_plan(told: Told) -> tuple[str, str]:
    key = "err.not_in_plan.model" if told.text("model") else "err.not_in_plan"
    return told.say(key, **_of_models(told)), told.say("next.not_in_plan")


def _call_too_dear(told: Told) -> tuple[str, str]:
    return told.say("err.call_too_dear", **_of_models(told)), told.say("next.call_too_dear")


def _of_models(told: Told) -> dict[str, object]:
    language = told.language
    return {
        "plan": told.text("plan"),
        "model": told.text("model"),
        "needed": about_usd(told.nanos("needed_nanos") or 0, language, "more"),
        "ceiling": usd(told.nanos("ceiling_nanos") or 0, language),
    }


def _beyond_history(told: Told) -> tuple[str, str]:
    facts = _history(told)
    return told.say("err.beyond_history", **facts), told.say("next.beyond_history", **facts)


def _history(told: Told) -> dict[str, object]:
    day = date.fromisoformat(told.text("from_on") or "1970-01-01")
    return {
        "plan": told.text("plan"),
        "days": days(told.nanos("days") or 0, told.language),
        "day": long_date(day, told.reader),
    }


def _cost_cap(told: Told) -> tuple[str, str]:
    language, cap = told.language, told.text("cap")
    text = told.say(
        f"err.cost_cap_reached.{cap}" if cap in KINDS else "err.cost_cap_reached",
        limit=usd(told.nanos("limit_nanos") or 0, language),
        used=about_usd(told.nanos("used_nanos") or 0, language),
        needed=about_usd(told.nanos("needed_nanos") or 0, language, "more"),
    )
    opens_at = told.time("opens_at")
    if opens_at is None:
        return text, told.say("next.cost_cap_reached")
    return text, told.say("next.cost_cap_reached.at", when=when(opens_at, told.reader))


PLANS: Final[Mapping[str, Callable[[Told], tuple[str, str]]]] = {
    "quota_exceeded": _quota_exceeded,
    "too_fast": _too_fast,
    "beyond_history": _beyond_history,
    "not_in_plan": _not_in_plan,
    "call_too_dear": _call_too_dear,
    "cost_cap_reached": _cost_cap,
}
RULES_WITH_NUMBERS: Final[Mapping[str, Callable[[Told], dict[str, object]]]] = {
    "too_fast": _pace,
    "beyond_history": _history,
    "not_in_plan": _of_models,
    "call_too_dear": _of_models,
}
