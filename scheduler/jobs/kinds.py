"""Every kind of schedule, in one list, and what a company has planned from its first day.

Adding a kind is one line in `all_kinds`; what it does stands in a module of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Final

from bot.actions import digest
from bot.allowances import Allowances
from bot.ports import Database, Tx
from bot.schedules import shared_digests
from bot.schedules.model import Plan, ensure
from bot.schedules.recurrence import Recurrence, daily, monthly
from scheduler.jobs.checks import FindFaults, VerifyChain, audit_anchor, ledger_check
from scheduler.jobs.digest import digest_kind
from scheduler.jobs.digest_figures import KeptFigures
from scheduler.jobs.model_sync import Lists, model_sync
from scheduler.jobs.month_end import month_end
from scheduler.jobs.retention import Lives, retention
from scheduler.jobs.shared_digest import SharedDigests
from scheduler.jobs.tasks import tell_task
from scheduler.kinds import Kind, prepared, quick

# The company's own, in its zone: what is looked after when few are awake and most clocks do not
# jump, and what the books wait for.
_COMPANYS: Final[Mapping[str, Recurrence]] = {
    "ledger_check": daily(time(4, 10)),
    "audit_anchor": daily(time(4, 20)),
    "retention": daily(time(4, 30)),
    "model_sync": daily(time(4, 40)),
    "month_end": monthly(1, time(8)),
}
_GRACE: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What jobs need that is not in a transaction."""

    database: Database
    find_faults: FindFaults
    verify_chain: VerifyChain
    lists: Lists
    lives: Lives = field(default_factory=Lives)
    allowances: Allowances = field(default_factory=Allowances)


def all_kinds(care: Care) -> Mapping[str, Kind]:
    """Return how each kind is done, by its name."""
    figures = KeptFigures()
    return {
        "ledger_check": prepared(ledger_check(care.find_faults)),
        "audit_anchor": prepared(audit_anchor(care.verify_chain)),
        "model_sync": prepared(model_sync(care.database, care.lists)),
        "month_end": prepared(month_end(care.database)),
        "task": quick(tell_task),
        digest.KIND: digest_kind(care.allowances, figures),
        shared_digests.KIND: quick(SharedDigests(care.allowances, figures).send),
        "retention": prepared(retention(care.database, care.lives)),
    }


def ensure_company_plans(tx: Tx) -> None:
    """Plan for each company what it has from its first day; what was changed stays changed."""
    for company in tx.people.list_tenants():
        tx.enter(company.id)
        for kind, rule in _COMPANYS.items():
            ensure(tx, Plan(kind=kind, rule=rule, zone=company.zone, grace=_GRACE))
