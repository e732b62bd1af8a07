"""A chat with a model behind its planner, which answers as a test tells it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from pydantic import BaseModel

from bot.clock import ManualClock
from bot.completions import Completions
from bot.economy.prices import Price
from bot.ids import WalletId
from bot.messages import InboundMessage
from bot.models import ModelAnswer, ModelRequest
from bot.ports import Tx
from bot.routing.providers import Provider
from bot.running import App
from bot.tokens import TokenUsage
from bot.turns.busy import Busy, Noticed
from intents.free_speech.analyst import ModelAnalyst
from intents.free_speech.planner import FreeSpeechPlanner
from intents.free_speech.second_look import ModelCritic, SpokenReview
from intents.free_speech.shapes import analysis_shape, plan_shape, spoken_actions
from intents.planner import RulePlanner
from storage.database import Database
from tests.fakes_models import Answer, Model, Table
from tests.ledgers import budget_of
from tests.turns.chat import ACME, USD, Chat, limits, make_company, spend

DESIGN = WalletId("design")
# What the rules say themselves that they do not understand.
ASKS = "break down for me which model eats design's money"
WANTS = "sling another 40 dollars over to the design crew"
# A thousandth of a dollar and four ten-thousandths, at the prices below.
USED = TokenUsage(1000, 100)


class Speech:
    """A chat with a model behind its planner."""

    def __init__(self, chat: Chat, model: Model) -> None:
        self.chat = chat
        self.model = model
        # Where it was shown that an answer takes longer.
        self.shown_busy: list[str] = []

    async def show_busy(self, message: InboundMessage) -> None:
        self.shown_busy.append(message.chat)

    async def say(self, who: str, text: str, *answers: Answer) -> str:
        self.model.answers = list(answers)
        return await self.chat.say(who, text)

    async def design(self) -> tuple[int, int, int]:
        """Return limit, spent and held."""
        budget = await self.chat.database.read(lambda tx: budget_of(tx, DESIGN), tenant=ACME)
        return budget.limit_nanos, budget.used_nanos, budget.held_nanos


@asynccontextmanager
async def open_speech(
    database: Database, clock: ManualClock, *, has_critic: bool = False
) -> AsyncIterator[Speech]:
    """Open a chat of the small company with one model in use, which Design's people pay for."""
    await database.write(make_company, tenant=ACME)

    def add(tx: Tx) -> None:
        spend(tx, "design", "ana", 3 * USD, "claude-sonnet-4-5", "s1")
        tx.providers.add(Provider("house", "compatible", ("small",)))

    await database.write(add, tenant=ACME)
    model = Model()

    class House:
        async def of(self, provider: Provider) -> Model:
            return model

    paid = Completions(database, House(), Table(small=Price(USD, USD, 4 * USD, "t")), clock)
    rules, busy = RulePlanner(), Busy(clock)
    noticed = Noticed(paid, busy)
    app = App(
        database,
        clock,
        limits(),
        planner=FreeSpeechPlanner(rules, noticed, database=database),
        analyst=ModelAnalyst(rules, noticed, database=database),
        second_critic=ModelCritic(noticed) if has_critic else None,
        busy=busy,
    )
    app.workers.start()
    chat = Chat(app, database, clock)
    speech = Speech(chat, model)
    for platform in ("terminal", "telegram"):
        app.add_channel(platform, chat.send, show_busy=speech.show_busy)
    yield speech
    await app.stop()
    await paid.settled()


def plans(
    *calls: Mapping[str, object],
    intent: str = "read",
    confidence: float = 0.9,
    then: str = "show",
) -> Answer:
    """Answer a message with a plan in the wanted shape."""
    return _shaped(plan_shape(), calls, intent=intent, confidence=confidence, then=then)


def finds(
    *calls: Mapping[str, object], answer: str | None = None, confidence: float = 0.9
) -> Answer:
    """Answer results with what follows from them, in the wanted shape."""
    return _shaped(analysis_shape(), calls, answer=answer, confidence=confidence)


def doubts(*found: tuple[int, str, bool]) -> Answer:
    """Answer a second look with doubts: the step, the kind, and whether to ask."""
    review = {"doubts": [{"step": at, "kind": kind, "ask": ask} for at, kind, ask in found]}

    def say(request: ModelRequest) -> ModelAnswer:
        value = SpokenReview.model_validate(review)
        return ModelAnswer(json.dumps(review), request.model, value=value, usage=USED)

    return say


def _shaped(
    shape: type[BaseModel], calls: Sequence[Mapping[str, object]], **rest: object
) -> Answer:
    actions = []
    for call in calls:
        spoken = spoken_actions()[str(call["action"])]
        actions.append({**dict.fromkeys(spoken.model_fields), **call})
    whole = {**rest, "actions": actions}

    def say(request: ModelRequest) -> ModelAnswer:
        value = shape.model_validate(whole)
        return ModelAnswer(json.dumps(whole), request.model, value=value, usage=USED)

    return say


def prose(text: str) -> Answer:
    return lambda request: ModelAnswer(text, request.model, usage=USED)
