"""Days that there are not, in what is about to be done: "/spend design 40 november"."""

from __future__ import annotations

import re
from typing import Final

from bot.planning import Plan, Question
from intents.extract.impossible import find_impossible
from intents.extract.letters import words

# A number that some month, or every one, does not have.
_ODD: Final = re.compile(r"(?<!\d)(?:0?0|29|[3-9]\d)(?!\d)")
# Words that are a month's name and much else: "raise it by 50 may ...".
_NAMES_MUCH: Final = ("may", "mar", "set", "ago")
# What a task is called may hold any day; when it is due is looked at where it is read.
_OWN_WORDS: Final = frozenset(
    words("add_task capture_thought change_task complete_task cancel_task snooze_task")
)


def on_real_days(plan: Plan, text: str, folded: str) -> Plan:
    """Return a plan, or what to ask where a day that it was read from does not exist.

    Without that day it would be done for another time than was said.
    """
    if not plan.actions or _ODD.search(folded) is None or plan.actions[0].action in _OWN_WORDS:
        return plan
    span = find_impossible(folded)
    if span is None or ":" in folded[slice(*span)] or folded[: span[1]].endswith(_NAMES_MUCH):
        return plan
    kept = f"{text[: span[0]].rstrip()} {text[span[1] :].lstrip()}".strip(" ?!.")
    asked = Question("which_day", text=kept, given=text[slice(*span)])
    return Plan("ask", plan.language, 0.5, question=asked)
