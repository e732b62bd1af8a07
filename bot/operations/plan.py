"""`bursar plan`: sentences against the demo company's names, or your own's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.actions.catalog import action_of
from bot.clock import Clock, SystemClock
from bot.demo import demo_context
from bot.errors import NotFound
from bot.planning import Language, PlanContext, Question
from bot.scene import read_names
from bot.settings import Settings
from intents.plan_lines import plan_line
from intents.planner import RulePlanner
from storage.snapshot import open_snapshot
from storage.transaction import SqlTx


def line_planner(
    settings: Settings | None, clock: Clock | None = None
) -> Callable[[dict[str, object]], object]:
    """Return the function that answers a line; without settings it knows the demo's names.

    Raises:
        NotFound: the database holds no company.
        StorageDamaged, SchemaMismatch, StorageBusy: the database cannot be read.
    """
    clock = clock or SystemClock()
    if settings is None:
        base = demo_context(clock.now())
    else:
        base = asyncio.run(_own_context(settings, clock))
    planner = RulePlanner()

    def context_for(
        *, now: datetime | None, zone: ZoneInfo | None, language: Language | None
    ) -> PlanContext:
        return replace(
            base,
            now=now or clock.now(),
            zone=zone or base.zone,
            language=language or base.language,
        )

    def answer(row: dict[str, object]) -> object:
        return plan_line(
            row,
            planner,
            context_for,
            tier_of=lambda call: action_of(call).tier,
            words_for=_words,
        )

    return answer


def _words(question: Question, language: Language) -> str:
    from bot.replies.questions import question_text

    return question_text(question, language)


async def _own_context(settings: Settings, clock: Clock) -> PlanContext:
    url = settings.database.url.get_secret_value()
    async with open_snapshot(url, clock) as snapshot:
        return await snapshot.run(_read_context)


def _read_context(tx: SqlTx) -> PlanContext:
    tenants = tx.people.list_tenants()
    if not tenants:
        raise NotFound("company", "in the database")
    tenant = tenants[0]
    tx.enter(tenant.id)
    return PlanContext(
        now=tx.now,
        zone=ZoneInfo(tenant.zone),
        directory=read_names(tx),
        language=tenant.language,
        number_locale=tenant.language,
    )
