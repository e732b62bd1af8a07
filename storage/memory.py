"""What is kept of talks: turns as they were, and one summary a conversation."""

from datetime import datetime
from typing import Final

import orjson
from sqlalchemy import Text, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us, to_us
from bot.ids import ConversationId, PrincipalId, WalletId
from bot.memory import Held, KeptTurn, Summary
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.messages import kept_turn, summary

_KEEP: Final = Statement(
    insert(kept_turn)
    .values({column.name: bindparam(column.name, type_=column.type) for column in kept_turn.c})
    .inline()
)
_turn_of_talk = (
    kept_turn.c.tenant == bindparam("tenant"),
    kept_turn.c.conversation_id == bindparam("conversation_id"),
)
_TURNS: Final = Statement(
    select(kept_turn)
    .where(*_turn_of_talk)
    .order_by(kept_turn.c.id.desc())
    .limit(bindparam("count", type_=Int))
)
_TAKE: Final = Statement(
    delete(kept_turn).where(*_turn_of_talk, kept_turn.c.id <= bindparam("upto_id", type_=Int))
)
_SUMMARY: Final = Statement(
    select(summary).where(
        summary.c.tenant == bindparam("tenant"),
        summary.c.conversation_id == bindparam("conversation_id"),
    )
)
_new = insert(summary).values(
    {column.name: bindparam(column.name, type_=column.type) for column in summary.c}
)
_SET_SUMMARY: Final = Statement(
    _new.on_conflict_do_update(
        index_elements=[summary.c.conversation_id],
        set_={
            name: _new.excluded[name]
            for name in ("text", "counts", "wallets", "turns", "until_us")
        },
        where=summary.c.tenant == bindparam("tenant"),
    ).inline()
)
# Conversations of which more is kept than need be.
_LONG: Final = Statement(
    select(kept_turn.c.conversation_id, kept_turn.c.principal_id)
    .where(kept_turn.c.tenant == bindparam("tenant"))
    .group_by(kept_turn.c.conversation_id, kept_turn.c.principal_id)
    .having(func.count() > bindparam("most", type_=Int))
    .limit(bindparam("count", type_=Int))
)
_turn_of_person = (
    kept_turn.c.tenant == bindparam("tenant"),
    kept_turn.c.principal_id == bindparam("person_id", type_=Text),
)
_summary_of_person = (
    summary.c.tenant == bindparam("tenant"),
    summary.c.principal_id == bindparam("person_id", type_=Text),
)
_HELD: Final = Statement(select(func.count(), func.min(kept_turn.c.at_us)).where(*_turn_of_person))
_SUMMARIES: Final = Statement(
    select(summary)
    .where(*_summary_of_person)
    .order_by(summary.c.until_us.desc(), summary.c.since_us)
)
_FORGET_TURNS: Final = Statement(delete(kept_turn).where(*_turn_of_person))
_FORGET_SUMMARIES: Final = Statement(delete(summary).where(*_summary_of_person))
_gone = kept_turn.alias("gone")
_OLD_TURNS: Final = Statement(
    delete(kept_turn).where(
        kept_turn.c.id.in_(
            select(_gone.c.id)
            .where(
                _gone.c.tenant == bindparam("tenant"),
                _gone.c.at_us < bindparam("before", type_=Int),
            )
            .order_by(_gone.c.at_us)
            .limit(bindparam("count", type_=Int))
            .with_for_update(skip_locked=True)
        )
    )
)
_stale = summary.alias("stale")
_OLD_SUMMARIES: Final = Statement(
    delete(summary).where(
        summary.c.conversation_id.in_(
            select(_stale.c.conversation_id)
            .where(
                _stale.c.tenant == bindparam("tenant"),
                _stale.c.until_us < bindparam("before", type_=Int),
            )
            .order_by(_stale.c.until_us)
            .limit(bindparam("count", type_=Int))
            .with_for_update(skip_locked=True)
        ),
        # One that was added to meanwhile stays.
        summary.c.until_us < bindparam("before", type_=Int),
    )
)


def _to_turn(row: Row) -> KeptTurn:
    return KeptTurn(
        id=row["id"],
        said=row["said"],
        answered=row["answered"],
        read_by=row["read_by"],
        actions=tuple(orjson.loads(row["actions"])),
        wallet_id=row["wallet_id"],
        at=from_us(row["at_us"]),
    )


