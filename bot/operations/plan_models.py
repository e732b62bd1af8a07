"""A planner with a model behind it, for `bursar plan`: each line that asks one is paid for."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.access import Principal
from bot.clock import Clock
from bot.errors.kinds import NotFound, SettingsError
from bot.ids import new_id
from bot.operations.plan import company_context
from bot.paid_path import add_usual, open_paid_path
from bot.planning import Plan, PlanContext
from intents.free_speech.planner import FreeSpeechPlanner
from intents.plan_lines import PlanOf
from intents.planner import RulePlanner
from storage.engine import open_database

if TYPE_CHECKING:
    from bot.settings.model import Settings
    from storage.database import Database
    from storage.transaction import SqlTx


@contextmanager
def open_model_planner(
    settings: Settings | None, clock: Clock, *, is_always: bool
) -> Iterator[tuple[PlanOf, PlanContext]]:
    """Open a planner that asks the models that are configured, and what it reads against.

    Without settings it is the demo company, made anew in a folder that goes again, whose Ana
    pays; else the owner does. With `is_always` a model is asked about every line.

    Raises:
        SettingsError: `is_always`, and no model is configured.
        NotFound: the database holds no company, or no owner with a wallet.
        StorageDamaged, SchemaMismatch, StorageBusy: the database cannot be opened.
    """
    with asyncio.Runner() as runner:
        opened = _open(settings, clock, is_always=is_always)
        planner, context = runner.run(opened.__aenter__())

        def plan_of(text: str, context: PlanContext) -> Plan:
            # A line is a turn of its own.
            return runner.run(planner.plan(text, replace(context, turn=new_id())))

        try:
            yield plan_of, context
        finally:
            runner.run(opened.__aexit__(None, None, None))


@asynccontextmanager
async def _open(
    settings: Settings | None, clock: Clock, *, is_always: bool
) -> AsyncIterator[tuple[FreeSpeechPlanner, PlanContext]]:
    async with (
        _settings_of(settings, clock) as chosen,
        _database_of(chosen, clock) as database,
        open_paid_path(chosen, database, clock) as paid,
    ):
        await database.write(lambda tx: add_usual(tx, chosen))
        context = await database.read(_owner_context if settings is not None else _demo_context)
        if is_always and not context.directory.has_model:
            raise SettingsError(
                "models",
                "has none that could be asked",
                remedy="set OPENAI_API_KEY or ANTHROPIC_API_KEY, or add a provider in the chat",
            )
        wanted = "" if chosen.models.planner == "off" else chosen.models.planner
        yield FreeSpeechPlanner(RulePlanner(), paid, wanted=wanted, is_always=is_always), context


@asynccontextmanager
async def _settings_of(settings: Settings | None, clock: Clock) -> AsyncIterator[Settings]:
    from bot.terminal.chat import demo_settings, make_demo

    if settings is not None:
        yield settings
        return
    with tempfile.TemporaryDirectory(prefix="bursar-plan-") as folder:
        made = demo_settings(Path(folder))
        await make_demo(made, clock)
        yield made


@asynccontextmanager
async def _database_of(settings: Settings, clock: Clock) -> AsyncIterator[Database]:
    database = await open_database(settings.database.url.get_secret_value(), clock)
    try:
        yield database
    finally:
        await database.close()


def _demo_context(tx: SqlTx) -> PlanContext:
    from bot.company.demo import SPEAKER

    return _context(tx, SPEAKER)


def _owner_context(tx: SqlTx) -> PlanContext:
    return _context(tx, None)


def _speaks(person: Principal, handle: str | None) -> bool:
    """Tell whether a person is the one that is named, else an owner, and can pay."""
    is_meant = person.handle == handle if handle is not None else person.has_role("owner")
    return is_meant and person.home_wallet_id is not None and not person.is_disabled


def _context(tx: SqlTx, handle: str | None) -> PlanContext:
    base = company_context(tx)
    person = next((x for x in tx.people.list_all() if _speaks(x, handle)), None)
    if person is None:
        raise NotFound("person", "owner with a wallet")
    return replace(
        base,
        speaker_id=person.id,
        home_wallet_id=person.home_wallet_id,
        tenant=tx.tenant,
    )
