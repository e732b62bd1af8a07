"""The app's page and the prompts beside an empty conversation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from adapters.slack.entities import escape
from adapters.slack.modals import to_order
from adapters.slack.place import Language, Place
from adapters.slack.render import MOST_ACTIONS, MOST_LABEL, MOST_VIEW_BLOCKS, plain, to_blocks
from bot.messages import OrdersBlock, PageBlock, TextBlock
from bot.replies.words import say

_PROMPTS: Final = ("balance", "spend", "request")
# A view's blocks may be 250 kB; what is longer than a person reads is left out well before.
_MOST_VIEW: Final = 100_000


def to_home(blocks: Sequence[PageBlock], place: Place) -> dict[str, Any]:  # Any: JSON
    """Render a page as the app's home tab; `place` is where its orders are answered."""
    shown: list[dict[str, Any]] = []
    length = 0
    for block in _rendered(blocks, place):
        length += len(json.dumps(block, ensure_ascii=False))
        if len(shown) == MOST_VIEW_BLOCKS or length > _MOST_VIEW:
            break
        shown.append(block)
    return {"type": "home", "blocks": shown}


def _rendered(blocks: Sequence[PageBlock], place: Place) -> Iterator[dict[str, Any]]:
    for number, block in enumerate(blocks):
        if not isinstance(block, OrdersBlock):
            yield from to_blocks((block,))
            continue
        yield from to_blocks((TextBlock(block.text),))
        buttons = [
            {
                "type": "button",
                "action_id": f"order-{number}-{index}",
                "text": plain(order.label, MOST_LABEL),
                "value": to_order(order),
            }
            for index, order in enumerate(block.orders[:MOST_ACTIONS])
        ]
        yield {"type": "actions", "block_id": place.dump(number), "elements": buttons}


def to_prompts(language: Language) -> list[dict[str, str]]:
    """Return what is offered to tap where nothing was said yet."""
    return [
        {
            "title": escape(say(language, f"surface.prompt.{name}")),
            "message": say(language, f"surface.prompt.{name}.text"),
        }
        for name in _PROMPTS
    ]
