"""The daily sync of model lists: asked once, told once, and never a model taken into use."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest

from bot.clock import ManualClock
from bot.economy.prices import Price
from bot.ids import PrincipalId
from bot.probing import list_once
from bot.routing.lists import ModelList
from bot.routing.policy import ModelPolicy
from bot.routing.providers import ModelKey, Provider
from bot.routing.rules import Rule
from bot.running import App
from bot.schedules.model import Run
from bot.settings.model import Settings, load_settings
from scheduler.jobs.kinds import ensure_company_plans
from scheduler.jobs.model_sync import Lists, model_sync, retry_lists
from scheduler.kinds import Job, prepared
from scheduler.runs import Runs
from storage.database import Database
from tests.fakes_models import Table
from tests.models import faults
from tests.models.server import KEY, ModelServer
from tests.turns.chat import ACME, USD, Chat, limits, make_company

DAY = timedelta(days=1)
PRICE = Price(USD, USD, 2 * USD, "test")


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("HOUSE_API_KEY", KEY)
    return load_settings(models={"hosts": ["127.0.0.1"]})


@pytest.fixture
async def chat(database: Database, clock: ManualClock) -> AsyncIterator[Chat]:
    await database.write(make_company, tenant=ACME)
    await database.write(ensure_company_plans)
    app = App(database, clock, limits())
    app.workers.start()
    chat = Chat(app, database, clock)
    app.add_channel("terminal", chat.send)
    yield chat
    await app.stop()


@pytest.fixture
async def sync(chat: Chat, server: ModelServer, settings: Settings) -> Runs:
    server.offered = ["small", "large"]
    await add(chat, house(server))
    return make_runs(chat, settings)


def house(server: ModelServer, *models: str, name: str = "house") -> Provider:
    return Provider(
        name, "compatible", models or ("small",), f"{server.root}/v1", "env:HOUSE_API_KEY"
    )


def make_runs(chat: Chat, settings: Settings) -> Runs:
    lists = Lists(Table(small=PRICE, large=PRICE), partial(list_once, settings=settings))
    return Runs(chat.database, {"model_sync": prepared(model_sync(chat.database, lists))})


async def add(chat: Chat, provider: Provider) -> None:
    assert await chat.database.write(lambda tx: tx.providers.add(provider), tenant=ACME)


async def pass_a_day(chat: Chat, *instances: Runs) -> str:
    """Go on by a day; return how the sync ended."""
    chat.clock.advance(DAY)
    await asyncio.gather(*(one.tick() for one in instances))
    for one in instances:
        await one.idle()
    await chat.app.settled()
    return await how_it_ended(chat)


async def how_it_ended(chat: Chat) -> str:
    found = await chat.database.read(lambda tx: tx.schedules.find("model_sync"), tenant=ACME)
    assert found is not None
    return found.last_result


async def kept(chat: Chat, name: str = "house") -> ModelList | None:
    lists = await chat.database.read(lambda tx: tx.model_lists.list_all(), tenant=ACME)
    return lists.get(name)


def told(chat: Chat) -> list[str]:
    """Return what was said by itself, to whom and what."""
    return [f"{to}: {item.message.text}" for to, item in chat.sent]


async def test_the_first_list_is_kept_and_nothing_is_told(
    chat: Chat, sync: Runs, server: ModelServer
) -> None:
    assert await pass_a_day(chat, sync) == "listed"
    found = await kept(chat)
    assert found is not None
    assert (found.models, found.listed_at, found.why) == (
        ("small", "large"),
        chat.clock.now(),
        "",
    )
    assert (server.looks, server.calls, told(chat)) == (1, [], [])


async def test_two_instances_sync_once(
    chat: Chat, sync: Runs, server: ModelServer, settings: Settings
) -> None:
    await pass_a_day(chat, sync, *(make_runs(chat, settings) for _ in range(4)))
    server.offered.append("huge")
    await pass_a_day(chat, sync, *(make_runs(chat, settings) for _ in range(4)))
    assert server.looks == 2
    assert len(told(chat)) == 1


async def test_each_change_is_told_once_to_who_can_act(
    chat: Chat, sync: Runs, server: ModelServer
) -> None:
    await chat.database.write(
        lambda tx: tx.people.give(PrincipalId("carla"), "admin", None), tenant=ACME
    )
    await pass_a_day(chat, sync)
    server.offered = ["large", "huge"]
    assert await pass_a_day(chat, sync) == "news"
    elena, carla = sorted(told(chat), key=lambda said: said.startswith("carla"))
    assert elena.startswith("elena: house offers new models: huge.")
    assert "house does not list small any more" in elena
    assert "Nothing was added" in elena
    assert carla.startswith("carla: house ofrece modelos nuevos: huge.")
    assert await pass_a_day(chat, sync) == "listed"
    assert len(told(chat)) == 2
    # What comes back and goes again is told again.
    server.offered = ["large", "huge", "small"]
    assert await pass_a_day(chat, sync) == "news"
    server.offered = ["large", "huge"]
    assert await pass_a_day(chat, sync) == "news"
    assert len(told(chat)) == 6
    providers = await chat.database.read(lambda tx: tx.providers.list_all(), tenant=ACME)
    assert [one.models for one in providers] == [("small",)]


async def test_a_missing_model_names_the_rule_that_asks_it(
    chat: Chat, sync: Runs, server: ModelServer
) -> None:
    rules = (Rule("nights", "ordered", models=("house/small",)),)
    assert await chat.database.write(lambda tx: tx.routing.save(rules, 0), tenant=ACME)
    server.offered = ["large"]
    assert await pass_a_day(chat, sync) == "news"
    assert "asked by the rule nights" in told(chat)[0]


async def test_what_has_no_price_is_told_once_until_it_has_one(
    chat: Chat, sync: Runs, server: ModelServer
) -> None:
    await add(chat, house(server, "huge", name="other"))
    server.offered = ["small", "huge"]
    assert await pass_a_day(chat, sync) == "news"
    assert "Nobody knows what other/huge costs. “/price other/huge IN OUT”" in told(chat)[0]
    assert "no price known" in await chat.say("elena", "models")
    price = ModelKey("other", "huge"), PRICE, chat.clock.now()
    await chat.database.write(lambda tx: tx.providers.add_price(*price), tenant=ACME)
    assert "no price known" not in await chat.say("elena", "models")
    assert await pass_a_day(chat, sync) == "listed"


@pytest.mark.parametrize("fault", [faults.status(500), faults.status(401), faults.reset])
async def test_one_that_does_not_answer_keeps_its_list_and_says_so(
    chat: Chat, sync: Runs, server: ModelServer, fault: faults.Fault
) -> None:
    await pass_a_day(chat, sync)
    first = await kept(chat)
    assert first is not None
    server.say(fault)
    assert await pass_a_day(chat, sync) == "unanswered"
    found = await kept(chat)
    assert found is not None
    assert (found.models, found.listed_at) == (first.models, first.listed_at)
    assert found.why
    answer = await chat.say("elena", "models")
    assert "🟡 house gave no list of its models" in answer
    assert "“test provider house” says why" in answer
    # Nothing of what it lists is missing now, and nothing new when it answers again.
    assert told(chat) == [f"elena: {answer}"]
    assert await pass_a_day(chat, sync) == "listed"
    assert len(told(chat)) == 1


async def wait(chat: Chat, minutes: int, settings: Settings, *, times: int = 1) -> int:
    """Go on, and ask again those who could not answer; return how many were asked."""
    chat.clock.advance(timedelta(minutes=minutes))
    lists = Lists(Table(small=PRICE, large=PRICE), partial(list_once, settings=settings))
    asked = await asyncio.gather(*(retry_lists(chat.database, lists) for _ in range(times)))
    await chat.app.settled()
    return sum(asked)


@pytest.mark.parametrize("times", [1, 8])
async def test_one_that_could_not_answer_is_asked_again_after_an_hour(
    chat: Chat, sync: Runs, server: ModelServer, settings: Settings, times: int
) -> None:
    await pass_a_day(chat, sync)
    server.offered.append("huge")
    server.say(faults.status(500), faults.status(500))
    await pass_a_day(chat, sync)
    assert await wait(chat, 59, settings, times=times) == 0
    assert await wait(chat, 1, settings, times=times) == 1
    assert await wait(chat, 30, settings, times=times) == 0
    found = await kept(chat)
    assert found is not None
    assert (found.why, found.models) == ("provider_failed", ("small", "large"))
    assert await wait(chat, 30, settings, times=times) == 1
    found = await kept(chat)
    assert found is not None
    assert (found.why, found.models) == ("", ("small", "large", "huge"))
    assert len(told(chat)) == 1
    assert "house offers new models: huge." in told(chat)[0]
    assert await wait(chat, 600, settings, times=times) == 0
    assert server.looks == 4


async def test_one_that_refuses_the_key_is_not_asked_again_before_the_next_day(
    chat: Chat, sync: Runs, server: ModelServer, settings: Settings
) -> None:
    server.say(faults.status(401))
    await pass_a_day(chat, sync)
    assert await wait(chat, 600, settings) == 0
    assert server.looks == 1


async def test_nobody_is_asked_again_where_the_sync_is_paused(
    chat: Chat, sync: Runs, server: ModelServer, settings: Settings
) -> None:
    server.say(faults.status(500))
    await pass_a_day(chat, sync)
    await chat.say("elena", "pause the model sync")
    await chat.say("elena", "yes")
    assert await wait(chat, 600, settings) == 0
    assert server.looks == 1


async def test_what_may_not_be_asked_is_not(
    chat: Chat, sync: Runs, server: ModelServer, settings: Settings
) -> None:
    """Out of use, at a host that is not allowed, without its key, out of the company's reach."""
    off = house(server, name="off")
    await add(chat, off)
    await chat.database.write(lambda tx: tx.providers.set_disabled("off", True), tenant=ACME)
    await add(chat, Provider("evil", "compatible", ("small",), "https://evil.example/v1"))
    keyless = Provider("keyless", "compatible", ("s",), f"{server.root}/v1", "env:NO_API_KEY")
    await add(chat, keyless)
    assert await pass_a_day(chat, sync) == "unanswered"
    assert server.looks == 1
    assert await kept(chat, "off") is None
    found = [await kept(chat, "evil"), await kept(chat, "keyless")]
    assert [one and (one.models, one.why) for one in found] == [
        ((), "invalid_input"),
        ((), "settings"),
    ]
    reach = ModelPolicy(only_hosts=("api.openai.com",))
    assert await chat.database.write(lambda tx: tx.policy.replace(reach), tenant=ACME)
    assert await pass_a_day(chat, sync) == "nothing"
    assert server.looks == 1


