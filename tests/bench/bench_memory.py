"""Memory of `bursar serve` on three platforms with ten thousand conversations that it knows."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adapters.teams.addresses import Address
from bot.access import Principal
from bot.clock import SystemClock
from bot.economy import limit_changes
from bot.economy.wallets import Wallet
from bot.ids import PrincipalId, WalletId
from bot.messages import InboundMessage, OutboundMessage
from storage.database import Database
from storage.engine import open_database
from storage.transaction import SqlTx
from tests.bench.results import Measure
from tests.platforms.office import Delivery, Office, open_office
from tests.platforms.slack_server import TEAM, Json, Message
from tests.platforms.teams_company import ACCOUNT
from tests.platforms.teams_server import BOT, TENANT
from tests.platforms.telegram_server import BOT_ID
from tests.servers import PostgresServer, empty_sqlite
from tests.turns.chat import ACME, USD, make_company

# Everybody has a conversation on each platform.
PEOPLE: Final = 3_334
CONVERSATIONS: Final = 3 * PEOPLE
TEAMS: Final = 100
# Of each conversation; the last of it is in the day that Slack's history is read for.
HISTORY: Final = 2
WRITERS: Final = 100
MOST_MB: Final = 250.0
_AT_ONCE: Final = 200
_QUIET_S: Final = 3.0


@dataclass(frozen=True)
class Usage:
    """What the system says of a process: resident now, and at most since it began."""

    now_mb: float
    most_mb: float

    @classmethod
    def of(cls, pid: int) -> Usage:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        kb = {name: int(rest.split()[0]) for name, _, rest in (x.partition(":") for x in lines)
              if name in {"VmRSS", "VmHWM"}}  # fmt: skip
        return cls(kb["VmRSS"] / 1024, kb["VmHWM"] / 1024)


# A company


def _who(number: int) -> dict[str, tuple[str, str, str]]:
    """Return somebody's account, chat and the bot's account, by platform."""
    return {
        "slack": (f"U{number:07d}", f"DU{number:07d}", TEAM),
        "teams": (f"29:p{number}", f"a:p{number}", ACCOUNT),
        "telegram": (str(10_000 + number), str(10_000 + number), str(BOT_ID)),
    }


def _found(tx: SqlTx) -> None:
    make_company(tx)
    for number in range(TEAMS):
        wallet = Wallet(WalletId(f"t{number}"), WalletId("company"), "team", f"Team {number}")
        tx.wallets.add(wallet)
        limit_changes.set_limit(
            tx, wallet.id, "month", 100 * USD, key=f"seed:{wallet.id}", actor="seed"
        )


def _add_people(tx: SqlTx, numbers: range, service_url: str) -> None:
    for number in numbers:
        team = WalletId(f"t{number % TEAMS}")
        person = Principal(
            PrincipalId(f"p{number}"), ACME, f"Person Number {number}", f"p{number}",
            "es" if number % 2 else "en", "Europe/Madrid", team,
        )  # fmt: skip
        tx.people.add(person)
        tx.people.give(person.id, "member", team)
        for platform, (who, chat, account) in _who(number).items():
            tx.people.link(person.id, platform, account, who, person.name)
            address = Address(service_url, chat, BOT, TENANT).dump() if platform == "teams" else ""
            for index in range(HISTORY):
                _talk(tx, person, InboundMessage(
                    platform, account, f"{platform}:{number}:{index}", chat, who,
                    text="how much has design spent this month?", sender_name=person.name,
                    message_id=str(index), address=address,
                ))  # fmt: skip


def _talk(tx: SqlTx, person: Principal, message: InboundMessage) -> None:
    row_id = tx.inbox.accept(message, "bench")
    assert row_id is not None
    tx.inbox.finish(row_id, "bench")
    place = tx.conversations.hear(message, person.id)
    text = "Design has spent $0.00 of $500.00 this month (0 %), 12 days to go."
    tx.outbox.add(OutboundMessage(place.id, text, reply_to=message.message_id), message.platform)


def _say_all_sent(tx: SqlTx) -> int:
    count = 0
    for platform in _who(0):
        items = tx.outbox.list_next(platform, _AT_ONCE)
        tx.outbox.begin([item.id for item in items])
        for item in items:
            tx.outbox.end(item.id, "sent", platform_msg_id=f"{item.chat}:{item.id}")
        count += len(items)
    return count


async def fill(database: Database, service_url: str, people: int) -> None:
    """Make a company whose people have all talked with the bot, on each platform."""
    await database.write(_found, tenant=ACME)
    for start in range(0, people, _AT_ONCE):
        some = range(start, min(start + _AT_ONCE, people))
        await database.write(lambda tx, some=some: _add_people(tx, some, service_url), tenant=ACME)  # type: ignore[misc]  # bound now
    while await database.write(_say_all_sent, tenant=ACME):
        pass


# The process


@asynccontextmanager
async def serving(settings: Json, folder: Path) -> AsyncIterator[tuple[int, str]]:
    """Run `bursar serve` in a process of its own; yields its pid, and where it listens."""
    config = folder / "bursar.toml"
    config.write_text("".join(
        f"[{section}]\n" + "".join(f"{key} = {json.dumps(x)}\n" for key, x in values.items())
        for section, values in settings.items()
    ))  # fmt: skip
    others = {k: v for k, v in os.environ.items() if not k.startswith("BURSAR_")}  # noqa: TID251  # for a process of its own
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "serve",
        env={**others, "BURSAR_CONFIG": str(config)}, stderr=PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        while (line := json.loads(await process.stderr.readline()))["event"] != "serving":
            pass
        yield process.pid, f"http://127.0.0.1:{line['port']}"
    finally:
        process.terminate()
        await process.communicate()


async def _quiet(pid: int) -> None:
    """Return when a process has done next to nothing for a while."""
    before = -1.0
    while (used := _cpu_s(pid)) - before > 0.02 * _QUIET_S:
        before = used
        await asyncio.sleep(_QUIET_S)


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# People who write


def _deliveries(office: Office, numbers: range) -> list[Delivery]:
    """Return what somebody asks on each platform."""
    found = []
    for number in numbers:
        who = _who(number)
        user, channel, _ = who["slack"]
        said = Message(channel, office.slack.stamp(), "balance", user=user)
        found.append(Delivery("slack", office.slack.event(said), "events_api"))
        found.append(Delivery("teams", office.teams.activity(f"p{number}", "balance")))
        chat = int(who["telegram"][1])
        message = {
            "message_id": number,
            "from": {"id": chat, "is_bot": False, "first_name": "Person"},
            "chat": {"id": chat, "type": "private"},
            "date": int(time.time()),
            "text": "balance",
        }
        found.append(Delivery("telegram", office.telegram.new_update(message=message)))
    return found


def _answers(office: Office) -> int:
    return len(office.slack.messages) + len(office.teams.posted) + len(office.telegram.messages)


async def _talk_to(office: Office, pid: int, url: str, numbers: range) -> None:
    """Let people write all at once, and wait until each of them is answered."""
    wanted = _answers(office) + 3 * len(numbers)
    gate = asyncio.Semaphore(20)

    async def say(delivery: Delivery) -> None:
        async with gate:
            await office.deliver(delivery, url)

    await asyncio.gather(*map(say, _deliveries(office, numbers)))
    while _answers(office) < wanted:
        await _quiet(pid)


async def measure_once(url: str, folder: Path, people: int) -> list[Usage]:
    """Return the memory when idle, and twice after a hundred people wrote on each platform."""
    clock = SystemClock()
    async with open_office(clock) as office:
        database = await open_database(url, clock)
        await fill(database, office.teams.url, people)
        await database.close()
        settings = office.settings(
            database={"url": url},
            server={"port": 0},
            audit={"anchor_file": str(folder / "anchor.jsonl")},
        )
        async with serving(settings, folder) as (pid, at):
            await _quiet(pid)
            found = [Usage.of(pid)]
            for start in range(0, min(people, 2 * WRITERS), WRITERS):
                await _talk_to(office, pid, at, range(start, start + WRITERS))
                await _quiet(pid)
                found.append(Usage.of(pid))
        read = sum(method == "conversations.history" for method, _ in office.slack.calls)
        if read < people:
            raise RuntimeError(f"{read} of {people} conversations were read at the start")
        # Telegram counts when it reads, and both run on the same cores here.
        seen = [x for x in office.violations() if x != "too fast for all"]
        if seen:
            raise RuntimeError(f"the platforms saw {seen[:3]}")
    return found


def measure() -> list[Measure]:
    """Measure a process with nobody known, then with thousands, on both databases."""
    with tempfile.TemporaryDirectory() as name, PostgresServer.start(Path(name) / "pg") as server:
        folder = Path(name)

        def run(people: int, *, is_postgres: bool = False) -> list[Usage]:
            if is_postgres:
                url = server.create_database()
            else:
                url = f"sqlite:///{empty_sqlite(folder / f'{people}.db')}"
            return asyncio.run(measure_once(url, folder, people))

        (nobody,) = run(0)
        sqlite, postgres = run(PEOPLE), run(PEOPLE, is_postgres=True)
    measures = [Measure("SQLite, nobody known, idle: resident", nobody.now_mb, "MB")]
    for engine, (idle, once, twice) in (("SQLite", sqlite), ("PostgreSQL", postgres)):
        what = f"{engine}, {CONVERSATIONS:,} conversations known"
        measures += [
            Measure(f"{what}, idle: resident", idle.now_mb, "MB", most=MOST_MB),
            Measure("  at most since its start", idle.most_mb, "MB", most=MOST_MB),
            Measure(f"  after a turn in {3 * WRITERS} of them", once.now_mb, "MB"),
            Measure(f"  after a turn in {3 * WRITERS} more", twice.now_mb, "MB"),
        ]
    return measures


SUBJECTS: Final = {"memory": measure}
