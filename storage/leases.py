"""Leases: what one of several processes does alone, by the database's clock."""

from datetime import timedelta
from typing import Final

from sqlalchemy import Text, bindparam, case, func, or_, update
from sqlalchemy.dialects.postgresql import insert

from storage.connection import Connection
from storage.statements import Statement
from storage.tables.books import lease
from storage.tables.columns import Int

_until = func.bursar_now() + bindparam("for_us", type_=Int)
# One statement looks and takes: of many that try at once, one gets it. A holder that keeps it
# keeps its number; whoever takes it over gets the next.
_TAKE: Final = Statement(
    insert(lease)
    .values(name=bindparam("name"), owner=bindparam("owner"), fence=1, until_us=_until)
    .on_conflict_do_update(
        index_elements=[lease.c.name],
        set_={
            "owner": bindparam("owner", type_=Text),
            "fence": lease.c.fence
            + case((lease.c.owner == bindparam("owner", type_=Text), 0), else_=1),
            "until_us": _until,
        },
        where=or_(
            lease.c.owner == bindparam("owner", type_=Text),
            lease.c.until_us <= func.bursar_now(),
        ),
    )
    .returning(lease.c.fence)
)
_RELEASE: Final = Statement(
    update(lease)
    .where(
        lease.c.name == bindparam("lease_name", type_=Text),
        lease.c.owner == bindparam("held_by", type_=Text),
        lease.c.fence == bindparam("held_as", type_=Int),
    )
    .values(until_us=0, owner="")
)
_FREE_ALL: Final = Statement(update(lease).values(until_us=0, owner=""))


class SqlLeases:
    """The leases of all processes on this database; they belong to no tenant."""

    def __init__(self, connection: Connection) -> None:
        self._conn = connection

    def take(self, name: str, owner: str, life: timedelta) -> int | None:
        """Take a lease, or keep one's own for longer; None while another owner has it.

        Returns its fence, which rises with each new holder: a number that is lower than one seen
        before belongs to a holder that lost it.
        """
        for_us = life // timedelta(microseconds=1)
        row = self._conn.row(_TAKE, name=name, owner=owner, for_us=for_us)
        return None if row is None else int(row[0])

    def release(self, name: str, owner: str, fence: int) -> bool:
        """Give a lease back; False if it was lost before."""
        return bool(self._conn.run(_RELEASE, lease_name=name, held_by=owner, held_as=fence))

    def free_all(self) -> int:
        """Give back every lease, for a database that one process holds; return how many.

        Whoever had one is dead: nobody else could be alive beside this process.
        """
        return self._conn.run(_FREE_ALL)
