"""Any sequence of what people and providers do to money, on both databases and in a model of it.

Every step must come out the same on SQLite, on PostgreSQL and in `oracle.py`, and leave the
invariants of the ledger standing; at the end both databases hold the same rows.

Faults were put in on purpose, one at a time, to see whether the 80 runs of every day notice:

    noticed            an account of another company is taken (every check of it taken out)
    noticed            what ends a raise early does not lapse with it; a raise is ended twice
    noticed            a spend is settled twice, settled after its release, released after its end
    noticed            a hold asks only its own wallet, or two of those above; a raise asks none
    noticed            what a call cost beyond its hold is dropped
    noticed            holds expire before their time
    noticed since      what no budget had free is not posted as an overrun (overruns are compared)
    noticed since      a late rest is charged to the period that runs (`settle_in_a_later_period`)
    noticed since      a hold asks only whether its own wallet is closed (one follows each closing)
    noticed since      a raise never ends in a period that began after it was given (raises and
                       steps reach over the end of a month)
    not noticed        the trigger, or the scope, alone lets another company's account through: the
                       other one refuses it
"""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import bindparam, select

from bot.clock import ManualClock
from bot.economy import budgets, limit_changes, quotas, spending
from bot.economy.ledger import Account, AccountKey, Entry, Movement
from bot.economy.periods import Span, period_at
from bot.errors.kinds import BursarError
from bot.errors.money import InsufficientFunds, WalletClosed
from bot.errors.plans import QuotaExceeded
from bot.ids import IdempotencyKey, TenantId, WalletId
from storage.database import Database
from storage.engine import open_database
from storage.statements import Statement
from storage.tables.money import account, transfer
from storage.transaction import SqlTx
from storage.verify import verify_ledger
from tests.ledgers import LIFE, Company, budget_of, found_company
from tests.property.oracle import DONE, Oracle, Outcome
from tests.servers import PostgresServer

# `make crash` sets 2,000, each of a hundred steps; every hundred of them on fresh databases.
RUNS: Final = int(os.environ.get("BURSAR_TEST_RUNS", "80"))  # noqa: TID251  # a test has no settings
IS_LONG: Final = RUNS >= 1000
PARTS: Final = RUNS // 100 if IS_LONG else 1
STEPS: Final = 100 if IS_LONG else 40
# Two days before a week ends and five before the month does.
START: Final = datetime(2026, 11, 27, 20, tzinfo=UTC)
ZONE: Final = ZoneInfo("Europe/Madrid")
TREE: Final = {"org": None, "team": "org", "project": "team", "key": "project", "other": "org"}
NEIGHBOUR: Final = TenantId("neighbour")
WALLETS = st.sampled_from(list(TREE))
AMOUNTS = st.integers(1, 60)
SPANS = st.sampled_from(["month", "month", "day", "week", "total"])

_debit, _credit = account.alias("debit"), account.alias("credit")
_ROWS: Final = Statement(
    select(
        transfer.c.grp,
        transfer.c.kind,
        _debit.c.kind.label("debit_kind"),
        _debit.c.owner.label("debit_owner"),
        _debit.c.period.label("debit_period"),
        _credit.c.kind.label("credit_kind"),
        _credit.c.owner.label("credit_owner"),
        _credit.c.period.label("credit_period"),
        transfer.c.amount,
        transfer.c.hold_id,
        transfer.c.expires_us,
        transfer.c.actor,
        transfer.c.cause,
        transfer.c.at_us,
    )
    .join(_debit, _debit.c.id == transfer.c.dr_acc)
    .join(_credit, _credit.c.id == transfer.c.cr_acc)
    .where(transfer.c.tenant == bindparam("tenant"))
    .order_by(transfer.c.seq)
)
_ACCOUNTS: Final = Statement(
    select(
        account.c.kind,
        account.c.owner,
        account.c.unit,
        account.c.period,
        account.c.cr,
        account.c.dr,
        account.c.held,
        account.c.moved,
        account.c.floor,
    ).where(account.c.tenant == bindparam("tenant"))
)
# What was charged beyond every budget, in all periods.
_OVERRUNS: Final = Statement(
    select(account.c.owner, account.c.period, account.c.dr).where(
        account.c.tenant == bindparam("tenant"), account.c.kind == "overrun", account.c.dr > 0
    )
)


async def found_neighbour(database: Database) -> Account:
    """Make another company, which nobody here may touch; return an account of its money."""
    await database.write(lambda tx: found_company(tx, tenant=NEIGHBOUR, zone=ZONE.key))
    books = Company(database, NEIGHBOUR)
    org = WalletId(f"{NEIGHBOUR}-org")
    await books.limit(org, 1000)
    await books.spend(org, 10)
    account = (await books.read(lambda tx: budget_of(tx, org))).account
    assert account is not None
    return account


