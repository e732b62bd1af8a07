"""A call over the end of a month: ledger, reports and files have it in the same one."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest

from bot.actions.exports import What, make_file
from bot.clock import ManualClock
from bot.economy.budgets import sink_key
from bot.economy.periods import end_of_month, period_at
from bot.models import ModelAnswer, ModelRequest
from scheduler.jobs.expiry import expire_holds
from storage.database import Database
from storage.transaction import SqlTx
from tests.contract.test_completions import COST, ONE, USD, USED, Place, an_ask, prompt_tokens
from tests.ledgers import ORG, TEAM, Company, found_company

# Ten seconds before November ends in Madrid.
FILES: Final[tuple[tuple[What, str], ...]] = (("chargeback", "cost_usd"), ("focus", "BilledCost"))
LATE: Final = datetime(2026, 11, 30, 22, 59, 50, tzinfo=UTC)
MONTHS: Final = date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
async def place(database: Database, clock: ManualClock) -> AsyncIterator[Place]:
    await database.write(lambda tx: found_company(tx, zone="Europe/Madrid"))
    clock.set(LATE)
    company = Company(database)
    for wallet_id in (ORG, TEAM):
        await company.limit(wallet_id, 10 * USD)
    place = Place(company, clock)
    await place.add(ONE)
    yield place
    await place.completions.settled()
    await company.assert_sound()


async def by_month(place: Place) -> list[tuple[int, ...]]:
    """Return what ledger, report, chargeback and FOCUS say that each month cost."""

    def look(tx: SqlTx) -> list[tuple[int, ...]]:
        found = []
        for first in MONTHS:
            days = first, end_of_month(first)
            span: Any = {"from_on": days[0], "until_on": days[1]}
            noon = datetime(first.year, first.month, 15, 12, tzinfo=UTC)
            sink = tx.ledger.find_account(sink_key(ORG, period_at("month", noon, tx.zone)))
            files = [
                sum(
                    Decimal(line[column]) * 10**9
                    for line in json.loads(make_file(tx, what, "json", *days)[2].data)["lines"]
                )
                for what, column in FILES
            ]
            found.append(
                (
                    0 if sink is None else sink.cr - sink.dr,
                    sum(x.cost_nanos for x in tx.usage.sum_by("wallet", **span)),
                    *(int(file) for file in files),
                )
            )
        return found

    # December's file is wanted in December.
    place.clock.set(max(place.clock.now(), LATE + timedelta(days=1)))
    return await place.company.read(look)


async def lose(place: Place) -> int:
    """Let a call in whose process dies then; return what its prompt costs."""
    ask = an_ask("lost")
    await place.completions._admit(ask)
    return prompt_tokens(ask) * USD // 1_000_000


async def test_an_answer_after_midnight_is_of_the_month_in_which_it_was_asked(
    place: Place,
) -> None:
    def answer(request: ModelRequest) -> ModelAnswer:
        place.clock.advance(timedelta(seconds=20))
        return ModelAnswer("So.", "small", usage=USED)

    place.models["one"].answers = [answer, lambda request: ModelAnswer("So.", "small", usage=USED)]
    await place.ask("first")
    await place.ask("second")
    assert await by_month(place) == [(COST,) * 4] * 2


async def test_a_call_whose_process_died_is_of_the_month_of_its_hold(place: Place) -> None:
    cost = await lose(place)
    place.clock.advance(timedelta(seconds=121))
    assert await expire_holds(place.company.database) == 1
    assert await by_month(place) == [(cost,) * 4, (0,) * 4]


async def test_a_call_whose_hold_is_over_is_of_the_month_in_which_it_is_charged(
    place: Place,
) -> None:
    cost = await lose(place)
    place.clock.advance(timedelta(seconds=181))
    # The hold went first, as after a start that took long.
    assert await place.company.expire_all() > 0
    assert await expire_holds(place.company.database) == 1
    assert await by_month(place) == [(0,) * 4, (cost,) * 4]
