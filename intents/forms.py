"""What was typed into a form's fields, read by the same grammar as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.planning import FormReading, Language, QuestionCode
from intents.extract.lines import plain_decimal
from intents.extract.money import find_amounts
from intents.extract.periods import Until, find_until
from intents.rules.quiet import read_clock

_MOST_REASON = 300


def read_form(fields: Mapping[str, str], *, language: Language, today: date) -> FormReading:
    """Read the fields of a card's form; empty ones say nothing.

    An amount must be one plain amount and nothing else, a date one date, a time of day one; what
    has two readings or none is asked about, never guessed, the first of them. Unknown fields are
    left out.
    """
    changes: dict[str, object] = {}
    unclear: list[tuple[QuestionCode, str]] = []
    for name, typed in fields.items():
        text = typed.strip()
        if not text:
            continue
        if name == "amount":
            value = _amount(text, language)
            if value is None:
                unclear.append(("which_amount", text))
            else:
                changes["amount"] = value
        elif name == "until":
            until = _until(text, language, today)
            if until is None:
                unclear.append(("which_date", text))
            else:
                changes |= {"for_good": True} if until.for_good else {"until": str(until.on)}
        elif name == "reason":
            changes["reason"] = text[:_MOST_REASON]
        elif name in {"begins", "ends"}:
            clock = read_clock(text)
            if clock is None:
                unclear.append(("which_hours", text))
            else:
                changes[name] = clock
        elif name == "wallet":
            changes["wallet"] = text
    if not unclear:
        return FormReading(changes)
    question, given = unclear[0]
    return FormReading(changes, question=question, given=given[:_MOST_REASON])


def _amount(text: str, language: Language) -> str | None:
    read = find_amounts(text, language=language)
    if read.ambiguous or len(read.found) != 1:
        return None
    (amount,) = read.found
    is_all = text[: amount.start].strip() == "" and text[amount.end :].strip() == ""
    if not is_all or amount.unit not in {None, "USD"}:
        return None
    return plain_decimal(amount.value)


def _until(text: str, language: Language, today: date) -> Until | None:
    lead = "until" if language == "en" else "hasta"
    for candidate in (text, f"{lead} {text}"):
        read = find_until(candidate, today=today, language=language)
        if isinstance(read, Until):
            return read
    return None
