"""A paid call as it is asked for, what became of each try, and what it came to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import orjson
from pydantic import BaseModel

from bot.economy.prices import cost_nanos
from bot.errors.models import Unanswered
from bot.guards.policy import Policy
from bot.ids import PrincipalId, TenantId, WalletId
from bot.models import ModelAnswer, ModelMessage
from bot.routing.choice import Route
from bot.routing.providers import ModelKey
from bot.tokens import TokenUsage

# Bytes of UTF-8 a token, at least: English has 4, code and other scripts less. What a prompt has
# beyond this is charged as an overrun.
_BYTES_A_TOKEN: Final = 3
# What the wire formats add to each message, in tokens.
_AROUND_A_MESSAGE: Final = 8


TokenCounter = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Ask:
    """A call that somebody wants made and pays for.

    `key` makes it one call, however often it is asked for. `wanted` names a model, or
    "provider/model"; empty leaves it to the company's rules, and takes the cheapest where none
    fits. `sticks_to` is what keeps a model where a rule says so, a conversation; empty for the
    person. All tries together end `within_s`. Calls of one `turn` share its cap; a call without
    one is a turn by itself. `shown_under` is the policy by which the messages were made ready,
    None where they hold no words of people. `caches_context` asks the provider to keep what is
    ours of the prompt for the next call.
    """

    key: str
    tenant: TenantId
    person_id: PrincipalId
    wallet_id: WalletId
    feature: str
    messages: tuple[ModelMessage, ...]
    most_tokens: int
    answer: type[BaseModel] | None = None
    wanted: str = ""
    within_s: float = 60.0
    turn: str = ""
    caches_context: bool = False
    shown_under: Policy | None = None
    sticks_to: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """An answer and what it cost. `is_fallback` says that another model was to answer."""

    answer: ModelAnswer
    model: ModelKey
    cost_nanos: int
    is_estimated: bool
    is_fallback: bool


@dataclass(frozen=True, slots=True)
class Try:
    """One try: what it used, and how it failed if it did. `usage` None was not charged."""

    route: Route
    usage: TokenUsage | None
    is_estimated: bool
    latency_ms: int
    error: Unanswered | None = None

    @property
    def cost_nanos(self) -> int:
        return 0 if self.usage is None else cost_nanos(self.route.price, self.usage)


def tokens_of(text: str) -> int:
    """Estimate the tokens of a text: rather too many than too few."""
    return -(-len(text.encode()) // _BYTES_A_TOKEN)


def count_prompt(
    messages: Sequence[ModelMessage],
    answer: type[BaseModel] | None,
    count: TokenCounter = tokens_of,
) -> int:
    """Estimate the tokens of messages and of the shape that is wanted for an answer."""
    schema = 0 if answer is None else _tokens_of_schema(answer, count)
    return schema + sum(count(message.text) + _AROUND_A_MESSAGE for message in messages)


@cache
def _tokens_of_schema(shape: type[BaseModel], count: TokenCounter) -> int:
    return count(orjson.dumps(shape.model_json_schema()).decode())
