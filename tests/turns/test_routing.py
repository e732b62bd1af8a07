"""Which models are asked for what, as administrators say it; and why, as anybody asks."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import orjson
import pytest

from bot.actions.base import ActionCall
from bot.actions.routing import AddRoutingRule, RemoveRoutingRule, SetProviderRegion
from bot.economy.calls import CallOutcome, ModelCall
from bot.economy.usage import Usage
from bot.errors.kinds import BursarError, Conflict, InvalidInput, NotAllowed, NotFound
from bot.ids import PrincipalId, WalletId
from bot.ports import Tx
from bot.routing.choice import Choice, LeftOut, Route
from bot.routing.kept import dump_choice
from bot.routing.providers import ModelKey, Provider
from bot.routing.rules import Rule, RuleBook
from intents.free_speech.shapes import spoken_actions
from storage.database import Database
from tests.contract.test_completions import CHEAP
from tests.turns.chat import ACME, Chat, do, make_company

ADD = "/route add nights weighted models=small*3,house/own*1 task=summary hours=20-6 used=80%"
NIGHTS = Rule(
    "nights",
    "weighted",
    models=("small", "house/own"),
    weights=(3, 1),
    task="summary",
    from_hour=20,
    until_hour=6,
    from_percent=80,
)
CALLS: tuple[ActionCall, ...] = (
    AddRoutingRule(name="nights", strategy="cheapest", from_hour=20, until_hour=6),
    SetProviderRegion(name="groq", region="us"),
    RemoveRoutingRule(name="nights"),
)


async def add_providers(database: Database) -> None:
    for provider in (
        Provider("groq", "compatible", ("small", "large"), "https://api.groq.com/openai/v1"),
        Provider("house", "compatible", ("own",), "http://house/v1"),
    ):
        await database.write(lambda tx, one=provider: tx.providers.add(one), tenant=ACME)  # type: ignore[misc]  # bound now


async def book(chat: Chat) -> RuleBook:
    return await chat.database.read(lambda tx: tx.routing.get(), tenant=ACME)


@pytest.fixture
async def acme(database: Database) -> Database:
    await database.write(make_company, tenant=ACME)
    await add_providers(database)
    return database


async def test_an_owner_adds_a_rule_sees_it_takes_it_away_and_back(chat: Chat) -> None:
    await add_providers(chat.database)
    assert "There is no rule" in await chat.say("elena", "list routing rules")
    card = await chat.say("elena", ADD)
    assert "add the rule nights: for summary, with 80 % of the budget used, at 20:00-06:00" in card
    assert "one drawn by weight of small ×3, house/own ×1" in card
    assert (await book(chat)).rules == ()
    assert "The rule nights holds from now on" in await chat.say("elena", "yes")
    assert await book(chat) == RuleBook(1, (NIGHTS,))
    assert "100 · nights: for summary" in await chat.say("elena", "/routes")
    assert "take away the rule nights" in await chat.say("elena", "undo")
    assert "nights holds no more" in await chat.say("elena", "yes")
    assert await book(chat) == RuleBook(2, ())


async def test_what_was_taken_away_comes_back_as_it_was(chat: Chat) -> None:
    await add_providers(chat.database)
    await chat.say("elena", f"{ADD} wallet=Design role=lead cost=0.05 latency=2000 priority=7")
    await chat.say("elena", "yes")
    (before,) = (await book(chat)).rules
    assert before.wallet_id
    await chat.say("elena", "/route remove nights")
    await chat.say("elena", "yes")
    assert "paid by Design" in await chat.say("elena", "undo")
    await chat.say("elena", "yes")
    assert await book(chat) == RuleBook(3, (before,))


async def test_a_provider_gets_a_region_and_loses_it_by_undo(chat: Chat) -> None:
    await add_providers(chat.database)
    assert "answers of groq are made in us" in await chat.say("elena", "/provider region groq us")
    await chat.say("elena", "yes")
    assert " us" in await chat.say("elena", "list providers")
    assert "forget where answers of groq are made" in await chat.say("elena", "undo")
    await chat.say("elena", "yes")
    found = await chat.database.read(lambda tx: tx.providers.list_all(), tenant=ACME)
    assert [provider.region for provider in found] == ["", ""]


async def test_an_admin_who_speaks_spanish_does_the_same(chat: Chat) -> None:
    await add_providers(chat.database)
    await chat.database.write(
        lambda tx: tx.people.give(PrincipalId("carla"), "admin", None), tenant=ACME
    )
    card = await chat.say("carla", "/ruta añadir noches cheapest tarea=summary horas=20-24")
    assert "añadir la regla noches: para summary, a las 20:00-00:00" in card
    await chat.say("carla", "sí")
    assert "noches" in await chat.say("carla", "lista las reglas de enrutado")


@pytest.mark.parametrize("handle", ["ana", "ben", "frank"])
async def test_nobody_else_sees_or_changes_them(chat: Chat, handle: str) -> None:
    for text in ("list routing rules", ADD, "/route remove nights", "/provider region groq us"):
        answer = await chat.say(handle, text)
        assert "may not see or change where models are asked" in answer, text
    assert (await book(chat)).version == 0


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ("nights cheapest models=other", "no model “other”"),
        ("nights cheapest wallet=nowhere", "nowhere"),
        ("n$ghts cheapest", "small letters"),
        ("nights cheapest region=e/u", "small letters"),
    ],
)
async def test_what_cannot_be_is_said_and_not_kept(chat: Chat, parts: str, why: str) -> None:
    await add_providers(chat.database)
    answer = await chat.say("elena", f"/route add {parts}")
    assert why in answer
    assert "Draft" not in answer
    assert (await book(chat)).version == 0


@pytest.mark.parametrize(
    "parts",
    [
        "nights dearest",
        "nights cheapest hours=20",
        "nights cheapest hours=25-6",
        "nights weighted models=small*3,own",
        "nights weighted models=small*0",
        "nights cheapest role=king",
        "nights cheapest task=a task=b",
        "nights cheapest moon=full",
        "nights",
    ],
)
async def test_what_is_not_understood_is_asked_about(chat: Chat, parts: str) -> None:
    await add_providers(chat.database)
    assert "Draft" not in await chat.say("elena", f"/route add {parts}")
    assert "Draft" not in await chat.say("elena", "yes")
    assert (await book(chat)).version == 0


async def test_each_change_is_made_once_by_two_and_by_eight_at_once(acme: Database) -> None:
    for call in CALLS:
        ends = await asyncio.gather(*(do(acme, call) for _ in range(8)), return_exceptions=True)
        failed = [x for x in ends if isinstance(x, BaseException)]
        assert len(failed) == 7, call
        assert all(isinstance(x, InvalidInput | Conflict | NotFound) for x in failed), failed
        with pytest.raises(BursarError):
            await do(acme, call)
    found = await acme.read(lambda tx: tx.routing.get(), tenant=ACME)
    assert found == RuleBook(2, ())


async def test_rules_of_many_names_are_all_kept(acme: Database) -> None:
    calls = [AddRoutingRule(name=f"r{number}", strategy="cheapest") for number in range(8)]
    ends = await asyncio.gather(*(do(acme, call) for call in calls), return_exceptions=True)
    kept = {call.name for call, end in zip(calls, ends, strict=True) if not _failed(end)}
    found = await acme.read(lambda tx: tx.routing.get(), tenant=ACME)
    assert {rule.name for rule in found.rules} == kept
    assert found.version == len(kept)


def _failed(end: object) -> bool:
    # Who came at the same moment is told, and nothing of theirs is half there.
    assert not isinstance(end, BaseException) or isinstance(end, Conflict)
    return isinstance(end, Conflict)


async def test_a_yes_is_checked_by_the_right_of_that_moment(acme: Database) -> None:
    for call in CALLS:
        with pytest.raises(NotAllowed):
            await do(acme, call, "carla")


def test_no_model_names_a_rule_or_a_region() -> None:
    assert not [name for name in spoken_actions() if "rout" in name or "region" in name]


ROUTES = (
    Route(ModelKey("groq", "small"), CHEAP, 5_000_000, "cheapest", 820),
    Route(ModelKey("house", "own"), CHEAP, 10_000_000, "fallback"),
)
TRIES: list[dict[str, object]] = [
    {"error": "provider_busy", "status": 429, "cost_nanos": 0, "latency_ms": 90},
    {"error": None, "status": 0, "cost_nanos": 1_400_000, "latency_ms": 700},
]


NAME = "claude-sonnet-4-5"
NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


def ask_models(tx: Tx, who: str) -> None:
    """Keep a call of somebody's in which the second model answered."""
    left_out = (LeftOut(ModelKey("house", "new"), "no_price"),)
    choice = Choice(ROUTES, left_out, "cheapest", "nights")
    route = dump_choice(choice, "", 3)
    call = ModelCall(
        f"call-{who}",
        WalletId("design"),
        PrincipalId(who),
        "planner",
        10_000_000,
        1,
        1,
        route,
        tx.now,
        tx.now,
    )
    assert tx.calls.begin(call)
    tries = [
        {"provider": route.key.provider, "model": route.key.model, **one}
        for route, one in zip(ROUTES, TRIES, strict=True)
    ]
    tx.calls.end(call.key, CallOutcome("done", orjson.dumps(tries).decode(), 1_400_000, 800))


