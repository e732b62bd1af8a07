"""Looking after providers in the chat: testing them, and how they are asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.actions.provider_care import TuneProvider
from bot.clock import ManualClock
from bot.errors.kinds import BursarError, Conflict, InvalidInput, SettingsError
from bot.errors.models import ProviderKeyRefused, ProviderRefused
from bot.ids import PrincipalId
from bot.models import TimeOuts
from bot.routing.providers import Abilities, Provider
from bot.running import App
from storage.database import Database
from tests.turns.chat import ACME, Chat, do, limits, make_company

HOUSE = Provider("house", "compatible", ("small",), "http://ollama/v1", "file:house")


class Calls:
    """Answers tests of providers as it is told, and notes whom it asked."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.asked: list[str] = []
        self.error: BursarError | None = None

    async def ask(self, provider: Provider) -> str:
        self.asked.append(provider.name)
        # A transaction that is open here would keep this write waiting on a file.
        await self.database.write(lambda tx: tx.people.tenant(), tenant=ACME)
        if self.error is not None:
            raise self.error
        return "small-2026"


@pytest.fixture
async def calls(database: Database) -> Calls:
    return Calls(database)


@pytest.fixture
async def house(database: Database, clock: ManualClock, calls: Calls) -> AsyncIterator[Chat]:
    await database.write(make_company, tenant=ACME)
    await database.write(lambda tx: tx.providers.add(HOUSE), tenant=ACME)
    app = App(database, clock, limits(), one_call=calls)
    app.workers.start()
    chat = Chat(app, database, clock)
    app.add_channel("terminal", chat.send)
    yield chat
    await app.stop()


async def kept(chat: Chat) -> Provider:
    (found,) = await chat.database.read(lambda tx: tx.providers.list_all(), tenant=ACME)
    return found


async def test_a_provider_is_asked_once_and_outside_of_a_transaction(
    house: Chat, calls: Calls
) -> None:
    answer = await house.say("elena", "test provider house")
    assert "The provider house answers: small (served by small-2026)" in answer
    assert calls.asked == ["house"]
    assert "contesta" in await _in_spanish(house, "prueba el proveedor house")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (ProviderKeyRefused("house", "small", status=401), "does not take the key"),
        (ProviderRefused("house", "small", status=404), "does not know small"),
        (ProviderRefused("house", "small", status=400), "does not take a plain question"),
        (InvalidInput("address", "is at a host that is not allowed"), "host that is not allowed"),
        (SettingsError("house", "is not set", remedy="set it"), "no key at file:house"),
    ],
)
async def test_what_is_wrong_is_said_with_a_remedy(
    house: Chat, calls: Calls, error: BursarError, says: str
) -> None:
    calls.error = error
    assert says in await house.say("elena", "/provider test house")


async def test_nobody_else_tests_a_provider(house: Chat, calls: Calls) -> None:
    for text in ("test provider house", "/provider set house total=9"):
        assert "may not see or change" in await house.say("ben", text)
    assert calls.asked == []


async def test_no_provider_is_tested_in_a_pause_or_out_of_reach(house: Chat, calls: Calls) -> None:
    await house.say("elena", "pause models")
    assert "Models are paused by Elena Vega" in await house.say("elena", "test provider house")
    await house.say("elena", "resume models")
    await house.say("elena", "yes")
    await house.say("elena", "/model_hosts api.openai.com")
    await house.say("elena", "yes")
    assert "No provider is where" in await house.say("elena", "test provider house")
    assert "There is no provider" in await house.say("elena", "test provider other")
    assert calls.asked == []


async def test_how_a_provider_is_asked_is_set_shown_and_undone(house: Chat) -> None:
    assert "may not take longer than all" in await house.say(
        "elena", "/provider set house first_byte=30 total=20"
    )
    card = await house.say(
        "elena",
        "/provider set house structure=json bound=max_completion_tokens first_byte=15 total=20",
    )
    assert "total=60 structure=schema" in card
    assert "total=20 structure=json" in card
    await house.say("elena", "yes")
    tuned = replace(
        HOUSE,
        time_outs=TimeOuts(5.0, 15.0, 20.0),
        abilities=Abilities("json", "max_completion_tokens"),
    )
    assert await kept(house) == tuned
    assert "total=20 structure=json" in await house.say("elena", "list providers")
    await house.say("elena", "undo")
    await house.say("elena", "yes")
    assert await kept(house) == HOUSE


@pytest.mark.parametrize(
    "typed",
    ["house", "house total=fast", "house price=3", "house total=0.01", "house structure=xml", ""],
)
async def test_what_cannot_be_read_changes_nothing(house: Chat, typed: str) -> None:
    await house.say("elena", f"/provider set {typed}")
    await house.say("elena", "yes")
    assert await kept(house) == HOUSE


async def test_of_eight_changes_at_once_one_holds(house: Chat) -> None:
    async def tune(number: int) -> bool:
        try:
            await do(house.database, TuneProvider(name="house", total_ms=40_000 + number))
        except Conflict:
            return False
        return True

    done = await asyncio.gather(*(tune(number) for number in range(8)))
    assert done.count(True) >= 1
    total_s = (await kept(house)).time_outs.total_s
    assert total_s in {40 + number / 1000 for number, was in enumerate(done) if was}


async def test_the_same_change_twice_is_refused(house: Chat) -> None:
    await do(house.database, TuneProvider(name="house", total_ms=40_000))
    with pytest.raises(InvalidInput):
        await do(house.database, TuneProvider(name="house", total_ms=40_000))


async def _in_spanish(chat: Chat, text: str) -> str:
    await chat.database.write(
        lambda tx: tx.people.give(PrincipalId("carla"), "admin", None), tenant=ACME
    )
    return await chat.say("carla", text)
