"""Telling what was passed, and asking the next one where nobody answers."""

from __future__ import annotations

from collections.abc import Callable

from bot.alerts.channels import ChannelOwners
from bot.alerts.ladder import Ladder
from bot.alerts.model import Alert
from bot.alerts.sharing import has_news, share, share_anomaly
from bot.alerts.telling import climb, tell_anomalies, tell_crossings
from bot.economy.budgets import see_lapsed
from bot.economy.wallets import TemporaryRaise
from bot.ports import Database, Tx
from bot.reports.anomalies import KeptAnomaly

# In one go; what is more comes with the next tick.
_AT_ONCE = 500


async def tell_alerts(database: Database, ladder: Ladder) -> int:
    """Tell every threshold that was passed, and climb every ladder that is due.

    What the end of a raise has let pass is seen to before.

    Returns how many messages that were. Each wallet in a transaction of its own, and each once,
    however many instances do so: what takes a step checks that nobody has.
    """
    told = 0
    for tenant, raise_ in await database.read(lambda tx: tx.wallets.list_lapsed(_AT_ONCE)):
        await database.write(_see(raise_), tenant=tenant)
    for tenant, account_id in await database.read(lambda tx: tx.alerts.list_untold(_AT_ONCE)):
        told += await database.write(_tell(account_id, ladder), tenant=tenant)
    for tenant, alert in await database.read(lambda tx: tx.alerts.list_due(_AT_ONCE)):
        told += await database.write(_climb(alert, ladder), tenant=tenant)
    return told


async def tell_unusual(database: Database) -> int:
    """Tell what is unusual in each company's spend, once a wallet, model and day.

    Returns how many messages that were.
    """
    told = 0
    for company in await database.read(lambda tx: tx.people.list_tenants()):
        told += await database.write(tell_anomalies, tenant=company.id)
    return told


async def share_alerts(database: Database, channels: ChannelOwners) -> int:
    """Tell each company's channels what has become of its alerts; return how many.

    So of what was found unusual.
    """
    shared = 0
    for tenant, alert in await database.read(lambda tx: tx.alerts.list_unshared(_AT_ONCE)):
        # Most often nothing has: that is no reason to wait for the writer.
        if await database.read(_has_news(alert), tenant=tenant):
            shared += await database.write(_share(alert, channels), tenant=tenant)
    for tenant, kept in await database.read(lambda tx: tx.anomalies.list_unshared(_AT_ONCE)):
        if kept.stage > kept.shared:
            shared += await database.write(_share_anomaly(kept, channels), tenant=tenant)
    return shared


def _see(raise_: TemporaryRaise) -> Callable[[Tx], bool]:
    return lambda tx: see_lapsed(tx, raise_)


def _has_news(alert: Alert) -> Callable[[Tx], bool]:
    return lambda tx: has_news(tx, alert)


def _share(alert: Alert, channels: ChannelOwners) -> Callable[[Tx], bool]:
    return lambda tx: share(tx, alert, channels)


def _share_anomaly(kept: KeptAnomaly, channels: ChannelOwners) -> Callable[[Tx], bool]:
    return lambda tx: share_anomaly(tx, kept, channels)


def _tell(account_id: int, ladder: Ladder) -> Callable[[Tx], int]:
    return lambda tx: tell_crossings(tx, account_id, ladder)


def _climb(alert: Alert, ladder: Ladder) -> Callable[[Tx], int]:
    return lambda tx: climb(tx, alert, ladder)
