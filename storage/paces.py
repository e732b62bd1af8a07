"""How fast people go: the times of their last messages and changes, a row for each person.

A row holds as many times as there may be messages, so that the oldest one says whether another
is too many. One statement looks, notes the message and begins the pause: of many at once, each
sees those before it.
"""

from typing import Any, Final

from sqlalchemy import Integer, Text, and_, bindparam, case, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us
from bot.cooldowns import Cooldown, Pace
from bot.ids import PrincipalId
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.people import pace

# A time is 16 digits, microseconds since 1970 until the year 2286: as text they sort as they pass.
_DIGITS: Final = 16
_US: Final = 1_000_000

_now = bindparam("now_us", type_=Int)
_stamp = bindparam("stamp", type_=Text)
_is_write = bindparam("is_write", type_=Int) == 1
_is_cooling = pace.c.cooled_until_us > _now


def _is_full(stamps: Any, most: Any, since: Any) -> Any:  # Any: expressions of text and integers
    """Tell whether as many as there may be were within the stretch already."""
    width = most * _DIGITS
    first = func.substr(stamps, (func.length(stamps) - width + 1).cast(Integer), _DIGITS)
    return case((func.length(stamps) < width, literal(0)), (first > since, literal(1)), else_=0)


def _with_this(stamps: Any, most: Any) -> Any:  # Any: as above
    """Add the present to the times, and forget what is more than there may be."""
    width = most * _DIGITS
    added = stamps.concat(_stamp)
    extra = func.length(stamps) + _DIGITS - width
    return case((extra > 0, func.substr(added, (extra + 1).cast(Integer))), else_=added)


_most_messages = bindparam("most_messages", type_=Int)
_most_writes = bindparam("most_writes", type_=Int)
_too_many_messages = (
    _is_full(pace.c.messages, _most_messages, bindparam("messages_since", type_=Text)) == 1
)
_too_many_writes = and_(
    _is_write, _is_full(pace.c.writes, _most_writes, bindparam("writes_since", type_=Text)) == 1
)
_is_too_fast = or_(_too_many_messages, _too_many_writes)
_COUNT: Final = Statement(
    insert(pace)
    .values(
        tenant=bindparam("tenant"),
        principal_id=bindparam("person_id"),
        messages=_stamp,
        writes=case((_is_write, _stamp), else_=""),
        cooled_until_us=0,
        cause="",
        swallowed=0,
    )
    .on_conflict_do_update(
        index_elements=list(pace.primary_key),
        set_={
            # What a pause was for begins anew after it.
            "messages": case(
                (_is_cooling, pace.c.messages),
                (_too_many_messages, ""),
                (_too_many_writes, pace.c.messages),
                else_=_with_this(pace.c.messages, _most_messages),
            ),
            "writes": case(
                (_is_cooling, pace.c.writes),
                (_too_many_messages, pace.c.writes),
                (_too_many_writes, ""),
                (_is_write, _with_this(pace.c.writes, _most_writes)),
                else_=pace.c.writes,
            ),
            "cooled_until_us": case(
                (_is_cooling, pace.c.cooled_until_us),
                (_is_too_fast, bindparam("until_us", type_=Int)),
                else_=pace.c.cooled_until_us,
            ),
            "cause": case(
                (_is_cooling, pace.c.cause),
                (_too_many_messages, "messages"),
                (_too_many_writes, "writes"),
                else_=pace.c.cause,
            ),
            "swallowed": case(
                (_is_cooling, pace.c.swallowed + 1), (_is_too_fast, 1), else_=pace.c.swallowed
            ),
        },
    )
    .returning(pace.c.cooled_until_us, pace.c.cause, pace.c.swallowed)
)
_FIND: Final = Statement(
    select(pace).where(
        pace.c.tenant == bindparam("tenant"), pace.c.principal_id == bindparam("person_id")
    )
)
_COOLING: Final = Statement(
    select(pace)
    .where(pace.c.tenant == bindparam("tenant"), _is_cooling)
    .order_by(pace.c.cooled_until_us, pace.c.principal_id)
)
_LIFT: Final = Statement(
    update(pace)
    .where(
        pace.c.tenant == bindparam("tenant"),
        pace.c.principal_id == bindparam("person_id"),
        _is_cooling,
    )
    .values(cooled_until_us=0, messages="", writes="")
)


class SqlPaces:
    """How fast the people of the scope's tenant go."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def count(self, person_id: PrincipalId, pace: Pace, *, is_write: bool) -> Cooldown | None:
        """Count a message, and a change that it begins; return the pause that the person is in.

        In a pause nothing is counted but the message that it swallows.
        """
        now_us = self._scope.now_us
        row = self._conn.row(
            _COUNT,
            tenant=self._scope.tenant,
            person_id=person_id,
            now_us=now_us,
            stamp=_text(now_us),
            is_write=int(is_write),
            most_messages=pace.messages,
            messages_since=_text(now_us - pace.messages_s * _US),
            most_writes=pace.writes,
            writes_since=_text(now_us - pace.writes_s * _US),
            until_us=now_us + pace.lasts_s * _US,
        )
        return None if row is None else _to_cooldown(row, now_us)

    def find_cooldown(self, person_id: PrincipalId) -> Cooldown | None:
        """Return the pause that a person is in."""
        row = self._conn.row(_FIND, tenant=self._scope.tenant, person_id=person_id)
        return None if row is None else _to_cooldown(row, self._scope.now_us)

    def list_cooldowns(self) -> dict[PrincipalId, Cooldown]:
        """Return who is in a pause, the one that ends first first."""
        now_us = self._scope.now_us
        rows = self._conn.rows(_COOLING, tenant=self._scope.tenant, now_us=now_us)
        found = {PrincipalId(row["principal_id"]): _to_cooldown(row, now_us) for row in rows}
        return {person_id: one for person_id, one in found.items() if one is not None}

    def lift(self, person_id: PrincipalId) -> bool:
        """End a pause before its time, and count anew; False if the person is in none."""
        return bool(
            self._conn.run(
                _LIFT,
                tenant=self._scope.tenant,
                person_id=person_id,
                now_us=self._scope.now_us,
            )
        )


def _text(at_us: int) -> str:
    return f"{max(at_us, 0):0{_DIGITS}d}"


def _to_cooldown(row: Row, now_us: int) -> Cooldown | None:
    if row["cooled_until_us"] <= now_us:
        return None
    return Cooldown(from_us(row["cooled_until_us"]), row["cause"], row["swallowed"])