async def test_no_transaction_is_open_while_a_provider_is_asked(
    chat: Chat, server: ModelServer
) -> None:
    """Another write ends while the provider still thinks."""
    await add(chat, house(server))
    asked, answers = asyncio.Event(), asyncio.Event()

    async def ask(provider: Provider) -> tuple[str, ...]:
        asked.set()
        await answers.wait()
        return ("small",)

    slow = prepared(model_sync(chat.database, Lists(Table(small=PRICE), ask)))
    runs = Runs(chat.database, {"model_sync": slow})
    chat.clock.advance(DAY)
    await runs.tick()
    await asked.wait()
    await add(chat, house(server, name="meanwhile"))
    answers.set()
    await runs.idle()
    assert await how_it_ended(chat) == "listed"


async def test_models_off_asks_nobody(chat: Chat, server: ModelServer) -> None:
    await add(chat, house(server))
    off = prepared(model_sync(chat.database, Lists(Table())))
    assert await pass_a_day(chat, Runs(chat.database, {"model_sync": off})) == "nothing"
    assert server.looks == 0


async def test_who_slept_past_its_lease_keeps_and_tells_nothing(
    chat: Chat, sync: Runs, server: ModelServer, settings: Settings
) -> None:
    asleep, awake = asyncio.Event(), asyncio.Event()
    lists = Lists(Table(small=PRICE), partial(list_once, settings=settings))
    real = model_sync(chat.database, lists)

    async def prepare(run: Run) -> Job:
        job = await real(run)
        asleep.set()
        await awake.wait()
        return job

    slow = Runs(chat.database, {"model_sync": prepared(prepare)})
    server.offered = ["large"]
    chat.clock.advance(DAY)
    await slow.tick()
    await asleep.wait()
    chat.clock.advance(timedelta(minutes=11))
    await sync.tick()
    await sync.idle()
    awake.set()
    await slow.idle()
    await chat.app.settled()
    assert len(told(chat)) == 1


@pytest.mark.parametrize("text", ["sync models", "/sync models", "run the model sync now"])
async def test_sync_models_does_it_now(
    chat: Chat, sync: Runs, server: ModelServer, text: str
) -> None:
    assert "I begin with the model sync now" in await chat.say("elena", text)
    await sync.tick()
    await sync.idle()
    assert (server.looks, await how_it_ended(chat)) == (1, "listed")
    assert "may not" in await chat.say("ana", text)


async def test_models_shows_what_is_set_up_and_what_is_offered(
    chat: Chat, sync: Runs, server: ModelServer
) -> None:
    assert "not looked up" in await chat.say("elena", "which models are there?")
    server.offered = [f"m{number}" for number in range(8)]
    await pass_a_day(chat, sync)
    listed = await chat.say("elena", "/models")
    assert "house/small" in listed
    assert "🟡 not offered" in listed
    assert "house also offers: m0, m1, m2, m3, m4 and 3 more" in listed
    whole = await chat.say("elena", "models of house")
    assert "m6, m7" in whole
    assert "There is no provider" in await chat.say("elena", "models of nobody")
    assert "may not see or change where models are asked" in await chat.say("ana", "models")
