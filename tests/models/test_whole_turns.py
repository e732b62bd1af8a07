"""From a message to a signed answer, through the real SDKs, over each language of a provider."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import open_app
from bot.clock import ManualClock
from bot.economy.prices import Price
from bot.routing.providers import ModelKey, Provider
from bot.running import App
from bot.settings.model import load_settings
from storage.database import Database
from storage.transaction import SqlTx
from tests.models import faults
from tests.models.conftest import KINDS, address
from tests.models.replies import Api, Counts, Reply
from tests.models.server import KEY, ModelServer
from tests.turns.chat import ACME, Chat, make_company, spend

USD = 1_000_000_000
ASKS = "break down for me which model eats design's money"
PLAN = {
    "intent": "read",
    "confidence": 0.9,
    "actions": [
        {
            "action": "show_spend",
            "wallet": "Design",
            "person": None,
            "model": None,
            "by": "model",
            "from": None,
            "until": None,
        }
    ],
}


@pytest.fixture
async def chat(
    api: Api,
    server: ModelServer,
    sqlite_path: Path,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Chat]:
    monkeypatch.setenv("HOUSE_API_KEY", KEY)
    settings = load_settings(
        database={"url": f"sqlite:///{sqlite_path}"}, models={"hosts": ["127.0.0.1"]}
    )

    def found(tx: SqlTx) -> None:
        make_company(tx)
        spend(tx, "design", "ana", 3 * USD, "claude-sonnet-4-5", "s1")
        tx.providers.add(
            Provider(
                "house",
                KINDS[api],
                ("small",),
                base_url=address(server.root, api),
                key_ref="env:HOUSE_API_KEY",
            )
        )
        price = Price(USD, USD, 4 * USD, "own")
        tx.providers.add_price(ModelKey("house", "small"), price, tx.now)

    async with open_app(settings, clock) as app:
        await app.database.write(found, tenant=ACME)
        made = Chat(app, _database(app), clock)
        app.add_channel("terminal", made.send)
        yield made


def _database(app: App) -> Database:
    return app.database


async def test_a_model_reads_what_the_rules_do_not(chat: Chat, server: ModelServer) -> None:
    server.say(Reply(json.dumps(PLAN), usage=Counts(1000, 100)))
    answer = await chat.say("ana", ASKS)
    assert "claude-sonnet-4-5" in answer
    assert "read by small for $0.0014" in answer
    (call,) = server.calls
    assert call.body["model"] == "small"


async def test_a_provider_that_does_not_take_the_key_is_said(
    chat: Chat, server: ModelServer
) -> None:
    server.key = "another"
    answer = await chat.say("ana", ASKS)
    assert "read by rules" in answer
    assert "does not take Bursar's key" in answer


async def test_a_cut_answer_is_repaired_once(chat: Chat, server: ModelServer) -> None:
    whole = json.dumps(PLAN)
    server.say(Reply(whole[:-20], ending="cut"), Reply(whole))
    assert "claude-sonnet-4-5" in await chat.say("ana", ASKS)
    assert len(server.calls) == 2


async def test_a_fault_of_the_provider_leaves_nothing_held(
    chat: Chat, server: ModelServer
) -> None:
    server.say(faults.status(500), faults.status(500))
    answer = await chat.say("ana", ASKS)
    assert "has a fault of its own" in answer
    held = await chat.database.read(lambda tx: tx.ledger.list_open_holds(""), tenant=ACME)
    assert held == []
