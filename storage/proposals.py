"""Proposals and their life.

Each step is one UPDATE that carries every guard: tenant, id, state, version, and the end by the
database's clock. Whoever comes second finds no row to change.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import (
    Text,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us, to_us
from bot.ids import ConversationId, PrincipalId, ProposalId, WalletId, new_ref
from bot.proposals.model import LAST_STEP, Proposal, Standing
from storage.connection import Connection, Row
from storage.draft_words import forget_words
from storage.proposal_searches import IS_PENDING, OPEN_HERE, REQUESTS
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.proposals import proposal

_MICROSECOND: Final = timedelta(microseconds=1)
# The year 9999 in microseconds: later than any request.
_NEVER_US: Final = 253_402_300_800_000_000
_mine = proposal.c.tenant == bindparam("tenant")
_ADD: Final = Statement(
    insert(proposal)
    .values(
        id=bindparam("id"),
        tenant=bindparam("tenant"),
        kind=bindparam("kind"),
        ref=bindparam("ref"),
        conversation_id=bindparam("conversation_id"),
        requester_id=bindparam("requester_id"),
        calls=bindparam("calls"),
        tier=bindparam("tier"),
        preview=bindparam("preview"),
        note=bindparam("note"),
        wallet_id=bindparam("wallet_id"),
        created_us=bindparam("created_us"),
        expires_us=bindparam("expires_us"),
    )
    .inline()
)
_BY_ID: Final = Statement(select(proposal).where(_mine, proposal.c.id == bindparam("id")))
# The newest: a reference comes back in time.
_REQUEST: Final = Statement(
    select(proposal)
    .where(_mine, proposal.c.kind == "request", proposal.c.ref == bindparam("ref"))
    .order_by(proposal.c.created_us.desc(), proposal.c.id.desc())
    .limit(1)
)
# As long as somebody may still speak of it.
_REF_REST_US: Final = 90 * 86_400_000_000
_REF: Final = Statement(
    select(proposal.c.id)
    .where(
        _mine,
        proposal.c.ref == bindparam("ref"),
        or_(
            IS_PENDING,
            proposal.c.created_us > func.bursar_now() - _REF_REST_US,
        ),
    )
    .limit(1)
)
_IS_EXPIRED: Final = Statement(
    select(proposal.c.id).where(
        _mine, proposal.c.id == bindparam("id"), proposal.c.expires_us <= func.bursar_now()
    )
)
# Nobody has decided it, changed it or let its time run out since it was read.
_still_open = (
    _mine,
    proposal.c.id == bindparam("proposal_id"),
    IS_PENDING,
    proposal.c.version == bindparam("expected", type_=Int),
    proposal.c.expires_us > func.bursar_now(),
)
_DECIDE: Final = Statement(
    update(proposal)
    .where(
        *_still_open,
    )
    .values(
        state=bindparam("new_state", type_=Text),
        decided_by=bindparam("who", type_=Text),
        decided_us=func.bursar_now(),
        outcome=bindparam("ended", type_=Text),
        note=func.coalesce(bindparam("said", type_=Text), proposal.c.note),
    )
)
_FINISH: Final = Statement(
    update(proposal)
    .where(_mine, proposal.c.id == bindparam("proposal_id"), proposal.c.state == "confirmed")
    .values(state=bindparam("new_state", type_=Text), outcome=bindparam("ended", type_=Text))
)
_REVISE: Final = Statement(
    update(proposal)
    .where(
        *_still_open,
    )
    .values(
        version=proposal.c.version + 1,
        calls=bindparam("new_calls", type_=Text),
        preview=bindparam("new_preview", type_=Text),
        tier=bindparam("new_tier", type_=Int),
        expires_us=func.bursar_now() + bindparam("life_us", type_=Int),
    )
    .returning(proposal.c.version)
)
_SET_PREVIEW: Final = Statement(
    update(proposal)
    .where(_mine, proposal.c.id == bindparam("proposal_id"))
    .values(preview=bindparam("new_preview", type_=Text))
)
_EXPIRED: Final = Statement(
    select(proposal)
    .where(IS_PENDING, proposal.c.expires_us <= func.bursar_now())
    .order_by(proposal.c.expires_us)
    .limit(bindparam("count", type_=Int))
)
_EXPIRE: Final = Statement(
    update(proposal)
    .where(
        _mine,
        proposal.c.id == bindparam("proposal_id"),
        IS_PENDING,
        proposal.c.expires_us <= func.bursar_now(),
    )
    .values(state="expired", outcome="expired", decided_us=func.bursar_now())
)
_WAITING: Final = Statement(
    select(proposal)
    .where(
        IS_PENDING,
        proposal.c.expires_us > func.bursar_now(),
        proposal.c.kind == "request",
        proposal.c.reminded < LAST_STEP,
        proposal.c.created_us + bindparam("after_us", type_=Int) <= func.bursar_now(),
    )
    .order_by(proposal.c.expires_us)
    .limit(bindparam("count", type_=Int))
)
_REMIND: Final = Statement(
    update(proposal)
    .where(
        _mine,
        proposal.c.id == bindparam("proposal_id"),
        proposal.c.kind == "request",
        IS_PENDING,
        proposal.c.expires_us > func.bursar_now(),
        proposal.c.reminded < bindparam("step", type_=Int),
        proposal.c.created_us + bindparam("after_us", type_=Int) <= func.bursar_now(),
    )
    .values(reminded=bindparam("step", type_=Int))
)
_is_over = proposal.c.state.not_in(["pending", "confirmed"])
# Requests stay: whoever decided must be able to show what, and why.
_OLD_DRAFTS: Final = Statement(
    select(proposal.c.id)
    .where(
        _mine,
        proposal.c.kind == "draft",
        proposal.c.created_us < bindparam("before_us", type_=Int),
        _is_over,
    )
    .order_by(proposal.c.created_us, proposal.c.id)
    .limit(bindparam("count", type_=Int))
)
_DROP: Final = Statement(
    delete(proposal).where(_mine, proposal.c.id == bindparam("proposal_id"), _is_over)
)


def _to_proposal(row: Row) -> Proposal:
    decided_us = row["decided_us"]
    return Proposal(
        id=ProposalId(row["id"]),
        kind=row["kind"],
        ref=row["ref"],
        conversation_id=ConversationId(row["conversation_id"]),
        requester_id=PrincipalId(row["requester_id"]),
        calls=row["calls"],
        tier=row["tier"],
        state=row["state"],
        version=row["version"],
        preview=row["preview"],
        created_at=from_us(row["created_us"]),
        expires_at=from_us(row["expires_us"]),
        decided_by=row["decided_by"],
        decided_at=None if decided_us is None else from_us(decided_us),
        outcome=row["outcome"],
        note=row["note"],
        wallet_id=row["wallet_id"],
        reminded=row["reminded"],
    )


class SqlProposals:
    """The proposals of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def add(self, proposal: Proposal) -> None:
        self._conn.run(
            _ADD,
            id=proposal.id,
            tenant=self._scope.tenant,
            kind=proposal.kind,
            ref=proposal.ref,
            conversation_id=proposal.conversation_id,
            requester_id=proposal.requester_id,
            calls=proposal.calls,
            tier=proposal.tier,
            preview=proposal.preview,
            note=proposal.note,
            wallet_id=proposal.wallet_id,
            created_us=to_us(proposal.created_at),
            expires_us=to_us(proposal.expires_at),
        )

    def find(self, proposal_id: ProposalId) -> Proposal | None:
        row = self._conn.row(_BY_ID, tenant=self._scope.tenant, id=proposal_id)
        return None if row is None else _to_proposal(row)

    def find_request(self, ref: str) -> Proposal | None:
        row = self._conn.row(_REQUEST, tenant=self._scope.tenant, ref=ref)
        return None if row is None else _to_proposal(row)

    def new_ref(self) -> str:
        while True:
            ref = new_ref()
            if self._conn.row(_REF, tenant=self._scope.tenant, ref=ref) is None:
                return ref

    def list_open_here(self, conversation_id: ConversationId) -> list[Proposal]:
        rows = self._conn.rows(
            OPEN_HERE, tenant=self._scope.tenant, conversation_id=conversation_id
        )
        return [_to_proposal(row) for row in rows]

    def list_requests(
        self,
        *,
        requester_id: PrincipalId | None = None,
        wallet_id: WalletId | None = None,
        standing: Standing | None = None,
        from_at: datetime | None = None,
        until_at: datetime | None = None,
        only_open: bool = True,
        limit: int = 20,
    ) -> list[Proposal]:
        values: dict[str, Any] = {
            "tenant": self._scope.tenant,
            "count": limit,
            "from_us": 0 if from_at is None else to_us(from_at),
            "until_us": _NEVER_US if until_at is None else to_us(until_at),
        }
        if requester_id is not None:
            values["requester_id"] = requester_id
        if wallet_id is not None:
            values["wallet_id"] = wallet_id
        if standing is not None:
            values["state"], values["outcome"] = standing.value
        statement = REQUESTS[
            requester_id is not None, wallet_id is not None, standing is not None, only_open
        ]
        return [_to_proposal(row) for row in self._conn.rows(statement, **values)]

    def is_expired(self, proposal_id: ProposalId) -> bool:
        found = self._conn.row(_IS_EXPIRED, tenant=self._scope.tenant, id=proposal_id)
        return found is not None

    def decide(
        self,
        proposal: Proposal,
        to: Literal["confirmed", "discarded", "superseded"],
        *,
        by: PrincipalId,
        outcome: str | None = None,
        note: str | None = None,
    ) -> bool:
        return bool(
            self._conn.run(
                _DECIDE,
                tenant=self._scope.tenant,
                proposal_id=proposal.id,
                expected=proposal.version,
                new_state=to,
                who=by,
                ended=outcome,
                said=note,
            )
        )

    def finish(
        self, proposal_id: ProposalId, to: Literal["executed", "failed"], outcome: str
    ) -> bool:
        return bool(
            self._conn.run(
                _FINISH,
                tenant=self._scope.tenant,
                proposal_id=proposal_id,
                new_state=to,
                ended=outcome,
            )
        )

    def revise(self, proposal: Proposal, *, calls: str, preview: str, tier: int) -> int | None:
        row = self._conn.row(
            _REVISE,
            tenant=self._scope.tenant,
            proposal_id=proposal.id,
            expected=proposal.version,
            new_calls=calls,
            new_preview=preview,
            new_tier=tier,
            life_us=to_us(proposal.expires_at) - to_us(proposal.created_at),
        )
        return None if row is None else row[0]

    def set_preview(self, proposal_id: ProposalId, preview: str) -> None:
        self._conn.run(
            _SET_PREVIEW,
            tenant=self._scope.tenant,
            proposal_id=proposal_id,
            new_preview=preview,
        )

    def list_expired(self, limit: int) -> list[tuple[str, Proposal]]:
        return [
            (row["tenant"], _to_proposal(row)) for row in self._conn.rows(_EXPIRED, count=limit)
        ]

    def list_waiting(self, *, long_ago: timedelta, limit: int) -> list[tuple[str, Proposal]]:
        rows = self._conn.rows(_WAITING, after_us=long_ago // _MICROSECOND, count=limit)
        return [(row["tenant"], _to_proposal(row)) for row in rows]

    def remind(self, request: Proposal, step: int, *, after: timedelta) -> bool:
        return bool(
            self._conn.run(
                _REMIND,
                tenant=self._scope.tenant,
                proposal_id=request.id,
                step=step,
                after_us=after // _MICROSECOND,
            )
        )

    def expire(self, proposal: Proposal) -> bool:
        return bool(self._conn.run(_EXPIRE, tenant=self._scope.tenant, proposal_id=proposal.id))

    def forget_words(self, person_id: PrincipalId) -> None:
        forget_words(self._conn, self._scope.tenant, person_id)

    def list_old_drafts(self, before: datetime, limit: int) -> list[ProposalId]:
        rows = self._conn.rows(
            _OLD_DRAFTS, tenant=self._scope.tenant, before_us=to_us(before), count=limit
        )
        return [ProposalId(row[0]) for row in rows]

    def drop(self, ids: Sequence[ProposalId]) -> int:
        return sum(
            self._conn.run(_DROP, tenant=self._scope.tenant, proposal_id=one) for one in ids
        )
