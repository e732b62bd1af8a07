"""A limit that a wallet gets in the middle of a period counts all of the period."""

import asyncio
import itertools

import pytest

from bot.actions.budget import RestoreLimit
from bot.actions.catalog import action_of
from bot.actions.limits import SetLimit, preview_limit
from bot.economy.budgets import find_running, read_budgets
from bot.economy.periods import Span
from bot.economy.wallets import Wallet
from bot.errors.kinds import BursarError
from bot.errors.money import InsufficientFunds
from bot.ids import PrincipalId, WalletId
from bot.ports import Actor
from storage.database import Database
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, make_company, spend

OPS, TOOLS = WalletId("ops"), WalletId("tools")
NUMBERS = itertools.count()
LIMIT = SetLimit(wallet_id=OPS, window="month", amount_nanos=500 * USD)


@pytest.fixture
async def spent(database: Database) -> Database:
    """A team without a limit that spent $90, $30 of it in a project that was closed since."""

    def make(tx: SqlTx) -> None:
        make_company(tx)
        tx.wallets.add(Wallet(OPS, WalletId("company"), "team", "Ops"))
        tx.wallets.add(Wallet(TOOLS, OPS, "project", "Tools"))
        spend(tx, "ops", "ana", 60 * USD, "gpt-5", "o1")
        spend(tx, "tools", "ana", 30 * USD, "gpt-5", "t1")
        tx.wallets.set_closed(TOOLS, True)

    await database.write(make, tenant=ACME)
    return database


async def do(database: Database, call: SetLimit | RestoreLimit) -> None:
    """Do a call as a yes of its own does it."""
    key = f"yes:{next(NUMBERS)}"

    def run(tx: SqlTx) -> None:
        actor = Actor(tx.people.get(PrincipalId("elena")), None, key=key)
        action_of(call).apply(call, tx, actor)

    await database.write(run, tenant=ACME)


async def figures(database: Database, span: Span = "month") -> tuple[int, int, int]:
    """Return limit, used and free, in dollars."""

    def look(tx: SqlTx) -> tuple[int, int, int]:
        (found,) = [x for x in read_budgets(tx, [tx.wallets.get(OPS)]) if x.limit.span == span]
        return found.limit_nanos // USD, found.used_nanos // USD, found.free_nanos // USD

    return await database.read(look, tenant=ACME)


@pytest.mark.parametrize("span", ["day", "week", "month", "total"])
async def test_a_new_limit_begins_with_what_its_period_has_spent(
    spent: Database, span: Span
) -> None:
    await do(spent, LIMIT.model_copy(update={"window": span}))
    assert await figures(spent, span) == (500, 90, 410)
    await spent.write(lambda tx: spend(tx, "ops", "ana", 10 * USD, "gpt-5", "o2"), tenant=ACME)
    assert await figures(spent, span) == (500, 100, 400)


async def test_the_draft_says_so(spent: Database) -> None:
    def look(tx: SqlTx) -> int | None:
        return preview_limit(
            LIMIT, tx, Actor(tx.people.get(PrincipalId("elena")), None)
        ).used_nanos

    assert await spent.read(look, tenant=ACME) == 90 * USD


async def test_what_is_more_than_the_limit_is_spent_too_and_nothing_is_free(
    spent: Database,
) -> None:
    await do(spent, LIMIT.model_copy(update={"amount_nanos": 50 * USD}))
    assert await figures(spent) == (50, 90, 0)
    with pytest.raises(InsufficientFunds):
        await spent.write(lambda tx: spend(tx, "ops", "ana", 1, "gpt-5", "o2"), tenant=ACME)


async def test_a_limit_that_was_away_counts_what_was_spent_meanwhile_once(spent: Database) -> None:
    await do(spent, LIMIT)
    for key in ("o2", "o3"):
        await do(spent, LIMIT.model_copy(update={"amount_nanos": None}))
        await spent.write(
            lambda tx, key=key: spend(tx, "ops", "ana", 5 * USD, "gpt-5", key),  # type: ignore[misc]  # bound now
            tenant=ACME,
        )
        await do(
            spent,
            RestoreLimit(wallet_id=OPS, span="month", amount_nanos=500 * USD, expected_nanos=None),
        )
    assert await figures(spent) == (500, 100, 400)
    await do(spent, LIMIT.model_copy(update={"amount_nanos": 600 * USD}))
    assert await figures(spent) == (600, 100, 500)


async def test_of_eight_at_once_one_counts_it(spent: Database) -> None:
    made = await asyncio.gather(*(do(spent, LIMIT) for _ in range(8)), return_exceptions=True)
    assert all(not isinstance(one, Exception) or isinstance(one, BursarError) for one in made)
    assert any(not isinstance(one, Exception) for one in made)
    assert await figures(spent) == (500, 90, 410)


async def test_a_wallet_that_never_spent_has_no_account_before_its_first_use(
    database: Database,
) -> None:
    def make(tx: SqlTx) -> None:
        make_company(tx)
        tx.wallets.add(Wallet(OPS, WalletId("company"), "team", "Ops"))

    await database.write(make, tenant=ACME)
    await do(database, LIMIT)
    found = await database.read(
        lambda tx: find_running(tx, tx.wallets.get(OPS), "month"), tenant=ACME
    )
    assert found is not None
    assert found.account is None
