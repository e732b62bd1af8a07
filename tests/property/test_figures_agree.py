"""Whatever a month was like: every figure that is shown of it is the ledger's, to the cent.

Chance spends, sets aside, raises, moves and corrects over three weeks; then the month is asked for
in all the ways that there are, by somebody who sees all and by the lead of a part.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from bot.bills.reading import read_bill
from bot.clock import ManualClock
from bot.economy import spending
from bot.economy.usage import Usage
from bot.errors.money import InsufficientFunds
from bot.ids import PrincipalId, WalletId
from bot.messages import Block, FileBlock
from bot.operations import bills
from bot.replies.amounts import about_usd, usd
from bot.replies.words import say
from bot.reports.balance import balance
from bot.running import App
from scheduler.jobs.expiry import expire_holds
from storage.database import Database
from storage.transaction import SqlTx
from tests.turns.chat import ACME, PEOPLE, USD, WALLETS, Chat, limits, make_company

NAMES: Final = {wallet_id: name for wallet_id, _, _, name, _ in WALLETS}
PARENTS: Final = {wallet_id: parent for wallet_id, parent, _, _, _ in WALLETS}
PERSONS: Final = {handle: name for handle, name, *_ in PEOPLE}
MODELS: Final = ("gpt-5", "gpt-5-mini", "claude-haiku-4-5")
SEEN_BY: Final = {"elena": tuple(NAMES), "ben": ("design", "launch")}
MADRID: Final = ZoneInfo("Europe/Madrid")
START: Final = datetime(2026, 11, 1, 7, tzinfo=UTC)
DAYS: Final = 21
CORRECTION: Final = say("en", "spend.correction")


class Month:
    """What chance did to a company, and what was charged in it: by wallet, person, model, day."""

    def __init__(self, chat: Chat, seed: int) -> None:
        self.chat = chat
        self.chance = random.Random(seed)
        self.charged: list[tuple[str, str, str, date, int]] = []
        self.calls = 0

    async def write(self, do: Callable[[SqlTx], None]) -> None:
        await self.chat.database.write(do, tenant=ACME)

    def now_on(self) -> date:
        return self.chat.clock.now().astimezone(MADRID).date()

    async def call(self, *, is_long: bool) -> None:
        """Make a call that costs more or less than was set aside; a long one ends at night."""
        self.calls += 1
        key = f"call:{self.calls}"
        wallet = self.chance.choice(list(NAMES))
        person = self.chance.choice(["ana", "ben", "frank"])
        model, most = self.chance.choice(MODELS), self.chance.randint(1, 25 * USD)
        cost = max(1, most + self.chance.randint(-USD // 2, USD // 2))

        def hold(tx: SqlTx) -> None:
            life = timedelta(hours=14)
            spending.hold(tx, WalletId(wallet), most, key=key, actor=person, life=life)

        def settle(at: datetime, tx: SqlTx) -> None:
            spending.settle(tx, WalletId(wallet), cost, key=key, actor=person)
            whose, by = WalletId(wallet), PrincipalId(person)
            used = Usage(key, whose, by, "chat", "test", model, 9, 3, cost, "1", at)
            assert tx.usage.add(used, at.astimezone(tx.zone).date())

        try:
            await self.write(hold)
        except InsufficientFunds:
            return
        if self.chance.random() < 0.05:
            # It is never answered: what was set aside is no spend.
            return
        begun_at, begun_on = self.chat.clock.now(), self.now_on()
        if is_long:
            self.chat.clock.advance(timedelta(hours=11))
        await self.write(partial(settle, begun_at))
        self.charged.append((wallet, person, model, begun_on, cost))

    async def change_a_budget(self) -> None:
        """Raise a limit for some days, move some of it, or ask for more and be given it."""
        amount = self.chance.randint(1, 60)
        until = self.now_on() + timedelta(days=self.chance.randint(0, 5))
        text = self.chance.choice(
            [f"raise design by {amount} until {until}", f"move {amount} from data to design"]
        )
        await self.chat.say("elena", text)
        await self.chat.say("elena", "yes")

    async def bill(self) -> None:
        """Correct a model on a day to what its provider charged."""
        days = sorted({(model, on) for _, _, model, on, _ in self.charged})
        model, on = self.chance.choice(days)
        shares = [one for one in self.charged if one[2:4] == (model, on)]
        counted = sum(cost for *_, cost in shares)
        theirs = max(counted + self.chance.randint(-USD, USD), 1)
        text = f"date,model,cost_usd\n{on},{model},{Decimal(theirs) / USD}\n"
        await self.chat.database.write(lambda tx: bills.keep(tx, read_bill(text.encode(), "test")))
        await self.chat.app.settled()
        await self.chat.say("elena", button=self.chat.buttons("elena")["yes"])
        rows = await self.chat.database.read(
            lambda tx: tx.usage.sum_by("wallet", from_on=on, until_on=on, model=model),
            tenant=ACME,
        )
        assert sum(row.cost_nanos for row in rows) == theirs
        for row in rows:
            own = sum(cost for wallet, _, _, _, cost in shares if wallet == row.heading)
            if row.cost_nanos != own:
                self.charged.append((row.heading, "", model, on, row.cost_nanos - own))

    async def live(self) -> None:
        for day in range(DAYS):
            self.chat.clock.set(START + timedelta(days=day))
            calls = self.chance.randint(0, 5)
            for number in range(calls):
                is_last = number == calls - 1
                await self.call(is_long=is_last and self.chance.random() < 0.3)
                if not is_last:
                    self.chat.clock.advance(timedelta(minutes=self.chance.randint(1, 90)))
            if self.chance.random() < 0.3:
                await self.change_a_budget()
            if self.charged and self.chance.random() < 0.2:
                await self.bill()
        # What was never answered is given back.
        self.chat.clock.set(START + timedelta(days=DAYS))
        await expire_holds(self.chat.database)

    def total(self, wallets: Iterable[str], **of: object) -> int:
        """Return what was charged to wallets; `of` names whom, which model, or the day."""
        return sum(self.by("all", wallets, **of).values())

    def by(self, what: str, wallets: Iterable[str], **of: object) -> Counter[object]:
        """Return what was charged to wallets, by one of its fields."""
        found: Counter[object] = Counter()
        for charge in self.charged:
            fields = dict(zip(("wallet", "person", "model", "on", "cost"), charge, strict=True))
            if charge[0] in wallets and of.items() <= fields.items():
                found[fields.get(what)] += charge[-1]
        return found


def below(wallet: str) -> list[str]:
    """Return a wallet and all that are below it."""
    return [wallet, *(one for child in NAMES if PARENTS[child] == wallet for one in below(child))]


def rows_of(text: str) -> dict[str, str]:
    """Return the amounts of a table in letters by what they are of."""
    cells = [re.split(r"  +", line.strip()) for line in text.splitlines()[1:]]
    return {row[0]: row[1] for row in cells if len(row) > 1}


def cents(sums: Counter[object], names: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return sums as a table shows them."""
    return {
        str(key if names is None else names.get(str(key), "")): about_usd(cost, "en")
        for key, cost in sums.items()
        if cost
    }


