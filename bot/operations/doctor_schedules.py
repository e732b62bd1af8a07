"""Whether what Bursar does by itself is done, and in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.operations.doctor import Colour, Finding
from bot.schedules.model import Schedule
from storage.transaction import SqlTx

# Longer than a process that was killed keeps a run from others, and than a step of the clock is
# waited out.
_LATE: Final = timedelta(minutes=15)
_MOST: Final = 100
_CHECK: Final = "schedules"


def check_schedules(tx: SqlTx) -> list[Finding]:
    """Name what is late and what failed, of every company; one finding of each at most."""
    late = tx.schedules.list_late(_LATE, _MOST)
    failed = tx.schedules.list_failed(_MOST)
    findings = []
    if late:
        findings.append(
            Finding(
                _CHECK,
                Colour.yellow,
                f"{_count(late)} late, the longest {_name(late[0])}, due at {_due(late[0])}",
                "start Bursar with `bursar serve` and leave it running; if it runs, look in its"
                " log for “the clock stepped” and “run failed”",
            )
        )
    if failed:
        findings.append(
            Finding(
                _CHECK,
                Colour.yellow,
                f"{_count(failed)} failed last time, the first {_name(failed[0])}",
                "look in the log for “run failed”, mend what it names, and have it done from the"
                " chat, as in “run the ledger check now”; “schedules” shows how that ended",
            )
        )
    return findings or [Finding(_CHECK, Colour.green, "nothing is late, nothing failed")]


def _count(found: list[Schedule]) -> str:
    return f"{len(found)} or more" if len(found) == _MOST else str(len(found))


def _name(schedule: Schedule) -> str:
    return f"{schedule.plan.kind} of {schedule.tenant}"


def _due(schedule: Schedule) -> str:
    return "no time" if schedule.next is None else f"{schedule.next.at:%Y-%m-%d %H:%M} UTC"
