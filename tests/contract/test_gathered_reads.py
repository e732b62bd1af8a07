"""Reads that wait together share a snapshot of the file, and nothing else."""

import asyncio

import pytest

from bot.clock import ManualClock
from bot.economy.wallets import Tenant
from bot.errors.kinds import NotFound
from bot.ids import PrincipalId, TenantId
from storage.database import Database
from storage.transaction import SqlTx

ACME, GLOBEX = TenantId("acme"), TenantId("globex")


async def found(database: Database, tenant: TenantId) -> None:
    await database.write(
        lambda tx: tx.people.add_tenant(Tenant(tenant, f"Company {tenant}", "UTC", "en")),
        tenant=tenant,
    )


async def test_each_read_has_its_own_tenant_and_result(database: Database) -> None:
    await found(database, ACME)
    await found(database, GLOBEX)
    asked = [ACME, GLOBEX] * 100
    names = await asyncio.gather(
        *(database.read(lambda tx: tx.people.tenant().name, tenant=tenant) for tenant in asked)
    )
    assert names == [f"Company {tenant}" for tenant in asked]


async def test_a_read_that_fails_leaves_the_others_alone(database: Database) -> None:
    await found(database, ACME)

    def look(tx: SqlTx) -> str:
        return tx.people.tenant().name

    def fail(tx: SqlTx) -> str:
        tx.people.get(PrincipalId("nobody"))
        raise AssertionError

    answers = await asyncio.gather(
        *(database.read(fn, tenant=ACME) for fn in (look, fail, look, fail, look)),
        return_exceptions=True,
    )
    assert [str(answer) for answer in answers[::2]] == ["Company acme"] * 3
    assert all(isinstance(answer, NotFound) for answer in answers[1::2])


async def test_a_read_without_a_tenant_sees_none_of_the_one_before(database: Database) -> None:
    await found(database, ACME)
    first = database.read(lambda tx: tx.people.tenant().name, tenant=ACME)
    second = database.read(lambda tx: tx.people.tenant().name)
    name, error = await asyncio.gather(first, second, return_exceptions=True)
    assert name == "Company acme"
    assert isinstance(error, RuntimeError)


async def test_what_was_written_before_a_read_is_in_it(database: Database) -> None:
    async def write_and_look(number: int) -> bool:
        tenant = TenantId(f"t{number}")
        await found(database, tenant)
        known = await database.read(lambda tx: [one.id for one in tx.people.list_tenants()])
        return tenant in known

    assert all(await asyncio.gather(*(write_and_look(number) for number in range(50))))


@pytest.mark.parametrize("is_long", [False, True])
async def test_a_read_given_up_hands_on_to_the_next(
    database: Database, clock: ManualClock, is_long: bool
) -> None:
    await found(database, ACME)
    given_up = asyncio.ensure_future(
        database.read(lambda tx: tx.people.tenant(), tenant=ACME, is_long=is_long)
    )
    await asyncio.sleep(0)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    company = await database.read(lambda tx: tx.people.tenant(), tenant=ACME, is_long=is_long)
    assert company.id == ACME