@pytest.mark.parametrize("text", ["why this model?", "/why model", "why that model"])
async def test_why_shows_the_rule_the_candidates_the_tries_and_the_cost(
    chat: Chat, text: str
) -> None:
    await chat.database.write(lambda tx: ask_models(tx, "ana"), tenant=ACME)
    answer = await chat.say("ana", text)
    assert "house/own was asked for reading your message" in answer
    assert "The rule nights decided: the cheapest" in answer
    assert "groq/small" in answer
    assert "up to $0.005" in answer
    assert "≈820 ms" in answer
    assert "was busy" in answer
    assert "answered in 700 ms for $0.0014" in answer
    assert "Not asked: house/new, nobody knows what it costs" in answer
    assert "It cost $0.0014; $0.01 was set aside" in answer


async def test_why_is_answered_in_spanish_and_about_ones_own_calls_only(chat: Chat) -> None:
    assert "Todavía no te ha respondido" in await chat.say("carla", "¿por qué este modelo?")
    await chat.database.write(lambda tx: ask_models(tx, "ana"), tenant=ACME)
    assert "Todavía no te ha respondido" in await chat.say("carla", "¿por qué este modelo?")
    await chat.database.write(lambda tx: ask_models(tx, "carla"), tenant=ACME)
    assert "Lo decidió la regla nights" in await chat.say("carla", "¿por qué este modelo?")


async def test_why_a_model_by_its_name(chat: Chat) -> None:
    await chat.database.write(lambda tx: ask_models(tx, "elena"), tenant=ACME)
    used = Usage("u", WalletId("design"), PrincipalId("ben"), "x", "x", NAME, 1, 1, 1, "t", NOW)
    await chat.database.write(lambda tx: tx.usage.add(used, NOW.date()), tenant=ACME)
    answer = await chat.say("elena", f"why {NAME}?")
    assert answer.startswith(f"Your latest calls did not go to {NAME}.")
