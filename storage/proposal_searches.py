"""Proposals as they are looked for: what waits in a conversation, and requests by how they stand.

Asked in many turns, over all that a company ever asked for: each way has a statement of its own,
so that it goes along an index of what is pending.
"""

from itertools import product
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Text,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.money import wallet
from storage.tables.proposals import card, proposal

_mine = proposal.c.tenant == bindparam("tenant")
# Written out, because SQLite uses an index of what is pending only where it can read in the
# statement that nothing else is asked for.
IS_PENDING: Final = proposal.c.state == literal_column("'pending'")
# Two halves, each along an index of what is pending: one condition for both would be looked for
# among everything that was ever proposed.
_drafts_here = select(proposal).where(
    # Not the bare column, or SQLite goes along every draft of the tenant: two columns of an index
    # look better to it than the conversation alone.
    func.coalesce(proposal.c.tenant, "") == bindparam("tenant"),
    proposal.c.kind == "draft",
    proposal.c.conversation_id == bindparam("conversation_id"),
    IS_PENDING,
    proposal.c.expires_us > func.bursar_now(),
)
_requests_here = select(proposal).where(
    _mine,
    proposal.c.kind == "request",
    proposal.c.conversation_id != bindparam("conversation_id"),
    IS_PENDING,
    proposal.c.expires_us > func.bursar_now(),
    exists().where(
        card.c.tenant == bindparam("tenant"),
        card.c.proposal_id == proposal.c.id,
        card.c.conversation_id == bindparam("conversation_id"),
    ),
)
_open_here = union_all(_drafts_here, _requests_here)
OPEN_HERE: Final = Statement(
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
        query = query.where(proposal.c.id.in_(_open_ids), IS_PENDING)
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


REQUESTS: Final = {
    (is_mine, is_for, has_state, is_open): _requests(
        is_mine=is_mine, is_for=is_for, has_state=has_state, is_open=is_open
    )
    for is_mine, is_for, has_state, is_open in product((False, True), repeat=4)
}
