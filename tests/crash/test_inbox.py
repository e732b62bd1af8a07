"""P1: ten thousand messages, a platform that repeats itself, a process killed all along."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import orjson
import pytest
from sqlalchemy import select

from bot.access import Principal
from bot.audit.chain import Verifier
from bot.clock import ManualClock
from bot.economy import limit_changes
from bot.economy.wallets import Tenant, Wallet
from bot.ids import PrincipalId, WalletId
from storage.database import Database
from storage.engine import open_database
from storage.tables.messages import conversation, inbox, outbox
from storage.transaction import SqlTx
from storage.verify import verify_ledger
from tests.crash.inbox import START
from tests.crash.lives import Lives
from tests.ledgers import budget_of
from tests.turns.chat import ACME, USD

ROOT: Final = Path(__file__).parents[2]
# `make crash` sets 1,000.
KILLS: Final = int(os.environ.get("BURSAR_TEST_KILLS", "20"))  # noqa: TID251  # a test has no settings
MESSAGES: Final = KILLS * 10
CHATS: Final = ("office", "home")
FIRST_LIMIT: Final = 100
# So many deliveries wait for their answer at once.
AT_ONCE: Final = 8
# A life passes so many points, or gives so many lines, at most. In much shorter ones a message
# could be on its way at five deaths in a row, and would be given up as what brings them about.
POINTS: Final = 400
LINES: Final = 250


def name_of(number: int) -> str:
    """Return a name that no other is like."""
    syllables = ("bo", "ka", "ri", "lum", "ten", "vo", "sha", "gri", "pel", "zu")
    return (syllables[number // 10 % 10] + syllables[number % 10] * 2).capitalize()


@dataclass
class Talk:
    """What one person says in one chat, about a wallet of its own, and what must be answered."""

    person: str
    chat: str
    wallet_id: WalletId
    name: str
    said: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    limit: int = FIRST_LIMIT

    def key(self, index: int) -> str:
        return f"{self.wallet_id}:{index}"

    def ask(self) -> None:
        """Add a question or an order with its yes; each answer tells which limit was there."""
        if len(self.said) % 3 == 0:
            self.said.append(f"balance of {self.name}")
            self.answers.append(f"of ${self.limit:,}.00 this November")
        elif len(self.said) % 3 == 1:
            self.said.append(f"raise {self.name} by {len(self.said)}")
            after = self.limit + len(self.said) - 1
            self.answers.append(f"${self.limit:,}.00 -> ${after:,}.00")
            self.limit = after
        else:
            self.said.append("yes")
            self.answers += ["Confirmed by", f"limit is ${self.limit:,}.00"]


def make_talks() -> list[Talk]:
    people = max(MESSAGES // 100, 4)
    talks = [
        Talk(f"p{number // 2}", CHATS[number % 2], WalletId(f"w{number}"), name_of(number))
        for number in range(min(people * 2, 100))
    ]
    for number in range(MESSAGES):
        talks[number % len(talks)].ask()
    return talks


def found(tx: SqlTx, talks: list[Talk]) -> None:
    tx.enter(ACME)
    tx.people.add_tenant(Tenant(ACME, "Acme", "UTC", "en"))
    company = WalletId("company")
    tx.wallets.add(Wallet(company, None, "organisation", "Company"))
    limits = {company: 10**6, **{talk.wallet_id: FIRST_LIMIT for talk in talks}}
    for talk in talks:
        tx.wallets.add(Wallet(talk.wallet_id, company, "team", talk.name))
    for wallet_id, limit in limits.items():
        limit_changes.set_limit(
            tx, wallet_id, "month", limit * USD, key=f"first:{wallet_id}", actor="seed"
        )
    for handle in {talk.person: None for talk in talks}:
        person = Principal(PrincipalId(handle), ACME, handle.title(), handle, "en", "UTC")
        tx.people.add(person)
        tx.people.link(person.id, "terminal", "bursar", handle)
        tx.people.give(person.id, "owner", None)


class Feeder:
    """A platform: it delivers in order within a chat, and whatever is not acknowledged again.

    What was acknowledged it delivers again too, at least once, at any later time.
    """

    def __init__(self, talks: list[Talk], chance: random.Random) -> None:
        self._chance = chance
        self._talks = {talk.wallet_id: talk for talk in talks}
        self._open = list(self._talks)
        self._next: Counter[str] = Counter()
        self._lines: dict[str, bytes] = {}
        self._once: list[str] = []
        self._waiting: set[str] = set()
        self.deliveries = 0
        self.acknowledged: set[str] = set()

    @property
    def is_done(self) -> bool:
        return len(self.acknowledged) == MESSAGES

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def begin_life(self) -> None:
        """Forget what is on its way: nobody will acknowledge it any more."""
        self._waiting.clear()

    def heard(self, key: str) -> None:
        self._waiting.discard(key)
        if key not in self.acknowledged:
            self.acknowledged.add(key)
            wallet_id = key.partition(":")[0]
            self._next[wallet_id] += 1
            if self._next[wallet_id] == len(self._talks[WalletId(wallet_id)].said):
                self._open.remove(WalletId(wallet_id))

    def next(self, may_be_new: bool) -> bytes:
        """Return a delivery: a chat's next message, or one that was delivered before."""
        key = self._new() if may_be_new and self._chance.random() < 0.5 else None
        if key is None:
            key = self._again()
        self._waiting.add(key)
        self.deliveries += 1
        return self._lines[key]

    def rest(self) -> Iterator[bytes]:
        """Yield what was delivered only once, in any order."""
        self._chance.shuffle(self._once)
        for key in self._once:
            self.deliveries += 1
            yield self._lines[key]

    def _new(self) -> str | None:
        if not self._open:
            return None
        talk = self._talks[self._chance.choice(self._open)]
        index = self._next[talk.wallet_id]
        key = talk.key(index)
        if key not in self._lines:
            self._lines[key] = (
                orjson.dumps((key, talk.person, talk.chat, talk.said[index])) + b"\n"
            )
            self._once.append(key)
        return key

    def _again(self) -> str:
        if not self._lines:
            key = self._new()
            assert key is not None
            return key
        if self._once and self._chance.random() < 0.7:
            index = self._chance.randrange(len(self._once))
            self._once[index], self._once[-1] = self._once[-1], self._once[index]
            return self._once.pop()
        return self._chance.choice(list(self._lines)[-500:])


