"""The flows over three platforms, every delivery five times, the bot killed between all steps."""

from __future__ import annotations

import asyncio
import os
import random
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import orjson
from aiohttp import ClientError

from bot.actions.digest import SetDigest
from bot.replies.notices import maybe_a_copy
from bot.replies.reader import Language
from scheduler.jobs.reminders import remind_requests
from storage.engine import open_database
from tests.conftest import START
from tests.crash.lives import Lives
from tests.platforms.flows import (
    CHAT,
    DECISION,
    GREETINGS,
    REQUEST,
    Step,
    check_books,
    check_shown,
)
from tests.platforms.office import Delivery, Office, Seen, link_everybody, open_office
from tests.platforms.slack_server import SteppingClock
from tests.platforms.teams_company import PEOPLE
from tests.turns.chat import ACME, do

# `make crash` sets 1,000.
KILLS: Final = int(os.environ.get("BURSAR_TEST_KILLS", "20")) // 2  # noqa: TID251  # a test has no settings
TIMES: Final = 5
# A life that dies of itself passes so many points at most: before and after each commit, each
# answer and each message that is sent.
POINTS: Final = 60
# In one step: a message in whose turn the process dies more often is given up.
MOST_DEATHS: Final = 3
# Longer than whatever a dead process has for itself on PostgreSQL: leases of 60 and 90 s.
LONG: Final = timedelta(minutes=2)
LANGUAGES: Final[tuple[Language, ...]] = ("en", "es")


@dataclass
class Life:
    """One process, as it is seen from outside."""

    pid: int = 0
    url: str = ""
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    is_ready: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    code: int = 0


class Bot:
    """A bot that lives again whenever it died, and platforms that repeat what was not taken.

    `dies_at` says after how many points each life dies, 0 for never.
    """

    def __init__(
        self, lives: Lives, office: Office, settings: dict[str, Any], dies_at: Callable[[], int]
    ) -> None:
        self._lives = lives
        self.office = office
        assert isinstance(office.clock, SteppingClock)
        self.clock = office.clock
        self._settings = settings
        self._dies_at = dies_at
        self._life: Life | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._following: asyncio.Task[None] | None = None
        self.deaths = 0
        self._deaths_here = 0

    # Lives

    async def alive(self) -> Life:
        """Return the present life, or begin another."""
        while self._life is None or self._life.is_over.is_set():
            life = self._life = Life()
            self._following = asyncio.ensure_future(self._follow(life))
            await self._unless_over(life, life.is_ready.wait())
        return self._life

    async def _follow(self, life: Life) -> None:
        now = self.clock.now()
        dies_at = self._dies_at() if self._deaths_here < MOST_DEATHS else 0
        first = (self._settings, now.isoformat(), dies_at)
        async with self._lives.connect(first) as (reader, self._writer):
            try:
                while line := await reader.readline():
                    self._hear(life, *orjson.loads(line))
            except (ConnectionError, orjson.JSONDecodeError):
                # It died with our words unread, or in the middle of one of its own.
                pass
        life.code = await self._lives.ended()
        self.deaths += life.code == -signal.SIGKILL
        self._deaths_here += 1
        life.is_over.set()

    def _hear(self, life: Life, what: str, *rest: Any) -> None:  # Any: JSON
        if what == "pid":
            (life.pid,) = rest
        elif what == "port":
            life.url = f"http://127.0.0.1:{rest[0]}"
            life.is_ready.set()
        else:
            life.settled.set()

    async def _unless_over(self, life: Life, work: Coroutine[Any, Any, object]) -> bool:
        """Do what needs the bot; False if it died meanwhile."""
        doing, ending = asyncio.ensure_future(work), asyncio.ensure_future(life.is_over.wait())
        await asyncio.wait((doing, ending), return_when=asyncio.FIRST_COMPLETED)
        if doing.done() and isinstance(doing.exception(), (ClientError, ConnectionError)):
            await ending
        if not ending.done():
            ending.cancel()
            await doing
            return True
        doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)
        return False

    async def kill(self) -> None:
        """Kill the bot, whatever it is doing."""
        life = await self.alive()
        os.kill(life.pid, signal.SIGKILL)
        await life.is_over.wait()
        self.clock.advance(LONG)

    async def end(self) -> None:
        """Let it end in order, also where it dies on the way."""
        await self.settle()
        assert self._life is not None
        assert self._writer is not None
        self._writer.write_eof()
        await self._life.is_over.wait()

    # What happens

    async def do(self, steps: Sequence[Step], *, is_killed: bool = False) -> None:
        """Take steps, each delivered five times; kill after the first and after the last."""
        for step in steps:
            delivery = step(self.office)
            self._deaths_here = 0
            for attempt in range(TIMES):
                await self._deliver(delivery, attempt)
                if is_killed and not attempt:
                    await self.kill()
            await self.settle()
            if is_killed:
                await self.kill()

    async def _deliver(self, delivery: Delivery, attempt: int) -> None:
        """Deliver until it is acknowledged, as platforms do."""
        while True:
            life = await self.alive()
            work = self.office.deliver(delivery, life.url, attempt=attempt)
            if await self._unless_over(life, work):
                return
            self._let_time_pass()

    async def settle(self) -> None:
        """Return when everything that was taken is answered and every answer sent."""
        while True:
            life = await self.alive()
            assert self._writer is not None
            life.settled.clear()
            self._writer.write(b"settle\n")
            if await self._unless_over(life, life.settled.wait()):
                return
            self._let_time_pass()

    def _let_time_pass(self) -> None:
        self.clock.advance(LONG)


