"""Instances that do what is due and send it, until they are killed; run by `test_schedules.py`.

One process loads everything and forks an instance for each line that it reads; it answers with
the process's id. All go by one clock, which is a number in a file.
"""

from __future__ import annotations

import asyncio
import mmap
import os
import signal
import struct
import sys
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

import orjson

from bot import logs, telling
from bot.access import Principal
from bot.clock import from_us, to_us
from bot.ids import PrincipalId
from bot.messages import OutboxItem
from bot.ports import Tx
from bot.running import App
from bot.schedules.model import Plan, Run, plan
from bot.schedules.recurrence import daily
from scheduler.kinds import Kind, quick
from scheduler.runs import Runs
from scheduler.steady import SteadyClock
from storage.engine import open_database
from storage.transaction import SqlTx
from tests.crash.money import say
from tests.ledgers import ACME, found_company
from tests.turns.chat import limits

KIND: Final = "digest"
PEOPLE: Final = 50
# In none of them do the clocks jump in November after the first Sunday.
ZONES: Final = ("Europe/Madrid", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "UTC")
_DAY_MINUTES: Final = 1440
_AT_ONCE: Final = 20
_TICK_S: Final = 0.02
_RECOVER_EVERY: Final = 10


class SharedClock:
    """A clock that all processes read and one sets: microseconds since 1970 in a file."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(8))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 8)

    def now(self) -> datetime:
        return from_us(struct.unpack("q", self._map[:8])[0])

    def monotonic(self) -> float:
        return float(struct.unpack("q", self._map[:8])[0]) / 1e6

    def set(self, to: datetime) -> None:
        """Let it be a time in every process."""
        self._map[:8] = struct.pack("q", to_us(to))

    def advance(self, by: timedelta) -> None:
        """Move on in every process."""
        self.set(self.now() + by)


def seed(tx: SqlTx, schedules: int) -> None:
    """Make a company whose people each have some schedules, spread over the day."""
    found_company(tx)
    for number in range(PEOPLE):
        person = PrincipalId(f"p{number}")
        name = f"Person {number}"
        tx.people.add(Principal(person, ACME, name, f"p{number}", "en", "UTC"))
        tx.conversations.open("telegram", f"chat-{number}", "", person)
    for number in range(schedules):
        minute = number * _DAY_MINUTES // schedules
        wanted = Plan(
            kind=KIND,
            rule=daily(time(minute // 60, minute % 60)),
            zone=ZONES[number % len(ZONES)],
            subject=str(number),
            owner_id=PrincipalId(f"p{number % PEOPLE}"),
        )
        plan(tx, wanted)


def send_digest(tx: Tx, run: Run) -> str:
    """Tell the owner what it is and for which date."""
    wanted = run.schedule.plan
    assert wanted.owner_id is not None
    text = f"{wanted.subject} {run.occasion.local_date}"
    telling.tell(tx, tx.people.get(wanted.owner_id), text, message_class="alert")
    return "sent"


async def live(url: str, clock: SharedClock, sent: Path) -> None:
    """Do and send what is due until the process is killed."""
    file = os.open(sent, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def send(item: OutboxItem) -> str:
        # One write at the end of the file: no process comes between.
        os.write(file, orjson.dumps([item.message.text, item.was_tried]) + b"\n")
        return str(item.id)

    database = await open_database(url, clock)
    app = App(database, clock, limits())
    app.add_channel("telegram", send)
    kind = quick(send_digest)
    runs = Runs(database, {KIND: Kind(kind.prepare, at_once=_AT_ONCE, lease=kind.lease)})
    tick = SteadyClock(database, clock).only(runs.tick)
    for number in range(1 << 30):
        await tick()
        if number % _RECOVER_EVERY == 0:
            await app.take_over()
        await asyncio.sleep(_TICK_S)


def main(url: str, clock: str, sent: str) -> None:
    """Fork an instance for each line of input; all end with it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    os.setpgrp()
    say("ready")
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            logs.configure(level="critical")
            asyncio.run(live(url, SharedClock(Path(clock)), Path(sent)))
        say(str(child))
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
