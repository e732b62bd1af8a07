"""What a model is asked and what it answers, whoever provides it.

A backend stands for one configured provider. It makes one call and never repeats it: whoever
pays for the call decides about that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

from pydantic import BaseModel

from bot.tokens import TokenUsage

Role = Literal["system", "user", "assistant"]
# "cut" is an answer that met its bound on tokens, "refused" one that the model declined to give.
Ending = Literal["done", "cut", "refused"]


@dataclass(frozen=True, slots=True)
class ModelMessage:
    """One message of a prompt. Only "system" is ours; what others wrote is never part of it."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class TimeOuts:
    """How long a call may take, in seconds: to connect, until the first byte, and in all."""

    connect_s: float = 5.0
    first_byte_s: float = 30.0
    total_s: float = 60.0


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One call. `answer` is the shape that is wanted, None for prose.

    `most_tokens` bounds the answer, reasoning included: what a hold is taken for.
    `caches_context` asks for the system's part to be kept for the next call, where a provider
    does not do so by itself.
    """

    model: str
    messages: tuple[ModelMessage, ...]
    most_tokens: int
    answer: type[BaseModel] | None = None
    time_outs: TimeOuts = field(default_factory=TimeOuts)
    caches_context: bool = False


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What a model said. `value` is the wanted shape, None where the text does not have it.

    `usage` is None where the provider told none that can be true; `model` is the name that the
    provider gives the model that answered.
    """

    text: str
    model: str
    ending: Ending = "done"
    value: BaseModel | None = None
    usage: TokenUsage | None = None
    request_id: str = ""


class ModelBackend(Protocol):
    """One provider, with its address and key."""

    async def ask(self, request: ModelRequest) -> ModelAnswer:
        """Make one call.

        Raises:
            Unanswered: by kind; `may_be_charged` says whether the provider may have worked.
        """
        ...

    async def look(self, time_outs: TimeOuts) -> None:
        """Ask for the list of models, which costs nothing: is the provider there?

        Raises:
            Unanswered: as `ask`.
        """
        ...

    async def list_models(self, time_outs: TimeOuts) -> tuple[str, ...]:
        """Return the names of all models that the provider lists, in its order.

        Raises:
            Unanswered: as `ask`; `AnswerBroken` where it lists none.
        """
        ...

    async def close(self) -> None:
        """Give back connections. Repeating it is safe."""
        ...
