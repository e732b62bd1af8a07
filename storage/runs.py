"""Runs of schedules. A claim is a row that only one process can write.

Each step of a run is one UPDATE that carries who holds it and the number of the claim: whoever
lost it, because it slept past its lease, finds no row to change.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Text, bindparam, delete, exists, func, literal_column, select, union, update
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us, to_us
from bot.ids import new_id
from bot.schedules.model import MISSED, Run, Schedule
from bot.schedules.recurrence import Occasion, Recurrence
from storage.connection import Connection, Row
from storage.schedules import (
    BY_ID,
    database_now,
    is_active,
    of_schedule,
    this_schedule,
    to_schedule,
)
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.schedules import schedule, schedule_run

_MICROSECOND: Final = timedelta(microseconds=1)
# Written out, so that SQLite sees that its index of what is open will do.
_is_open = schedule_run.c.state == literal_column("'open'")
_is_free = (_is_open, schedule_run.c.lease_until_us <= func.bursar_now())
_is_due = (
    is_active,
    schedule.c.next_us <= func.bursar_now(),
    # What is not done yet, or is tried again, comes first.
    ~exists().where(schedule_run.c.schedule_id == schedule.c.id, _is_open),
)
_DUE_KINDS: Final = Statement(
    union(
        select(schedule.c.kind).where(*_is_due),
        select(schedule_run.c.kind).where(*_is_free),
    )
)
_LOCK_DUE: Final = Statement(
    select(schedule)
    .where(*_is_due, schedule.c.kind == bindparam("kind"))
    .order_by(schedule.c.next_us)
    .limit(bindparam("count", type_=Int))
    .with_for_update(skip_locked=True)
)
# Of many that claim an occasion one writes its row. The date and the instant are each taken once.
_CLAIM: Final = Statement(
    insert(schedule_run)
    .values(
        id=bindparam("id"),
        schedule_id=bindparam("schedule_id"),
        tenant=bindparam("tenant"),
        kind=bindparam("kind"),
        occasion=bindparam("occasion"),
        local_on=bindparam("local_on"),
        at_us=bindparam("at_us"),
        is_by_hand=bindparam("is_by_hand"),
        state=bindparam("state"),
        result=bindparam("result"),
        owner=bindparam("owner"),
        fence=bindparam("fence"),
        lease_until_us=func.bursar_now() + bindparam("lease_us", type_=Int),
    )
    .on_conflict_do_nothing()
    .returning(schedule_run.c.id)
)
_free_ones = (
    select(schedule_run.c.id)
    .where(*_is_free, schedule_run.c.kind == bindparam("of_kind"))
    .order_by(schedule_run.c.lease_until_us)
    .limit(bindparam("count", type_=Int))
    .with_for_update(skip_locked=True)
)
_TAKE_OVER: Final = Statement(
    update(schedule_run)
    .where(schedule_run.c.id.in_(_free_ones), *_is_free)
    .values(
        owner=bindparam("new_owner", type_=Text),
        fence=schedule_run.c.fence + 1,
        lease_until_us=func.bursar_now() + bindparam("lease_us", type_=Int),
    )
    .returning(*schedule_run.c)
)
_this_claim = (
    schedule_run.c.tenant == bindparam("tenant"),
    schedule_run.c.id == bindparam("run_id"),
    _is_open,
    schedule_run.c.owner == bindparam("held_by"),
    schedule_run.c.fence == bindparam("held_as", type_=Int),
)
_CLOSE: Final = Statement(
    update(schedule_run)
    .where(*_this_claim)
    .values(state=bindparam("new_state", type_=Text), done_us=func.bursar_now())
)
_PUT_OFF: Final = Statement(
    update(schedule_run)
    .where(*_this_claim)
    .values(lease_until_us=func.bursar_now() + bindparam("delay_us", type_=Int))
)
_NOTE_RUN: Final = Statement(
    update(schedule_run)
    .where(schedule_run.c.tenant == bindparam("tenant"), schedule_run.c.id == bindparam("run_id"))
    .values(result=bindparam("code", type_=Text))
)
_NOTE: Final = Statement(
    update(schedule)
    .where(*this_schedule)
    .values(last_us=func.bursar_now(), last_result=bindparam("code", type_=Text))
)
_gone = schedule_run.alias("gone")
_DROP_RUNS: Final = Statement(
    delete(schedule_run).where(
        schedule_run.c.id.in_(
            select(_gone.c.id)
            .where(
                _gone.c.tenant == bindparam("tenant"),
                _gone.c.at_us < bindparam("before_us", type_=Int),
                _gone.c.state != "open",
            )
            .order_by(_gone.c.at_us)
            .limit(bindparam("count", type_=Int))
            .with_for_update(skip_locked=True)
        )
    )
)
_ended = schedule.alias("ended")
_DROP_OVER: Final = Statement(
    delete(schedule).where(
        schedule.c.id.in_(
            select(_ended.c.id)
            .where(
                _ended.c.tenant == bindparam("tenant"),
                _ended.c.state == "over",
                # What repeats was ended by somebody: forgotten, it would be planned for them
                # again.
                _ended.c.rule.like("once %"),
                _ended.c.planned_us < bindparam("before_us", type_=Int),
                ~exists().where(schedule_run.c.schedule_id == _ended.c.id),
            )
            .limit(bindparam("count", type_=Int))
            .with_for_update(skip_locked=True)
        )
    )
)
_FREE_ALL: Final = Statement(
    update(schedule_run)
    .where(_is_open, schedule_run.c.lease_until_us > 0)
    .values(lease_until_us=0)
)


class SqlRuns:
    """The runs of the scope's tenant; what is due is asked for all tenants at once."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def ask_for(self, schedule: Schedule) -> bool:
        """Have it run once beside its rule; False while a run of it is not done yet."""
        now = database_now(self._conn)
        occasion = Occasion(now.astimezone(ZoneInfo(schedule.plan.zone)).date(), now)
        return self._claim(schedule, occasion, key=_instant(now), is_by_hand=1) is not None

    def list_due_kinds(self) -> list[str]:
        """Return the kinds of which something waits to be claimed, of any tenant."""
        return [row[0] for row in self._conn.rows(_DUE_KINDS)]

    def lock_due(self, kind: str, limit: int) -> list[Schedule]:
        """Return what is due, of any tenant, the longest first; other processes pass it over."""
        return [to_schedule(row) for row in self._conn.rows(_LOCK_DUE, kind=kind, count=limit)]

    def claim(
        self,
        schedule: Schedule,
        occasion: Occasion,
        owner: str,
        lease: timedelta,
        *,
        now: datetime,
    ) -> Run | None:
        """Take an occasion; None if it was taken before, by whomever."""
        key = _key(schedule.plan.rule, occasion)
        run_id = self._claim(schedule, occasion, key=key, owner=owner, fence=1, lease=lease)
        return None if run_id is None else Run(run_id, schedule, occasion, owner, 1, now)

    def miss(self, schedule: Schedule, occasion: Occasion) -> bool:
        """Note that an occasion is not made up for; False if it was taken before."""
        key = _key(schedule.plan.rule, occasion)
        if self._claim(schedule, occasion, key=key, state="missed", result=MISSED) is None:
            return False
        self._conn.run(_NOTE, **of_schedule(self._scope, schedule), code=MISSED)
        return True

    def take_over(self, kind: str, owner: str, lease: timedelta, limit: int) -> list[Run]:
        """Take runs whose lease is over, or that somebody asked for, of any tenant."""
        rows = self._conn.rows(
            _TAKE_OVER,
            of_kind=kind,
            new_owner=owner,
            lease_us=lease // _MICROSECOND,
            count=limit,
        )
        now = database_now(self._conn)
        return [self._to_run(row, now) for row in rows]

    def close(self, run: Run, *, is_failed: bool = False) -> bool:
        """End a run; False if it was lost, and nothing may be done for it any more."""
        state = "failed" if is_failed else "done"
        return bool(self._conn.run(_CLOSE, **self._claim_of(run), new_state=state))

    def note(self, run: Run, result: str) -> None:
        """Keep how a run ended, for whoever looks at its schedule."""
        self._conn.run(_NOTE_RUN, tenant=self._scope.tenant, run_id=run.id, code=result)
        self._conn.run(_NOTE, **of_schedule(self._scope, run.schedule), code=result)

    def put_off(self, run: Run, delay: timedelta) -> bool:
        """Let a run be tried again after a while; False if it was lost."""
        return bool(
            self._conn.run(_PUT_OFF, **self._claim_of(run), delay_us=delay // _MICROSECOND)
        )

    def drop_old(self, before: datetime, limit: int) -> int:
        """Forget runs before a time, and schedules that were over by then; return how many.

        So many of each at a time.
        """
        values = {"tenant": self._scope.tenant, "before_us": to_us(before), "count": limit}
        return self._conn.run(_DROP_RUNS, **values) + self._conn.run(_DROP_OVER, **values)

    def free_all(self) -> int:
        """Let go of every run, for a database that one process holds; return how many."""
        return self._conn.run(_FREE_ALL)

    def _claim(
        self,
        schedule: Schedule,
        occasion: Occasion,
        *,
        key: str,
        owner: str = "",
        fence: int = 0,
        lease: timedelta = timedelta(0),
        is_by_hand: int = 0,
        state: str = "open",
        result: str = "",
    ) -> str | None:
        row = self._conn.row(
            _CLAIM,
            id=new_id(),
            schedule_id=schedule.id,
            tenant=self._scope.tenant,
            kind=schedule.plan.kind,
            occasion=key,
            local_on=occasion.local_date.isoformat(),
            at_us=to_us(occasion.at),
            is_by_hand=is_by_hand,
            state=state,
            result=result,
            owner=owner,
            fence=fence,
            lease_us=lease // _MICROSECOND,
        )
        return None if row is None else row[0]

    def _claim_of(self, run: Run) -> dict[str, object]:
        return {
            "tenant": self._scope.tenant,
            "run_id": run.id,
            "held_by": run.owner,
            "held_as": run.fence,
        }

    def _to_run(self, row: Row, now: datetime) -> Run:
        found = self._conn.row(BY_ID, tenant=row["tenant"], schedule_id=row["schedule_id"])
        assert found is not None  # noqa: S101  # a foreign key holds it
        return Run(
            row["id"],
            to_schedule(found),
            Occasion(date.fromisoformat(row["local_on"]), from_us(row["at_us"])),
            row["owner"],
            row["fence"],
            now,
            is_by_hand=bool(row["is_by_hand"]),
        )


def _key(rule: Recurrence, occasion: Occasion) -> str:
    """Return what of an occasion is taken once: its date, or its instant if it comes but once."""
    return _instant(occasion.at) if rule.unit == "once" else occasion.local_date.isoformat()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
