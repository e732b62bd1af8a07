"""Forgetting offers that nobody can tap any more."""

from datetime import timedelta
from typing import Final

from bot.ports import Database

# Until then a late tap is told that it is too late, and not that there is no such button.
_AGE: Final = timedelta(days=30)


async def tidy_offers(database: Database) -> int:
    """Forget the buttons that ended long ago; return how many. Safe to repeat."""
    return await database.write(lambda tx: tx.offers.drop_old(_AGE))