def blocks(chat: Chat, handle: str) -> Sequence[Block]:
    """Return what the last message to somebody was made of."""
    return next(item.message.blocks for to, item in reversed(chat.sent) if to == handle)


async def check(month: Month, handle: str, wallet: str) -> None:
    """Ask for one wallet's month in every way, and compare."""
    chat, name, wallets = month.chat, NAMES[wallet], below(wallet)
    total = month.total(wallets)
    said = about_usd(total, "en")

    async def ask(text: str) -> str:
        return await chat.say(handle, text)

    card = await ask(f"what's left for {name}?")
    assert card.startswith(f"{name} has spent {said} of "), card
    lines = await chat.database.read(lambda tx: balance(tx, WalletId(wallet)).lines, tenant=ACME)
    (line,) = [one for one in lines if one.period.span == "month"]
    assert line.used_nanos == total
    assert line.held_nanos == 0
    assert f"{about_usd(line.free_nanos, 'en', 'less')} is free" in card, card
    for by, shown in (
        ("model", cents(month.by("model", wallets))),
        ("person", cents(month.by("person", wallets), {**PERSONS, "": CORRECTION})),
        ("wallet", cents(month.by("wallet", wallets), NAMES)),
    ):
        text = await ask(f"what did {name} spend this month by {by}?")
        assert text.startswith(f"{name} spent {said}, "), text
        assert rows_of(text) == shown, text
    top = await ask(f"/ai-top-users {name}")
    assert f"all together {said}:" in top, top
    assert rows_of(top) == cents(month.by("person", wallets), {**PERSONS, "": CORRECTION}), top
    chart = await ask(f"chart of {name}")
    assert chart.startswith(f"{name} has spent {said} of "), chart
    ahead = await ask(f"forecast of {name}")
    assert f"So far {said};" in ahead, ahead
    yesterday = month.total(wallets, on=month.now_on() - timedelta(days=1))
    spent = await ask(f"what did {name} spend yesterday?")
    assert f"spent {about_usd(yesterday, 'en')}, " in spent or "spent nothing" in spent, spent
    for what, column in (("chargeback", "cost_usd"), ("focus", "BilledCost")):
        text = await ask(f"export {what} of {name} this month as json")
        assert f": {usd(total, 'en')}, by " in text, text
        (file,) = [one for one in blocks(chat, handle) if isinstance(one, FileBlock)]
        told = json.loads(file.data)["lines"]
        assert sum(Decimal(row[column]) for row in told) * USD == total


