"""Entries that are put off, to be written with others in one statement.

Each statement is a way to the server and back. So an entry whose accounts the transaction holds
locked, and that by their counters will be granted, is only noted, and written before anything
else is asked of the database. The statement that writes the entries checks each of them as the
single one does; where it takes fewer than were foreseen, the transaction is run again with each
entry written at once. Foresight decides when an entry is written, never whether.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import text

from bot.ids import TenantId
from storage.statements import Statement

if TYPE_CHECKING:
    from storage.connection import Connection

# PostgreSQL's only. An entry may take what is free after those before it; what they bring to
# an account does not count.
_POST_MANY: Final = Statement(
    text(
        """
        INSERT INTO transfer
            (id, grp, tenant, kind, dr_acc, cr_acc, amount, expires_us, actor, cause, at_us)
        WITH asked AS (
            SELECT *, sum(amount) OVER (PARTITION BY dr_acc ORDER BY place)::bigint AS drawn
            FROM unnest(
                CAST(:tenants AS text[]), CAST(:ids AS text[]), CAST(:groups AS text[]),
                CAST(:kinds AS text[]), CAST(:debits AS bigint[]), CAST(:credits AS bigint[]),
                CAST(:amounts AS bigint[]), CAST(:ends_us AS bigint[]),
                CAST(:actors AS text[]), CAST(:causes AS text[]), CAST(:at_us AS bigint[])
            ) WITH ORDINALITY AS entry (
                tenant, id, grp, kind, dr_acc, cr_acc, amount, expires_us, actor, cause, at_us,
                place
            )
        ),
        debited AS (
            SELECT
                account.id, account.tenant, account.floor, account.overdraft,
                account.cr - account.dr - account.held - (
                    SELECT coalesce(sum(lapsing.amount), 0)::bigint FROM lapsing
                    WHERE lapsing.account_id = account.id AND lapsing.ends_us <= bursar_now()
                ) AS free
            FROM account WHERE account.id = ANY (CAST(:debits AS bigint[]))
            FOR NO KEY UPDATE OF account
        )
        SELECT
            asked.id, asked.grp, asked.tenant, asked.kind, asked.dr_acc, asked.cr_acc,
            asked.amount, asked.expires_us, asked.actor, asked.cause, asked.at_us
        FROM asked JOIN debited ON debited.id = asked.dr_acc AND debited.tenant = asked.tenant
        WHERE debited.floor IS NULL OR asked.drawn <= debited.free
            + CASE asked.kind WHEN 'move' THEN 0 ELSE debited.overdraft END
        ORDER BY asked.place
        ON CONFLICT DO NOTHING
        """
    )
)
_NAMES: Final = (
    "tenants",
    "ids",
    "groups",
    "kinds",
    "debits",
    "credits",
    "amounts",
    "ends_us",
    "actors",
    "causes",
    "at_us",
)


class Posting(NamedTuple):
    """An entry as its row will be."""

    tenant: TenantId
    id: str
    group: str
    kind: str
    debit_id: int
    credit_id: int
    amount: int
    ends_us: int | None
    actor: str
    cause: str
    at_us: int


class Misjudged(Exception):
    """An entry that was put off was not taken: all is to be run again, each entry at once."""


class Postings:
    """What one transaction has put off. Emptied before the next."""

    def __init__(self) -> None:
        # Whether entries may be put off: the runner must be able to run all of it again.
        self.are_wanted = False
        # A function that swallows the exception must not get its way.
        self._is_misjudged = False
        self._rows: list[Posting] = []
        # So many of them are written.
        self._written = 0
        self._ids: set[tuple[TenantId, str]] = set()
        self._credited: set[int] = set()

    def __len__(self) -> int:
        return len(self._rows)

    def may_add(self, tenant: TenantId, entry_id: str, debit_id: int) -> bool:
        """Tell whether nothing that was put off has a bearing on an entry."""
        return (tenant, entry_id) not in self._ids and debit_id not in self._credited

    def add(self, row: Posting) -> None:
        """Put an entry off."""
        self._rows.append(row)
        self._ids.add((row.tenant, row.id))
        self._credited.add(row.credit_id)

    def has_written_since(self, mark: int) -> bool:
        """Tell whether one of those after the first `mark` was written."""
        return self._written > mark

    def back_to(self, mark: int) -> None:
        """Forget all after the first `mark`: they were rolled back, or never written."""
        for row in self._rows[mark:]:
            self._ids.discard((row.tenant, row.id))
        del self._rows[mark:]
        self._written = min(self._written, mark)

    def write(self, connection: Connection) -> None:
        """Write what was put off and is not written yet.

        Raises:
            Misjudged: not everything was granted; the caller must roll back.
        """
        rows = self._rows[self._written :]
        if rows:
            self._written = len(self._rows)
            self._credited.clear()
            columns = zip(*rows, strict=True)
            # Not a change by whoever happens to ask something next.
            changed = connection.changed
            taken = connection.run(
                _POST_MANY,
                **{name: list(column) for name, column in zip(_NAMES, columns, strict=True)},
            )
            connection.changed = changed
            self._is_misjudged |= taken != len(rows)
        if self._is_misjudged:
            raise Misjudged

    def reset(self) -> None:
        """Forget everything: the transaction is over."""
        self._is_misjudged = False
        self._rows.clear()
        self._written = 0
        self._ids.clear()
        self._credited.clear()
