"""The demo's past is posted by the real ledger, and is believable on every day."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import ManualClock
from bot.company.demo import demo_context, demo_directory, list_calls, seed
from bot.economy.budgets import Budget, list_budgets
from bot.economy.money import to_decimal_string
from bot.economy.periods import end_of_month
from bot.ids import TenantId, WalletId
from storage.database import Database
from storage.transaction import SqlTx
from tests.conftest import START

DEMO = TenantId("demo")
MADRID = ZoneInfo("Europe/Madrid")


async def seeded(database: Database, clock: ManualClock, today: datetime = START) -> Database:
    await database.write(lambda tx: seed(tx, clock, today))
    return database


async def budgets_of(database: Database) -> dict[str, Budget]:
    def look(tx: SqlTx) -> dict[str, Budget]:
        return {x.wallet.id: x for x in list_budgets(tx, tx.wallets.list_all())}

    return await database.read(look, tenant=DEMO)


async def test_this_month_stands_as_the_transcript_says(
    database: Database, clock: ManualClock
) -> None:
    budgets = await budgets_of(await seeded(database, clock))
    assert clock.now() == START
    shown = {
        name: (to_decimal_string(x.used_nanos), to_decimal_string(x.limit_nanos))
        for name, x in budgets.items()
    }
    assert shown["design"] == ("412.80", "500.00")
    assert shown["data"] == ("1771.40", "2500.00")
    assert shown["support"] == ("695.80", "1200.00")
    assert to_decimal_string(budgets["company"].free_nanos) == "3120.00"
    assert all(x.held_nanos == 0 and x.free_nanos > 0 for x in budgets.values())


async def test_usage_and_ledger_say_the_same(
    sqlite_database: Database, clock: ManualClock
) -> None:
    budgets = await budgets_of(await seeded(sqlite_database, clock))

    def look(tx: SqlTx) -> None:
        from_on, until_on = date(2026, 11, 1), end_of_month(date(2026, 11, 1))
        spent = Counter[str]()
        for line in tx.usage.sum_by("wallet", from_on=from_on, until_on=until_on):
            for wallet in tx.wallets.chain(WalletId(line.heading)):
                spent[wallet.id] += line.cost_nanos
        assert {name: spent[name] for name in budgets} == {
            name: budget.used_nanos for name, budget in budgets.items()
        }
        ids = [WalletId(name) for name in ("design", "launch", "brand", "w-ana")]
        by_model = tx.usage.sum_by("model", from_on=from_on, until_on=until_on, wallet_ids=ids)
        assert [(x.heading, to_decimal_string(x.cost_nanos)) for x in by_model[:2]] == [
            ("claude-sonnet-4-5", "301.10"),
            ("gpt-5-mini", "88.02"),
        ]
        assert tx.ledger.list_expired_groups(10) == []

    await sqlite_database.read(look, tenant=DEMO)


async def test_two_months_lie_before_this_one(
    sqlite_database: Database, clock: ManualClock
) -> None:
    await seeded(sqlite_database, clock)

    def look(tx: SqlTx) -> None:
        months = tx.usage.sum_by("month", from_on=date(2026, 1, 1), until_on=date(2026, 12, 31))
        assert [line.heading for line in months] == ["2026-09", "2026-10", "2026-11"]
        assert 700 <= sum(line.calls for line in months) <= 900
        assert tx.people.tenant().zone == MADRID.key
        for person in tx.people.list_all():
            talk = tx.conversations.find_of_person(person.id)
            assert talk is not None
            assert (talk.platform, talk.chat) == ("terminal", "terminal")

    await sqlite_database.read(look, tenant=DEMO)


def test_the_same_day_gives_the_same_calls() -> None:
    assert list_calls(START) == list_calls(START)
    later = list_calls(START + timedelta(days=1))
    assert sum(x.cost_nanos for x in later) == sum(x.cost_nanos for x in list_calls(START))


def test_people_work_on_weekdays() -> None:
    days = Counter(call.at.astimezone(MADRID).weekday() for call in list_calls(START))
    assert days[5] + days[6] < min(days[day] for day in range(5))
    assert days[5] + days[6] > 0


@pytest.mark.parametrize(
    ("today", "spent"),
    [
        # The first second of a month and of a year, the first morning, the end of the first week.
        (datetime(2026, 10, 31, 23, 0, 0, tzinfo=UTC), "0.00"),
        (datetime(2026, 12, 31, 23, 0, 1, tzinfo=UTC), "0.00"),
        (datetime(2026, 12, 1, 8, 0, tzinfo=UTC), "22.08"),
        (datetime(2026, 12, 4, 11, 0, tzinfo=UTC), "206.39"),
        (datetime(2026, 12, 7, 23, 0, tzinfo=UTC), "412.80"),
        # Both nights on which clocks change, and a leap day.
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "412.80"),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "412.80"),
        (datetime(2028, 2, 29, 22, 59, 59, tzinfo=UTC), "412.80"),
    ],
)
async def test_any_day_will_do(
    sqlite_database: Database, clock: ManualClock, today: datetime, spent: str
) -> None:
    calls = list_calls(today)
    assert all(call.at <= today for call in calls)
    budgets = await budgets_of(await seeded(sqlite_database, clock, today))
    assert to_decimal_string(budgets["design"].used_nanos) == spent


def test_names_need_no_database() -> None:
    directory = demo_directory()
    paths = {wallet.id: wallet.path for wallet in directory.wallets}
    assert paths[WalletId("search")] == "Company / Data / Search"
    assert "claude-sonnet-4-5" in directory.models
    context = demo_context(START, speaker="diego")
    assert (context.home_wallet_id, context.language) == ("data", "es")
