"""Conversations that nobody needs any more: which they are, and their end (decision 0037)."""

from typing import Final

from sqlalchemy import Column, Subquery, Text, and_, bindparam, delete, exists, func, or_, select

from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.digests import shared_digest
from storage.tables.messages import conversation, kept_turn, outbox, summary
from storage.tables.offers import offer
from storage.tables.proposals import card, proposal

# Nobody wrote in it for long, and nothing that is kept names it.
_old = conversation.alias("old")
_is_over = (
    _old.c.tenant == bindparam("tenant"),
    _old.c.heard_us > 0,
    _old.c.heard_us <= bindparam("before", type_=Int),
    *(
        ~exists().where(one.c.tenant == _old.c.tenant, one.c.conversation_id == _old.c.id)
        for one in (outbox, offer, card, kept_turn, summary, shared_digest)
    ),
    ~exists().where(
        proposal.c.tenant == _old.c.tenant,
        # By the index that there is: whoever asks does it in a conversation of their own.
        proposal.c.requester_id == _old.c.principal_id,
        proposal.c.conversation_id == _old.c.id,
    ),
)


def _last_heard(*by: Column[str], name: str) -> Subquery:
    """When people wrote last where they are reached, for each of some columns."""
    return (
        select(*by, func.max(conversation.c.heard_us).label("at_us"))
        .where(conversation.c.tenant == bindparam("tenant"), conversation.c.is_gone == 0)
        .group_by(*by)
        .subquery(name)
    )


# Whoever is told nothing there any more is told it where they wrote later: on the same platform,
# and of what they say to the bot alone in the same chat.
_of_platform = (conversation.c.principal_id, conversation.c.platform)
_ever = _last_heard(*_of_platform, name="ever")
_alone = _last_heard(*_of_platform, conversation.c.chat, conversation.c.is_private, name="alone")
LIST: Final = Statement(
    select(_old.c.id)
    .outerjoin(
        _ever,
        and_(_ever.c.principal_id == _old.c.principal_id, _ever.c.platform == _old.c.platform),
    )
    .outerjoin(
        _alone,
        and_(
            _alone.c.principal_id == _old.c.principal_id,
            _alone.c.platform == _old.c.platform,
            _alone.c.chat == _old.c.chat,
            _alone.c.is_private == 1,
        ),
    )
    .where(
        *_is_over,
        or_(
            _old.c.is_gone == 1,
            and_(_old.c.is_private == 0, _ever.c.at_us > _old.c.heard_us),
            _alone.c.at_us > _old.c.heard_us,
        ),
    )
    .limit(bindparam("count", type_=Int))
)
DROP: Final = Statement(
    delete(conversation).where(
        conversation.c.tenant == bindparam("tenant"),
        conversation.c.id.in_(
            select(_old.c.id)
            .where(*_is_over, _old.c.id == bindparam("conversation_id", type_=Text))
            .with_for_update(skip_locked=True, of=_old)
        ),
    )
)