@dataclass
class Heard:
    """What the platform was given, life by life, and how the lives ended."""

    sent: list[list[int]] = field(default_factory=list)
    codes: Counter[int] = field(default_factory=Counter)


async def live(lives: Lives, feeder: Feeder, url: str, heard: Heard, kill: random.Random) -> None:
    """Let the app live until it dies of itself or is killed, feeding it all along."""
    number = len(heard.sent)
    dies_at = kill.randint(1, POINTS) if number % 2 else 0
    lines = 10**9 if dies_at else kill.randint(1, LINES)
    sent: list[int] = []
    heard.sent.append(sent)
    quota = MESSAGES * (number + 1) / KILLS
    feeder.begin_life()
    async with lives.connect((url, dies_at)) as (reader, writer):
        pid = 0
        try:
            while line := await reader.readline():
                what, *rest = orjson.loads(line)
                if what == "pid":
                    pid = rest[0]
                elif what == "sent":
                    sent.append(rest[0])
                else:
                    feeder.heard(rest[0])
                lines -= 1
                if not lines:
                    os.kill(pid, signal.SIGKILL)
                while feeder.waiting < AT_ONCE:
                    writer.write(feeder.next(len(feeder.acknowledged) < quota))
        except (ConnectionError, orjson.JSONDecodeError):
            # It died with our words unread, or in the middle of one of its own.
            pass
    code = await lives.ended()
    assert code == -signal.SIGKILL, f"life {number} ended with {code}"
    heard.codes[code] += 1


