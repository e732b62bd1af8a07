"""Why a model was asked -> words: the rule, who else might have been, each try, the cost."""

from __future__ import annotations

from bot.actions.model_calls import Asked, RouteReceipt
from bot.replies.amounts import usd
from bot.replies.dates import at_time
from bot.replies.parts import shown
from bot.replies.reader import Language, Reader
from bot.replies.tables import table
from bot.replies.words import has_words, say
from bot.routing.kept import KeptRoute


def route_text(receipt: RouteReceipt, reader: Reader) -> str:
    """Return why a model was asked, and what became of it."""
    language = reader.language
    if receipt.asked is None:
        key = "route.never" if receipt.model is None else "route.never.model"
        return say(language, key, model=shown(receipt.model))
    asked = receipt.asked
    parts = [_head(asked, reader), _by(asked, language), _candidates(asked, language)]
    parts += [
        say(
            language,
            "route.left_out",
            model=shown(f"{provider}/{model}"),
            why=_words("route.not", why, language),
        )
        for provider, model, why in asked.choice.left_out
    ]
    parts.append(
        say(
            language,
            "route.cost",
            cost=usd(asked.call.cost_nanos, language),
            most=usd(asked.call.hold_nanos, language),
        )
    )
    return "\n".join(part for part in parts if part)


def _head(asked: Asked, reader: Reader) -> str:
    answered = next((one for one in asked.tries if not one.error), None)
    facts = {
        "task": _words("route.task", asked.call.feature, reader.language),
        "at": at_time(asked.call.begun_at, reader),
    }
    if answered is None:
        return say(reader.language, "route.unanswered", **facts)
    model = shown(f"{answered.provider}/{answered.model}")
    return say(reader.language, "route.answered", model=model, **facts)


def _by(asked: Asked, language: Language) -> str:
    choice = asked.choice
    if choice.wanted:
        return say(language, "route.wanted", model=shown(choice.wanted))
    how = say(language, f"rule_how.{choice.strategy}")
    if choice.rule:
        rule, version = shown(choice.rule), choice.version
        return say(language, "route.rule", rule=rule, version=version, how=how)
    return say(language, "route.no_rule", how=how)


def _candidates(asked: Asked, language: Language) -> str:
    rows = [
        (
            shown(f"{route.provider}/{route.model}"),
            say(language, "route.most", amount=usd(route.bound_nanos, language)),
            "" if route.usual_ms is None else f"≈{route.usual_ms} ms",
            _became(route, asked, language),
        )
        for route in asked.choice.routes
    ]
    return table(rows, "LrrL", language)


def _became(route: KeptRoute, asked: Asked, language: Language) -> str:
    """Return what became of a candidate: each of its tries, or why there was none."""
    told = [
        say(language, "route.try.answered", ms=one.latency_ms, cost=usd(one.cost_nanos, language))
        if not one.error
        else _words("route.try", one.error, language)
        for one in asked.tries
        if (one.provider, one.model) == (route.provider, route.model)
    ]
    if told:
        return ", ".join(told)
    is_resting = route.reason == "rests_after_failures"
    return say(language, "route.not.resting" if is_resting else "route.try.none")


def _words(group: str, code: str, language: Language) -> str:
    key = f"{group}.{code}"
    return say(language, key) if has_words(language, key) else shown(code.replace("_", " "))
