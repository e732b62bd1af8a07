"""A process that talks to itself and kills itself at a step: started by `test_conversation.py`.

Usage: python -m tests.crash.conversation DATABASE ROUNDS KILL_AT

Every step at which a real process can die is counted: before a transaction begins, before it
commits, after it commits but before anybody hears of it, before and after a message is sent.
At the step KILL_AT the process is gone without a word (SIGKILL); 0 is never. It prints the id of
each message sent, and at the end `steps N`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot.clock import ManualClock
from bot.messages import InboundMessage, OutboxItem
from bot.running import App
from storage import sqlite_writer
from storage.engine import open_database
from storage.transaction import SqlTx
from tests.turns.chat import limits

START = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


class Reaper:
    """Counts steps and ends the process at one of them."""

    def __init__(self, kill_at: int) -> None:
        self.kill_at = kill_at
        self.steps = 0

    def step(self) -> None:
        """Pass a step, or die at it."""
        self.steps += 1
        if self.steps == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(self, owner: type, name: str) -> None:
        """Make a step of the moment before a method runs."""
        plain: Callable[..., Any] = getattr(owner, name)

        def stepped(*args: Any) -> Any:
            self.step()
            return plain(*args)

        setattr(owner, name, stepped)

    def after(self, owner: type, name: str) -> None:
        """Make a step of the moment after a method ran."""
        plain: Callable[..., Any] = getattr(owner, name)

        def stepped(*args: Any) -> Any:
            result = plain(*args)
            self.step()
            return result

        setattr(owner, name, stepped)


def script(rounds: int) -> list[tuple[str, str, str]]:
    """Return what is said, as (key, handle, text): requests that Ben grants."""
    lines = []
    for number in range(rounds):
        said = (
            ("ana", f"ask for {10 + number} more for launch until the end of the month"),
            ("ana", "yes"),
            ("ben", "yes"),
        )
        lines += [(f"{number}.{step}", *line) for step, line in enumerate(said)]
    return lines


async def talk(url: str, rounds: int, reaper: Reaper) -> None:
    """Say everything, in order, waiting for each answer."""
    database = await open_database(url, ManualClock(START))
    app = App(database, database.clock, limits())

    async def send(item: OutboxItem) -> str:
        reaper.step()
        sys.stdout.write(f"sent {item.id}\n")
        sys.stdout.flush()
        reaper.step()
        return str(item.id)

    app.workers.start()
    await app.take_over(is_start=True)
    app.add_channel("terminal", send)
    await app.settled()
    for key, handle, text in script(rounds):
        message = InboundMessage("terminal", "bursar", key, "terminal", handle, text)
        await app.receive(message)
        await app.settled()
    await app.stop()
    await database.close()


def main() -> None:
    """Run the script given on the command line."""
    url, rounds, kill_at = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    reaper = Reaper(kill_at)
    reaper.before(sqlite_writer.Writer, "_commit")
    reaper.after(SqlTx, "before_commit")
    reaper.before(sqlite_writer.Writer, "_answer")
    asyncio.run(talk(url, rounds, reaper))
    sys.stdout.write(f"steps {reaper.steps}\n")


if __name__ == "__main__":
    main()
