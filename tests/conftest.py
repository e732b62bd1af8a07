"""What every suite shares: both databases, ready and empty."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
import structlog

# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile(
    "bursar", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("bursar")

# Every test makes a database of its own, hundreds of files with PostgreSQL: in memory, where
# the machine has room for it, that takes half the time and leaves the disk alone.
_MEMORY = Path("/dev/shm")  # noqa: S108  # each folder in it is made by tempfile
_LEAST_FREE_BYTES = 4 << 30
if (
    "TMPDIR" not in os.environ  # noqa: TID251  # who sets it, has chosen
    and os.access(_MEMORY, os.W_OK)
    and shutil.disk_usage(_MEMORY).free >= _LEAST_FREE_BYTES
):
    os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)  # noqa: TID251  # for children too

# The bundled PostgreSQL keeps its sockets here; a folder of our own, closed to others.
_RUNTIME = tempfile.TemporaryDirectory(prefix="bursar-")
os.environ["XDG_RUNTIME_DIR"] = _RUNTIME.name  # noqa: TID251  # its package reads nothing else

from bot.clock import ManualClock  # noqa: E402  # the folder above comes first
from storage.database import Database  # noqa: E402
from tests.kept import kept_rows_checked  # noqa: E402
from tests.servers import PostgresServer, empty_sqlite  # noqa: E402

START = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_sqlite(tmp_path_factory.mktemp("template") / "bursar.db")


@pytest.fixture
def sqlite_path(sqlite_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "bursar.db"
    shutil.copy(sqlite_template, path)
    return path


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    with PostgresServer.start(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture
def postgres(postgres_server: PostgresServer) -> Iterator[PostgresServer]:
    """The server of this process; what a test made in it goes when the test ends."""
    yield postgres_server
    postgres_server.drop_databases()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind, by URL."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('sqlite_path')}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.create_database()


@pytest.fixture
async def database(database_url: str, clock: ManualClock) -> AsyncIterator[Database]:
    from storage.engine import open_database

    opened = await open_database(database_url, clock)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_database(sqlite_path: Path, clock: ManualClock) -> AsyncIterator[Database]:
    from storage.engine import open_database

    opened = await open_database(f"sqlite:///{sqlite_path}", clock)
    yield opened
    await opened.close()


@pytest.fixture(autouse=True)
def _kept_rows_hold() -> Iterator[None]:
    """Let no test pass in which a writer took something from memory that had changed."""
    with kept_rows_checked() as stale:
        yield
    assert stale == []


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """Let no test log where another one, which ran a command, had its output read."""
    yield
    if structlog.is_configured():
        structlog.reset_defaults()
