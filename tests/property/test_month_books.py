"""Whatever happens to wallets, calls and bills: ledger, reports and files of a month agree.

A random life of a company over the end of summer time and of two months: calls that cost more
than was set aside, calls over midnight, wallets that are made, renamed, closed and opened again,
limits that come and go, and bills of days that overlap, corrected in any order.
"""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest

from bot.actions.exports import What, make_file
from bot.bills.imports import BillImport
from bot.bills.lines import Bill, BillLine
from bot.bills.posting import UsageChanged, post
from bot.bills.variance import correct, count
from bot.clock import ManualClock
from bot.economy import limit_changes, spending
from bot.economy.budgets import sink_key
from bot.economy.periods import end_of_month, period_at
from bot.economy.usage import Usage
from bot.economy.wallets import Wallet
from bot.errors.money import InsufficientFunds, WalletClosed
from bot.ids import IdempotencyKey, WalletId
from storage.database import Database
from storage.transaction import SqlTx
from tests.ledgers import ANA, BEN, ORG, OTHER, PROJECT, TEAM, Company, found_company

STEPS: Final = 120
START: Final = datetime(2026, 10, 20, 8, tzinfo=UTC)
MONTHS: Final = [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)]
MODELS: Final = (("openai", "gpt-5"), ("openai", "gpt-5-mini"), ("anthropic", "claude-haiku-4-5"))
FILES: Final[tuple[tuple[What, str], ...]] = (("chargeback", "cost_usd"), ("focus", "BilledCost"))


