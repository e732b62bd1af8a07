"""The last line of a reply: what read the words, what that cost, and what went another way."""

from __future__ import annotations

from typing import Final

from bot.errors import Unanswered
from bot.planning import RULES, Plan
from bot.replies.amounts import usd
from bot.replies.inert import inert
from bot.replies.reader import Language, Reader
from bot.replies.words import has_words, say

_ABOUT_PROVIDERS: Final = {Unanswered.code, *(kind.code for kind in Unanswered.__subclasses__())}


def signature(plan: Plan, reader: Reader) -> str:
    """Return the line for a plan."""
    line = _signature(plan, reader.language)
    if "revoke" in plan.notes:
        return f"{line}\n{say(reader.language, 'signed.revoke')}"
    return line


def _signature(plan: Plan, language: Language) -> str:
    why = next((x.partition(":")[2] for x in plan.notes if x.startswith("no_model:")), "")
    if plan.planner == RULES:
        line = say(language, "signed.rules")
        if plan.cost_nanos:
            line = say(language, "signed.rules.looked", cost=usd(plan.cost_nanos, language))
        if why:
            return f"{line}. {_why_not(why, language)}"
        return line
    key = "signed.model.estimated" if plan.is_estimated else "signed.model"
    line = say(language, key, model=inert(plan.planner, 60), cost=usd(plan.cost_nanos, language))
    if "fallback" in plan.notes:
        line = f"{line}. {say(language, 'signed.fallback')}"
    return line


def _why_not(code: str, language: Language) -> str:
    """Return why no model read it: what a provider did, or what kept us from asking one."""
    for key in (f"signed.why.{code}", f"err.{code}" if code in _ABOUT_PROVIDERS else ""):
        if has_words(language, key):
            return say(language, key)
    return say(language, "signed.why")
