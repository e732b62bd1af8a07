"""The app's page and the prompts beside an empty conversation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from adapters.slack.entities import escape
from adapters.slack.place import Language
from adapters.slack.render import MOST_VIEW_BLOCKS, to_blocks
from bot.messages import Block
from bot.replies.words import say

_PROMPTS: Final = ("balance", "spend", "request")
# A view's blocks may be 250 kB; what is longer than a person reads is left out well before.
_MOST_VIEW: Final = 100_000


def to_home(blocks: Sequence[Block]) -> dict[str, Any]:  # Any: JSON
    """Render a page as the app's home tab."""
    shown: list[dict[str, Any]] = []
    length = 0
    for block in to_blocks(blocks):
        length += len(json.dumps(block, ensure_ascii=False))
        if len(shown) == MOST_VIEW_BLOCKS or length > _MOST_VIEW:
            break
        shown.append(block)
    return {"type": "home", "blocks": shown}


def to_prompts(language: Language) -> list[dict[str, str]]:
    """Return what is offered to tap where nothing was said yet."""
    return [
        {
            "title": escape(say(language, f"surface.prompt.{name}")),
            "message": say(language, f"surface.prompt.{name}.text"),
        }
        for name in _PROMPTS
    ]
