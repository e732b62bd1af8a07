"""A running app on each database, with the small company in it."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import ManualClock
from bot.running import App
from storage.database import Database
from tests.turns.chat import ACME, Chat, limits, make_company
from tests.turns.speech import Speech, open_speech


@pytest.fixture
async def chat(database: Database, clock: ManualClock) -> AsyncIterator[Chat]:
    await database.write(make_company, tenant=ACME)
    app = App(database, clock, limits())
    app.workers.start()
    chat = Chat(app, database, clock)
    app.add_channel("terminal", chat.send)
    yield chat
    await app.stop()


@pytest.fixture
async def both(chat: Chat) -> Chat:
    """The chat with Telegram and Slack beside the terminal."""
    for platform in ("telegram", "slack"):
        chat.app.add_channel(platform, chat.send)
    return chat


@pytest.fixture
async def speech(database: Database, clock: ManualClock) -> AsyncIterator[Speech]:
    """A chat with a model behind its planner."""
    async with open_speech(database, clock) as opened:
        yield opened
