"""Quotas and pauses, replayed from eight tasks at once against an exact oracle."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from bot.access import Principal
from bot.allowances import Allowance
from bot.clock import ManualClock
from bot.cooldowns import Pace
from bot.economy.wallets import Tenant
from bot.errors.plans import QuotaExceeded
from bot.ids import PrincipalId, TenantId
from bot.messages import InboundMessage
from bot.turns.uses import keep_pace, use_up
from storage.database import Database
from storage.transaction import SqlTx
from storage.verify import verify_ledger
from tests.property.use_oracle import Decision, Event, Oracle

# `make crash` sets 100,000.
EVENTS: Final = int(os.environ.get("BURSAR_TEST_EVENTS", "1500"))  # noqa: TID251  # as the others
TASKS: Final = 8
AT_ONCE: Final = 64
# The clocks go forward at midnight in Beirut, and back; at two and at three in Madrid.
STARTS: Final = (datetime(2026, 3, 28, 18, tzinfo=UTC), datetime(2026, 10, 24, 18, tzinfo=UTC))
ZONES: Final = {"acme": "Europe/Madrid", "cedar": "Asia/Beirut"}
PACE: Final = Pace()
PLANS: Final = (Allowance("basic", 40, 7, 30), Allowance("premium", 130, 23, 365))
PEOPLE: Final = {
    f"{tenant}-{number}": (tenant, PLANS[number % 2]) for tenant in ZONES for number in range(5)
}


def found(tx: SqlTx) -> None:
    """Make two companies in two zones."""
    for tenant, zone in ZONES.items():
        tx.people.add_tenant(Tenant(TenantId(tenant), tenant, zone, "en"))
        tx.enter(TenantId(tenant))
        for name, (theirs, allowance) in PEOPLE.items():
            if theirs == tenant:
                tx.people.add(person_of(name, allowance))


def person_of(name: str, allowance: Allowance) -> Principal:
    tenant = PEOPLE[name][0]
    zone = ZONES[tenant]
    return Principal(
        PrincipalId(name), TenantId(tenant), name, name, "en", zone, plan=allowance.plan
    )


@dataclass(frozen=True, slots=True)
class Border:
    """Somebody goes as far as may be, or one further, and comes back when the border is reached.

    So many changes and plain messages at one moment, and so many seconds until the next.
    """

    writes: int
    messages: int
    back_s: int


BORDERS: Final = (
    Border(0, PACE.messages, PACE.messages_s),
    Border(0, PACE.messages, PACE.messages_s - 1),
    Border(PACE.writes, 0, PACE.writes_s),
    Border(0, PACE.messages + 1, PACE.lasts_s),
    Border(PACE.writes + 1, 0, PACE.lasts_s),
    # The pause is for the messages; when it is over, the changes still count.
    Border(PACE.writes, PACE.messages - PACE.writes + 1, PACE.lasts_s),
)


class Traffic:
    """Makes what happens at one moment each: people who write by bursts, over days."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._numbers = itertools.count()
        self._at = STARTS[0]

    def list_rounds(self) -> Iterator[list[Event]]:
        """Yield the moments in their order."""
        chance = self._chance
        rounds = -(-EVENTS // AT_ONCE)
        back = ""
        for number in range(rounds):
            if number == rounds // 2:
                self._at = max(self._at, STARTS[1])
            events = []
            if back:
                events = [self._event(back, writes=chance.randint(0, 1)) for _ in range(2)]
            alone, border = back, None
            if chance.random() < 0.4:
                alone, border = chance.choice(list(PEOPLE)), chance.choice(BORDERS)
                events += [self._event(alone, writes=1) for _ in range(border.writes)]
                events += [self._event(alone) for _ in range(border.messages)]
            events += self._crowd(AT_ONCE - len(events), without={alone, back})
            yield events
            back = "" if border is None else alone
            self._at += self._step() if border is None else timedelta(seconds=border.back_s)

    def _crowd(self, count: int, *, without: set[str]) -> list[Event]:
        chance = self._chance
        people = [name for name in PEOPLE if name not in without]
        busy = chance.sample(people, 4)
        events = []
        for _ in range(count):
            kind = chance.random()
            events.append(
                self._event(
                    chance.choice(busy if chance.random() < 0.6 else people),
                    reads=chance.randint(1, 3) if kind < 0.5 else 0,
                    writes=int(kind > 0.8 or kind < 0.05),
                    is_paced=chance.random() < 0.8,
                )
            )
        return events

    def _event(
        self, name: str, *, reads: int = 0, writes: int = 0, is_paced: bool = True
    ) -> Event:
        number = next(self._numbers)
        return Event(number, PEOPLE[name][0], name, self._at, reads, writes, is_paced)

    def _step(self) -> timedelta:
        chance = self._chance
        kind = chance.random()
        if kind < 0.7:
            return timedelta(microseconds=chance.randint(1, 20_000_000))
        if kind < 0.9:
            return timedelta(seconds=chance.randint(30, 700))
        return timedelta(minutes=chance.randint(60, 300))


class Replay:
    """Runs events, and keeps what was decided in the order in which it was."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._places = itertools.count()
        self.decided: dict[int, tuple[int, Decision]] = {}

    async def run(self, events: Sequence[Event]) -> None:
        """Run events one after the other."""
        for event in events:
            await self._database.write(
                lambda tx, event=event: self._take(tx, event),  # type: ignore[misc]  # bound here
                tenant=TenantId(event.tenant),
            )

    def _take(self, tx: SqlTx, event: Event) -> None:
        """Count an event as a turn does, and note its place while its rows are held."""
        person = person_of(event.person, PEOPLE[event.person][1])
        message = InboundMessage(
            platform="slack" if event.is_paced else "terminal",
            account="bot",
            key=str(event.number),
            chat=event.person,
            external_id=event.person,
            text="",
        )
        cooldown = keep_pace(tx, person, message, PACE, is_write=event.writes > 0)
        if cooldown is not None:
            self._note(event, ("paused", cooldown.until, cooldown.cause, cooldown.swallowed))
            return
        try:
            with tx.savepoint():
                self._use(tx, person, event)
        except QuotaExceeded:
            # Noted inside, before the savepoint gave its rows free.
            return

    def _use(self, tx: SqlTx, person: Principal, event: Event) -> None:
        allowance = PEOPLE[event.person][1]
        key = f"turn:{event.number}"
        try:
            nearly = use_up(tx, person, allowance, reads=event.reads, writes=event.writes, key=key)
        except QuotaExceeded as error:
            facts = error.facts
            told = (facts["unit"], facts["limit"], facts["left"], facts["opens_at"])
            self._note(event, ("refused", *told))
            raise
        told_soon = [(one.unit, one.used, one.limit, one.opens_at) for one in nearly]
        self._note(event, ("passed", *told_soon))

    def _note(self, event: Event, decision: Decision) -> None:
        # A transaction that is run again notes itself again.
        self.decided[event.number] = (next(self._places), decision)


@pytest.mark.timeout(7200)
async def test_every_decision_is_the_oracles(database: Database, clock: ManualClock) -> None:
    await database.write(found)
    replay, events = Replay(database), list[Event]()
    for moment in Traffic(random.Random(4)).list_rounds():
        clock.set(moment[0].at)
        await asyncio.gather(*(replay.run(moment[task::TASKS]) for task in range(TASKS)))
        events += moment
    oracle = Oracle(PACE, {name: plan for name, (_, plan) in PEOPLE.items()}, ZONES)
    in_order = sorted(events, key=lambda event: replay.decided[event.number][0])
    wrong = [
        (event, decided, right)
        for event in in_order
        if (decided := replay.decided[event.number][1]) != (right := oracle.decide(event))
    ]
    assert wrong[:3] == []
    counts = Counter(kind_of(decision) for _, decision in replay.decided.values())
    # Every kind of decision was asked for often enough to be wrong.
    assert min(counts[kind] for kind in KINDS) >= EVENTS // 750, counts
    print(f"{len(events)} events: {dict(counts)}")  # noqa: T201  # `make crash` shows it
    faults = await database.read(verify_ledger, is_long=True)
    assert faults == []


KINDS: Final = (
    "passed",
    "noticed",
    "began messages",
    "began writes",
    "swallowed",
    "refused reads",
    "refused writes",
)


def kind_of(decision: Decision) -> str:
    """Return the kind of a decision, for counting."""
    if decision[0] == "paused":
        return f"began {decision[2]}" if decision[3] == 1 else "swallowed"
    if decision[0] == "refused":
        return f"refused {decision[1]}"
    return "noticed" if len(decision) > 1 else "passed"
