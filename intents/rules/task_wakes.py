"""Being woken: a reminder whose words are the order itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.planning import Language, Question
from intents.extract.letters import fold
from intents.rules.patterns import Outcome
from intents.rules.task_adds import made
from intents.rules.task_said import AROUND, Said
from intents.rules.task_times import When, cut_when

_WAKES: Final[tuple[tuple[re.Pattern[str], Language, str], ...]] = (
    (re.compile(r"(?:wake|get) me(?: up)? (?P<rest>(?!up$).+)|wake me(?: up)?"), "en", "wake up"),
    (
        re.compile(
            r"(?:despiertame|me despiertas|despertarme|me (?:puedes|podrias) despertar)"
            r"(?P<rest> .+)?"
        ),
        "es",
        "despertarme",
    ),
)
# What makes an hour one of the afternoon, whoever wants to be woken then.
_LATE: Final = re.compile(
    r"\b(?:p\.?m\.?|noon|midnight|afternoon|evening|tonight|tarde|noche|mediodia|medianoche|"
    r"(?:1[2-9]|2[0-3])(?::\d\d|h\b))|\d ?pm\b|\b(?:min|minute|hour|hr|minuto|hora)s?\b"
)


def find_wake(order: Said) -> Outcome | None:
    """Read "wake me up at 7", "despiértame a las 6 y media": an hour of the morning."""
    for pattern, language, words in _WAKES:
        found = pattern.fullmatch(order.text)
        if found is None:
            continue
        rest = order.group(found, "rest") if found["rest"] else ""
        if not rest.strip(AROUND):
            return Question("which_time", text=order.sentence.text)
        when = _in_the_morning(cut_when(rest, order.sentence, language), rest, order)
        text = when.text.strip(AROUND)
        # "Wake me up before you go" gives no time, "get me a cab at 7" asks for a cab.
        if not when.is_timed or (text and found[0].startswith("get")):
            return None
        return made(order, replace(when, text=text or words))
    return None


def _in_the_morning(when: When, said: str, order: Said) -> When:
    """Return a time that was said without a half of the day as one before noon."""
    if when.due_on is None or when.clock is None or _LATE.search(fold(said)):
        return when
    hour = int(when.clock[:2])
    if hour < 12 or when.minutes is not None:
        return when
    clock = f"{hour - 12:02}{when.clock[2:]}"
    now = order.sentence.context.now.astimezone(order.sentence.context.zone)
    on = when.due_on
    if on == now.date() and clock <= f"{now:%H:%M}":
        on += timedelta(days=1)
    return replace(when, due_on=on, clock=clock)
