"""A wallet is closed while another is put below it: never an open one below a closed one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.actions.wallets import (
    CloseWallet,
    CreateWallet,
    ReopenWallet,
    close_wallet,
    create_wallet,
    reopen_wallet,
)
from bot.clock import ManualClock
from bot.economy.wallets import Wallet
from bot.errors.kinds import InvalidInput, Refused
from bot.errors.money import WalletClosed
from bot.ids import WalletId
from bot.ports import Actor
from storage.database import Database
from storage.engine import open_database
from storage.transaction import SqlTx
from tests.ledgers import ANA, TEAM, Company, found_company

ROUNDS = 25


@pytest.fixture
async def instances(
    database_url: str, database: Database, clock: ManualClock
) -> AsyncIterator[list[Company]]:
    """Two instances on PostgreSQL; a file has one process, and so the same one twice."""
    await database.write(found_company)
    async with AsyncExitStack() as stack:
        second = database
        if not database.is_exclusive:
            second = await open_database(database_url, clock)
            stack.push_async_callback(second.close)
        yield [Company(database), Company(second)]


def of(tx: SqlTx) -> Actor:
    return Actor(tx.people.get(ANA), None)


def create(tx: SqlTx, name: str, parent_id: WalletId) -> None:
    create_wallet(CreateWallet(name=name, kind="project", parent_id=parent_id), tx, of(tx))


def close(tx: SqlTx, wallet_id: WalletId) -> None:
    close_wallet(CloseWallet(wallet_id=wallet_id), tx, of(tx))


async def test_closing_and_putting_below_at_once(instances: list[Company]) -> None:
    first, second = instances
    ended = set()
    for number in range(ROUNDS):
        parent = WalletId(f"p{number}")
        await first.write(lambda tx, at=parent: tx.wallets.add(Wallet(at, TEAM, "project", at)))  # type: ignore[misc]  # bound now
        orders = [
            first.write(lambda tx, at=parent: close(tx, at)),  # type: ignore[misc]  # bound now
            second.write(lambda tx, at=parent: create(tx, f"below {at}", at)),  # type: ignore[misc]  # bound now
        ]
        results = await asyncio.gather(
            *(orders if number % 2 else reversed(orders)), return_exceptions=True
        )
        refused = [one for one in results if one is not None]
        assert len(refused) == 1, results
        assert isinstance(refused[0], WalletClosed | InvalidInput)
        ended.add(type(refused[0]))
        known = {one.name: one for one in await first.read(lambda tx: tx.wallets.list_all())}
        assert known[parent].is_closed is (f"below {parent}" not in known)
    assert ended <= {WalletClosed, InvalidInput}


async def test_opening_again_below_what_is_closed_at_once(instances: list[Company]) -> None:
    first, second = instances
    for number in range(ROUNDS):
        parent, child = WalletId(f"p{number}"), WalletId(f"c{number}")

        def make(tx: SqlTx, parent: WalletId = parent, child: WalletId = child) -> None:
            tx.wallets.add(Wallet(parent, TEAM, "project", parent))
            tx.wallets.add(Wallet(child, parent, "key", child))
            tx.wallets.set_closed(child, True)

        def reopen(tx: SqlTx, child: WalletId = child) -> None:
            reopen_wallet(ReopenWallet(wallet_id=child), tx, of(tx))

        await first.write(make)
        results = await asyncio.gather(
            first.write(lambda tx, at=parent: close(tx, at)),  # type: ignore[misc]  # bound now
            second.write(reopen),
            return_exceptions=True,
        )
        assert sum(isinstance(one, Refused) for one in results) == 1, results
        known = {one.id: one for one in await first.read(lambda tx: tx.wallets.list_all())}
        assert known[parent].is_closed is known[child].is_closed
