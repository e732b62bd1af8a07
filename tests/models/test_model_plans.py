"""`bursar plan` with a model: what is configured is asked, line by line, and paid for."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bot.clock import ManualClock
from bot.economy.prices import Price
from bot.errors.kinds import SettingsError
from bot.operations.plan import PlannerName, open_line_planner
from bot.routing.providers import ModelKey, Provider
from bot.settings.model import Settings, load_settings
from storage.engine import migrate, open_database
from storage.transaction import SqlTx
from tests.models.replies import Counts, Reply
from tests.models.server import KEY, ModelServer
from tests.turns.chat import ACME, USD, make_company

UNSURE = "break down for me which model eats design's money"
SURE = "balance"
READ = {"action": "show_spend", "wallet": "Design", "person": None, "model": None}
SPEND: dict[str, Any] = {
    "intent": "read",
    "then": "show",
    "confidence": 0.9,
    "actions": [{**READ, "by": "model", "from": None, "until": None}],
}


@pytest.fixture
async def settings(
    server: ModelServer, tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """A company with a model on the loopback."""
    monkeypatch.setenv("HOUSE_API_KEY", KEY)
    url = f"sqlite:///{tmp_path}/plans.db"
    await migrate(url)
    database = await open_database(url, clock)

    def fill(tx: SqlTx) -> None:
        make_company(tx)
        address = f"{server.root}/v1"
        tx.providers.add(
            Provider(
                "house", "compatible", ("small",), base_url=address, key_ref="env:HOUSE_API_KEY"
            )
        )
        price = Price(USD, USD, 4 * USD, "own")
        tx.providers.add_price(ModelKey("house", "small"), price, tx.now)

    await database.write(fill, tenant=ACME)
    await database.close()
    return load_settings(database={"url": url}, models={"hosts": ["127.0.0.1"]})


async def planned(
    settings: Settings | None,
    clock: ManualClock,
    planner: PlannerName,
    *texts: str,
    explains: bool = False,
) -> list[dict[str, Any]]:
    """Plan lines as the command does, beside the loop in which the server answers."""

    def run() -> list[dict[str, Any]]:
        with open_line_planner(settings, clock, planner=planner, explains=explains) as answer:
            return [json.loads(json.dumps(answer({"text": text}))) for text in texts]

    return await asyncio.to_thread(run)


async def test_auto_asks_only_about_what_the_rules_are_unsure_of(
    settings: Settings, server: ModelServer, clock: ManualClock
) -> None:
    server.say(Reply(json.dumps(SPEND), usage=Counts(1000, 100)))
    lines = await planned(settings, clock, "auto", SURE, UNSURE)
    assert [line["planner"] for line in lines] == ["rules", "small"]
    assert lines[1]["actions"][0]["args"]["wallet_id"] == "design"
    assert len(server.calls) == 1


async def test_a_model_is_asked_about_every_line_and_the_owner_pays(
    settings: Settings, server: ModelServer, clock: ManualClock
) -> None:
    server.say(*[Reply(json.dumps(SPEND), usage=Counts(1000, 100))] * 2)
    lines = await planned(settings, clock, "model", SURE, UNSURE)
    assert [line["planner"] for line in lines] == ["small", "small"]
    database = await open_database(settings.database.url.get_secret_value(), clock)
    today = clock.now().date()
    sums = await database.read(
        lambda tx: tx.usage.sum_by("person", from_on=today, until_on=today), tenant=ACME
    )
    await database.close()
    assert [(line.heading, line.cost_nanos) for line in sums] == [("elena", 2 * 1_400_000)]


async def test_an_explanation_says_what_was_scored_found_and_paid(
    settings: Settings, server: ModelServer, clock: ManualClock
) -> None:
    server.say(Reply(json.dumps(SPEND), usage=Counts(1000, 100)))
    (line,) = await planned(settings, clock, "auto", UNSURE, explains=True)
    explained = line["explain"]
    assert explained["model"] == "small"
    assert explained["cost"] == "0.0014"
    assert explained["rules"]["scores"].keys() == {"english", "spanish", "order", "read"}
    # Both with the shape of the answer: a token is some characters long.
    assert 2 < explained["prompt"]["characters"] / explained["prompt"]["tokens"] < 6
    assert explained["critic"] == []


async def test_the_critic_is_shown_without_a_model_too(clock: ManualClock) -> None:
    (line,) = await planned(
        None, clock, "rules", "raise design by 100 until friday", explains=True
    )
    assert line["explain"]["model"] is None
    assert line["explain"]["cost"] == "0.00"
    assert line["explain"]["rules"]["scores"]["order"] > 0.9


async def test_without_a_model_there_is_none_to_ask_about_every_line(
    clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SettingsError):
        await planned(None, clock, "model", SURE)
    assert (await planned(None, clock, "auto", UNSURE))[0]["planner"] == "rules"