async def ask_next(url: str, clock: SteppingClock) -> None:
    """Do what the upkeep does when nobody decided for a day: ask the next who may."""
    clock.advance(timedelta(hours=25))
    database = await open_database(url, clock)
    assert await remind_requests(database) == 1
    await database.close()


async def take_all(bot: Bot, url: str, *, is_killed: bool = False) -> None:
    """Take all flows, and let the last life end in order."""
    await bot.do((*CHAT, *GREETINGS, *REQUEST), is_killed=is_killed)
    await bot.end()
    await ask_next(url, bot.clock)
    await bot.settle()
    await bot.do(DECISION, is_killed=is_killed)
    await bot.end()


@asynccontextmanager
async def found(url: str, folder: Path) -> AsyncIterator[tuple[Office, dict[str, Any]]]:
    """Make the company and its platforms; at the end the books must be as they are to be."""
    clock = SteppingClock(START)
    database = await open_database(url, clock)
    await database.write(link_everybody, tenant=ACME)
    for handle in PEOPLE:
        # At nine each death would tell in a digest how far the audit log had come by then.
        await do(database, SetDigest(how="off"), handle)
    await database.close()
    async with open_office(clock) as office:
        settings = office.settings(
            database={"url": url},
            server={"port": 0},
            audit={"anchor_file": str(folder / "anchor.jsonl")},
            # Time passes with each death.
            limits={"draft_life_s": 86_400},
        )
        yield office, settings
        # The app keeps its pace by a clock of its own process, which these servers do not see.
        seen = [x for x in office.violations() if not x.startswith("too fast")]
        assert seen == []
    database = await open_database(url, clock)
    await database.read(lambda tx: check_books(tx, launch=260, design=700, requests=1))
    await database.close()


def count_copies(office: Office) -> int:
    """Return how many messages say that they may be copies."""
    return sum(bool(COPY.search(x.first)) for seen in office.seen().values() for x in seen)


def as_told(office: Office) -> dict[str, list[Seen]]:
    """Return what people were told, with marked copies in the place of what they are copies of.

    A message that was on its way when the bot died may have arrived: what must be seen is sent
    again and says so, and it is the copy that is edited from then on.
    """
    found: dict[str, list[Seen]] = {}
    for where, messages in office.seen().items():
        kept = found[where] = []
        for one in messages:
            plain = Seen(_plain(one.first), _plain(one.text), one.labels)
            firsts = [each.first for each in kept]
            if COPY.search(one.first) and plain.first in firsts:
                kept[firsts.index(plain.first)] = plain
            else:
                kept.append(plain)
    return found


COPY: Final = re.compile(
    "|".join(
        re.escape(maybe_a_copy(language, reference)).replace("REF", "[^)]*")
        for language in LANGUAGES
        for reference in ("", "REF")
    )
)
# Each death takes its time.
TIME: Final = re.compile(r"\d\d:\d\d|\((in|en) [^)]*\)")


def _plain(text: str) -> str:
    return TIME.sub("--", COPY.sub("", text)).strip()


async def take_undisturbed(lives: Lives, template: Path, folder: Path) -> dict[str, list[Seen]]:
    """Return what people are told when nothing goes wrong."""
    url = f"sqlite:///{shutil.copy(template, folder / 'undisturbed.db')}"
    async with found(url, folder) as (office, settings):
        bot = Bot(lives, office, settings, lambda: 0)
        await take_all(bot, url)
        assert bot.deaths == 0
        return as_told(office)


async def test_killed_after_each_step_it_grants_once_and_tells_everybody_once(
    database_url: str, sqlite_template: Path, tmp_path: Path
) -> None:
    async with Lives.start("tests.crash.platforms", tmp_path / "socket") as lives:
        async with found(database_url, tmp_path) as (office, settings):
            bot = Bot(lives, office, settings, lambda: 0)
            await take_all(bot, database_url, is_killed=True)
            check_shown(office)
            told = as_told(office)
            assert bot.deaths == 2 * len((*CHAT, *GREETINGS, *REQUEST, *DECISION))
        assert told == await take_undisturbed(lives, sqlite_template, tmp_path)


async def test_dying_at_any_point_it_grants_once_and_tells_everybody_once(
    sqlite_template: Path, tmp_path: Path
) -> None:
    chance = random.Random(2026)
    deaths = copies = 0
    async with Lives.start("tests.crash.platforms", tmp_path / "socket") as lives:
        undisturbed = await take_undisturbed(lives, sqlite_template, tmp_path)
        while deaths < KILLS:
            url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / f'{deaths}.db')}"
            async with found(url, tmp_path) as (office, settings):
                bot = Bot(lives, office, settings, lambda: chance.randint(1, POINTS))
                await take_all(bot, url)
                check_shown(office)
                assert as_told(office) == undisturbed
                copies += count_copies(office)
            assert bot.deaths
            deaths += bot.deaths
    sys.stdout.write(f"{deaths} deaths, {copies} messages that may be copies\n")
