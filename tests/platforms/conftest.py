"""What the tests of the platforms share."""

from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.clock import ManualClock
from storage.database import Database
from tests.platforms.telegram_chat import TelegramChat, telegram_chat
from tests.platforms.telegram_server import TelegramServer


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """Log to where this test's output goes: a command before it may have sent it elsewhere."""
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def logged(own_log: None) -> Iterator[list[EventDict]]:
    """What is logged, kept instead of printed: faults are many here, and their frames large."""
    with capture_logs() as lines:
        yield lines


@pytest.fixture
async def telegram_server(clock: ManualClock) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(clock).running() as server:
        yield server
        assert server.broken == []


@pytest.fixture
async def telegram(
    sqlite_database: Database, clock: ManualClock, telegram_server: TelegramServer
) -> AsyncIterator[TelegramChat]:
    async with telegram_chat(sqlite_database, clock, telegram_server) as chat:
        yield chat


@pytest.fixture
async def telegram_on_both(
    database: Database, clock: ManualClock, telegram_server: TelegramServer
) -> AsyncIterator[TelegramChat]:
    async with telegram_chat(database, clock, telegram_server) as chat:
        yield chat
