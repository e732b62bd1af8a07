"""The route when the application is slow, busy or broken: kept before it is acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest
from structlog.testing import capture_logs

from adapters.teams.building import build_teams
from bot.errors.storage import StorageBusy
from bot.messages import InboundMessage, OutboundMessage
from bot.settings.model import load_settings
from storage.database import Database
from tests.conftest import START
from tests.pauses import skip
from tests.platforms.no_turns import NoTurns
from tests.platforms.teams_company import PacingClock, serve
from tests.platforms.teams_server import FakeTeams, Json

PRESS = {"verb": "press", "data": {"bursar": {"button": "t", "card": "c"}}}
VIEW = {"verb": "view", "data": {"bursar": {"card": "c"}}}


@dataclass
class Turns(NoTurns):
    """An application that does what the test says."""

    error: Exception | None = None
    is_done: bool = True
    is_slow: bool = False
    kept: list[InboundMessage] = field(default_factory=list)

    async def receive(self, message: InboundMessage) -> bool:
        if self.error is not None:
            raise self.error
        self.kept.append(message)
        return True

    async def answer(self, message: InboundMessage, *, within_s: float) -> bool:
        assert within_s < 10
        await self.receive(message)
        return self.is_done

    async def hear(self, message: InboundMessage) -> None:
        await self.receive(message)

    async def view_card(self, message: InboundMessage, card: str) -> OutboundMessage | None:
        if self.is_slow:
            skip(60)
            await asyncio.Event().wait()
        if self.error is not None:
            raise self.error
        return None


@dataclass
class Route:
    turns: Turns
    teams: FakeTeams

    async def invoke(self, action: Json, *, may_fail: bool = False, **more: str) -> Json:
        status, answer = await self.teams.deliver(
            self.teams.activity(
                "ana",
                type="invoke",
                name="adaptiveCard/action",
                value={"action": action},
            )
            | more,
            may_fail=may_fail,
        )
        return {"status": status, **answer}


@pytest.fixture
async def route(sqlite_database: Database) -> AsyncIterator[Route]:
    clock, turns = PacingClock(START), Turns()
    async with AsyncExitStack() as stack:
        teams = await stack.enter_async_context(FakeTeams(clock).running())
        settings = load_settings(teams=teams.settings())
        adapter = build_teams(settings.teams, settings.server, turns, clock, pause=clock.pause)
        await stack.enter_async_context(adapter.running())
        teams.bot_url = await stack.enter_async_context(serve(sqlite_database, adapter))
        yield Route(turns, teams)
        assert not teams.broken


async def test_what_was_not_kept_is_to_be_delivered_again(route: Route) -> None:
    """F8: a database that is locked is no reason to lose a message."""
    route.turns.error = StorageBusy("locked")
    activity = route.teams.activity("ana", "balance")
    assert (await route.teams.deliver(activity, may_fail=True))[0] == 503
    assert (await route.invoke(PRESS, may_fail=True))["status"] == 503
    route.turns.error = None
    assert (await route.teams.deliver(activity))[0] == 200
    assert [message.text for message in route.turns.kept] == ["balance"]


@pytest.mark.parametrize("error", [StorageBusy("locked"), RuntimeError("a bug")])
async def test_a_view_does_not_fail_with_the_database(route: Route, error: Exception) -> None:
    route.turns.error = error
    answer = await route.invoke(VIEW)
    assert answer["status"] == answer["statusCode"] == 200
    assert "not possible right now" in answer["value"]


async def test_a_view_that_takes_too_long_is_answered(route: Route) -> None:
    route.turns.is_slow = True
    assert (await route.invoke(VIEW))["status"] == 200


@pytest.mark.parametrize(
    ("locale", "words"), [("en-US", "on it"), ("es-ES", "Estoy en ello"), ("fr-FR", "on it")]
)
async def test_a_turn_that_takes_long_is_said_to_go_on(
    route: Route, locale: str, words: str
) -> None:
    route.turns.is_done = False
    answer = await route.invoke(PRESS, locale=locale)
    assert answer["type"] == "application/vnd.microsoft.activity.message"
    assert words in answer["value"]
    assert [message.button for message in route.turns.kept] == ["t"]


async def test_keys_that_are_old_go_on_to_count_while_they_are_renewed(route: Route) -> None:
    await route.teams.deliver(route.teams.activity("ana", "one"))
    clock = route.teams.clock
    assert isinstance(clock, PacingClock)
    await clock.pause(25 * 3600)
    route.teams.metadata_hangs = True
    first = asyncio.ensure_future(route.teams.deliver(route.teams.activity("ana", "two")))
    await route.teams.metadata_asked.wait()
    assert (await route.teams.deliver(route.teams.activity("ana", "three")))[0] == 200
    assert not first.done()
    route.teams.release()
    assert (await first)[0] == 200


async def test_neither_tokens_nor_words_are_logged(route: Route) -> None:
    secret = f"Bearer {route.teams.token(kid='made-up')}"
    with capture_logs() as lines:
        activity = route.teams.activity("ana", "CANARY words")
        assert (await route.teams.deliver(activity, token=secret))[0] == 401
        route.turns.error = StorageBusy("locked")
        await route.invoke(VIEW)
    assert [line["event"] for line in lines] == ["teams call refused", "card was not shown"]
    assert secret[7:] not in str(lines)
    assert "CANARY" not in str(lines)
