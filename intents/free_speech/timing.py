"""When a task is due, from the words of the message that a model points at.

A model writes no time: it says which words name one, and our own extractor reads them, as it does
where no model is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.planning import Language, PlanContext
from intents.extract.letters import fold
from intents.extract.times import find_times
from intents.names import NameIndex
from intents.rules.task_times import When, cut_when, names_day, names_hour
from intents.sentence import Sentence

_AROUND: Final = " \t\n.,!?¿¡;:"
_CLOCK: Final = re.compile(r"\b([01]?\d|2[0-3])[:.h]([0-5]\d)\b")


def read_timing(
    said: str,
    context: PlanContext,
    index: NameIndex,
    language: Language,
    fields: frozenset[str],
    *,
    moves: bool,
) -> Mapping[str, object] | None:
    """Return the arguments that words of time fill; None where they are not one time to come.

    `fields` are those that the call has for it. With `moves` there is a time already, of which
    only the day or only the hour may change.
    """
    other: Language = "es" if language == "en" else "en"
    for spoken in (language, other):
        when = cut_when(said, Sentence(said, spoken, context, index), spoken)
        if not when.unclear and when.is_timed and not when.text.strip(_AROUND):
            return _arguments(when, said, context, fields, moves=moves)
    return None


def _arguments(
    when: When, said: str, context: PlanContext, fields: frozenset[str], *, moves: bool
) -> Mapping[str, object] | None:
    day = "until_on" if "until_on" in fields else "due_on"
    if when.repeat is not None:
        if "repeats" not in fields:
            return None
        today = context.now.astimezone(context.zone).date()
        rule = when.repeat.rule(when.clock or "09:00", today=today, from_on=when.due_on)
        return {"repeats": str(rule)}
    if when.minutes is not None and "minutes" in fields:
        return {"minutes": max(when.minutes, 1)}
    folded = fold(said)
    if moves and day == "due_on":
        # "at 11" stays on its day, "on Friday" at its hour.
        return {
            day: when.due_on if names_day(folded) else None,
            "clock": when.clock if names_hour(folded) or not names_day(folded) else None,
        }
    return {day: when.due_on, "clock": when.clock}


def clocks_in(text: str, context: PlanContext, language: Language) -> frozenset[str]:
    """Return the times of day that a text names, as "08:30"."""
    midnight = context.now.astimezone(context.zone).replace(hour=0, minute=0, second=0)
    found = {f"{int(hour):02d}:{minute}" for hour, minute in _CLOCK.findall(text)}
    for now in (midnight, midnight - timedelta(minutes=1)):
        times = find_times(text, now=now, zone=context.zone, language=language, is_waking=True)
        for span in times.found:
            if span.grain in {"hour", "minute"}:
                ends = (span.from_at, span.until_at)
                found |= {f"{at:%H:%M}" for at in ends if at is not None}
    return frozenset(found)
