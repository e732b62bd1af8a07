"""What Bursar does by itself so that nothing stays open, and how often."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Final

from bot.alerts.channels import ChannelOwners
from bot.alerts.ladder import Ladder
from bot.ports import Database
from scheduler.jobs.alerts import share_alerts, tell_alerts, tell_unusual
from scheduler.jobs.digest import plan_digests
from scheduler.jobs.expiry import expire_proposals
from scheduler.jobs.kinds import ensure_company_plans
from scheduler.jobs.memory import tidy_memory
from scheduler.jobs.model_sync import Lists, retry_lists
from scheduler.jobs.offers import tidy_offers
from scheduler.jobs.reminders import remind_requests
from scheduler.runs import Runs
from scheduler.steady import SteadyClock
from scheduler.ticker import Ticker

# No hold is open longer than 30 s past its end: two ticks and the time that one takes.
_EXPIRY_S: Final = 10.0
# Whoever passes a threshold is spending now.
_TELL_S: Final = 10.0
# The hour that runs counts with what it has come to: no reason to wait for its end.
_UNUSUAL_S: Final = 600.0
_REMIND_S: Final = 60.0
# How late what is due may begin.
_DUE_S: Final = 1.0
_TAKE_OVER_S: Final = 30.0
_CHECK_S: Final = 3600.0
_TIDY_S: Final = 3600.0
# Those who are asked again are those of an hour ago.
_RETRY_S: Final = 600.0


def start_upkeep(
    database: Database,
    *,
    expire_holds: Callable[[], Awaitable[object]],
    check_ledger: Callable[[], Awaitable[object]],
    take_over: Callable[[], Awaitable[object]],
    memory_life: timedelta,
    runs: Runs,
    steady: SteadyClock,
    ladder: Ladder,
    lists: Lists,
    channels: ChannelOwners | None = None,
) -> Ticker:
    """Start the clock with every job of this release; the caller stops it.

    `take_over` takes messages that another instance, or a lost lease, left half done.
    `memory_life` is how long what was said is kept. `runs` does what is planned in rows. What
    ends or begins at a time waits while the database's clock is not `steady`. `ladder` says who
    hears of alerts, and when; `lists` is how providers are asked which models they
    offer. `channels` are told of alerts besides the chats.
    """
    ticker = Ticker()
    ticker.every(_DUE_S, steady.only(runs.tick), name="runs")
    ticker.every(_EXPIRY_S, steady.only(expire_holds), name="expire_holds")
    expire = partial(expire_proposals, database)
    ticker.every(_EXPIRY_S, steady.only(expire), name="expire_proposals")
    tell = partial(tell_alerts, database, ladder)
    ticker.every(_TELL_S, steady.only(tell), name="tell_alerts")
    ticker.every(_UNUSUAL_S, steady.only(partial(tell_unusual, database)), name="tell_unusual")
    if channels:
        share = partial(share_alerts, database, channels)
        ticker.every(_TELL_S, steady.only(share), name="share_alerts")
    remind = partial(remind_requests, database)
    ticker.every(_REMIND_S, steady.only(remind), name="remind_requests")
    ticker.every(_TAKE_OVER_S, take_over, name="take_over")
    ticker.every(_CHECK_S, check_ledger, name="check_ledger")
    ticker.every(_TIDY_S, partial(tidy_memory, database, memory_life), name="tidy_memory")
    ticker.every(_RETRY_S, partial(retry_lists, database, lists), name="retry_lists")
    # A company may have been founded since.
    ensure = partial(database.write, ensure_company_plans)
    ticker.every(_TIDY_S, ensure, name="ensure_company_plans")
    ticker.every(_TIDY_S, partial(plan_digests, database), name="plan_digests")
    ticker.every(_TIDY_S, partial(tidy_offers, database), name="tidy_offers")
    ticker.start()
    return ticker