class Databases:
    """Both databases, and one clock; a run of the machine is a tenant of its own."""

    def __init__(self, runner: asyncio.Runner, clock: ManualClock, opened: list[Database]) -> None:
        self.runner = runner
        self.clock = clock
        self.opened = opened
        self.names = itertools.count()
        self.neighbours = dict(zip(opened, self.both(found_neighbour), strict=True))

    def both(self, call: Callable[[Database], Any]) -> list[Any]:
        """Run the same on both, at the same time; return both results. Any: each has its own."""

        async def run() -> list[Any]:
            return list(await asyncio.gather(*(call(database) for database in self.opened)))

        return self.runner.run(run())


def code_of(error: BursarError) -> Outcome:
    facts = error.facts
    if isinstance(error, InsufficientFunds):
        return (
            error.code,
            facts["wallet_id"],
            facts["needed_nanos"],
            facts["free_nanos"],
            facts["period"],
        )
    if isinstance(error, WalletClosed):
        return error.code, facts["wallet_id"]
    return (error.code,)


def limit_first(tx: SqlTx, wallet_id: WalletId, span: Span, amount: int) -> Outcome:
    limit_changes.set_limit(tx, wallet_id, span, amount, key=f"{wallet_id}:first", actor="x")
    return DONE


def without_account(group: str) -> str:
    """Take off the account's number, with which the keys of openings end."""
    return group.rpartition(":")[0] if group.startswith(("open:", "raise:")) else group


