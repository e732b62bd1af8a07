"""Talking in a terminal: with the demo company, or with one's own."""

from __future__ import annotations

import asyncio
import io
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from adapters.terminal.render import to_lines, to_plain
from adapters.terminal.session import Session, Speaker
from bot.app import open_app
from bot.clock import Clock, ManualClock, SystemClock
from bot.errors.kinds import InvalidInput
from bot.running import App
from bot.terminal.speakers import CompanySpeakers
from storage.engine import migrate, open_database

if TYPE_CHECKING:
    from bot.settings.model import Settings
    from storage.database import Database

_TERMINATED: Final = 143


def talk_to_demo(files: Path | None = None) -> int:
    """Seed a company in a temporary folder, talk to it, and remove it; return an exit code.

    What Bursar sends as a file is kept in the folder `files`, if there is one.
    """
    return _run(_demo(files))


def talk_to_company(settings: Settings, handle: str | None, files: Path | None = None) -> int:
    """Talk to the company in the database; return an exit code. `files` as for the demo."""
    return _run(_company(settings, handle, files))


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


async def _demo(files: Path | None) -> None:
    from bot.company.demo import SPEAKER

    with tempfile.TemporaryDirectory(prefix="bursar-demo-") as folder:
        settings = demo_settings(Path(folder))
        _log_to(settings)
        async with open_demo(settings, SystemClock()) as (app, database):
            await _talk(app, database, SPEAKER, files, is_demo=True)


def demo_settings(folder: Path) -> Settings:
    """Return settings that keep everything in a folder."""
    from bot.settings.model import load_settings

    return load_settings(
        database={"url": f"sqlite:///{folder}/demo.db"},
        audit={"anchor_file": str(folder / "anchor.jsonl")},
        logging={"destination": str(folder / "demo.log")},
    )


@asynccontextmanager
async def open_demo(settings: Settings, clock: Clock) -> AsyncIterator[tuple[App, Database]]:
    """Make the demo company in a new database, and run it."""
    await make_demo(settings, clock)
    async with _open(settings, clock) as opened:
        yield opened


async def make_demo(settings: Settings, clock: Clock) -> None:
    """Make the demo company in a new database, with its past up to the clock's present."""
    from bot.company.demo import seed

    url = settings.database.url.get_secret_value()
    await migrate(url)
    today = clock.now()
    past = ManualClock(today)
    database = await open_database(url, past)
    try:
        await database.write(lambda tx: seed(tx, past, today))
    finally:
        await database.close()


async def _company(settings: Settings, handle: str | None, files: Path | None) -> None:
    _log_to(settings)
    async with _open(settings, SystemClock()) as (app, database):
        await _talk(app, database, handle, files)


def _log_to(settings: Settings) -> None:
    """Keep log lines out of the conversation: in their file, or only what is an error."""
    from bot import logs
    from bot.settings.model import secrets_of

    is_here = settings.logging.destination == "stderr"
    logs.configure(
        level="error" if is_here else settings.logging.level,
        format=settings.logging.format,
        destination=settings.logging.destination,
        secrets=secrets_of(settings),
    )


@asynccontextmanager
async def _open(settings: Settings, clock: Clock) -> AsyncIterator[tuple[App, Database]]:
    database = await open_database(settings.database.url.get_secret_value(), clock)
    try:
        async with open_app(settings, clock, database=database) as app:
            yield app, database
    finally:
        await database.close()


async def _talk(
    app: App,
    database: Database,
    handle: str | None,
    files: Path | None = None,
    *,
    is_demo: bool = False,
) -> None:
    tenants = await database.read(lambda tx: tx.people.list_tenants())
    if not tenants:
        raise InvalidInput("database", "holds no company", example="make one with `bursar init`")
    speakers = CompanySpeakers(database, tenants[0].id)
    speaker = await speakers.choose(handle)
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    talk = _talk_in_colour if is_terminal else _talk_plainly
    unread = await talk(app, speakers, speaker, files, is_demo)
    if not is_demo:
        for name, text in unread:
            sys.stdout.write(f"-- to {name}:\n{text}")


async def _talk_in_colour(
    app: App, speakers: CompanySpeakers, speaker: Speaker, files: Path | None, is_demo: bool
) -> list[tuple[str, str]]:
    # It costs a tenth of a second that a pipe need not wait for.
    from adapters.terminal.connection import ColourScreen, Names, talk
    from intents.commands.aliases import ALIASES

    session = Session(app, speakers, speaker, ColourScreen(), folder=files)
    names = Names(
        [f"/{alias}" for alias in ALIASES],
        lambda: speakers.names,
        lambda: [person.handle for person in speakers.people],
    )
    await session.begin(greets=is_demo)
    history = None if is_demo else Path("var/terminal-history")
    await talk(session, completer=names, history=history)
    return _list_unread(session)


async def _talk_plainly(
    app: App, speakers: CompanySpeakers, speaker: Speaker, files: Path | None, is_demo: bool
) -> list[tuple[str, str]]:
    from adapters.terminal.plain import PlainScreen, read_lines, talk

    def write(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    screen = PlainScreen(write)
    session = Session(app, speakers, speaker, screen, folder=files)
    await session.begin(greets=is_demo)
    await talk(session, screen, read_lines(sys.stdin.fileno()))
    return _list_unread(session)


def _list_unread(session: Session) -> list[tuple[str, str]]:
    return [(name, to_plain(to_lines(message))) for name, message in session.list_unread()]
