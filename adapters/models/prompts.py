"""A prompt as providers take it: our own text first, then who said what."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bot.models import ModelMessage


def system_text(messages: Sequence[ModelMessage]) -> str:
    """Return all that is ours as one text: some providers take one, and at the beginning only."""
    return "\n\n".join(message.text for message in messages if message.role == "system")


def spoken(messages: Sequence[ModelMessage]) -> list[ModelMessage]:
    """Return the messages that are not ours, in order."""
    return [message for message in messages if message.role != "system"]


def schema_in_words(schema: Mapping[str, object]) -> str:
    """Return what to tell a model whose server cannot be given a schema."""
    # OpenAI's JSON mode refuses a prompt in which the word "JSON" does not stand.
    return (
        "Answer with one JSON object and nothing else: no words around it and no code fence. "
        "It must fit this JSON schema: " + json.dumps(schema, separators=(",", ":"))
    )
