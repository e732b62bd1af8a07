"""A model and a price table that do as they are told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.economy.prices import Price
from bot.errors.models import ProviderUnreachable
from bot.models import ModelAnswer, ModelRequest, TimeOuts
from bot.routing.providers import ProviderKind


class Table:
    """Prices by model."""

    def __init__(self, **prices: Price) -> None:
        self.prices = prices

    def load(self) -> None:
        pass

    def find(
        self, kind: ProviderKind, base_url: str, model: str, at: datetime, tokens_in: int
    ) -> Price | None:
        return self.prices.get(model)


Answer = Callable[[ModelRequest], ModelAnswer] | Exception


@dataclass
class Model:
    """A backend with a list of answers; it holds one back while `gate` is closed."""

    answers: list[Answer] = field(default_factory=list)
    asked: list[ModelRequest] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    is_asked: asyncio.Event = field(default_factory=asyncio.Event)

    looks: int = 0
    is_away: bool = False
    offered: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.gate.set()

    async def ask(self, request: ModelRequest) -> ModelAnswer:
        self.asked.append(request)
        self.is_asked.set()
        await self.gate.wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer(request)

    async def look(self, time_outs: TimeOuts) -> None:
        self.looks += 1
        if self.is_away:
            raise ProviderUnreachable("", "")

    async def list_models(self, time_outs: TimeOuts) -> tuple[str, ...]:
        await self.look(time_outs)
        return self.offered

    async def close(self) -> None:
        pass
