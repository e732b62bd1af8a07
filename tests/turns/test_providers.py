"""Where models are asked, as administrators say it in the chat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import orjson
import pytest

from bot.actions.base import ActionCall
from bot.actions.providers import AddProvider, DisableProvider, EnableProvider, SetModelPrice
from bot.clock import ManualClock
from bot.economy.prices import cost_nanos
from bot.errors.kinds import BursarError, Conflict, InvalidInput, NotAllowed
from bot.ids import PrincipalId
from bot.routing.providers import ModelKey, Provider
from bot.running import App
from bot.tokens import TokenUsage
from intents.free_speech.shapes import spoken_actions
from storage.database import Database
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, Chat, do, limits, make_company

GROQ = "https://api.groq.com/openai/v1"
ADD = f"/provider add groq compatible small,large file:groq {GROQ}"
KEY = "sk-proj-" + "aB3dE5gH7jK9mN1pQ3sT" * 2
ADDED = AddProvider(
    name="groq", kind="compatible", models=("small",), key_ref="file:groq", address=GROQ
)
CALLS: tuple[ActionCall, ...] = (
    ADDED,
    DisableProvider(name="groq"),
    EnableProvider(name="groq"),
    SetModelPrice(provider="groq", model="small", in_nanos=USD, out_nanos=USD),
)


async def providers(chat: Chat) -> list[Provider]:
    return await chat.database.read(lambda tx: tx.providers.list_all(), tenant=ACME)


async def audited(database: Database) -> list[tuple[str, str, str]]:
    """Return who did what to which provider or model, as the audit log has it."""

    def read(tx: SqlTx) -> list[tuple[str, str, str]]:
        found = [orjson.loads(row[2]) for page in tx.audit.pages() for row in page]
        return [(x["actor"], x["what"], x["subject"]) for x in found]

    return await database.read(read, tenant=ACME)


@pytest.fixture
async def acme(database: Database) -> Database:
    await database.write(make_company, tenant=ACME)
    return database


async def test_an_owner_adds_a_provider_takes_it_out_of_use_and_back(chat: Chat) -> None:
    assert "There is no provider" in await chat.say("elena", "list providers")
    card = await chat.say("elena", ADD)
    assert "add the provider groq (compatible) with small, large" in card
    assert f"at {GROQ}, its key at file:groq" in card
    assert await providers(chat) == []
    assert "The provider groq is in use" in await chat.say("elena", "yes")
    (kept,) = await providers(chat)
    assert kept == Provider("groq", "compatible", ("small", "large"), GROQ, "file:groq")
    listed = await chat.say("elena", "/providers")
    assert "groq" in listed
    assert "file:groq" in listed
    assert "out of use" in await chat.say("elena", "disable provider groq")
    await chat.say("elena", "yes")
    assert (await providers(chat))[0].is_disabled
    assert "is so already" in await chat.say("elena", "/provider disable groq")
    assert "into use again" in await chat.say("elena", "undo")
    await chat.say("elena", "yes")
    assert not (await providers(chat))[0].is_disabled


async def test_what_was_added_is_taken_out_of_use_by_undo(chat: Chat) -> None:
    await chat.say("elena", ADD)
    await chat.say("elena", "yes")
    assert "out of use" in await chat.say("elena", "undo")
    await chat.say("elena", "yes")
    assert (await providers(chat))[0].is_disabled
    assert "of that name already" in await chat.say("elena", ADD)


async def test_an_admin_who_speaks_spanish_does_the_same(chat: Chat) -> None:
    await chat.database.write(
        lambda tx: tx.people.give(PrincipalId("carla"), "admin", None), tenant=ACME
    )
    assert "añadir el proveedor openai" in await chat.say(
        "carla", "/proveedor añadir openai openai gpt-5-mini env:OPENAI_API_KEY"
    )
    await chat.say("carla", "sí")
    assert "dejar de usar" in await chat.say("carla", "desactiva el proveedor openai")
    await chat.say("carla", "sí")
    assert "fuera de uso" in await chat.say("carla", "lista los proveedores")
    assert "volver a usar" in await chat.say("carla", "activa el proveedor openai")


@pytest.mark.parametrize("handle", ["ana", "ben", "frank"])
async def test_nobody_else_sees_or_changes_them(chat: Chat, handle: str) -> None:
    await do(chat.database, ADDED)
    for text in ("list providers", ADD, "disable provider groq", "/price groq/small 1 2"):
        answer = await chat.say(handle, text)
        assert "may not see or change where models are asked" in answer, text
        assert GROQ not in answer
    assert len(await providers(chat)) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"/provider add groq compatible small {KEY} {GROQ}",
        f"/provider add {KEY}",
        f"/provider add groq compatible small {GROQ}?key={KEY}",
        f"/provider {KEY}",
        f"please add a provider with the key {KEY}",
        f"añade un proveedor con la clave {KEY}",
    ],
)
async def test_a_pasted_key_is_refused_and_to_be_revoked(chat: Chat, text: str) -> None:
    answer = await chat.say("elena", text)
    assert "revoke" in answer or "revócala" in answer
    assert "env:NAME_API_KEY" in answer
    assert KEY not in answer
    assert await providers(chat) == []
    open_ones = await chat.database.read(lambda tx: tx.proposals.list_requests(), tenant=ACME)
    assert open_ones == []
    # Nothing waits for an answer either.
    assert "Draft" not in await chat.say("elena", "yes")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (f"groq compatible small hunter2hunter2 {GROQ}", "says not where a key is"),
        (f"groq compatible small env:BURSAR_DATABASE_URL_API_KEY {GROQ}", "not where a key is"),
        (f"groq compatible small env:HOME {GROQ}", "not where a key is"),
        (f"groq compatible small file:../../etc/passwd {GROQ}", "not where a key is"),
        ("groq compatible small file:groq", "needs its address"),
        ("groq compatible small file:groq http://api.groq.com/openai/v1", "begins with https"),
        ("groq compatible small file:groq https://evil.example/v1", "at hosts that the operator"),
        ("groq compatible small file:groq http://169.254.169.254/v1", "at hosts that the"),
        ("groq openai small file:groq https://me@api.openai.com/v1", "no web address"),
        ("grøq compatible small file:groq " + GROQ, "small letters"),
        (f"groq compatible ${{x}} file:groq {GROQ}", "no name of a model"),
    ],
)
async def test_what_cannot_be_is_said_and_not_kept(chat: Chat, arguments: str, why: str) -> None:
    answer = await chat.say("elena", f"/provider add {arguments}")
    assert why in answer
    assert "Draft" not in answer
    assert await providers(chat) == []


@pytest.fixture
async def house(database: Database, clock: ManualClock) -> AsyncIterator[Chat]:
    """A company whose operator allows nothing but a server of their own."""
    await database.write(make_company, tenant=ACME)
    app = App(database, clock, replace(limits(), model_hosts=("ollama",)))
    app.workers.start()
    chat = Chat(app, database, clock)
    app.add_channel("terminal", chat.send)
    yield chat
    await app.stop()


async def test_hosts_that_the_operator_names_are_the_only_ones(house: Chat) -> None:
    refused = await house.say("elena", "/provider add openai openai gpt env:OPENAI_API_KEY")
    assert "at hosts that the operator allows" in refused
    card = await house.say("elena", "/provider add own compatible small http://ollama:11434/v1")
    assert "without a key" in card
    await house.say("elena", "yes")
    assert [x.name for x in await providers(house)] == ["own"]


async def test_a_model_gets_a_price_from_now_on(chat: Chat) -> None:
    await do(chat.database, ADDED)
    assert "no model" in await chat.say("elena", "/price groq/large 1 2")
    assert "no provider" in await chat.say("elena", "/price other/small 1 2")
    for text in ("/price groq/small 1", "/price small 1 2", "/price groq/small 1,5 2"):
        assert "Draft" not in await chat.say("elena", text)
    card = await chat.say("elena", "/price groq/small 0.59 $0.79")
    assert "a million tokens of groq/small cost $0.59 read and $0.79 written" in card
    await chat.say("elena", "yes")
    key = ModelKey("groq", "small")
    kept = await chat.database.read(lambda tx: tx.providers.list_prices(tx.now), tenant=ACME)
    price = kept.get(key)
    assert price is not None
    assert (price.in_nanos, price.out_nanos) == (590_000_000, 790_000_000)
    assert "$0.59 -> $0.00" in await chat.say("elena", "/price groq/small 0 0")


async def test_what_a_cache_costs_is_said_kept_and_charged(chat: Chat) -> None:
    await do(chat.database, ADDED)
    for text in ("/price groq/small 1 5 0.1 1.25 7", "/price groq/small 1 5 x"):
        assert "Draft" not in await chat.say("elena", text)
    card = await chat.say("elena", "/price groq/small 1 5 0.1 1.25")
    assert "$5.00 written, $0.10 from the cache, $1.25 into the cache" in card
    await chat.say("elena", "yes")
    prices = await chat.database.read(lambda tx: tx.providers.list_prices(tx.now), tenant=ACME)
    price = prices[ModelKey("groq", "small")]
    used = TokenUsage(1_000_000, 0, cached=500_000, cache_written=400_000)
    # 100,000 at a dollar, 500,000 at ten cents, 400,000 at a dollar and a quarter, a million each.
    assert cost_nanos(price, used) == (10 + 5 + 50) * USD // 100


async def test_the_audit_log_has_who_did_it(acme: Database) -> None:
    for call in CALLS:
        await do(acme, call)
    assert [x for x in await audited(acme) if x[0] == "elena"] == [
        ("elena", "provider_added", "groq"),
        ("elena", "provider_disabled", "groq"),
        ("elena", "provider_enabled", "groq"),
        ("elena", "model_price_set", "groq/small"),
    ]


async def test_each_change_is_made_once_by_two_and_by_eight_at_once(acme: Database) -> None:
    for call in CALLS:
        ends = await asyncio.gather(*(do(acme, call) for _ in range(8)), return_exceptions=True)
        failed = [x for x in ends if isinstance(x, BaseException)]
        assert len(failed) == 7, call
        assert all(isinstance(x, InvalidInput | Conflict) for x in failed), failed
        with pytest.raises(BursarError):
            await do(acme, call)


async def test_a_yes_is_checked_by_the_right_of_that_moment(acme: Database) -> None:
    for call in CALLS:
        with pytest.raises(NotAllowed):
            await do(acme, call, "carla")


def test_no_model_names_a_provider() -> None:
    assert not [name for name in spoken_actions() if "provider" in name or "price" in name]
