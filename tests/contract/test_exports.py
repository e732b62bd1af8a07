"""Exports against the ledger and the usage that they are made of, to the last nano."""

import csv
import io
import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.actions.exports import make_file
from bot.clock import ManualClock
from bot.company.demo import ZONE, seed
from bot.economy.budgets import sink_key
from bot.economy.periods import end_of_month, period_at, start_of_day
from bot.economy.usage import CORRECTED, CORRECTION, Usage
from bot.exports.chargeback import charge
from bot.exports.files import ExportFile
from bot.exports.focus import COLUMNS, MANDATORY
from bot.ids import PrincipalId, TenantId, WalletId
from storage.database import Database
from storage.transaction import SqlTx
from tests.ledgers import found_company

DEMO = TenantId("demo")
# These are null where a row is no correction, or where it is one, or where nothing is set.
MAY_BE_NULL = {"ChargeClass", "PricingQuantity", "PricingUnit", "ConsumedQuantity", "ConsumedUnit"}
MONTHS = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]


@pytest.fixture
async def demo(database: Database, clock: ManualClock) -> Database:
    """Two months and a half of spend that the ledger itself kept."""
    today = clock.now()
    await database.write(lambda tx: seed(tx, clock, today))
    return database


def spent(tx: SqlTx, wallet_id: str, month: date) -> int:
    """Return what the ledger says that a wallet and all below it spent in a month."""
    noon = start_of_day(month, ZONE) + timedelta(hours=12)
    account = tx.ledger.find_account(sink_key(WalletId(wallet_id), period_at("month", noon, ZONE)))
    return 0 if account is None else account.cr - account.dr


def rows_of(file: ExportFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.data.decode(), newline="")))


@pytest.mark.parametrize("month", MONTHS)
async def test_both_files_add_up_to_what_the_ledger_spent(demo: Database, month: date) -> None:
    def look(tx: SqlTx) -> None:
        days = month, end_of_month(month)
        in_ledger = spent(tx, "company", month)
        assert in_ledger > 0
        (used,) = tx.usage.sum_by(None, from_on=days[0], until_on=days[1])
        assert used.cost_nanos == in_ledger
        for what, column in (("chargeback", "cost_usd"), ("focus", "BilledCost")):
            count, total, table = make_file(tx, what, "csv", *days)  # type: ignore[arg-type]  # both stand above
            _, _, text = make_file(tx, what, "json", *days)  # type: ignore[arg-type]  # both stand above
            assert total == in_ledger
            lines = json.loads(text.data)["lines"]
            for rows in (rows_of(table), lines):
                assert len(rows) == count
                assert sum(Decimal(row[column]) for row in rows) * 10**9 == in_ledger

    await demo.read(look, tenant=DEMO)


async def test_each_team_is_charged_what_the_ledger_spent_for_it(demo: Database) -> None:
    def look(tx: SqlTx) -> None:
        found = charge(tx, MONTHS[1], end_of_month(MONTHS[1]))
        by_team: Counter[str] = Counter()
        for line in found.lines:
            by_team[line.team_id] += line.cost_nanos
        assert set(by_team) == {"design", "data", "support"}
        assert by_team == {team: spent(tx, team, MONTHS[1]) for team in by_team}

    await demo.read(look, tenant=DEMO)


async def test_a_focus_file_has_all_that_is_mandatory(demo: Database) -> None:
    days = date(2026, 10, 22), date(2026, 10, 26)
    # The day on which Madrid's clocks go back has 25 hours.
    late = Usage(
        id="late",
        wallet_id=WalletId("search"),
        principal_id=PrincipalId("diego"),
        feature="search",
        provider="openai",
        model="gpt-5",
        tokens_in=7,
        tokens_out=3,
        cost_nanos=1,
        price_version="demo",
        at=datetime(2026, 10, 25, 22, 59, tzinfo=UTC),
    )
    await demo.write(lambda tx: tx.usage.add(late, days[1]), tenant=DEMO)
    _, _, file = await demo.read(
        lambda tx: make_file(tx, "focus", "csv", *days, [WalletId("search")]), tenant=DEMO
    )
    assert file.name == "focus-1.2-2026-10-22-2026-10-26.csv"
    rows = rows_of(file)
    assert tuple(rows[0]) == COLUMNS
    assert [name for name in COLUMNS if name not in MANDATORY and name[:2] == "x_"]
    for row in rows:
        assert all(row[name] for name in MANDATORY if name not in MAY_BE_NULL)
        tokens = int(row["x_TokensIn"]) + int(row["x_TokensOut"])
        assert row["ConsumedUnit"] == row["PricingUnit"] == "Tokens"
        assert int(row["ConsumedQuantity"]) == int(row["PricingQuantity"]) == tokens
        assert row["ChargeClass"] == ""
        assert row["SubAccountId"] == "search"
        assert json.loads(row["Tags"]) == {"team": "Data"}
        assert row["BilledCost"] == row["EffectiveCost"] == row["ListCost"]
        assert row["BillingPeriodStart"] == "2026-09-30T22:00:00Z"
        assert row["BillingPeriodEnd"] == "2026-10-31T23:00:00Z"
    spans = {(row["ChargePeriodStart"], row["ChargePeriodEnd"]) for row in rows}
    assert ("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z") in spans


