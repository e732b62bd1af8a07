"""Telling what was passed, and asking the next one where nobody answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from bot.alerts.channels import ChannelOwners
from bot.alerts.ladder import Ladder
from bot.alerts.model import Alert
from bot.alerts.sharing import has_news, share, share_anomaly
from bot.alerts.telling import climb, tell_anomalies, tell_crossings
from bot.economy.limit_changes import see_lapsed
from bot.economy.wallets import TemporaryRaise
from bot.ids import TenantId
from bot.ports import Database, Tx
from bot.reports.anomalies import KeptAnomaly
from scheduler.each import each

# In one go; what is more comes with the next tick.
_AT_ONCE = 500
_TELL, _SHARE = "tell_alerts", "share_alerts"


async def tell_alerts(database: Database, ladder: Ladder) -> int:
    """Tell every threshold that was passed, and climb every ladder that is due.

    What the end of a raise has let pass is seen to before.

    Returns how many messages that were. Each wallet in a transaction of its own, and each once,
    however many instances do so: what takes a step checks that nobody has.
    """
    lapsed = await database.read(lambda tx: tx.wallets.list_lapsed(_AT_ONCE))
    await each(lapsed, lambda of, one: database.write(_see(one), tenant=of), job=_TELL)
    untold = await database.read(lambda tx: tx.alerts.list_untold(_AT_ONCE))
    told = await each(
        untold, lambda of, one: database.write(_tell(one, ladder), tenant=of), job=_TELL
    )
    due = await database.read(lambda tx: tx.alerts.list_due(_AT_ONCE))
    return told + await each(
        due, lambda of, one: database.write(_climb(one, ladder), tenant=of), job=_TELL
    )


async def tell_unusual(database: Database) -> int:
    """Tell what is unusual in each company's spend, once a wallet, model and day.

    Returns how many messages that were.
    """
    companies = await database.read(lambda tx: tx.people.list_tenants())
    return await each(
        ((company.id, None) for company in companies),
        lambda of, _: database.write(tell_anomalies, tenant=of),
        job="tell_unusual",
    )


async def share_alerts(database: Database, channels: ChannelOwners) -> int:
    """Tell each company's channels what has become of its alerts; return how many.

    So of what was found unusual.
    """

    async def share_one(tenant: TenantId, alert: Alert) -> int:
        # Most often nothing has: that is no reason to wait for the writer.
        if not await database.read(_has_news(alert), tenant=tenant):
            return 0
        return await database.write(_share(alert, channels), tenant=tenant)

    shared, last = 0, None
    # To the end: most are open and have no news, and must not stand before those that have.
    while alerts := await database.read(partial(_list_unshared, after=last)):
        shared += await each(alerts, share_one, job=_SHARE)
        last = alerts[-1][1]
    found = await database.read(lambda tx: tx.anomalies.list_unshared(_AT_ONCE))
    return shared + await each(
        found,
        lambda of, one: database.write(_share_anomaly(one, channels), tenant=of),
        job=_SHARE,
    )


def _see(raise_: TemporaryRaise) -> Callable[[Tx], bool]:
    return lambda tx: see_lapsed(tx, raise_)


def _list_unshared(tx: Tx, *, after: Alert | None) -> Sequence[tuple[TenantId, Alert]]:
    return tx.alerts.list_unshared(_AT_ONCE, after)


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
