"""Walking the rows of a large table from the oldest on, by the numbers that it counts up."""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Table,
    Text,
    bindparam,
    func,
    literal_column,
    select,
)

from storage.connection import Row
from storage.tables.columns import Int


def page_after(rows: Table, came_us: "Column[int]") -> Select[tuple[int, int]]:
    """Return a query for where the next `count` rows after `after_id` end, and when one came."""
    page = (
        select(rows.c.id, came_us.label("came_us"))
        .where(rows.c.id > bindparam("after_id", type_=Int))
        .order_by(rows.c.id)
        .limit(bindparam("count", type_=Int))
        .subquery("page")
    )
    return select(func.max(page.c.id).label("upto_id"), func.min(page.c.came_us).label("came_us"))


def old_among_oldest(
    rows: Table, came_us: "Column[int]", *where: ColumnElement[bool]
) -> Select[tuple[Any]]:
    """Return a query for those of the oldest `count` rows that came before `before_us`.

    For tables whose ids grow with time: no index by time is needed where all that is old is
    deleted. Rows that another process looks at meanwhile are passed over.
    """
    least = "''" if isinstance(rows.c.id.type, Text) else "0"
    # Any: ids are text or numbers, and a statement's columns are not part of its type.
    page: Any = (
        select(rows.c.id, came_us.label("came_us"))
        # Without a bound SQLite says that it reads the whole index.
        .where(rows.c.id > literal_column(least), *where)
        .order_by(rows.c.id)
        .limit(bindparam("count", type_=Int))
        .with_for_update(skip_locked=True)
        .subquery("page")
    )
    return select(page.c.id).where(page.c.came_us < bindparam("before_us", type_=Int))


def last_of_page(row: Row | None, before_us: int) -> int | None:
    """Return where a page ends; None if it has no row, or none from before a time.

    Rows come in the order of their numbers as long as the clock goes forward; of a page with one
    that came by a clock that was ahead the others are looked at all the same.
    """
    if row is None or row["upto_id"] is None or row["came_us"] >= before_us:
        return None
    return int(row["upto_id"])