def _to_summary(row: Row) -> Summary:
    return Summary(
        text=row["text"],
        counts=orjson.loads(row["counts"]),
        wallets=tuple(WalletId(x) for x in orjson.loads(row["wallets"])),
        turns=row["turns"],
        since=from_us(row["since_us"]),
        until=from_us(row["until_us"]),
    )


class SqlMemory:
    """What is kept of the talks of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def keep(
        self, conversation_id: ConversationId, person_id: PrincipalId, turn: KeptTurn
    ) -> None:
        """Keep one turn; each has a message of its own, so that none can come twice."""
        self._conn.run(
            _KEEP,
            id=turn.id,
            tenant=self._scope.tenant,
            conversation_id=conversation_id,
            principal_id=person_id,
            said=turn.said,
            answered=turn.answered,
            read_by=turn.read_by,
            actions=orjson.dumps(turn.actions).decode(),
            wallet_id=turn.wallet_id,
            at_us=to_us(turn.at),
        )

    def list_turns(self, conversation_id: ConversationId, limit: int) -> list[KeptTurn]:
        """Return the last turns of a conversation, oldest first."""
        rows = self._conn.rows(
            _TURNS, tenant=self._scope.tenant, conversation_id=conversation_id, count=limit
        )
        return [_to_turn(row) for row in reversed(rows)]

    def find_summary(self, conversation_id: ConversationId) -> Summary | None:
        row = self._conn.row(_SUMMARY, tenant=self._scope.tenant, conversation_id=conversation_id)
        return None if row is None else _to_summary(row)

    def take_turns(self, conversation_id: ConversationId, upto_id: int) -> int:
        """Remove the turns up to one, itself included; return how many those were."""
        return self._conn.run(
            _TAKE, tenant=self._scope.tenant, conversation_id=conversation_id, upto_id=upto_id
        )

    def set_summary(
        self, conversation_id: ConversationId, person_id: PrincipalId, new: Summary
    ) -> None:
        """Put a summary in the place of the one that there was; see `bot.memory.fold`."""
        self._conn.run(
            _SET_SUMMARY,
            conversation_id=conversation_id,
            tenant=self._scope.tenant,
            principal_id=person_id,
            text=new.text,
            counts=orjson.dumps(new.counts).decode(),
            wallets=orjson.dumps(new.wallets).decode(),
            turns=new.turns,
            since_us=to_us(new.since),
            until_us=to_us(new.until),
        )

    def held(self, person_id: PrincipalId) -> Held:
        """Return what is kept about a person, latest summary first."""
        row = self._conn.row(_HELD, tenant=self._scope.tenant, person_id=person_id)
        rows = self._conn.rows(_SUMMARIES, tenant=self._scope.tenant, person_id=person_id)
        count, since_us = (0, None) if row is None else (row[0], row[1])
        return Held(
            turns=count,
            since=None if since_us is None else from_us(since_us),
            summaries=tuple(_to_summary(one) for one in rows),
        )

    def list_long(self, most: int, limit: int) -> list[tuple[ConversationId, PrincipalId]]:
        """Return conversations of which more than `most` turns are kept, in no order."""
        rows = self._conn.rows(_LONG, tenant=self._scope.tenant, most=most, count=limit)
        return [(ConversationId(row[0]), PrincipalId(row[1])) for row in rows]

    def forget(self, person_id: PrincipalId) -> tuple[int, int]:
        """Remove everything about a person; return how many turns and summaries that were."""
        # The turns first: a summary that is made of them at this moment then comes before or
        # never.
        turns = self._conn.run(_FORGET_TURNS, tenant=self._scope.tenant, person_id=person_id)
        summaries = self._conn.run(
            _FORGET_SUMMARIES, tenant=self._scope.tenant, person_id=person_id
        )
        return turns, summaries

    def drop_old(self, before: datetime, limit: int) -> int:
        """Remove what was kept before a time, so many of each; return how many those were."""
        values = {"tenant": self._scope.tenant, "before": to_us(before), "count": limit}
        return self._conn.run(_OLD_TURNS, **values) + self._conn.run(_OLD_SUMMARIES, **values)
