"""What Bursar does by itself: when it is due, what is made up for, and once for each date.

A schedule says what and when; a run is one occasion of it, which one process has claimed. Rules
of time are pure; what is kept is behind `ScheduleStore`, what is claimed behind `RunStore`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, NewType, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from bot.ids import PrincipalId, TenantId
from bot.schedules.recurrence import Occasion, Recurrence, last_until, next_after

_log = structlog.get_logger(__name__)

ScheduleId = NewType("ScheduleId", str)
# What becomes of occasions that nobody was there for: the latest one is made up for, or none is.
CatchUp = Literal["one", "none"]
ScheduleState = Literal["active", "paused", "over"]
# How a run ended besides what its job says: its time was missed, or it failed every time.
MISSED: Final = "missed"
FAILED: Final = "failed"
# A job that brings its process down must not do so for ever.
MAX_TRIES: Final = 5
USUAL_GRACE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done when: `kind` names the job, `subject` what it is about, if anything.

    There is one for each kind and subject. `owner_id` is whose it is, None for the company's.
    Up to `grace` late it is done as if in time; after that `catch_up` says.
    """

    kind: str
    rule: Recurrence
    zone: str
    subject: str = ""
    owner_id: PrincipalId | None = None
    grace: timedelta = USUAL_GRACE
    catch_up: CatchUp = "one"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A plan that is kept. `next` is None unless it is active.

    `last_result` is the code of how the last occasion ended, empty while there was none. `told` is
    what its job keeps of what it told last, in a form of its own.
    """

    id: ScheduleId
    tenant: TenantId
    plan: Plan
    state: ScheduleState
    next: Occasion | None
    last_at: datetime | None = None
    last_result: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One occasion of a schedule, claimed. `fence` rises with each claim: it counts the tries.

    `is_by_hand` is one that somebody asked for beside the rule. `claimed_at` is by the database's
    clock; how late a run is, is between that and its occasion.
    """

    id: str
    schedule: Schedule
    occasion: Occasion
    owner: str
    fence: int
    claimed_at: datetime
    is_by_hand: bool = False

    @property
    def is_late(self) -> bool:
        """Whether its grace is over."""
        return self.claimed_at - self.occasion.at > self.schedule.plan.grace


class RunLost(Exception):
    """Another process has taken a run over; nothing of what was done for it is kept."""


class ScheduleStore(Protocol):
    """The schedules of a tenant. What changes one tells whether it did."""

    def now(self) -> datetime: ...
    def last_planned(self) -> datetime | None: ...
    def put(self, plan: Plan, coming: Occasion) -> Schedule: ...
    def add(self, plan: Plan, coming: Occasion) -> bool: ...
    def find(self, kind: str, subject: str = "") -> Schedule | None: ...
    def list_of(self, owner_id: PrincipalId | None) -> list[Schedule]: ...
    def pause(self, schedule: Schedule) -> bool: ...
    def resume(self, schedule: Schedule, coming: Occasion) -> bool: ...
    def end(self, schedule: Schedule) -> bool: ...
    def note_told(self, schedule: Schedule, told: str) -> None: ...
    def advance(self, schedule: Schedule, coming: Occasion | None) -> bool: ...
    def list_ahead(self, limit: int) -> list[Schedule]: ...


class RunStore(Protocol):
    """The runs of a tenant, and what one process claims of all tenants'."""

    def ask_for(self, schedule: Schedule) -> bool: ...
    def list_due_kinds(self) -> list[str]: ...
    def lock_due(self, kind: str, limit: int) -> list[Schedule]: ...
    def claim(
        self,
        schedule: Schedule,
        occasion: Occasion,
        owner: str,
        lease: timedelta,
        *,
        now: datetime,
    ) -> Run | None: ...
    def miss(self, schedule: Schedule, occasion: Occasion) -> bool: ...
    def take_over(self, kind: str, owner: str, lease: timedelta, limit: int) -> list[Run]: ...
    def close(self, run: Run, *, is_failed: bool = False) -> bool: ...
    def note(self, run: Run, result: str) -> None: ...
    def put_off(self, run: Run, delay: timedelta) -> bool: ...
    def drop_old(self, before: datetime, limit: int) -> int: ...


