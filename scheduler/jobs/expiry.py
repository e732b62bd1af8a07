"""Ending what has passed its time: holds, model calls, proposals; by the database's clock."""

from __future__ import annotations

from collections.abc import Callable

from bot import call_books
from bot.deciding import executor
from bot.economy import spending
from bot.ids import TenantId
from bot.ports import Database, Tx
from bot.proposals.model import Proposal
from scheduler.each import each

# In one go; what is more comes with the next tick.
_AT_ONCE = 500


async def expire_holds(database: Database) -> int:
    """End every spend whose time is over; return how many that were.

    A model call is charged what it surely used, anything else given back whole. Each in a
    transaction of its own: one that was settled at the same moment stops no other.
    """
    calls = await database.read(lambda tx: tx.calls.list_overdue(_AT_ONCE))
    ended = await each(
        calls, lambda of, key: database.write(_end_call(key), tenant=of), job="end_calls"
    )
    due = await database.read(lambda tx: tx.ledger.list_expired_groups(_AT_ONCE))
    return ended + await each(
        due, lambda of, key: database.write(_expire_hold(key), tenant=of), job="expire_holds"
    )


async def expire_proposals(database: Database) -> int:
    """End every proposal that nobody decided in time, close its cards, tell who asked."""
    due = await database.read(lambda tx: tx.proposals.list_expired(_AT_ONCE))
    return await each(
        ((TenantId(tenant), proposal) for tenant, proposal in due),
        lambda of, proposal: database.write(_expire_proposal(proposal), tenant=of),
        job="expire_proposals",
    )


def _end_call(key: str) -> Callable[[Tx], bool]:
    return lambda tx: call_books.reap(tx, key)


def _expire_hold(key: str) -> Callable[[Tx], bool]:
    return lambda tx: spending.expire(tx, key)


def _expire_proposal(proposal: Proposal) -> Callable[[Tx], bool]:
    return lambda tx: executor.expire(tx, proposal)
