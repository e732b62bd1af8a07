"""A process that sends digests and kills itself at a step: started by `test_digest.py`.

Usage: python -m tests.crash.digest DATABASE KILL_AT

Steps are those of `tests.crash.conversation`: around each commit and each message sent. It prints
the chat of each message sent and whether it says that it may be a copy, and `done` at the end.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.access import Principal
from bot.actions.digest import KIND, usual_plan
from bot.allowances import Allowances
from bot.clock import ManualClock
from bot.ids import PrincipalId, WalletId
from bot.messages import InboundMessage, OutboxItem
from bot.running import App
from bot.schedules.recurrence import Occasion
from scheduler.jobs.digest import digest_kind
from scheduler.runs import Runs
from storage import sqlite_writer
from storage.engine import open_database
from storage.transaction import SqlTx
from tests.crash.conversation import Reaper
from tests.turns.chat import ACME, limits, make_company, spend

# 9:00 in Madrid.
DUE: Final = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)


async def prepare(url: str, people: int) -> None:
    """Make the company with so many leads, each to be sent a digest, and spend a day before."""
    clock = ManualClock(DUE - timedelta(days=1))
    database = await open_database(url, clock)

    def make(tx: SqlTx) -> None:
        make_company(tx)
        spend(tx, "design", "ana", 10**10, "gpt-5", "s1")
        for number in range(people):
            handle = f"p{number}"
            person = Principal(
                PrincipalId(handle), ACME, handle, handle, "en", "Europe/Madrid",
                WalletId("design"),
            )  # fmt: skip
            tx.people.add(person)
            tx.people.give(person.id, "lead", WalletId("design"))
            message = InboundMessage("fake", "bot", handle, f"c{number}", handle)
            tx.conversations.hear(message, person.id)
            tx.schedules.put(usual_plan(person), Occasion(DUE.date(), DUE))

    await database.write(make, tenant=ACME)
    await database.close()


async def send_all(url: str, reaper: Reaper) -> None:
    """Send every digest that is due, beginning with what an earlier life left."""
    database = await open_database(url, ManualClock(DUE))
    app = App(database, database.clock, limits())

    async def send(item: OutboxItem) -> str:
        reaper.step()
        sys.stdout.write(f"sent {item.chat} {item.was_tried}\n")
        sys.stdout.flush()
        reaper.step()
        return str(item.id)

    app.workers.start()
    await app.take_over(is_start=True)
    app.add_channel("fake", send)
    runs = Runs(database, {KIND: digest_kind(Allowances())})
    await runs.tick()
    await runs.idle()
    await app.settled()
    await app.stop()
    await database.close()


def main() -> None:
    """Live until the step given on the command line, or to the end."""
    url, kill_at = sys.argv[1], int(sys.argv[2])
    reaper = Reaper(kill_at)
    reaper.before(sqlite_writer.Writer, "_commit")
    reaper.after(SqlTx, "before_commit")
    reaper.before(sqlite_writer.Writer, "_answer")
    asyncio.run(send_all(url, reaper))
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main()
