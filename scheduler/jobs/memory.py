"""Keeping no more of a talk than is needed, and nothing for longer than is set."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from bot.ids import ConversationId, PrincipalId, TenantId
from bot.memory import MOST_TURNS, MovedOn, add_up, fold
from bot.ports import Database, Tx
from scheduler.each import each

# In one go; what is more comes with the next tick.
_AT_ONCE = 500
# All turns of a conversation: within an hour nobody says so much.
_ALL = 100_000


async def tidy_memory(database: Database, keep_for: timedelta) -> int:
    """Forget what is older than `keep_for`, and count what is more than a conversation keeps.

    Returns how many turns and summaries were forgotten. Each conversation in a transaction of
    its own: one that is summed up at the same moment stops no other.
    """

    async def tidy(tenant: TenantId, _: None) -> int:
        forgotten = 0
        while some := await database.write(
            lambda tx: tx.memory.drop_old(tx.now - keep_for, _AT_ONCE), tenant=tenant
        ):
            forgotten += some
        long = await database.read(
            lambda tx: tx.memory.list_long(MOST_TURNS, _AT_ONCE), tenant=tenant
        )
        for place, person in long:
            with suppress(MovedOn):
                await database.write(_count_older(place, person), tenant=tenant)
        return forgotten

    companies = await database.read(lambda tx: tx.people.list_tenants())
    return await each(((one.id, None) for one in companies), tidy, job="tidy_memory")


def _count_older(place: ConversationId, person: PrincipalId) -> Callable[[Tx], None]:
    def count(tx: Tx) -> None:
        older = tx.memory.list_turns(place, _ALL)[:-MOST_TURNS]
        if older:
            fold(tx.memory, place, person, older, add_up(tx.memory.find_summary(place), older))

    return count
