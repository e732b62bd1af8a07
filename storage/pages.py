"""Walking the rows of a large table from the oldest on, by the numbers that it counts up."""

from sqlalchemy import Column, Select, Table, bindparam, func, select

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


def last_of_page(row: Row | None, before_us: int) -> int | None:
    """Return where a page ends; None if it has no row, or none from before a time.

    Rows come in the order of their numbers as long as the clock goes forward; of a page with one
    that came by a clock that was ahead the others are looked at all the same.
    """
    if row is None or row["upto_id"] is None or row["came_us"] >= before_us:
        return None
    return int(row["upto_id"])