async def check_tree(month: Month, handle: str, wallets: Iterable[str]) -> None:
    """Compare the tree of wallets."""
    tree = rows_of(await month.chat.say(handle, "wallets"))
    assert tree == {NAMES[one]: about_usd(month.total(below(one)), "en") for one in wallets}


async def check_all(month: Month, handle: str) -> None:
    """Compare the tree, its chart and the digest of somebody, and each of their wallets."""
    wallets = SEEN_BY[handle]
    root = wallets[0]
    await check_tree(month, handle, wallets)
    bars = await month.chat.say(handle, "chart of the wallets")
    for one in wallets:
        assert f"{about_usd(month.total(below(one)), 'en')} of " in bars, bars
    digest = await month.chat.say(handle, "digest now")
    yesterday = month.total(below(root), on=month.now_on() - timedelta(days=1))
    spent = f"Spent: {about_usd(yesterday, 'en')} yesterday; "
    if not yesterday:
        spent = "Spent: nothing yesterday; "
    assert f"{spent}{about_usd(month.total(below(root)), 'en')} of " in digest, digest
    for wallet in wallets:
        await check(month, handle, wallet)


@pytest.mark.parametrize("seed", range(3))
async def test_every_figure_that_is_shown_of_a_month_is_the_ledgers(
    database: Database, clock: ManualClock, seed: int
) -> None:
    clock.set(START)
    await database.write(make_company, tenant=ACME)
    app = App(database, clock, limits())
    app.workers.start()
    chat = Chat(app, database, clock)
    app.add_channel("terminal", chat.send)
    try:
        await chat.say("elena", "hello")
        month = Month(chat, seed)
        await month.live()
        for handle in SEEN_BY:
            await check_all(month, handle)
        await chat.say("elena", "close launch")
        await chat.say("elena", "yes")
        # What it had spent is still of those above it.
        await check_tree(month, "elena", ("company", "design", "data"))
    finally:
        await app.stop()