# FOCUS 1.2: what a value of a column is, and which values it may have.
AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
ALLOWED = {
    "BillingCurrency": {"USD"},
    "ChargeCategory": {"Usage"},
    "ChargeClass": {"", "Correction"},
    "ChargeFrequency": {"Usage-Based"},
    "ServiceCategory": {"AI and Machine Learning"},
    "ServiceSubcategory": {"Generative AI"},
    "x_FocusVersion": {"1.2"},
}
OF_USAGE = ("ConsumedQuantity", "ConsumedUnit", "PricingQuantity", "PricingUnit")


def check_focus_row(row: dict[str, str]) -> None:
    """Check a row against the rules of its columns, and of some beside each other."""
    for column, value in row.items():
        if column.endswith(("Start", "End")):
            assert AT.fullmatch(value), (column, value)
        elif column.endswith(("Cost", "Quantity")) and value:
            assert NUMBER.fullmatch(value), (column, value)
        assert value in ALLOWED.get(column, {value}), (column, value)
    assert row["BillingPeriodStart"] <= row["ChargePeriodStart"] < row["ChargePeriodEnd"]
    assert row["ChargePeriodEnd"] <= row["BillingPeriodEnd"]
    # A quantity and its unit are there together; only a correction may be without.
    is_usage = row["ChargeClass"] == ""
    assert {bool(row[column]) for column in OF_USAGE} == {is_usage}
    if is_usage:
        assert all(Decimal(row[column]) >= 0 for column in row if column.endswith("Cost"))
    tags = json.loads(row["Tags"])
    assert isinstance(tags, dict)
    assert all(isinstance(value, str) for value in tags.values())


async def test_every_row_keeps_the_rules_of_its_columns(demo: Database) -> None:
    corrected = Usage(
        id="bill:1",
        wallet_id=WalletId("search"),
        principal_id=CORRECTED,
        feature=CORRECTION,
        provider="openai",
        model="gpt-5",
        tokens_in=0,
        tokens_out=0,
        cost_nanos=-7,
        price_version="bill",
        at=datetime(2026, 10, 31, 12, tzinfo=UTC),
    )
    await demo.write(lambda tx: tx.usage.add(corrected, date(2026, 10, 31)), tenant=DEMO)
    await demo.write(
        lambda tx: tx.wallets.rename(WalletId("search"), '=HYPERLINK("x"),\u00e9\U0001f680'),
        tenant=DEMO,
    )
    _, _, file = await demo.read(
        lambda tx: make_file(tx, "focus", "csv", MONTHS[0], MONTHS[2]), tenant=DEMO
    )
    rows = rows_of(file)
    assert len(rows) > 300
    for row in rows:
        check_focus_row(row)
    (back,) = (row for row in rows if row["ChargeClass"] == "Correction")
    assert (back["BilledCost"], back["x_Calls"]) == ("-0.000000007", "0")
    # Nobody used what a bill corrected.
    assert (back["x_Person"], back["x_PersonId"]) == ("", "")
    assert all(row["x_Person"] for row in rows if row is not back)
    # What a spreadsheet would run is text, and nothing of it is lost.
    assert back["SubAccountName"] == '\'=HYPERLINK("x"),\u00e9\U0001f680'


async def test_a_day_is_the_companys_own(demo: Database) -> None:
    def sums(tx: SqlTx) -> tuple[int, int]:
        on = date(2026, 11, 2)
        from_at, until_at = start_of_day(on, ZONE), start_of_day(on + timedelta(days=1), ZONE)
        charges = tx.charges.list_between(from_at, until_at)
        (used,) = tx.usage.sum_by(None, from_on=on, until_on=on)
        assert from_at == datetime(2026, 11, 1, 23, tzinfo=UTC)
        return sum(one.cost_nanos for one in charges), used.cost_nanos

    by_instant, by_day = await demo.read(sums, tenant=DEMO)
    assert by_instant == by_day > 0


async def test_nothing_of_another_company_is_in_a_file(demo: Database) -> None:
    globex = TenantId("globex")
    await demo.write(lambda tx: found_company(tx, tenant=globex))

    def look(tx: SqlTx) -> list[tuple[int, int]]:
        chargeback = make_file(tx, "chargeback", "csv", MONTHS[0], MONTHS[2])
        focus = make_file(tx, "focus", "csv", MONTHS[0], MONTHS[2])
        return [found[:2] for found in (chargeback, focus)]

    assert await demo.read(look, tenant=globex) == [(0, 0), (0, 0)]
