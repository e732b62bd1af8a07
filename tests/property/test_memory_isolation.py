"""Nothing that was said elsewhere ever stands in a prompt: companies, people, chats, threads."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Final

from bot.access import Principal
from bot.clock import ManualClock
from bot.completions import Completions
from bot.economy import limit_changes
from bot.economy.prices import Price
from bot.economy.wallets import Tenant, Wallet
from bot.ids import PrincipalId, TenantId, WalletId
from bot.messages import InboundMessage
from bot.models import ModelAnswer, ModelRequest, TimeOuts
from bot.ports import Tx
from bot.presets import UNTRIED_FOR
from bot.routing.providers import Provider
from bot.running import App
from bot.tokens import TokenUsage
from intents.free_speech.analyst import ModelAnalyst
from intents.free_speech.planner import FreeSpeechPlanner
from intents.free_speech.shapes import analysis_shape, plan_shape, spoken_actions
from intents.free_speech.summary import SpokenSummary
from intents.planner import RulePlanner
from storage.database import Database
from tests.fakes_models import Table
from tests.turns.chat import USD, Chat, limits

MESSAGES: Final = 250
PEOPLE: Final = {"acme": ("ana", "ben"), "globex": ("gus", "gil")}
PLACES: Final = (("dm", ""), ("room", ""), ("room", "t1"), ("hall", "t1"))
# Which talk a message belongs to, and which message of all it was.
MARK: Final = re.compile(r"mark([a-z0-9]+)q(\d+)q")


@dataclass
class Echo:
    """A model that says again whatever it was told, wherever it may."""

    prompts: list[str] = field(default_factory=list)
    summaries: int = 0
    # Prompts in which results were to be analysed, beside what was said before.
    analyses: int = 0

    async def ask(self, request: ModelRequest) -> ModelAnswer:
        prompt = request.messages[1].text
        self.prompts.append(prompt)
        used = TokenUsage(10, 10)
        if request.answer is SpokenSummary:
            self.summaries += 1
            said = " ".join(found.group() for found in MARK.finditer(prompt))
            summary = SpokenSummary(sentences=(said or "nothing")[:1000])
            return ModelAnswer("{}", request.model, value=summary, usage=used)
        if request.answer is analysis_shape():
            self.analyses += '"before"' in prompt
            nothing: dict[str, object] = {"answer": None, "confidence": 0.9, "actions": []}
            value = analysis_shape().model_validate(nothing)
            return ModelAnswer("{}", request.model, value=value, usage=used)
        spend = spoken_actions()["show_spend"]
        read = {**dict.fromkeys(spend.model_fields), "action": "show_spend"}
        plan = {"intent": "read", "confidence": 0.9, "actions": [read], "then": "look"}
        value = plan_shape().model_validate(plan)
        return ModelAnswer("{}", request.model, value=value, usage=used)

    async def look(self, time_outs: TimeOuts) -> None:
        pass

    async def list_models(self, time_outs: TimeOuts) -> tuple[str, ...]:
        return ()

    async def close(self) -> None:
        pass


def make(tx: Tx, name: str) -> None:
    """Make a company of two people who pay from one wallet, with a model in use."""
    tenant, wallet = TenantId(name), WalletId(f"{name}-all")
    tx.enter(tenant)
    tx.people.add_tenant(Tenant(tenant, name, "UTC", "en"))
    tx.wallets.add(Wallet(wallet, None, "organisation", "All"))
    limit_changes.set_limit(tx, wallet, "month", 1000 * USD, key=f"{name}-l", actor="seed")
    for handle in PEOPLE[name]:
        person = Principal(PrincipalId(handle), tenant, handle, handle, "en", "UTC", wallet)
        tx.people.add(person)
        tx.people.link(person.id, "telegram", "bot", handle)
        tx.people.give(person.id, "member", wallet)
    tx.providers.add(Provider("house", "compatible", ("small",)))


def forget_all_of(person_id: PrincipalId, tx: Tx) -> None:
    """Forget what prompts are made of, open questions too, as a person's own yes does it."""
    tx.memory.forget(person_id)
    tx.conversations.forget(person_id)


async def test_a_prompt_holds_one_talk_only(database: Database, clock: ManualClock) -> None:
    for name in PEOPLE:
        await database.write(lambda tx, name=name: make(tx, name))  # type: ignore[misc]  # bound now
    clock.advance(UNTRIED_FOR)
    model = Echo()

    class House:
        async def of(self, provider: Provider) -> Echo:
            return model

    paid = Completions(database, House(), Table(small=Price(1, 1, 1, "t")), clock)
    rules = RulePlanner()
    planner = FreeSpeechPlanner(rules, paid, database=database)
    analyst = ModelAnalyst(rules, paid, database=database)
    app = App(database, clock, limits(), planner=planner, analyst=analyst)
    app.workers.start()
    app.add_channel("telegram", Chat(app, database, clock).send)
    chance = random.Random(7)
    speakers = [(name, who) for name, people in PEOPLE.items() for who in people]
    forgotten: dict[str, int] = {}
    shown = 0
    for number in range(MESSAGES):
        name, who = chance.choice(speakers)
        at = chance.choice((0, 0, 0, *range(len(PLACES))))
        chat, thread = PLACES[at]
        if chance.random() < 0.02:
            await database.write(partial(forget_all_of, PrincipalId(who)), tenant=TenantId(name))
            forgotten[who] = number
        asks = chance.choice(("balance", "so what was it again then", "tell me of"))
        before = len(model.prompts)
        await app.receive(
            InboundMessage(
                "telegram",
                "bot",
                f"m{number}",
                # Two people in one room are two talks; so are two private chats.
                chat if at else f"dm-{who}",
                who,
                text=f"{asks} mark{who}{at}q{number}q",
                thread=thread,
                is_private=at == 0,
            )
        )
        await app.settled()
        for prompt in model.prompts[before:]:
            found = [(talk, int(said)) for talk, said in MARK.findall(prompt)]
            assert {talk for talk, _ in found} <= {f"{who}{at}"}, prompt
            assert min((said for _, said in found), default=number) >= forgotten.get(who, 0)
            shown += len(found) > 1
        clock.advance(timedelta(seconds=1))
    await app.stop()
    await paid.settled()
    # Otherwise nothing was looked at.
    assert shown > MESSAGES / 4
    assert model.summaries > 2
    assert model.analyses > MESSAGES / 4
    assert forgotten
