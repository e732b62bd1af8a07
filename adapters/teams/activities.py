"""The one place that knows botbuilder: what the adapter says, as JSON of the Bot Framework.

Its successor writes the same JSON, so that a change of library ends here. What it is not used
for, and why: its reading of activities (see `heard`), its check of tokens (see `tokens`), its
connector client (blocking calls without time-outs), its adapters (they write the answer to an
invoke twice) and its stored state (it is read back with jsonpickle, which builds any object that
a text names).
"""

from __future__ import annotations

from typing import Final

import orjson
from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity

CARD: Final = "application/vnd.microsoft.card.adaptive"
MESSAGE: Final = "application/vnd.microsoft.activity.message"


def invoke_answer(kind: str, value: object) -> tuple[int, bytes]:
    """Return the status and body that answer an invoke: a card, or words in a message.

    By hand: botbuilder's `AdaptiveCardInvokeResponse` cannot write words.
    """
    answer = InvokeResponse(status=200, body={"statusCode": 200, "type": kind, "value": value})
    return answer.status, orjson.dumps(answer.body)


def private_conversation(bot: str, person: str, tenant: str) -> dict[str, object]:
    """Return what asks the connector for the conversation of a person and the bot alone.

    By hand: botbuilder's `ConversationParameters` writes the directory as `tenantID`.
    """
    return {
        "isGroup": False,
        "bot": {"id": bot},
        "members": [{"id": person}],
        "tenantId": tenant,
        "channelData": {"tenant": {"id": tenant}},
    }


def typing_activity() -> dict[str, object]:
    """Return what shows for a moment that the bot types."""
    written: dict[str, object] = Activity(type="typing").serialize()
    return written


def message_activity(**fields: object) -> dict[str, object]:
    """Return a message as it is posted; what is empty is left out."""
    written: dict[str, object] = Activity(type="message").serialize()
    return written | {name: value for name, value in fields.items() if value}
