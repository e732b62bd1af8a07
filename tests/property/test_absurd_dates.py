"""Every action that takes a day or a time, with the first and last of all: refused or done.

Whatever comes of it, an error is one that has words, and a refusal leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import product
from typing import Any, Final, get_args

import pytest
from pydantic import ValidationError
from sqlalchemy import text

from bot.actions.base import Action, ActionCall
from bot.actions.catalog import BY_NAME
from bot.actions.task_calls import AddTask
from bot.actions.tasks import add_task
from bot.errors.kinds import BursarError
from bot.ids import PrincipalId
from bot.ports import Actor
from storage.database import Database
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, make_company, spend

DAYS: Final = ("0001-01-01", "1969-12-31", "2011-12-30", "9998-12-31", "9999-12-31")
# Their local mean times are on both sides of UTC, so that both ends of the calendar are passed.
ZONES: Final = ("Asia/Tokyo", "America/New_York", "Pacific/Apia")
# What else decides which way a day goes.
OTHERS: Final[tuple[dict[str, object], ...]] = (
    {},
    {"clock": "00:00"},
    {"clock": "23:59"},
    {"repeats": "day at 09:00"},
    {"what": "chargeback"},
)
RULES: Final = tuple(
    f"{unit} from {day} at {at}"
    for unit, day, at in product(("day", "3 weeks on mon"), DAYS, ("00:00", "23:59"))
)
NEEDED: Final[dict[str, object]] = {
    "wallet_id": "design",
    "amount_nanos": 40 * USD,
    "task": "1",
    "text": "x",
    "what": "focus",
}


class Undone(Exception):  # takes back what was done
    """Nothing of a case is kept for the next one."""


def calls_of(action: Action[Any]) -> Iterator[ActionCall]:
    """Return an action's calls with each absurd day in each of its fields for days."""
    fields = action.call.model_fields
    kinds = {
        name: {field.annotation, *get_args(field.annotation)} for name, field in fields.items()
    }
    needed = {x: NEEDED[x] for x in NEEDED if x in fields and fields[x].is_required()}
    for name, kind in kinds.items():
        values: tuple[object, ...] = ()
        if date in kind:
            values = DAYS
        elif datetime in kind:
            values = tuple(f"{day}T{at}Z" for day in DAYS for at in ("00:00:00", "23:59:59"))
        elif name == "repeats":
            values = RULES
        for value, others in product(values, OTHERS):
            if others.keys() <= fields.keys():
                try:
                    yield action.call.model_validate({**needed, **others, name: value})
                except ValidationError:
                    continue


@pytest.mark.parametrize("zone", ZONES)
async def test_no_day_is_too_absurd_to_be_answered(sqlite_database: Database, zone: str) -> None:
    def begin(tx: SqlTx) -> None:
        make_company(tx)
        tx.connection.run(text("UPDATE tenant SET zone = :zone").bindparams(zone=zone))
        tx.connection.run(text("UPDATE principal SET zone = :zone").bindparams(zone=zone))
        tx.people._zones.clear()
        spend(tx, "design", "ana", USD, "gpt-5", "k")
        elena = Actor(tx.people.get(PrincipalId("elena")), None)
        add_task(AddTask(text="every day", repeats="day at 09:00"), tx, elena)

    await sqlite_database.write(begin, tenant=ACME)
    await sqlite_database.read(lambda tx: tx.people._zones.clear(), tenant=ACME)
    actor = await sqlite_database.read(
        lambda tx: Actor(tx.people.get(PrincipalId("elena")), None, key="k:0"), tenant=ACME
    )
    tried, odd = set(), []
    for action in BY_NAME.values():
        for call in calls_of(action):
            for step in (action.preview, action.apply):
                if step is None:
                    continue
                tried.add(action.name)
                try:
                    await sqlite_database.write(_done(step, call, actor), tenant=ACME)
                except (BursarError, Undone):
                    continue
                except Exception as error:  # noqa: BLE001  # each is told with its call
                    odd.append(f"{call!r}: {error!r}")
    assert {"add_task", "export_costs", "mute_alerts", "raise_budget", "list_requests"} <= tried
    assert odd == []


def _done(
    step: Callable[[Any, SqlTx, Actor], object], call: ActionCall, actor: Actor
) -> Callable[[SqlTx], None]:
    def run(tx: SqlTx) -> None:
        step(call, tx, actor)
        raise Undone

    return run
