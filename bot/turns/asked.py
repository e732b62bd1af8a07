"""A question as a conversation keeps it: what was asked, and until when it waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson

from bot.actions.catalog import dump_calls, parse_calls
from bot.clock import from_us, to_us
from bot.planning import Choice, Question

# As long as a message may be on its way and still be done without being asked about.
QUESTION_LIFE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the bot asked last in a conversation. From `until` on nothing answers it."""

    question: Question
    until: datetime


def dump_asked(asked: Asked) -> str:
    """Write a question as a conversation keeps it."""
    question = asked.question
    return orjson.dumps(
        {
            "code": question.code,
            "text": question.text,
            "near": list(question.near),
            "given": question.given,
            "choices": [
                {"label": choice.label, "calls": dump_calls(choice.actions)}
                for choice in question.choices
            ],
            "until_us": to_us(asked.until),
        }
    ).decode()


def load_asked(text: str) -> Asked:
    """Read a kept question; the calls behind its choices are checked again."""
    values = orjson.loads(text)
    question = Question(
        code=values["code"],
        text=values["text"],
        near=tuple(values["near"]),
        given=values["given"],
        choices=tuple(
            Choice(choice["label"], parse_calls(choice["calls"])) for choice in values["choices"]
        ),
    )
    # Kept without a time by releases that let it wait for good.
    return Asked(question, from_us(values.get("until_us", 0)))
