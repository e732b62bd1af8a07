"""Who gets which preset, in whole turns."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import ManualClock, to_us
from bot.ids import PrincipalId
from bot.planning import Plan, PlanContext
from bot.running import App
from intents.planner import RulePlanner
from storage.database import Database
from storage.statements import Statement
from storage.tables.people import principal
from tests.turns.chat import ACME, PEOPLE, Chat, limits, make_company


class Watched:
    """The rules, noting which preset they were asked under."""

    def __init__(self) -> None:
        self.rules = RulePlanner()
        self.presets: list[str] = []

    async def plan(self, text: str, context: PlanContext) -> Plan:
        self.presets.append(context.preset.name)
        return await self.rules.plan(text, context)


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
async def chat(database: Database, clock: ManualClock, watched: Watched) -> AsyncIterator[Chat]:
    await database.write(make_company, tenant=ACME)
    app = App(database, clock, limits(), planner=watched)
    app.workers.start()
    chat = Chat(app, database, clock)
    for platform in ("terminal", "telegram"):
        app.add_channel(platform, chat.send)
    yield chat
    await app.stop()


async def test_a_first_confirmed_change_ends_being_new(chat: Chat, watched: Watched) -> None:
    await chat.say("ana", "balance")
    chat.clock.advance(timedelta(days=4))
    await chat.say("ana", "quiet hours 22:00 to 7:00")
    await chat.say("ana", "balance")
    assert set(watched.presets) == {"onboarding"}
    await chat.say("ana", "quiet hours 22:00 to 7:00")
    await chat.say("ana", "yes")
    watched.presets.clear()
    await chat.say("ana", "balance")
    assert set(watched.presets) == {"chat"}


async def test_an_owner_gets_theirs_in_private_only(chat: Chat, watched: Watched) -> None:
    await chat.database.write(
        lambda tx: tx.people.link(PrincipalId("elena"), "telegram", "bot", "elena"), tenant=ACME
    )
    chat.clock.advance(timedelta(days=31))
    await chat.write("telegram", "elena", "balance")
    assert watched.presets == ["admin"]
    await chat.write("telegram", "elena", "balance", group="team")
    assert watched.presets == ["admin", "chat"]


async def test_only_the_first_change_is_kept(chat: Chat) -> None:
    def note() -> Awaitable[None]:
        return chat.database.write(
            lambda tx: tx.people.note_confirmed(PrincipalId("ana")), tenant=ACME
        )

    began = to_us(chat.clock.now())
    await asyncio.gather(*(note() for _ in range(8)))
    chat.clock.advance(timedelta(hours=1))
    await note()
    kept = await chat.database.read(
        lambda tx: tx.connection.rows(
            Statement(select(principal.c.confirmed_us).order_by(principal.c.confirmed_us.desc()))
        ),
        tenant=ACME,
    )
    assert [row[0] for row in kept] == [began, *[0] * (len(PEOPLE) - 1)]
