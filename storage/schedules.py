"""Schedules: what is planned, and when its time comes next."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Text, bindparam, func, literal_column, null, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us, to_us
from bot.ids import PrincipalId, TenantId, new_id
from bot.schedules.model import FAILED, Plan, Schedule, ScheduleId
from bot.schedules.recurrence import Occasion, Recurrence
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.schedules import schedule

_MICROSECOND: Final = timedelta(microseconds=1)
_mine = schedule.c.tenant == bindparam("tenant")
this_schedule = (_mine, schedule.c.id == bindparam("schedule_id"))
# Written out, so that SQLite sees that its index of what is active will do.
is_active = schedule.c.state == literal_column("'active'")
_next = {
    "next_on": bindparam("coming_on", type_=Text),
    "next_us": bindparam("coming_us", type_=Int),
    "planned_us": func.bursar_now(),
}

_NOW: Final = Statement(select(func.bursar_now()))
_LAST_PLANNED: Final = Statement(select(func.max(schedule.c.planned_us)))
_put = insert(schedule).values(
    id=bindparam("id"),
    tenant=bindparam("tenant"),
    kind=bindparam("kind"),
    subject=bindparam("subject"),
    owner_id=bindparam("owner_id"),
    rule=bindparam("rule"),
    zone=bindparam("zone"),
    grace_us=bindparam("grace_us"),
    catch_up=bindparam("catch_up"),
    state="active",
    **_next,
)
_of_subject = [schedule.c.tenant, schedule.c.kind, schedule.c.subject]
_ADD: Final = Statement(_put.on_conflict_do_nothing(index_elements=_of_subject).inline())
_PUT: Final = Statement(
    _put.on_conflict_do_update(
        index_elements=_of_subject,
        set_={
            name: _put.excluded[name]
            for name in (
                *("owner_id", "rule", "zone", "grace_us", "catch_up", "state"),
                *("next_on", "next_us", "planned_us"),
            )
        },
    ).returning(*schedule.c)
)
_FIND: Final = Statement(
    select(schedule).where(
        _mine,
        schedule.c.kind == bindparam("kind"),
        schedule.c.subject == bindparam("subject"),
    )
)
BY_ID: Final = Statement(select(schedule).where(*this_schedule))
_by_time = (schedule.c.next_us.is_(None), schedule.c.next_us, schedule.c.id)
_OF_PERSON: Final = Statement(
    select(schedule)
    .where(
        _mine,
        schedule.c.owner_id == bindparam("owner_id"),
        schedule.c.state != "over",
    )
    .order_by(*_by_time)
)
_OF_COMPANY: Final = Statement(
    select(schedule)
    .where(_mine, schedule.c.owner_id.is_(None), schedule.c.state != "over")
    .order_by(*_by_time)
)
_PAUSE: Final = Statement(
    update(schedule)
    .where(*this_schedule, is_active)
    .values(state="paused", next_on=null(), next_us=null())
)
_RESUME: Final = Statement(
    update(schedule)
    .where(*this_schedule, schedule.c.state == "paused")
    .values(state="active", **_next)
)
_END: Final = Statement(
    update(schedule)
    .where(*this_schedule, schedule.c.state != "over")
    .values(state="over", next_on=null(), next_us=null())
)
_NOTE_TOLD: Final = Statement(
    update(schedule).where(*this_schedule).values(told=bindparam("was_told", type_=Text))
)
# Nobody has gone on with it since it was read.
_ADVANCE: Final = Statement(
    update(schedule)
    .where(*this_schedule, is_active, schedule.c.next_us == bindparam("was_us", type_=Int))
    .values(**_next)
)
_OVER: Final = Statement(
    update(schedule)
    .where(*this_schedule, is_active, schedule.c.next_us == bindparam("was_us", type_=Int))
    .values(state="over", next_on=null(), next_us=null())
)
_AHEAD: Final = Statement(
    select(schedule)
    .where(
        is_active,
        schedule.c.next_us > func.bursar_now(),
        schedule.c.planned_us > func.bursar_now(),
    )
    .limit(bindparam("count", type_=Int))
)


_LATE: Final = Statement(
    select(schedule)
    .where(is_active, schedule.c.next_us <= func.bursar_now() - bindparam("by_us", type_=Int))
    .order_by(schedule.c.next_us)
    .limit(bindparam("count", type_=Int))
)
_FAILED: Final = Statement(
    select(schedule)
    .where(is_active, schedule.c.last_result == FAILED)
    .order_by(schedule.c.next_us)
    .limit(bindparam("count", type_=Int))
)


class SqlSchedules:
    """The schedules of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def now(self) -> datetime:
        """Return the time by the database's clock."""
        return database_now(self._conn)

    def last_planned(self) -> datetime | None:
        """Return the latest time at which anything was planned, for any tenant."""
        row = self._conn.row(_LAST_PLANNED)
        return None if row is None or row[0] is None else from_us(row[0])

    def list_late(self, by: timedelta, limit: int) -> list[Schedule]:
        """Return what should have begun so long ago, of any tenant, the longest first."""
        rows = self._conn.rows(_LATE, by_us=by // _MICROSECOND, count=limit)
        return [to_schedule(row) for row in rows]

    def list_failed(self, limit: int) -> list[Schedule]:
        """Return what failed last time, of any tenant."""
        return [to_schedule(row) for row in self._conn.rows(_FAILED, count=limit)]

    def put(self, plan: Plan, coming: Occasion) -> Schedule:
        row = self._conn.row(_PUT, **self._values(plan, coming))
        assert row is not None  # noqa: S101  # it was inserted or updated
        return to_schedule(row)

    def add(self, plan: Plan, coming: Occasion) -> bool:
        return bool(self._conn.run(_ADD, **self._values(plan, coming)))

    def find(self, kind: str, subject: str = "") -> Schedule | None:
        row = self._conn.row(_FIND, tenant=self._scope.tenant, kind=kind, subject=subject)
        return None if row is None else to_schedule(row)

    def list_of(self, owner_id: PrincipalId | None) -> list[Schedule]:
        """Return a person's, or the company's, the next one first; what is over is left out."""
        if owner_id is None:
            rows = self._conn.rows(_OF_COMPANY, tenant=self._scope.tenant)
        else:
            rows = self._conn.rows(_OF_PERSON, tenant=self._scope.tenant, owner_id=owner_id)
        return [to_schedule(row) for row in rows]

    def pause(self, schedule: Schedule) -> bool:
        return bool(self._conn.run(_PAUSE, **of_schedule(self._scope, schedule)))

    def resume(self, schedule: Schedule, coming: Occasion) -> bool:
        return bool(
            self._conn.run(_RESUME, **of_schedule(self._scope, schedule), **_coming(coming))
        )

    def end(self, schedule: Schedule) -> bool:
        return bool(self._conn.run(_END, **of_schedule(self._scope, schedule)))

    def note_told(self, schedule: Schedule, told: str) -> None:
        """Keep what was told, in the transaction that tells it."""
        self._conn.run(_NOTE_TOLD, **of_schedule(self._scope, schedule), was_told=told)

    def advance(self, schedule: Schedule, coming: Occasion | None) -> bool:
        """Set what comes after the present occasion; False if somebody else did."""
        was = {"was_us": None if schedule.next is None else to_us(schedule.next.at)}
        if coming is None:
            return bool(self._conn.run(_OVER, **of_schedule(self._scope, schedule), **was))
        return bool(
            self._conn.run(
                _ADVANCE, **of_schedule(self._scope, schedule), **was, **_coming(coming)
            )
        )

    def list_ahead(self, limit: int) -> list[Schedule]:
        """Return what was planned by a clock that was ahead of the present one, of any tenant."""
        return [to_schedule(row) for row in self._conn.rows(_AHEAD, count=limit)]

    def _values(self, plan: Plan, coming: Occasion) -> dict[str, object]:
        return {
            "id": new_id(),
            "tenant": self._scope.tenant,
            "kind": plan.kind,
            "subject": plan.subject,
            "owner_id": plan.owner_id,
            "rule": str(plan.rule),
            "zone": plan.zone,
            "grace_us": plan.grace // _MICROSECOND,
            "catch_up": plan.catch_up,
            **_coming(coming),
        }


def database_now(connection: Connection) -> datetime:
    """Return the time by the database's clock."""
    row = connection.row(_NOW)
    assert row is not None  # noqa: S101  # a query without FROM has one row
    return from_us(row[0])


def of_schedule(scope: Scope, schedule: Schedule) -> dict[str, object]:
    """Return what `this_schedule` asks for."""
    return {"tenant": scope.tenant, "schedule_id": schedule.id}


def _coming(coming: Occasion) -> dict[str, object]:
    return {"coming_on": coming.local_date.isoformat(), "coming_us": to_us(coming.at)}


def to_schedule(row: Row) -> Schedule:
    """Read a row of `schedule`."""
    plan = Plan(
        kind=row["kind"],
        rule=Recurrence.parse(row["rule"]),
        zone=row["zone"],
        subject=row["subject"],
        owner_id=row["owner_id"] and PrincipalId(row["owner_id"]),
        grace=timedelta(microseconds=row["grace_us"]),
        catch_up=row["catch_up"],
    )
    coming = row["next_on"] and Occasion(
        date.fromisoformat(row["next_on"]), from_us(row["next_us"])
    )
    return Schedule(
        ScheduleId(row["id"]),
        TenantId(row["tenant"]),
        plan,
        row["state"],
        coming,
        None if row["last_us"] is None else from_us(row["last_us"]),
        row["last_result"],
        row["told"],
    )