class Life:
    """A company, what chance does to it, and the calls that are under way."""

    def __init__(self, company: Company, clock: ManualClock, seed: int) -> None:
        self.company = company
        self.clock = clock
        self.chance = random.Random(seed)
        self.wallets = [TEAM, PROJECT, OTHER]
        self.under_way: list[tuple[str, WalletId, int, datetime]] = []
        self.open_bills: list[BillImport] = []
        self.numbers = 0
        self.posted = 0

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    async def step(self) -> None:
        steps = (
            (40, self.begin_call),
            (40, self.end_call),
            (25, self.pass_time),
            (8, self.import_bill),
            (8, self.correct),
            (4, self.make_wallet),
            (4, self.rename),
            (4, self.close_or_open),
            (4, self.limit),
        )
        (do,) = self.chance.choices([x for _, x in steps], [weight for weight, _ in steps])
        await do()

    async def begin_call(self) -> None:
        wallet_id, most = self.chance.choice(self.wallets), self.chance.randint(1, 10**9)
        key = f"call:{self.number()}"
        try:
            await self.company.hold(wallet_id, most, key)
        except (InsufficientFunds, WalletClosed):
            return
        self.under_way.append((key, wallet_id, most, self.clock.now()))

    async def end_call(self) -> None:
        if not self.under_way:
            return
        key, wallet_id, most, begun_at = self.under_way.pop(
            self.chance.randrange(len(self.under_way))
        )
        cost = self.chance.choice([1, most, most // 2 + 1, most + self.chance.randint(1, 10**9)])
        provider, model = self.chance.choice(MODELS)
        person = self.chance.choice([ANA, BEN])

        def end(tx: SqlTx) -> None:
            settled = spending.settle(tx, wallet_id, cost, key=key, actor=person)
            at = begun_at if settled.was_held else tx.now
            usage = Usage(key, wallet_id, person, "chat", provider, model, 9, 3, cost, "1", at)
            assert tx.usage.add(usage, at.astimezone(tx.zone).date())

        await self.company.write(end)

    async def pass_time(self) -> None:
        self.clock.advance(timedelta(seconds=self.chance.choice([20, 3600, 20_000, 90_000])))
        if self.chance.random() < 0.5:
            await self.company.expire_all()

    async def import_bill(self) -> None:
        today = self.clock.now().date()
        first = START.date() + timedelta(days=self.chance.randint(0, (today - START.date()).days))
        days = self.chance.randint(1, 1 + (today - first).days)
        provider = self.chance.choice(["openai", "anthropic"])
        lines = tuple(
            BillLine(first + timedelta(days=day), model, None, None, self.chance.randint(0, 10**9))
            for day in range(days)
            for of, model in MODELS
            if of == provider
        )
        bill = Bill(f"bill-{self.number()}", provider, lines)

        def keep(tx: SqlTx) -> BillImport:
            counted = count(tx.charges, provider, bill.from_on, bill.until_on)
            found = tuple(correct(bill, counted, ORG))
            new = BillImport(
                bill.id, f"B{self.numbers}", provider, bill.from_on, bill.until_on, found
            )
            return tx.bills.keep(new)

        self.open_bills.append(await self.company.write(keep))

    async def correct(self) -> None:
        if not self.open_bills:
            return
        kept = self.open_bills.pop(self.chance.randrange(len(self.open_bills)))
        try:
            await self.company.write(lambda tx: post(tx, kept, actor=ANA))
        except UsageChanged:
            return
        self.posted += 1
        # What the bill says of its days is what is counted there now, model by model.
        again = await self.company.read(
            lambda tx: count(tx.charges, kept.provider, kept.from_on, kept.until_on)
        )
        for one in kept.corrections:
            days = [
                kept.from_on + timedelta(days=day)
                for day in range((kept.until_on - kept.from_on).days + 1)
            ]
            month = [on for on in days if end_of_month(on) == end_of_month(one.on)]
            assert sum(x.cost_nanos for x in again.of(one.model, month)) == one.theirs_nanos

    async def make_wallet(self) -> None:
        new = WalletId(f"acme-new-{self.number()}")
        parent = self.chance.choice([ORG, TEAM, OTHER])
        name = f"New {self.numbers}"
        await self.company.write(lambda tx: tx.wallets.add(Wallet(new, parent, "project", name)))
        self.wallets.append(new)

    async def rename(self) -> None:
        wallet_id, name = self.chance.choice(self.wallets), f"=Renamed {self.number()}"
        await self.company.write(lambda tx: tx.wallets.rename(wallet_id, name))

    async def close_or_open(self) -> None:
        wallet_id, is_closed = self.chance.choice(self.wallets), self.chance.random() < 0.5
        await self.company.write(lambda tx: tx.wallets.set_closed(wallet_id, is_closed))

    async def limit(self) -> None:
        wallet_id, key = self.chance.choice(self.wallets), f"limit:{self.number()}"
        span: Any = self.chance.choice(["day", "week", "month"])
        amount = self.chance.choice([None, 10**9, 10**11])

        def change(tx: SqlTx) -> None:
            try:
                limit_changes.set_limit(
                    tx, wallet_id, span, amount, key=IdempotencyKey(key), actor="x"
                )
            except WalletClosed:
                return

        await self.company.write(change)


def figures(tx: SqlTx, first: date) -> list[int]:
    """Return what a month cost: by the ledger, the report by day and by model, and the files."""
    last = end_of_month(first)
    noon = datetime.combine(first + timedelta(days=14), time(12), UTC)
    sink = tx.ledger.find_account(sink_key(ORG, period_at("month", noon, tx.zone)))
    found = [0 if sink is None else sink.cr - sink.dr]
    for grouping in ("day", "model", "person"):
        lines = tx.usage.sum_by(grouping, from_on=first, until_on=last)
        found.append(sum(one.cost_nanos for one in lines))
    for what, column in FILES:
        rows, total, file = make_file(tx, what, "json", first, last)
        told = json.loads(file.data)["lines"]
        assert len(told) == rows
        found += [total, int(sum(Decimal(line[column]) for line in told) * 10**9)]
    return found


@pytest.mark.parametrize("seed", range(4))
async def test_a_month_costs_the_same_wherever_it_is_read(
    database: Database, clock: ManualClock, seed: int
) -> None:
    clock.set(START)
    await database.write(lambda tx: found_company(tx, zone="Europe/Madrid"))
    company = Company(database)
    # The organisation's limit is what the ledger counts all by.
    await company.limit(ORG, 10**13)
    life = Life(company, clock, seed)
    for _ in range(STEPS):
        await life.step()
    while life.under_way:
        await life.end_call()
    await company.assert_sound()
    for month in MONTHS:
        found = await company.read(lambda tx, month=month: figures(tx, month))  # type: ignore[misc]  # bound now
        assert len(set(found)) == 1, (month, found)
    assert life.posted