class LedgerMachine(RuleBasedStateMachine):
    """Does one thing after the other, each once or twice."""

    spends: Bundle[str] = Bundle("spends")
    raises: Bundle[str] = Bundle("raises")

    def __init__(self, databases: Databases) -> None:
        super().__init__()
        self.databases = databases
        self.clock = databases.clock
        self.tenant = TenantId(f"t{next(databases.names)}")
        self.keys = itertools.count()
        self.quota_used: dict[str, int] = {}
        self.oracle = Oracle(
            {
                self.wallet(name): None if parent is None else self.wallet(parent)
                for name, parent in TREE.items()
            },
            ZONE,
        )

    def wallet(self, name: str) -> WalletId:
        return WalletId(f"{self.tenant}-{name}")

    def key(self) -> str:
        return f"{self.tenant}-{next(self.keys)}"

    def do(self, fn: Callable[[SqlTx], Outcome]) -> Outcome:
        """Write on both databases; return what both came to."""

        async def write(database: Database) -> Outcome:
            try:
                return await database.write(fn, tenant=self.tenant)
            except BursarError as error:
                return code_of(error)

        outcome: Outcome
        outcome, other = self.databases.both(write)
        assert outcome == other
        return outcome

    @initialize(amount=st.integers(0, 300), below=st.integers(0, 200), daily=st.integers(0, 100))
    def begin(self, amount: int, below: int, daily: int) -> None:
        self.clock.set(START)

        def make(tx: SqlTx) -> Outcome:
            found_company(tx, tenant=self.tenant, zone=ZONE.key)
            return DONE

        self.do(make)
        first: tuple[tuple[str, Span, int], ...] = (
            ("org", "month", amount),
            ("team", "month", below),
            ("project", "day", daily),
        )
        for name, span, limit in first:
            wallet_id = self.wallet(name)
            self.oracle.set_limit(wallet_id, span, limit, START)
            self.do(lambda tx, x=(wallet_id, span, limit): limit_first(tx, *x))  # type: ignore[misc]  # bound now

    @rule(name=WALLETS, span=SPANS, amount=st.none() | st.integers(0, 200), twice=st.booleans())
    def set_limit(self, name: str, span: Span, amount: int | None, twice: bool) -> None:
        wallet_id, key = self.wallet(name), self.key()

        def set_limit(tx: SqlTx) -> Outcome:
            before = limit_changes.set_limit(tx, wallet_id, span, amount, key=key, actor="x")
            return "done", before

        expected = self.oracle.set_limit(wallet_id, span, amount, self.clock.now())
        assert self.do(set_limit) == expected
        if twice and expected[0] == "done":
            assert self.do(set_limit) == ("done", amount)

    @rule(target=spends, name=WALLETS, amount=AMOUNTS, twice=st.booleans())
    def hold(self, name: str, amount: int, twice: bool) -> str:
        return self._hold(name, amount, twice=twice)

    def _hold(self, name: str, amount: int, *, twice: bool = False) -> str:
        wallet_id, key, now = self.wallet(name), self.key(), self.clock.now()

        def hold(tx: SqlTx) -> Outcome:
            spending.hold(tx, wallet_id, amount, key=key, actor="x", life=LIFE)
            return DONE

        expected = self.oracle.hold(wallet_id, amount, key, now + LIFE, now)
        assert self.do(hold) == expected
        if twice and expected == DONE:
            assert self.do(hold) == DONE
        return key

    @rule(key=spends, cost=st.integers(0, 90), twice=st.booleans())
    def settle(self, key: str, cost: int, twice: bool) -> None:
        self._settle(key, cost, twice=twice)

    @rule(
        name=st.sampled_from(["project", "key"]),
        amount=st.integers(1, 20),
        more=st.integers(-10, 40),
        days=st.sampled_from([1, 1, 4]),
    )
    def settle_in_a_later_period(self, name: str, amount: int, more: int, days: int) -> None:
        """What was held in one period is charged to that one, however late and however much."""
        key = self._hold(name, amount)
        self.clock.advance(timedelta(days=days))
        self._settle(key, max(0, amount + more))

    def _settle(self, key: str, cost: int, *, twice: bool = False) -> None:
        spend = self.oracle.spends.get(key)
        if spend is None:
            return

        def settle(tx: SqlTx) -> Outcome:
            done = spending.settle(tx, spend.wallet_id, cost, key=key, actor="x")
            crossings = [
                (x.wallet_id, x.period, x.percent, x.used_nanos, x.limit_nanos)
                for x in done.crossings
            ]
            return "done", done.overrun_nanos, crossings

        for _ in range(1 + twice):
            expected = self.oracle.settle(key, cost, self.clock.now())
            assert self.do(settle) == expected

    @rule(key=spends, twice=st.booleans())
    def release(self, key: str, twice: bool) -> None:
        if key not in self.oracle.spends:
            return
        for _ in range(1 + twice):
            expected = self.oracle.give_back(key, "released")
            assert (
                self.do(lambda tx: ("done", spending.release(tx, key=key, actor="x"))) == expected
            )

    @rule(
        by=st.sampled_from(
            [
                timedelta(minutes=1),
                LIFE,
                timedelta(hours=9),
                timedelta(days=1),
                timedelta(days=2),
                timedelta(days=4),
                -timedelta(minutes=3),
            ]
        )
    )
    def advance(self, by: timedelta) -> None:
        self.clock.advance(by)

    @rule()
    def expire(self) -> None:
        async def list_expired(database: Database) -> list[str]:
            groups = await database.read(lambda tx: tx.ledger.list_expired_groups(10_000))
            return sorted(group for tenant, group in groups if tenant == self.tenant)

        expected = self.oracle.list_expired(self.clock.now())
        assert self.databases.both(list_expired) == [expected, expected]
        for key in expected:
            self.oracle.give_back(key, "expired")
            assert self.do(lambda tx, key=key: (spending.expire(tx, key),)) == (True,)  # type: ignore[misc]  # bound now

    @rule(
        target=raises,
        name=st.sampled_from(["org", "team", "team", "project"]),
        amount=st.integers(1, 20),
        # Until the next hour, day, week and month.
        hours=st.sampled_from([1, 9, 30, 60, 100, 150]),
    )
    def raise_limit(self, name: str, amount: int, hours: int) -> str:
        wallet_id, key, now = self.wallet(name), self.key(), self.clock.now()
        until_at = now + timedelta(hours=hours)

        def raise_limit(tx: SqlTx) -> Outcome:
            limit_changes.raise_limit(tx, wallet_id, amount, until_at=until_at, key=key, actor="x")
            return DONE

        expected = self.oracle.raise_limit(wallet_id, amount, key, until_at, now)
        assert self.do(raise_limit) == expected
        return key

    @rule(raise_id=raises, twice=st.booleans())
    def end_raise(self, raise_id: str, twice: bool) -> None:
        def end_raise(tx: SqlTx) -> Outcome:
            limit_changes.end_raise(tx, raise_id, key=f"end-{raise_id}", actor="x")
            return DONE

        for _ in range(1 + twice):
            expected = self.oracle.end_raise(raise_id, self.clock.now())
            assert self.do(end_raise) == expected

    @rule(source=WALLETS, target_name=WALLETS, amount=AMOUNTS, twice=st.booleans())
    def move(self, source: str, target_name: str, amount: int, twice: bool) -> None:
        key, pair = self.key(), (self.wallet(source), self.wallet(target_name))

        def move(tx: SqlTx) -> Outcome:
            limit_changes.move_budget(tx, *pair, amount, key=key, actor="x")
            return DONE

        expected = self.oracle.move(*pair, amount, self.clock.now())
        assert self.do(move) == expected
        if twice and expected == DONE:
            assert self.do(move) == DONE

    @rule(
        name=st.sampled_from(["team", "key", "other"]),
        is_closed=st.booleans(),
        then=st.sampled_from(["project", "team", "key"]),
    )
    def close(self, name: str, is_closed: bool, then: str) -> None:
        wallet_id = self.wallet(name)
        changed = self.do(lambda tx: (tx.wallets.set_closed(wallet_id, is_closed),))
        assert changed == ((wallet_id in self.oracle.closed) != is_closed,)
        (self.oracle.closed.add if is_closed else self.oracle.closed.discard)(wallet_id)
        self._hold(then, 1)

    @rule(count=st.integers(1, 6), twice=st.booleans())
    def admit(self, count: int, twice: bool) -> None:
        key, period = self.key(), period_at("day", self.clock.now(), ZONE)
        quota = quotas.Quota("ana", "reads", period, 10)

        def admit(tx: SqlTx) -> Outcome:
            try:
                quotas.admit(tx, quota, count, key=key)
            except QuotaExceeded:
                return ("full",)
            return DONE

        used = self.quota_used.get(period.key, 0)
        expected = DONE if used + count <= 10 else ("full",)
        if expected == DONE:
            self.quota_used[period.key] = used + count
        for _ in range(1 + (twice and expected == DONE)):
            assert self.do(admit) == expected

    @rule(amount=AMOUNTS, takes=st.booleans())
    def reach_into_another_company(self, amount: int, takes: bool) -> None:
        key = IdempotencyKey(self.key())

        async def reach(database: Database) -> str:
            foreign = self.databases.neighbours[database].id

            def move(tx: SqlTx) -> None:
                mine, _ = tx.ledger.open_account(
                    AccountKey("sink", "org", "nusd", "here"), is_bottomless=True
                )
                debit_id, credit_id = (foreign, mine.id) if takes else (mine.id, foreign)
                entry = Entry(debit_id, credit_id, amount)
                tx.ledger.transfer(Movement(key, "x", "x", (entry,)))

            try:
                await database.write(move, tenant=self.tenant)
            except Exception:  # noqa: BLE001  # by the statement, by the trigger: refused it is
                return "refused"
            return "done"

        assert self.databases.both(reach) == ["refused", "refused"]

    @invariant()
    def figures_are_those_of_the_model(self) -> None:
        def look(tx: SqlTx) -> tuple[object, object]:
            running = {
                (x.wallet.id, x.limit.span): (
                    x.limit_nanos,
                    x.used_nanos,
                    x.held_nanos,
                    x.free_nanos,
                )
                for x in budgets.list_budgets(tx, tx.wallets.list_all())
            }
            rows = tx.connection.rows(_OVERRUNS, tenant=self.tenant)
            return running, {(row["owner"], row["period"]): row["dr"] for row in rows}

        expected = self.oracle.figures(self.clock.now()), self.oracle.overruns()
        found = self.databases.both(lambda database: database.read(look, tenant=self.tenant))
        assert found == [expected, expected]

    @invariant()
    def the_ledger_is_sound(self) -> None:
        # Of every run at once: the longer the books, the longer it takes.
        if not IS_LONG:
            assert self.databases.both(lambda database: database.read(verify_ledger)) == [[], []]

    def teardown(self) -> None:
        def rows(tx: SqlTx) -> tuple[list[tuple[Any, ...]], set[tuple[Any, ...]]]:
            moved = tx.connection.rows(_ROWS, tenant=self.tenant)
            kept = tx.connection.rows(_ACCOUNTS, tenant=self.tenant)
            return (
                [
                    (without_account(row[0]), *(row[index] for index in range(1, 14)))
                    for row in moved
                ],
                {tuple(row[index] for index in range(9)) for row in kept},
            )

        first, second = self.databases.both(lambda database: database.read(rows))
        assert first == second
        assert self.databases.both(lambda database: database.read(verify_ledger)) == [[], []]

        async def look(database: Database) -> Account:
            known = self.databases.neighbours[database].id
            return await database.read(lambda tx: tx.ledger.refresh(known), tenant=NEIGHBOUR)

        assert self.databases.both(look) == list(self.databases.neighbours.values())


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("part", range(PARTS))
def test_any_sequence_comes_out_as_the_model_says(
    sqlite_path: Path, postgres: PostgresServer, part: int
) -> None:
    clock = ManualClock(START)
    urls = (f"sqlite:///{sqlite_path}", postgres.create_database())
    with asyncio.Runner() as runner:
        opened = [runner.run(open_database(url, clock)) for url in urls]
        databases = Databases(runner, clock, opened)
        make = seed(part)(lambda: LedgerMachine(databases))
        try:
            run_state_machine_as_test(
                make,  # type: ignore[arg-type]  # it takes a factory
                settings=settings(
                    max_examples=RUNS // PARTS,
                    stateful_step_count=STEPS,
                    deadline=None,
                    derandomize=not IS_LONG,
                    database=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            for database in opened:
                runner.run(database.close())