async def finish(lives: Lives, feeder: Feeder, url: str, heard: Heard) -> None:
    """Let one life come to its end, with everything delivered that was not twice."""
    sent: list[int] = []
    heard.sent.append(sent)
    feeder.begin_life()
    is_all_said = False
    async with lives.connect((url, 0)) as (reader, writer):
        while line := await reader.readline():
            what, *more = orjson.loads(line)
            if what == "sent":
                sent.append(more[0])
            elif what == "ack":
                feeder.heard(more[0])
            if not feeder.is_done:
                while feeder.waiting < AT_ONCE:
                    writer.write(feeder.next(True))
            elif not is_all_said and what != "sent":
                writer.writelines(feeder.rest())
                writer.write(b"end\n")
                is_all_said = True
    assert await lives.ended() == 0


async def check(database: Database, talks: list[Talk], heard: Heard) -> None:
    """Compare what is kept and what was sent with what the platform said."""

    def look(tx: SqlTx) -> None:
        tx.enter(ACME)
        rows = tx.connection.rows(select(inbox.c.dedupe_key, inbox.c.state))
        kept = {row[0]: row[1] for row in rows}
        said = {talk.key(index) for talk in talks for index in range(len(talk.said))}
        assert said - set(kept) == set(), "lost"
        assert len(rows) == len(kept) == MESSAGES
        assert Counter(kept.values()) == {"done": MESSAGES}
        told: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        order: defaultdict[str, list[int]] = defaultdict(list)
        for row in tx.connection.rows(
            select(
                outbox.c.id,
                outbox.c.conversation_id,
                outbox.c.state,
                outbox.c.payload,
                conversation.c.principal_id,
                conversation.c.chat,
            )
            .join(conversation, conversation.c.id == outbox.c.conversation_id)
            .order_by(outbox.c.id)
        ):
            assert row[2] == "sent"
            told[row[4], row[5]].append(orjson.loads(row[3])["text"])
            order[row[1]].append(row[0])
        for talk in talks:
            texts = told[talk.person, talk.chat]
            assert len(texts) == len(talk.answers), talk
            for text, answer in zip(texts, talk.answers, strict=True):
                assert answer in text
            assert budget_of(tx, talk.wallet_id).limit_nanos == talk.limit * USD
        check_sent(order, heard)
        assert verify_ledger(tx) == []
        verifier = Verifier()
        for page in tx.audit.pages():
            assert verifier.check(page) is None
        assert verifier.check_end(tx.audit.head()) is None

    await database.read(look)


def check_sent(order: dict[str, list[int]], heard: Heard) -> None:
    """Every message reached the platform, in order; again only what a death left in doubt."""
    for life in heard.sent:
        assert len(life) == len(set(life)), "sent twice by one process"
    place = {item: name for name, items in order.items() for item in items}
    first: defaultdict[str, list[int]] = defaultdict(list)
    seen: set[int] = set()
    for life in heard.sent:
        for item in life:
            if item not in seen:
                first[place[item]].append(item)
            seen.add(item)
    assert first == order


@pytest.mark.timeout(3600)
async def test_no_accepted_message_is_lost_and_each_is_answered_once(
    sqlite_path: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{sqlite_path}"
    talks = make_talks()
    database = await open_database(url, ManualClock(START))
    await database.write(lambda tx: found(tx, talks))
    await database.close()
    heard = Heard()
    feeder = Feeder(talks, random.Random(1))
    kill = random.Random(2)
    async with Lives.start("tests.crash.inbox", tmp_path / "socket") as lives:
        for _ in range(KILLS):
            await live(lives, feeder, url, heard, kill)
        await finish(lives, feeder, url, heard)
    database = await open_database(url, ManualClock(START))
    try:
        await check(database, talks, heard)
    finally:
        await database.close()
    sent = [item for life in heard.sent for item in life]
    sys.stdout.write(
        f"{KILLS} kills, {MESSAGES} messages delivered {feeder.deliveries} times, "
        f"{len(set(sent))} answers, {len(sent) - len(set(sent))} sent again after a death\n"
    )
