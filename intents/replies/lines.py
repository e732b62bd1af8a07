"""Answer one line of `bursar read-reply`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from bot.errors.kinds import InvalidInput
from bot.planning import Language
from intents.replies.answer import read_reply

_LANGUAGES = ("en", "es")


def read_reply_line(row: object) -> dict[str, object]:
    """Read the reply of one row.

    Args:
        row: `reply`, and where known `prompt`, `lang` ("en" or "es") and `draft` (an object);
            other keys are not looked at.

    Returns:
        `label` and `changes`; with the label "choose" also `choice`, from 1, -1 for the last.

    Raises:
        InvalidInput: a key is missing or of the wrong kind.
    """
    if not isinstance(row, Mapping):
        raise InvalidInput("row", "must be an object")
    reply, prompt, draft, language = (row.get(key) for key in ("reply", "prompt", "draft", "lang"))
    if not isinstance(reply, str):
        raise InvalidInput("reply", "must be text")
    if prompt is not None and not isinstance(prompt, str):
        raise InvalidInput("prompt", "must be text")
    if draft is not None and not isinstance(draft, Mapping):
        raise InvalidInput("draft", "must be an object")
    if language is not None and language not in _LANGUAGES:
        raise InvalidInput("lang", "must be en or es", example="en")
    reading = read_reply(
        reply,
        prompt=prompt,
        # One of _LANGUAGES by the check above, which the type checker cannot follow.
        language=cast("Language | None", language),
        draft={str(name): value for name, value in draft.items()} if draft else None,
    )
    answer: dict[str, object] = {"label": reading.label, "changes": reading.changes}
    if reading.choice is not None:
        answer["choice"] = reading.choice
    return answer
