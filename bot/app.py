"""Where everything is put together: settings in, a running app out, closed in order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.alerts.ladder import Ladder
from bot.clock import Clock, SystemClock
from bot.completions import Completions
from bot.paid_path import add_usual, open_paid_path
from bot.planning import Planner, SecondCritic
from bot.probing import SmallCalls, list_once
from bot.running import App
from bot.turns.analysis import Analyst
from bot.turns.busy import Busy, Noticed
from bot.turns.limits import turn_limits
from intents.free_speech.analyst import ModelAnalyst
from intents.free_speech.planner import FreeSpeechPlanner
from intents.free_speech.second_look import ModelCritic
from intents.planner import RulePlanner
from scheduler.jobs.digest import plan_digests
from scheduler.jobs.kinds import Care, all_kinds, ensure_company_plans
from scheduler.jobs.model_sync import Lists
from scheduler.jobs.retention import Lives
from scheduler.runs import Runs
from scheduler.steady import SteadyClock
from scheduler.upkeep import start_upkeep
from storage.database import Database
from storage.engine import open_database

if TYPE_CHECKING:
    from bot.settings.model import Settings
    from bot.settings.sections import LimitSettings


@asynccontextmanager
async def open_app(
    settings: Settings, clock: Clock | None = None, *, database: Database | None = None
) -> AsyncIterator[App]:
    """Open the database, unless one is given, and run the app until the block ends.

    A ledger that does not add up is not written to: reads go on, money stands still.

    Raises:
        Broken: the database is missing, damaged, in use, or of another schema.
    """
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        if database is None:
            database = await open_database(settings.database.url.get_secret_value(), clock)
            stack.push_async_callback(database.close)
        planner: Planner = RulePlanner()
        analyst: Analyst | None = None
        second: SecondCritic | None = None
        paid: Completions | None = None
        busy = Busy(clock)
        if settings.models.planner != "off":
            await database.write(lambda tx: add_usual(tx, settings))
            paid = await stack.enter_async_context(open_paid_path(settings, database, clock))
            rules, wanted = RulePlanner(), settings.models.planner
            noticed = Noticed(paid, busy)
            planner = FreeSpeechPlanner(rules, noticed, wanted=wanted, database=database)
            if settings.models.shares_results:
                analyst = ModelAnalyst(rules, noticed, wanted=wanted, database=database)
            if settings.models.critic != "off":
                second = ModelCritic(noticed, wanted=settings.models.critic)
        limits = turn_limits(settings)
        app = App(
            database,
            clock,
            limits,
            planner=planner,
            analyst=analyst,
            second_critic=second,
            one_call=SmallCalls(settings),
            completions=paid,
            busy=busy,
        )
        await app.check_ledger()
        app.workers.start()
        stack.push_async_callback(app.stop)
        await app.take_over(is_start=True)
        await database.write(ensure_company_plans)
        await plan_digests(database)
        anchor = partial(app.anchor_chain, settings.audit.anchor_file)
        care = Care(
            database=database,
            find_faults=app.find_faults,
            verify_chain=anchor,
            lists=_lists(settings),
            lives=_lives(settings.limits),
            allowances=limits.allowances,
        )
        runs = Runs(database, all_kinds(care))
        stack.push_async_callback(runs.stop)
        ticker = start_upkeep(
            database,
            expire_holds=app.expire_holds,
            check_ledger=app.check_ledger,
            take_over=app.take_over,
            memory_life=timedelta(days=settings.limits.memory_days),
            runs=runs,
            steady=SteadyClock(database, clock),
            ladder=_ladder(settings),
            lists=care.lists,
            channels=settings.channels,
        )
        stack.push_async_callback(ticker.stop)
        yield app


def _lists(settings: Settings) -> Lists:
    """Return what the model sync works with; nobody is asked where models are off."""
    from adapters.models.prices import PublicPrices

    is_off = settings.models.planner == "off"
    return Lists(PublicPrices(), None if is_off else partial(list_once, settings=settings))


def _lives(limits: LimitSettings) -> Lives:
    return Lives(
        messages=timedelta(days=limits.message_days),
        tasks=timedelta(days=limits.task_days),
        drafts=timedelta(days=limits.draft_days),
        words=timedelta(days=limits.word_days),
        calls=timedelta(days=limits.call_days),
        alerts=timedelta(days=limits.alert_days),
        conversations=timedelta(days=limits.conversation_days),
    )


def _ladder(settings: Settings) -> Ladder:
    chosen = settings.alerts
    return Ladder(
        warning_after=timedelta(hours=chosen.warning_after_h),
        high_after=timedelta(hours=chosen.high_after_h),
        urgent_percent=chosen.urgent_percent,
    )
