"""The last line of a reply: what read the words, what that cost, and what went another way."""

from __future__ import annotations

from typing import Final

from bot.errors.kinds import BursarError
from bot.errors.models import ModelsPaused, OutsideReach, Unanswered, Withheld
from bot.errors.plans import CostCapReached
from bot.planning import RULES, Plan
from bot.replies.amounts import usd
from bot.replies.errors import told_shortly
from bot.replies.inert import inert
from bot.replies.parts import kinds_of_data
from bot.replies.reader import Language, Reader
from bot.replies.words import has_words, say

# What these say is about models and nothing else, so that it can stand below any reply.
_TOLD_WHOLE: Final = (CostCapReached, ModelsPaused, OutsideReach, Withheld)


def signature(plan: Plan, reader: Reader) -> str:
    """Return the line for a plan, with one more where a model saw personal data."""
    line = _signature(plan, reader)
    if not plan.let_out:
        return line
    kinds = kinds_of_data(plan.let_out, reader.language)
    return f"{line}\n{say(reader.language, 'signed.sent', kinds=kinds)}"


def _signature(plan: Plan, reader: Reader) -> str:
    language = reader.language
    if plan.planner == RULES:
        line = say(language, "signed.rules")
        if plan.cost_nanos:
            line = say(language, "signed.rules.looked", cost=usd(plan.cost_nanos, language))
        return line if plan.unasked is None else f"{line}. {_why_not(plan.unasked, reader)}"
    key = "signed.model.estimated" if plan.is_estimated else "signed.model"
    line = say(language, key, model=inert(plan.planner, 60), cost=usd(plan.cost_nanos, language))
    if "fallback" in plan.notes:
        line = f"{line}. {say(language, 'signed.fallback')}"
    return line


def _why_not(error: BursarError, reader: Reader) -> str:
    """Return why no model read it: what a provider did, or what kept us from asking one."""
    if isinstance(error, _TOLD_WHOLE):
        return told_shortly(error, reader)
    return _shortly(error, reader.language)


def _shortly(error: BursarError, language: Language) -> str:
    is_providers = isinstance(error, Unanswered)
    for key in (f"signed.why.{error.code}", f"err.{error.code}" if is_providers else ""):
        if has_words(language, key):
            return say(language, key)
    return say(language, "signed.why")
