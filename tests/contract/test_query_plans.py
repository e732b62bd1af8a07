"""What is asked often is looked up, however many rows lie behind."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from storage.ledger_statements import list_of, resolved_together, taken_together
from tests.contract.test_isolation import list_statements

# Small tables, and what an operator asks for.
MAY_SCAN: Final = {
    "tenants.TENANTS",
    # As many rows as there are calls under way.
    "ledger_statements.EXPIRED",
    "wallets._ALL",
    "audit._COUNT",
    "leases._FREE_ALL",
    "schedules._LAST_PLANNED",
    "schedules._FAILED",
    # The check of the whole ledger.
    "verify._UNBALANCED",
    "verify._DIFFERING",
    "verify._NOT_LISTED",
    "verify._LISTED_IN_VAIN",
}
# What only PostgreSQL is asked, in its own words.
NOT_OF_SQLITE: Final = {"postings._POST_MANY"}


def test_no_statement_reads_a_whole_table(sqlite_path: Path) -> None:
    scanning = set()
    taken_together(2)
    resolved_together(2)
    list_of(2, 2)
    with closing(sqlite3.connect(sqlite_path)) as driver:
        driver.create_function("bursar_now", 0, lambda: 0)
        for name, statement in list_statements():
            if name in NOT_OF_SQLITE:
                continue
            compiled = statement.for_dialect("sqlite")
            values = {x: compiled.fixed.get(x, 1) for x in re.findall(r":(\w+)", compiled.sql)}
            plan = driver.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", values).fetchall()
            # The recursive part of a chain reads what it has found so far, and a page is short,
            # as is what is held together.
            if any(re.match(r"SCAN (?!chain|page|entry|CONSTANT|\d)", step[3]) for step in plan):
                scanning.add(name)
    assert scanning <= MAY_SCAN
