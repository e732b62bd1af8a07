"""Forgetting offers that nobody can tap, and files that nobody can take, any more."""

from datetime import timedelta
from typing import Final

from bot.ports import Database, Tx

# Until then a late tap is told that it is too late, and not that there is no such button.
_AGE: Final = timedelta(days=30)
# In one transaction, so that whoever writes meanwhile hardly waits.
_AT_ONCE: Final = 500


async def tidy_offers(database: Database) -> int:
    """Forget what ended long ago; return how much. Safe to repeat."""
    dropped = 0
    while some := await database.write(_drop_old):
        dropped += some
    return dropped


def _drop_old(tx: Tx) -> int:
    return tx.offers.drop_old(_AGE, _AT_ONCE) + tx.offered_files.drop_old(_AGE)
