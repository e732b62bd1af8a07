"""The code by which a company's owner is known on a platform: made by whoever runs Bursar."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.clock import Clock
from bot.errors.kinds import InvalidInput
from bot.settings.model import Settings
from storage.engine import open_database
from storage.transaction import SqlTx


def issue_owner_link(settings: Settings, clock: Clock) -> tuple[str, str]:
    """Return the first owner's name and a token that links one account of theirs, once.

    Raises:
        InvalidInput: there is no company yet.
        Unavailable, Broken: the database cannot be opened.
    """
    return asyncio.run(_issue(settings, clock))


def tell_owner_link(settings: Settings, clock: Clock, tell: Callable[[str], None]) -> None:
    """Say what the owner writes to the bot to be known. Raises as `issue_owner_link`."""
    owner, token = issue_owner_link(settings, clock)
    tell(
        f"{owner} writes this to Bursar there, in private and within ten minutes; it works once:\n"
        f"/link {token}\n"
        "Too late? Run this command again, before `bursar serve` where the database is a file."
    )


async def _issue(settings: Settings, clock: Clock) -> tuple[str, str]:
    def issue(tx: SqlTx) -> tuple[str, str]:
        companies = tx.people.list_tenants()
        if not companies:
            raise InvalidInput("database", "holds no company", example="`bursar init` first")
        tx.enter(companies[0].id)
        owner = tx.people.list_with_role(("owner",))[0]
        return owner.name, tx.links.issue(owner.id)

    database = await open_database(settings.database.url.get_secret_value(), clock)
    try:
        return await database.write(issue)
    finally:
        await database.close()
