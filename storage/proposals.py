"""Proposals, their cards and buttons, and what they changed.

Each step is one UPDATE that carries every guard: tenant, id, state, version, and the end by the
database's clock. Whoever comes second finds no row to change.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import product
from typing import Any, Final, Literal

from sqlalchemy import (
    ColumnElement,
    Text,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us, to_us
from bot.ids import ConversationId, PrincipalId, ProposalId, WalletId, new_ref
from bot.messages import Choice
from bot.proposals.model import LAST_STEP, Change, PressedButton, Proposal, Standing
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.money import wallet
from storage.tables.proposals import button, card, change, proposal
from storage.tokens import hash_token

_MICROSECOND: Final = timedelta(microseconds=1)
# The year 9999 in microseconds: later than any request.
_NEVER_US: Final = 253_402_300_800_000_000
_mine = proposal.c.tenant == bindparam("tenant")
# Written out, because SQLite uses an index of what is pending only where it can read in the
# statement that nothing else is asked for.
_is_pending = proposal.c.state == literal_column("'pending'")
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
_REQUEST: Final = Statement(
    select(proposal).where(_mine, proposal.c.kind == "request", proposal.c.ref == bindparam("ref"))
)
# As long as somebody may still speak of it.
_REF_REST_US: Final = 90 * 86_400_000_000
_REF: Final = Statement(
    select(proposal.c.id)
    .where(
        _mine,
        proposal.c.ref == bindparam("ref"),
        or_(
            _is_pending,
            proposal.c.created_us > func.bursar_now() - _REF_REST_US,
        ),
    )
    .limit(1)
)
# Two halves, each along an index of what is pending: one condition for both would be looked for
# among everything that was ever proposed.
_drafts_here = select(proposal).where(
    # Not the bare column, or SQLite goes along every draft of the tenant: two columns of an index
    # look better to it than the conversation alone.
    func.coalesce(proposal.c.tenant, "") == bindparam("tenant"),
    proposal.c.kind == "draft",
    proposal.c.conversation_id == bindparam("conversation_id"),
    _is_pending,
    proposal.c.expires_us > func.bursar_now(),
)
_requests_here = select(proposal).where(
    _mine,
    proposal.c.kind == "request",
    proposal.c.conversation_id != bindparam("conversation_id"),
    _is_pending,
    proposal.c.expires_us > func.bursar_now(),
    exists().where(
        card.c.tenant == bindparam("tenant"),
        card.c.proposal_id == proposal.c.id,
        card.c.conversation_id == bindparam("conversation_id"),
    ),
)
_open_here = union_all(_drafts_here, _requests_here)
_OPEN_HERE: Final = Statement(
    _open_here.order_by(
        _open_here.selected_columns.created_us.desc(), _open_here.selected_columns.id.desc()
    )
)


# A wallet and all below it.
_top = (
    select(wallet.c.id)
    .where(wallet.c.tenant == bindparam("tenant"), wallet.c.id == bindparam("wallet_id"))
    .cte("chain", recursive=True)
)
_child = wallet.alias("child")
_below = _top.union_all(
    select(_child.c.id).where(
        _child.c.parent_id == _top.c.id, _child.c.tenant == bindparam("tenant")
    )
)


# Asked in every turn: along what is pending, which is little, and not along all that a company
# ever asked for, which SQLite would take for the better way.
_open = proposal.alias("waits")
_open_ids = select(_open.c.id).where(
    _open.c.state == literal_column("'pending'"), _open.c.expires_us > func.bursar_now()
)


def _requests(*, is_mine: bool, is_for: bool, has_state: bool, is_open: bool) -> Statement:
    kind: ColumnElement[str] = proposal.c.kind
    made_us: ColumnElement[int] = proposal.c.created_us
    query = select(proposal).where(_mine)
    if is_open:
        # Nor the bare columns, for the same reason.
        kind, made_us = func.coalesce(kind, ""), func.coalesce(made_us, 0)
        query = query.where(proposal.c.id.in_(_open_ids), _is_pending)
    query = query.where(
        kind == "request",
        made_us >= bindparam("from_us", type_=Int),
        made_us < bindparam("until_us", type_=Int),
    )
    if is_mine:
        query = query.where(proposal.c.requester_id == bindparam("requester_id"))
    if is_for:
        query = query.where(proposal.c.wallet_id.in_(select(_below.c.id)))
    if has_state:
        query = query.where(
            proposal.c.state == bindparam("state"),
            or_(
                proposal.c.outcome == bindparam("outcome", type_=Text),
                bindparam("outcome", type_=Text) == "",
            ),
        )
    return Statement(
        query.order_by(proposal.c.created_us.desc(), proposal.c.id.desc()).limit(
            bindparam("count", type_=Int)
        )
    )


_REQUESTS: Final = {
    (is_mine, is_for, has_state, is_open): _requests(
        is_mine=is_mine, is_for=is_for, has_state=has_state, is_open=is_open
    )
    for is_mine, is_for, has_state, is_open in product((False, True), repeat=4)
}
_IS_EXPIRED: Final = Statement(
    select(proposal.c.id).where(
        _mine, proposal.c.id == bindparam("id"), proposal.c.expires_us <= func.bursar_now()
    )
)
# Nobody has decided it, changed it or let its time run out since it was read.
_still_open = (
    _mine,
    proposal.c.id == bindparam("proposal_id"),
    _is_pending,
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
    .where(_is_pending, proposal.c.expires_us <= func.bursar_now())
    .order_by(proposal.c.expires_us)
    .limit(bindparam("count", type_=Int))
)
_EXPIRE: Final = Statement(
    update(proposal)
    .where(
        _mine,
        proposal.c.id == bindparam("proposal_id"),
        _is_pending,
        proposal.c.expires_us <= func.bursar_now(),
    )
    .values(state="expired", outcome="expired", decided_us=func.bursar_now())
)
_WAITING: Final = Statement(
    select(proposal)
    .where(
        _is_pending,
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
        _is_pending,
        proposal.c.expires_us > func.bursar_now(),
        proposal.c.reminded < bindparam("step", type_=Int),
        proposal.c.created_us + bindparam("after_us", type_=Int) <= func.bursar_now(),
    )
    .values(reminded=bindparam("step", type_=Int))
)
_card = insert(card).values(
    proposal_id=bindparam("proposal_id"),
    conversation_id=bindparam("conversation_id"),
    tenant=bindparam("tenant"),
    version=bindparam("version"),
    shown_us=bindparam("shown_us"),
)
_SHOW_CARD: Final = Statement(
    _card.on_conflict_do_update(
        index_elements=[card.c.proposal_id, card.c.conversation_id],
        set_={"version": _card.excluded.version, "shown_us": _card.excluded.shown_us},
    )
)
_CARDS: Final = Statement(
    select(card.c.conversation_id, card.c.version)
    .where(card.c.tenant == bindparam("tenant"), card.c.proposal_id == bindparam("proposal_id"))
    .order_by(card.c.shown_us, card.c.conversation_id)
)
_ADD_BUTTON: Final = Statement(
    insert(button)
    .values(
        token_hash=bindparam("token_hash"),
        proposal_id=bindparam("proposal_id"),
        tenant=bindparam("tenant"),
        conversation_id=bindparam("conversation_id"),
        version=bindparam("version"),
        choice=bindparam("choice"),
    )
    .inline()
)
_BUTTON: Final = Statement(
    select(button).where(
        button.c.token_hash == bindparam("token_hash"),
        button.c.tenant == bindparam("tenant"),
        button.c.conversation_id == bindparam("conversation_id"),
    )
)
_USE_BUTTON: Final = Statement(
    update(button)
    .where(button.c.token_hash == bindparam("token"), button.c.used_us.is_(None))
    .values(used_us=func.bursar_now())
)
_ADD_CHANGE: Final = Statement(
    insert(change)
    .values(
        tenant=bindparam("tenant"),
        principal_id=bindparam("principal_id"),
        proposal_id=bindparam("proposal_id"),
        step=bindparam("step"),
        action=bindparam("action"),
        undo=bindparam("undo"),
        at_us=bindparam("at_us"),
    )
    .inline()
)
_LAST_CHANGE: Final = Statement(
    select(change)
    .where(
        change.c.tenant == bindparam("tenant"),
        change.c.principal_id == bindparam("principal_id"),
        change.c.undone_us.is_(None),
        change.c.undo.is_not(None),
    )
    .order_by(change.c.id.desc())
    .limit(1)
)
# Beside the task itself its words stand in the draft that made it and in what would undo it.
_FORGET_TASKS: Final = Statement(
    update(proposal)
    .where(
        proposal.c.tenant == bindparam("tenant"),
        proposal.c.requester_id == bindparam("person_id", type_=Text),
        proposal.c.kind == "draft",
        proposal.c.calls.like('%\\_task"%', escape="\\")
        | proposal.c.calls.like('%"capture\\_thought"%', escape="\\"),
    )
    .values(
        calls="[]",
        preview='{"action":"add_task","subject":""}',
        state=case((proposal.c.state == "pending", "discarded"), else_=proposal.c.state),
    )
)
_FORGET_UNDOS: Final = Statement(
    update(change)
    .where(
        change.c.tenant == bindparam("tenant"),
        change.c.principal_id == bindparam("person_id", type_=Text),
        change.c.undo.like('%"restore\\_tasks"%', escape="\\"),
    )
    .values(undo=null())
)
_UNDONE: Final = Statement(
    update(change)
    .where(
        change.c.tenant == bindparam("tenant"),
        change.c.id == bindparam("change_id"),
        change.c.undone_us.is_(None),
    )
    .values(undone_us=func.bursar_now())
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
            _OPEN_HERE, tenant=self._scope.tenant, conversation_id=conversation_id
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
        statement = _REQUESTS[
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

    def show_card(self, proposal: Proposal, conversation_id: ConversationId) -> None:
        self._conn.run(
            _SHOW_CARD,
            proposal_id=proposal.id,
            conversation_id=conversation_id,
            tenant=self._scope.tenant,
            version=proposal.version,
            shown_us=self._scope.now_us,
        )

    def list_cards(self, proposal_id: ProposalId) -> list[tuple[ConversationId, int]]:
        rows = self._conn.rows(_CARDS, tenant=self._scope.tenant, proposal_id=proposal_id)
        return [(ConversationId(row[0]), row[1]) for row in rows]

    def add_buttons(
        self,
        proposal: Proposal,
        conversation_id: ConversationId,
        tokens: Sequence[tuple[str, Choice]],
    ) -> None:
        self._conn.run_many(
            _ADD_BUTTON,
            [
                {
                    "token_hash": hash_token(token),
                    "proposal_id": proposal.id,
                    "tenant": self._scope.tenant,
                    "conversation_id": conversation_id,
                    "version": proposal.version,
                    "choice": choice,
                }
                for token, choice in tokens
            ],
        )

    def press(self, token: str, conversation_id: ConversationId) -> PressedButton | None:
        hashed = hash_token(token)
        row = self._conn.row(
            _BUTTON,
            token_hash=hashed,
            tenant=self._scope.tenant,
            conversation_id=conversation_id,
        )
        if row is None:
            return None
        is_first = bool(self._conn.run(_USE_BUTTON, token=hashed))
        return PressedButton(
            proposal_id=ProposalId(row["proposal_id"]),
            conversation_id=ConversationId(row["conversation_id"]),
            version=row["version"],
            choice=row["choice"],
            was_used=not is_first,
        )

    def add_change(
        self,
        proposal_id: ProposalId,
        principal_id: PrincipalId,
        step: int,
        action: str,
        undo: str | None,
    ) -> None:
        self._conn.run(
            _ADD_CHANGE,
            tenant=self._scope.tenant,
            principal_id=principal_id,
            proposal_id=proposal_id,
            step=step,
            action=action,
            undo=undo,
            at_us=self._scope.now_us,
        )

    def last_change(self, principal_id: PrincipalId) -> Change | None:
        row = self._conn.row(_LAST_CHANGE, tenant=self._scope.tenant, principal_id=principal_id)
        return None if row is None else Change(row["id"], row["action"], row["undo"])

    def forget_tasks(self, person_id: PrincipalId) -> None:
        """Take out of a person's drafts, and of what takes changes back, the words of tasks."""
        for statement in (_FORGET_TASKS, _FORGET_UNDOS):
            self._conn.run(statement, tenant=self._scope.tenant, person_id=person_id)

    def mark_undone(self, change_id: int) -> bool:
        return bool(self._conn.run(_UNDONE, tenant=self._scope.tenant, change_id=change_id))
