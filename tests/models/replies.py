"""What a model says in a test, whatever language its provider speaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal

Json = dict[str, Any]
Api = Literal["chat", "responses", "messages"]
APIS: Final[tuple[Api, ...]] = ("chat", "responses", "messages")
# An event of a stream: its name where the language names them, and its data.
Event = tuple[str, Json | str]

MISSING: Final = "missing"


@dataclass(frozen=True, slots=True)
class Counts:
    """Usage as a provider would tell it; any value, because providers tell any."""

    tokens_in: Any = 11
    tokens_out: Any = 7
    cached: Any = 0
    cache_written: Any = 0
    reasoning: Any = 0
    total: Any = None


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call of a tool as a model writes it; `arguments` is JSON, or nearly."""

    name: str
    arguments: str = "{}"
    id: str = "call_1"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model says. `usage` is None for null and "missing" for no usage at all."""

    text: str = "Hello."
    ending: Literal["done", "cut", "refused", "filtered"] = "done"
    usage: Counts | str | None = field(default_factory=Counts)
    # A stream that tells its usage twice, the second time for good.
    first_usage: Counts | None = None
    tools: tuple[ToolCall, ...] = ()
    model: str = "model-that-answered"
