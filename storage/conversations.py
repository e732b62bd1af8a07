"""Conversations: found by tenant, platform, chat, thread and person, and by nothing less."""

from typing import Final

from sqlalchemy import Text, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.ids import ConversationId, PrincipalId, new_id
from bot.messages import Conversation
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables import conversation

_FIND: Final = Statement(
    select(conversation).where(
        conversation.c.tenant == bindparam("tenant"),
        conversation.c.platform == bindparam("platform"),
        conversation.c.chat == bindparam("chat"),
        conversation.c.thread == bindparam("thread"),
        conversation.c.principal_id == bindparam("principal_id"),
    )
)
_GET: Final = Statement(
    select(conversation).where(
        conversation.c.tenant == bindparam("tenant"), conversation.c.id == bindparam("id")
    )
)
# Where a person is told things that they did not ask for: the place where they wrote first.
_OF_PERSON: Final = Statement(
    select(conversation)
    .where(
        conversation.c.tenant == bindparam("tenant"),
        conversation.c.principal_id == bindparam("principal_id"),
    )
    .order_by(conversation.c.created_us, conversation.c.id)
    .limit(1)
)
_ADD: Final = Statement(
    insert(conversation)
    .values(
        id=bindparam("id"),
        tenant=bindparam("tenant"),
        platform=bindparam("platform"),
        chat=bindparam("chat"),
        thread=bindparam("thread"),
        principal_id=bindparam("principal_id"),
        created_us=bindparam("created_us"),
    )
    .on_conflict_do_nothing()
    .inline()
)
_SET: Final = Statement(
    update(conversation)
    .where(
        conversation.c.tenant == bindparam("tenant"),
        conversation.c.id == bindparam("conversation_id"),
    )
    .values(
        topic_wallet_id=bindparam("topic", type_=Text),
        question=bindparam("asked", type_=Text),
        refusal=bindparam("refused", type_=Text),
    )
)


def _to_conversation(row: Row) -> Conversation:
    return Conversation(
        id=ConversationId(row["id"]),
        tenant=row["tenant"],
        platform=row["platform"],
        chat=row["chat"],
        thread=row["thread"],
        principal_id=PrincipalId(row["principal_id"]),
        topic_wallet_id=row["topic_wallet_id"],
        question=row["question"],
        refusal=row["refusal"],
    )


class SqlConversations:
    """The conversations of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def find(
        self, platform: str, chat: str, thread: str, principal_id: PrincipalId
    ) -> Conversation | None:
        row = self._conn.row(
            _FIND,
            tenant=self._scope.tenant,
            platform=platform,
            chat=chat,
            thread=thread,
            principal_id=principal_id,
        )
        return None if row is None else _to_conversation(row)

    def get(self, conversation_id: ConversationId) -> Conversation:
        """Return a conversation. Raises `LookupError`: ids come from rows, never from people."""
        row = self._conn.row(_GET, tenant=self._scope.tenant, id=conversation_id)
        if row is None:
            raise LookupError(f"no conversation {conversation_id}")
        return _to_conversation(row)

    def open(
        self, platform: str, chat: str, thread: str, principal_id: PrincipalId
    ) -> Conversation:
        """Return the conversation, made if it was not there."""
        found = self.find(platform, chat, thread, principal_id)
        if found is None:
            self._conn.run(
                _ADD,
                id=new_id(),
                tenant=self._scope.tenant,
                platform=platform,
                chat=chat,
                thread=thread,
                principal_id=principal_id,
                created_us=self._scope.now_us,
            )
            found = self.find(platform, chat, thread, principal_id)
        if found is None:
            raise RuntimeError("a conversation was neither made nor found")
        return found

    def find_of_person(self, principal_id: PrincipalId) -> Conversation | None:
        """Return where a person is told things; None if they never wrote."""
        row = self._conn.row(_OF_PERSON, tenant=self._scope.tenant, principal_id=principal_id)
        return None if row is None else _to_conversation(row)

    def remember(
        self,
        conversation_id: ConversationId,
        *,
        topic_wallet_id: str | None,
        question: str | None,
        refusal: str | None,
    ) -> None:
        """Keep what the conversation is about, what was asked, and what was refused last."""
        self._conn.run(
            _SET,
            tenant=self._scope.tenant,
            conversation_id=conversation_id,
            topic=topic_wallet_id,
            asked=question,
            refused=refusal,
        )
