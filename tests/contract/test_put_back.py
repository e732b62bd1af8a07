"""Limits that are set back: once, from many at once, and never over what somebody else set."""

from __future__ import annotations

import asyncio

import pytest

from bot.access import RoleLimit
from bot.actions.base import ActionCall
from bot.actions.catalog import action_of, dump_calls, parse_calls
from bot.actions.limits import SetLimit
from bot.actions.rights import SetRoleLimit
from bot.errors.kinds import Conflict
from bot.ids import PrincipalId, WalletId
from bot.ports import Actor
from storage.database import Database
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, make_company

DESIGN = WalletId("design")


@pytest.fixture
async def acme(database: Database) -> Database:
    await database.write(make_company, tenant=ACME)
    return database


async def apply(database: Database, call: ActionCall, key: str) -> ActionCall:
    """Have the owner do something; return what takes it back, as it is kept."""

    def do(tx: SqlTx) -> ActionCall:
        person = tx.people.get(PrincipalId("elena"))
        place = tx.conversations.open("terminal", "terminal", "", person.id)
        receipt = action_of(call).apply(call, tx, Actor(person, place.id, key=key))
        undo: ActionCall | None = receipt.undo
        return call if undo is None else parse_calls(dump_calls([undo]))[0]

    return await database.write(do, tenant=ACME)


async def limits(database: Database) -> tuple[int | None, list[RoleLimit]]:
    def look(tx: SqlTx) -> tuple[int | None, list[RoleLimit]]:
        found = {x.span: x.amount_nanos for x in tx.wallets.list_limits([DESIGN])}
        return found.get("month"), tx.rights.list_all()

    return await database.read(look, tenant=ACME)


def set_to(kind: str, amount: int | None) -> ActionCall:
    nanos = None if amount is None else amount * USD
    if kind == "wallet":
        return SetLimit(wallet_id=DESIGN, amount_nanos=nanos, window="month")
    return SetRoleLimit(role="lead", permission="request.decide", amount_nanos=nanos)


@pytest.mark.parametrize("amount", [700, None])
@pytest.mark.parametrize("kind", ["wallet", "role"])
async def test_a_limit_goes_back_once(acme: Database, kind: str, amount: int | None) -> None:
    await apply(acme, set_to(kind, 600), "first")
    before = await limits(acme)
    undo = await apply(acme, set_to(kind, amount), "second")
    answers = await asyncio.gather(
        *(apply(acme, undo, f"undo-{number}") for number in range(8)), return_exceptions=True
    )
    assert [type(x) for x in answers if isinstance(x, BaseException)] == [Conflict] * 7
    assert await limits(acme) == before


@pytest.mark.parametrize("later", [800, None])
@pytest.mark.parametrize("kind", ["wallet", "role"])
async def test_what_somebody_else_set_stays(acme: Database, kind: str, later: int | None) -> None:
    await apply(acme, set_to(kind, 600), "first")
    undo = await apply(acme, set_to(kind, 700), "second")
    await apply(acme, set_to(kind, later), "third")
    before = await limits(acme)
    with pytest.raises(Conflict):
        await apply(acme, undo, "undo")
    assert await limits(acme) == before
