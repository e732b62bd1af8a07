"""`bursar plan`: sentences against the demo company's names, or your own's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.actions.catalog import action_of
from bot.clock import Clock, SystemClock
from bot.company.demo import demo_context
from bot.errors.kinds import NotFound
from bot.planning import Language, PlanContext, Question
from bot.settings.model import Settings
from bot.turns.scene import read_names
from intents.plan_lines import PlanOf, plan_line
from intents.planner import RulePlanner
from storage.snapshot import open_snapshot
from storage.transaction import SqlTx

PlannerName = Literal["rules", "auto", "model"]
LinePlanner = Callable[[dict[str, object]], object]


@contextmanager
def open_line_planner(
    settings: Settings | None,
    clock: Clock | None = None,
    *,
    planner: PlannerName = "rules",
    explains: bool = False,
) -> Iterator[LinePlanner]:
    """Open what answers a line; without settings it knows the demo's names.

    `planner` "auto" asks a model where the rules are unsure and one is configured, "model" about
    every line. With `explains` each answer says how it came about.

    Raises:
        SettingsError: a model is to be asked about every line, and none is configured.
        NotFound: the database holds no company, or nobody in it who could pay.
        StorageDamaged, SchemaMismatch, StorageBusy: the database cannot be read.
    """
    clock = clock or SystemClock()
    if planner == "rules":
        base = demo_context(clock.now())
        if settings is not None:
            base = asyncio.run(_own_context(settings, clock))
        yield _answer_with(RulePlanner().plan_now, base, clock, explains=explains)
        return
    # Imported where a model is asked: what it brings along takes a second to load.
    from bot.operations.plan_models import open_model_planner

    with open_model_planner(settings, clock, is_always=planner == "model") as (plan_of, base):
        yield _answer_with(plan_of, base, clock, explains=explains)


def _answer_with(
    plan_of: PlanOf, base: PlanContext, clock: Clock, *, explains: bool
) -> LinePlanner:
    def context_for(
        *, now: datetime | None, zone: ZoneInfo | None, language: Language | None
    ) -> PlanContext:
        return replace(
            base,
            now=now or clock.now(),
            zone=zone or base.zone,
            language=language or base.language,
        )

    explanation = None
    if explains:
        from intents.explanation import Explanation

        explanation = Explanation(lambda call: action_of(call).tier)

    def answer(row: dict[str, object]) -> object:
        return plan_line(
            row,
            plan_of,
            context_for,
            tier_of=lambda call: action_of(call).tier,
            words_for=_words,
            explanation_of=explanation,
        )

    return answer


def _words(question: Question, language: Language) -> str:
    from bot.replies.questions import question_text

    return question_text(question, language)


async def _own_context(settings: Settings, clock: Clock) -> PlanContext:
    url = settings.database.url.get_secret_value()
    async with open_snapshot(url, clock) as snapshot:
        return await snapshot.run(company_context)


def company_context(tx: SqlTx) -> PlanContext:
    """Return what sentences of the database's first company are read against, by nobody yet.

    Raises:
        NotFound: there is none.
    """
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
