"""One line of `bursar plan`: a sentence in, what the planner makes of it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.actions.base import ActionCall
from bot.economy.money import to_decimal_string
from bot.errors.kinds import InvalidInput
from bot.planning import Language, Plan, PlanContext, Question

_FIELDS: Final = frozenset({"text", "ref", "tz", "lang"})
_MAX_TEXT: Final = 100_000
# The fields that are shown as decimal strings, and what they are called then.
_AMOUNTS: Final = {"amount_nanos": "amount", "limit_nanos": "limit"}


class PlanOf(Protocol):
    """What reads one message."""

    def __call__(self, text: str, context: PlanContext, /) -> Plan: ...


class ExplanationOf(Protocol):
    """What says how a message was read."""

    def __call__(self, text: str, context: PlanContext, plan: Plan, /) -> object: ...


class ContextFor(Protocol):
    """What makes the context of a line; what the line does not say is None."""

    def __call__(
        self, *, now: datetime | None, zone: ZoneInfo | None, language: Language | None
    ) -> PlanContext:
        """Return the context that the sentence is read against."""
        ...


def plan_line(
    row: dict[str, object],
    plan_of: PlanOf,
    context_for: ContextFor,
    *,
    tier_of: Callable[[ActionCall], int],
    words_for: Callable[[Question, Language], str],
    explanation_of: ExplanationOf | None = None,
) -> dict[str, object]:
    """Plan one line: `text`, and maybe `ref` (ISO time), `tz` and `lang`.

    With `explanation_of` what it returns is added as `explain`.

    Raises:
        InvalidInput: a field is missing, unknown or not of its kind.
    """
    unknown = sorted(map(str, row.keys() - _FIELDS))
    if unknown:
        raise InvalidInput(unknown[0][:40], "unknown field", example='{"text": "balance"}')
    text = row.get("text")
    if not isinstance(text, str) or len(text) > _MAX_TEXT:
        raise InvalidInput("text", "a string is needed", example='{"text": "balance"}')
    zone = _zone(row.get("tz"))
    now = _time(row.get("ref"), zone)
    context = context_for(now=now, zone=zone, language=_language(row.get("lang")))
    plan = plan_of(text, context)
    line: dict[str, object] = {
        "text": text,
        "planner": plan.planner,
        "intent": plan.intent,
        "confidence": plan.confidence,
        "actions": [
            {"action": call.action, "tier": int(tier_of(call)), "args": shown_args(call)}
            for call in plan.actions
        ],
        "question": words_for(plan.question, plan.language) if plan.question else None,
        "lang": plan.language,
    }
    if explanation_of is not None:
        line["explain"] = explanation_of(text, context, plan)
    return line


def shown_args(call: ActionCall) -> dict[str, object]:
    """Return the arguments of a call as JSON shows them, amounts as decimal strings."""
    shown: dict[str, object] = {}
    for name, value in call.model_dump(mode="json", exclude={"action"}).items():
        if name in _AMOUNTS:
            shown[_AMOUNTS[name]] = None if value is None else to_decimal_string(value)
        else:
            shown[name] = value
    return shown


def _zone(value: object) -> ZoneInfo | None:
    if value is None:
        return None
    if isinstance(value, str) and value:
        try:
            return ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    raise InvalidInput("tz", "not a time zone", example="Europe/Madrid")


def _time(value: object, zone: ZoneInfo | None) -> datetime | None:
    """Read an ISO time; without an offset it is in the line's zone, else in UTC."""
    if value is None:
        return None
    if isinstance(value, str):
        try:
            time = datetime.fromisoformat(value)
            return (time if time.tzinfo else time.replace(tzinfo=zone or UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise InvalidInput("ref", "not an ISO time", example="2026-11-18T10:00:00Z")


def _language(value: object) -> Language | None:
    if value is None or value == "en" or value == "es":
        return value
    raise InvalidInput("lang", "not a language Bursar speaks", example="en")
