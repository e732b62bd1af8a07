"""Files of costs: their form, their sums, and what is never run in them."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest

from bot.actions.exports import days_of
from bot.economy.wallets import Wallet
from bot.errors.kinds import InvalidInput
from bot.errors.talk import FileTooLarge
from bot.exports.chargeback import COLUMNS, Chargeback, ChargeLine, chargeback_file
from bot.exports.csv_lines import csv_line
from bot.exports.tree import belongings
from bot.ids import WalletId

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
NOW = date(2026, 11, 18)


def line(cost_nanos: int, wallet: str = "Launch") -> ChargeLine:
    return ChargeLine("CC-7", "Design", "design", wallet, "launch", "gpt-5", 3, 20, 4, cost_nanos)


def found(*lines: ChargeLine) -> Chargeback:
    return Chargeback(FIRST, LAST, lines)


def test_a_table_has_exact_numbers_and_inert_text() -> None:
    file = chargeback_file(found(line(1, "=cmd|' /C calc'!A1"), line(-1_500_000_000)), "csv")
    assert (file.name, file.media_type) == ("chargeback-2026-10-01-2026-10-31.csv", "text/csv")
    first, second = csv.DictReader(io.StringIO(file.data.decode(), newline=""))
    assert tuple(first) == COLUMNS
    assert first["cost_usd"] == "0.000000001"
    assert first["wallet"] == "'=cmd|' /C calc'!A1"
    # What is owed back is a number below zero, and no text.
    assert second["cost_usd"] == "-1.50"
    assert (second["cost_centre"], second["calls"]) == ("CC-7", "3")


def test_json_has_decimal_strings_that_add_up_to_its_total() -> None:
    lines = [line(nanos) for nanos in (1, 999_999_999, 12_345_678_901, 10**18)]
    file = chargeback_file(found(*lines), "json")
    told = json.loads(file.data)
    assert told["total_usd"] == "1000000013.345678901"
    assert sum(Decimal(one["cost_usd"]) for one in told["lines"]) == Decimal(told["total_usd"])
    assert told["lines"][0]["wallet"] == "Launch"
    assert json.loads(chargeback_file(found(), "json").data)["lines"] == []


def test_a_file_stops_where_it_would_be_too_large() -> None:
    size = len(chargeback_file(found(line(1)), "csv").data)
    assert len(chargeback_file(found(line(1)), "csv", most_bytes=size).data) == size
    with pytest.raises(FileTooLarge):
        chargeback_file(found(line(1)), "csv", most_bytes=size - 1)


@pytest.mark.parametrize("cell", [Decimal("1E-9"), Decimal("-0.000000001"), None, -3, 2.5])
def test_numbers_stay_numbers_and_nothing_is_an_empty_cell(cell: object) -> None:
    written = csv_line([cell, "x"]).decode()
    assert (
        written
        == {
            "1E-9": "0.000000001,x\r\n",
            "-1E-9": "-0.000000001,x\r\n",
            "None": ",x\r\n",
            "-3": "-3,x\r\n",
            "2.5": "2.5,x\r\n",
        }[str(cell)]
    )


def test_a_wallet_belongs_to_the_nearest_team_and_cost_centre() -> None:
    def wallet(name: str, parent: str | None, kind: str, centre: str | None = None) -> Wallet:
        parent_id = None if parent is None else WalletId(parent)
        return Wallet(WalletId(name), parent_id, kind, name, cost_centre=centre)  # type: ignore[arg-type]  # kinds stand below

    tree = [
        wallet("company", None, "organisation", "CC-0"),
        wallet("design", "company", "team", "CC-1"),
        wallet("inner", "design", "team"),
        wallet("launch", "inner", "project", "CC-2"),
        wallet("key", "launch", "key"),
        wallet("spare", "company", "project"),
    ]
    told = {x.wallet.id: (x.team.id, x.cost_centre) for x in belongings(tree).values()}
    assert told == {
        "company": ("company", "CC-0"),
        "design": ("design", "CC-1"),
        "inner": ("inner", "CC-1"),
        "launch": ("inner", "CC-2"),
        "key": ("inner", "CC-2"),
        "spare": ("company", "CC-0"),
    }
    assert belongings([wallet("alone", None, "organisation")])[WalletId("alone")].cost_centre == ""


@pytest.mark.parametrize(
    ("from_on", "until_on", "expected"),
    [
        (None, None, (FIRST, LAST)),
        (date(2026, 11, 1), None, (date(2026, 11, 1), NOW)),
        (None, date(2026, 10, 9), (FIRST, date(2026, 10, 9))),
        (FIRST, date(2030, 1, 1), (FIRST, NOW)),
        (date(2025, 11, 18), NOW, (date(2025, 11, 18), NOW)),
    ],
)
def test_last_month_is_meant_where_nothing_is_said_and_nothing_to_come(
    from_on: date | None, until_on: date | None, expected: tuple[date, date]
) -> None:
    assert days_of(from_on, until_on, NOW) == expected


@pytest.mark.parametrize(
    "span", [(NOW, FIRST), (date(2024, 11, 17), NOW), (date(2027, 1, 1), None)]
)
def test_days_that_end_before_they_begin_or_are_years_are_refused(
    span: tuple[date, date | None],
) -> None:
    with pytest.raises(InvalidInput):
        days_of(*span, NOW)