class Scheduling(Protocol):
    """What of a transaction these rules need."""

    @property
    def schedules(self) -> ScheduleStore: ...
    @property
    def runs(self) -> RunStore: ...

    def enter(self, tenant: TenantId) -> None: ...


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done about a schedule whose time has come: run one occasion, miss it or not.

    `coming` is when its time comes next.
    """

    occasion: Occasion
    is_missed: bool
    coming: Occasion | None


def plan(tx: Scheduling, wanted: Plan) -> Schedule | None:
    """Have something done from now on, in place of what was planned for its kind and subject.

    None, and nothing is kept, where the rule has no occasion any more. Repeating is safe.
    """
    coming = next_after(wanted.rule, tx.schedules.now(), ZoneInfo(wanted.zone))
    return None if coming is None else tx.schedules.put(wanted, coming)


def ensure(tx: Scheduling, wanted: Plan) -> bool:
    """Plan something unless it is planned already, however; False if it was."""
    coming = next_after(wanted.rule, tx.schedules.now(), ZoneInfo(wanted.zone))
    return coming is not None and tx.schedules.add(wanted, coming)


def coming_of(plan: Plan, now: datetime) -> Occasion | None:
    """Return when a plan's time comes after a time (aware), None if it does no more."""
    return next_after(plan.rule, now, ZoneInfo(plan.zone))


def what_is_due(schedule: Schedule, now: datetime) -> Due | None:
    """Decide about a schedule at a time: of all that was missed one is run at most.

    Within its grace the latest occasion is run as it is; after that it is made up for or not, as
    the plan says. None if its time has not come.
    """
    first, wanted = schedule.next, schedule.plan
    if first is None or first.at > now:
        return None
    latest = last_until(wanted.rule, first, now, ZoneInfo(wanted.zone))
    is_missed = now - latest.at > wanted.grace and wanted.catch_up == "none"
    return Due(latest, is_missed, coming_of(wanted, now))


def is_overtaken(run: Run) -> bool:
    """Tell whether a run that was left half done is not to be gone on with.

    Its grace is over, and it is either not made up for or the next occasion has come.
    """
    if run.is_by_hand or not run.is_late:
        return False
    coming = run.schedule.next
    is_next_due = (
        coming is not None
        and coming.at <= run.claimed_at
        and coming.local_date != run.occasion.local_date
    )
    return run.schedule.plan.catch_up == "none" or is_next_due


def claim_due(
    tx: Scheduling, kind: str, owner: str, lease: timedelta, limit: int
) -> Sequence[Run]:
    """Claim at most so many occasions of a kind, of all tenants; each is claimed once.

    First those that a process has left half done, then those whose time has come.
    """
    store = tx.runs
    claimed: list[Run] = []
    for run in store.take_over(kind, owner, lease, limit):
        tx.enter(run.schedule.tenant)
        if run.fence > MAX_TRIES or is_overtaken(run):
            store.close(run, is_failed=True)
            store.note(run, MISSED if is_overtaken(run) else FAILED)
        else:
            claimed.append(run)
    if len(claimed) < limit:
        now = tx.schedules.now()
        for schedule in store.lock_due(kind, limit - len(claimed)):
            tx.enter(schedule.tenant)
            try:
                due = what_is_due(schedule, now)
            except ZoneInfoNotFoundError as error:
                # Of a newer table of zones than this machine's; no other one waits for it.
                _log.error("schedule waits for its zone", schedule=schedule.id, exc_info=error)
                continue
            if due is None or not tx.schedules.advance(schedule, due.coming):
                continue
            if due.is_missed:
                store.miss(schedule, due.occasion)
            elif new := store.claim(schedule, due.occasion, owner, lease, now=now):
                claimed.append(new)
    return claimed


def replan_ahead(tx: Scheduling, limit: int) -> int:
    """Plan anew what was planned by a clock that was ahead of the present one; return how many.

    What was done meanwhile is not done again: its dates are taken.
    """
    now, count = tx.schedules.now(), 0
    for schedule in tx.schedules.list_ahead(limit):
        tx.enter(schedule.tenant)
        count += tx.schedules.advance(schedule, coming_of(schedule.plan, now))
    return count
