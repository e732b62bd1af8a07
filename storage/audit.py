"""The hash chain in the database."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Text, bindparam, delete, func, insert, select, text, update

from bot.audit.chain import AuditFact, Fault, Head, Verifier, seal
from bot.clock import to_us
from bot.ids import PrincipalId, new_id
from storage.connection import Connection
from storage.pages import old_among_oldest
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.books import audit, audit_head
from storage.tables.columns import Int
from storage.tables.messages import content

# Taken last in a transaction and held until its commit, so that numbers follow the commits.
_HEAD: Final = Statement(
    select(audit_head.c.seq, audit_head.c.hash).where(audit_head.c.id == 1).with_for_update()
)
_PEEK: Final = Statement(select(audit_head.c.seq, audit_head.c.hash).where(audit_head.c.id == 1))
_MOVE: Final = Statement(
    update(audit_head)
    .where(audit_head.c.id == 1)
    .values(seq=bindparam("new_seq"), hash=bindparam("new_hash"))
)
_INSERT: Final = Statement(
    insert(audit)
    .values(
        seq=bindparam("seq"),
        tenant=bindparam("tenant"),
        body=bindparam("body"),
        hash=bindparam("hash"),
    )
    .inline()
)
_PAGE: Final = Statement(
    select(audit.c.seq, audit.c.tenant, audit.c.body, audit.c.hash)
    .where(audit.c.seq > bindparam("after", type_=Int))
    .order_by(audit.c.seq)
    .limit(bindparam("count", type_=Int))
)
_CONTENT: Final = Statement(
    insert(content)
    .values(
        id=bindparam("id"),
        tenant=bindparam("tenant"),
        principal_id=bindparam("principal_id"),
        salt=bindparam("salt"),
        body=bindparam("body"),
        at_us=bindparam("at_us"),
    )
    .inline()
)
_kept_of_person = (
    content.c.tenant == bindparam("tenant"),
    content.c.principal_id == bindparam("person_id", type_=Text),
    # As the index has it, word for word: SQLite looks no deeper.
    text("content.body <> ''"),
)
_COUNT_CONTENT: Final = Statement(select(func.count()).where(*_kept_of_person))
# The salt too: whoever guesses a short message could prove the guess with it.
_ERASE_CONTENT: Final = Statement(
    update(content).where(*_kept_of_person).values(body="", salt=bindparam("no_salt"))
)
# Of every tenant, whoever wrote it. The chain has its digest and never looks here.
_DROP_CONTENT: Final = Statement(
    delete(content).where(content.c.id.in_(old_among_oldest(content, content.c.at_us)))
)


class SqlAudit:
    """The chain of the whole database: its rows name their tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def seal(self, facts: Sequence[AuditFact]) -> None:
        """Add facts at the end of the chain, in order."""
        row = self._conn.row(_HEAD)
        if row is None:
            raise LookupError("the audit chain has no head")
        rows = seal(facts, Head(row["seq"], bytes(row["hash"])), at_us=self._scope.now_us)
        self._conn.run_many(
            _INSERT,
            [
                {
                    "seq": sealed.seq,
                    "tenant": sealed.tenant,
                    "body": sealed.body,
                    "hash": sealed.hash,
                }
                for sealed in rows
            ],
        )
        self._conn.run(_MOVE, new_seq=rows[-1].seq, new_hash=rows[-1].hash)

    def head(self) -> Head:
        """Return where the chain ends."""
        row = self._conn.row(_PEEK)
        if row is None:
            raise LookupError("the audit chain has no head")
        return Head(row["seq"], bytes(row["hash"]))

    def pages(self, *, size: int = 5000) -> Iterator[list[tuple[int, str, bytes, bytes]]]:
        """Yield the rows in order, a page at a time, as (seq, tenant, body, hash)."""
        # Below every number that a row may have, so that one put in before the first is read too.
        after = -(1 << 63)
        while True:
            rows = self._conn.rows(_PAGE, after=after, count=size)
            if not rows:
                return
            yield [(row[0], row[1], row[2], row[3]) for row in rows]
            after = rows[-1][0]

    def verify(self, anchor: Head | None = None) -> Fault | None:
        """Read the whole chain; return the first fault, None for a sound one.

        `anchor` is a head that was kept elsewhere: without it nobody can tell that the tail was
        cut, or that everything was written anew.
        """
        verifier = Verifier()
        for page in self.pages():
            if anchor is not None and page[0][0] <= anchor.seq <= page[-1][0]:
                upto = anchor.seq - page[0][0] + 1
                fault = verifier.check(page[:upto]) or verifier.check_end(anchor)
                if fault is not None:
                    return fault
                page = page[upto:]
            fault = verifier.check(page)
            if fault is not None:
                return fault
        if anchor is not None and anchor.seq > verifier.head.seq:
            return verifier.check_end(anchor)
        return verifier.check_end(self.head())

    def keep_content(self, principal_id: PrincipalId, words: str, salt: bytes) -> str:
        """Keep what a person wrote, apart from the chain; return its id."""
        content_id = new_id()
        self._conn.run(
            _CONTENT,
            id=content_id,
            tenant=self._scope.tenant,
            principal_id=principal_id,
            salt=salt,
            body=words,
            at_us=self._scope.now_us,
        )
        return content_id

    def count_content(self, principal_id: PrincipalId) -> int:
        """Return how many messages of a person's lie behind the chain."""
        row = self._conn.row(_COUNT_CONTENT, tenant=self._scope.tenant, person_id=principal_id)
        return 0 if row is None else int(row[0])

    def erase_content(self, principal_id: PrincipalId) -> int:
        """Erase what a person wrote; the chain's digests stay. Return how many those were."""
        return self._conn.run(
            _ERASE_CONTENT, tenant=self._scope.tenant, person_id=principal_id, no_salt=b""
        )

    def drop_content(self, before: datetime, limit: int) -> int:
        """Forget what anybody wrote before a time, so many at a time; return how many."""
        return self._conn.run(_DROP_CONTENT, before_us=to_us(before), count=limit)
