"""Talking in a terminal: with the demo company, or with one's own."""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from adapters.terminal.session import Session, Speaker
from bot.app import App, open_app
from bot.clock import ManualClock, SystemClock
from bot.errors import InvalidInput
from bot.speakers import CompanySpeakers
from storage.engine import migrate, open_database

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.database import Database

_TERMINATED: Final = 143


def talk_to_demo() -> int:
    """Seed a company in a temporary folder, talk to it, and remove it; return an exit code."""
    return _run(_demo())


def talk_to_company(settings: Settings, handle: str | None) -> int:
    """Talk to the company in the database; return an exit code."""
    return _run(_company(settings, handle))


def _run(conversation: Coroutine[Any, Any, None]) -> int:
    async def until_told() -> int:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # this runs in one
        # So that the demo's folder goes and what was taken is finished also then.
        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        await conversation
        return 0

    try:
        return asyncio.run(until_told())
    except asyncio.CancelledError:
        return _TERMINATED


async def _demo() -> None:
    from bot.demo import SPEAKER, seed
    from bot.settings import load_settings

    with tempfile.TemporaryDirectory(prefix="bursar-demo-") as folder:
        url = f"sqlite:///{folder}/demo.db"
        settings = load_settings(
            database={"url": url},
            audit={"anchor_file": str(Path(folder) / "anchor.jsonl")},
            logging={"destination": str(Path(folder) / "demo.log")},
        )
        _log_to(settings)
        await migrate(url)
        today = SystemClock().now()
        clock = ManualClock(today)
        database = await open_database(url, clock)
        try:
            await database.write(lambda tx: seed(tx, clock, today))
        finally:
            await database.close()
        async with _open(settings) as (app, database):
            await _talk(app, database, SPEAKER, greets=True, history=None)


async def _company(settings: Settings, handle: str | None) -> None:
    _log_to(settings)
    async with _open(settings) as (app, database):
        await _talk(app, database, handle, greets=False, history=Path("var/terminal-history"))


def _log_to(settings: Settings) -> None:
    """Keep log lines out of the conversation: in their file, or only what is an error."""
    from bot import logs
    from bot.settings import secrets_of

    is_here = settings.logging.destination == "stderr"
    logs.configure(
        level="error" if is_here else settings.logging.level,
        format=settings.logging.format,
        destination=settings.logging.destination,
        secrets=secrets_of(settings),
    )


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[tuple[App, Database]]:
    clock = SystemClock()
    database = await open_database(settings.database.url.get_secret_value(), clock)
    try:
        async with open_app(settings, clock, database=database) as app:
            yield app, database
    finally:
        await database.close()


async def _talk(
    app: App, database: Database, handle: str | None, *, greets: bool, history: Path | None
) -> None:
    tenants = await database.read(lambda tx: tx.people.list_tenants())
    if not tenants:
        raise InvalidInput("database", "holds no company", example="make one with `bursar init`")
    speakers = CompanySpeakers(database, tenants[0].id)
    speaker = await speakers.choose(handle)
    if sys.stdin.isatty() and sys.stdout.isatty():
        await _talk_in_colour(app, speakers, speaker, greets, history)
    else:
        await _talk_plainly(app, speakers, speaker, greets)


async def _talk_in_colour(
    app: App, speakers: CompanySpeakers, speaker: Speaker, greets: bool, history: Path | None
) -> None:
    # It costs a tenth of a second that a pipe need not wait for.
    from adapters.terminal.connection import ColourScreen, Names, talk
    from intents.commands import ALIASES

    screen = ColourScreen()
    session = Session(app, speakers, speaker, screen)
    await session.begin(greets=greets)
    names = Names(
        [f"/{alias}" for alias in ALIASES],
        lambda: speakers.names,
        lambda: [person.handle for person in speakers.people],
    )
    await talk(session, screen, completer=names, history=history)
    for name, message in session.list_unread():
        screen.note(f"to {name}:")
        screen.show(message)


async def _talk_plainly(
    app: App, speakers: CompanySpeakers, speaker: Speaker, greets: bool
) -> None:
    from adapters.terminal.plain import PlainScreen, read_lines, talk

    def write(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    screen = PlainScreen(write)
    session = Session(app, speakers, speaker, screen)
    await session.begin(greets=greets)
    await talk(session, screen, read_lines(sys.stdin.fileno()))
    for name, message in session.list_unread():
        screen.note(f"to {name}:")
        screen.show(message)
