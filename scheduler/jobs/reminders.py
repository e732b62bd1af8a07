"""Reminding of requests that wait, by the database's clock."""

from __future__ import annotations

from collections.abc import Callable

from bot.deciding.reminders import REMIND_AFTER, remind_due
from bot.ids import TenantId
from bot.ports import Database, Tx
from bot.proposals.model import Proposal
from scheduler.each import each

# In one go; what is more comes with the next tick.
_AT_ONCE = 500


async def remind_requests(database: Database) -> int:
    """Take the step that is due for every request that waits; return how many were taken.

    Each in a transaction of its own: one that is decided at the same moment stops no other.
    """
    waiting = await database.read(
        lambda tx: tx.proposals.list_waiting(long_ago=REMIND_AFTER, limit=_AT_ONCE)
    )
    return await each(
        ((TenantId(tenant), request) for tenant, request in waiting),
        lambda of, request: database.write(_remind(request), tenant=of),
        job="remind_requests",
    )


def _remind(request: Proposal) -> Callable[[Tx], bool]:
    return lambda tx: remind_due(tx, request)
