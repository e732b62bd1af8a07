"""Digests that a whole chat reads: one row a chat, whoever ordered it last."""

from collections.abc import Sequence
from typing import Final

import orjson
from sqlalchemy import Text, bindparam, exists, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.ids import ConversationId, PrincipalId, WalletId, new_id
from bot.messages import Conversation
from bot.schedules.shared_digests import SharedDigest
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.digests import shared_digest
from storage.tables.messages import conversation

_put = insert(shared_digest).values(
    id=bindparam("id"),
    tenant=bindparam("tenant"),
    platform=bindparam("platform"),
    chat=bindparam("chat"),
    conversation_id=bindparam("conversation_id"),
    wallets=bindparam("wallets"),
)
_PUT: Final = Statement(
    _put.on_conflict_do_update(
        index_elements=[shared_digest.c.tenant, shared_digest.c.platform, shared_digest.c.chat],
        set_={name: _put.excluded[name] for name in ("conversation_id", "wallets")},
    ).inline()
)
_found = (
    select(
        shared_digest.c.id,
        shared_digest.c.conversation_id,
        shared_digest.c.wallets,
        conversation.c.principal_id,
        conversation.c.is_gone,
    )
    .join(conversation, conversation.c.id == shared_digest.c.conversation_id)
    .where(shared_digest.c.tenant == bindparam("tenant"))
)
_FIND: Final = Statement(_found.where(shared_digest.c.id == bindparam("digest_id")))
_FIND_IN: Final = Statement(
    _found.where(
        shared_digest.c.platform == bindparam("platform"),
        shared_digest.c.chat == bindparam("chat"),
    )
)
_known = shared_digest.alias("known")
_MOVE: Final = Statement(
    update(shared_digest)
    .where(
        shared_digest.c.tenant == bindparam("tenant"),
        shared_digest.c.platform == bindparam("in_platform", type_=Text),
        shared_digest.c.chat == bindparam("old_chat", type_=Text),
        # Unless one was ordered under its new id already.
        ~exists().where(
            _known.c.tenant == shared_digest.c.tenant,
            _known.c.platform == shared_digest.c.platform,
            _known.c.chat == bindparam("new_chat", type_=Text),
        ),
    )
    .values(chat=bindparam("new_chat", type_=Text))
)
_RESEAT: Final = Statement(
    update(shared_digest)
    .where(
        shared_digest.c.tenant == bindparam("tenant"),
        shared_digest.c.conversation_id == bindparam("old_place", type_=Text),
    )
    .values(conversation_id=bindparam("new_place", type_=Text))
)


class SqlSharedDigests:
    """The chats' digests of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def put(self, place: Conversation, wallet_ids: Sequence[WalletId]) -> SharedDigest:
        self._conn.run(
            _PUT,
            id=new_id(),
            tenant=self._scope.tenant,
            platform=place.platform,
            chat=place.chat,
            conversation_id=place.id,
            wallets=orjson.dumps(wallet_ids).decode(),
        )
        found = self.find_in(place)
        assert found is not None  # noqa: S101  # it was inserted or updated
        return found

    def find(self, digest_id: str) -> SharedDigest | None:
        row = self._conn.row(_FIND, tenant=self._scope.tenant, digest_id=digest_id)
        return None if row is None else _to_digest(row)

    def find_in(self, place: Conversation) -> SharedDigest | None:
        row = self._conn.row(
            _FIND_IN, tenant=self._scope.tenant, platform=place.platform, chat=place.chat
        )
        return None if row is None else _to_digest(row)

    def reseat(self, conversation_id: ConversationId, place_id: ConversationId) -> int:
        return self._conn.run(
            _RESEAT,
            tenant=self._scope.tenant,
            old_place=conversation_id,
            new_place=place_id,
        )

    def move(self, platform: str, chat: str, new_chat: str) -> int:
        return self._conn.run(
            _MOVE,
            tenant=self._scope.tenant,
            in_platform=platform,
            old_chat=chat,
            new_chat=new_chat,
        )


def _to_digest(row: Row) -> SharedDigest:
    return SharedDigest(
        row["id"],
        ConversationId(row["conversation_id"]),
        PrincipalId(row["principal_id"]),
        tuple(WalletId(one) for one in orjson.loads(row["wallets"])),
        bool(row["is_gone"]),
    )
