"""Conversations: found by tenant, platform, chat, thread and person, and by nothing less."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import (
    Text,
    bindparam,
    case,
    exists,
    null,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.alerts.events import CHANNELS
from bot.clock import to_us
from bot.ids import ConversationId, PrincipalId, new_id
from bot.messages import Conversation, InboundMessage
from storage import old_conversations
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.messages import conversation
from storage.tables.people import identity

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
# Where a person is told things that they did not ask for: where nobody reads along, on a platform
# that reaches them, where they wrote last.
_OF_PERSON: Final = Statement(
    select(conversation)
    .where(
        conversation.c.tenant == bindparam("tenant"),
        conversation.c.principal_id == bindparam("principal_id"),
        conversation.c.is_gone == 0,
        # What goes out in their name is not for them.
        conversation.c.platform.not_in(CHANNELS),
    )
    .order_by(
        conversation.c.is_private.desc(),
        (conversation.c.platform == "terminal"),
        conversation.c.heard_us.desc(),
        conversation.c.created_us,
        conversation.c.id,
    )
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
        is_private=bindparam("is_private"),
        external_id=bindparam("external_id"),
        address=bindparam("address"),
        heard_us=bindparam("heard_us"),
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
# A person who writes all day is noted once an hour: enough to tell where they are.
_HEARD_EVERY_US: Final = 3_600_000_000
_is_linked = exists().where(
    identity.c.tenant == bindparam("tenant"),
    identity.c.platform == conversation.c.platform,
    identity.c.external_id == bindparam("who", type_=Text),
    identity.c.principal_id == conversation.c.principal_id,
)
_HEAR: Final = Statement(
    update(conversation)
    .where(
        conversation.c.tenant == bindparam("tenant"),
        conversation.c.id == bindparam("conversation_id"),
    )
    .values(
        is_private=bindparam("private", type_=Int),
        external_id=bindparam("who", type_=Text),
        address=bindparam("at", type_=Text),
        heard_us=bindparam("heard", type_=Int),
        # Not where the account was unlinked while its message was read.
        is_gone=case((_is_linked, 0), else_=1),
    )
)
# Most of them are read again when a platform was not heard for a while; what nobody wrote in for
# longer is not.
_MOST_HEARD: Final = 20_000
_HEARD: Final = Statement(
    select(conversation.c.chat, conversation.c.thread, conversation.c.heard_us)
    .where(
        conversation.c.platform == bindparam("platform"),
        # As the index has it, word for word: SQLite looks no deeper.
        text("conversation.is_gone = 0"),
        conversation.c.is_private == bindparam("private", type_=Int),
        conversation.c.heard_us >= bindparam("since", type_=Int),
    )
    .order_by(conversation.c.heard_us.desc())
    .limit(_MOST_HEARD)
)
_LOSE: Final = Statement(
    update(conversation)
    .where(
        conversation.c.tenant == bindparam("tenant"),
        conversation.c.id == bindparam("conversation_id"),
    )
    .values(is_gone=1)
)
# Where a person talks alone with the bot, on every account of theirs, newest first.
_PRIVATE: Final = Statement(
    select(conversation)
    .where(
        conversation.c.tenant == bindparam("tenant"),
        conversation.c.principal_id == bindparam("principal_id"),
        conversation.c.is_gone == 0,
        conversation.c.is_private == 1,
    )
    .order_by(conversation.c.heard_us.desc(), conversation.c.created_us, conversation.c.id)
    .limit(50)
)
# Where an account of a person's talks beside one chat, latest first.
_MOST_ELSEWHERE: Final = 5
_ELSEWHERE: Final = Statement(
    select(conversation)
    .where(
        conversation.c.tenant == bindparam("tenant"),
        conversation.c.principal_id == bindparam("principal_id"),
        conversation.c.platform == bindparam("platform"),
        conversation.c.external_id == bindparam("external_id"),
        conversation.c.chat != bindparam("chat"),
        conversation.c.is_gone == 0,
    )
    .order_by(conversation.c.heard_us.desc(), conversation.c.created_us, conversation.c.id)
    .limit(_MOST_ELSEWHERE)
)
# Conversations that were never heard in have no account noted: a terminal's.
_LOSE_ACCOUNT: Final = Statement(
    update(conversation)
    .where(
        conversation.c.tenant == bindparam("tenant"),
        conversation.c.principal_id == bindparam("person_id"),
        conversation.c.platform == bindparam("in_platform", type_=Text),
        conversation.c.external_id.in_([bindparam("who", type_=Text), ""]),
    )
    .values(is_gone=1)
)
_FORGET: Final = Statement(
    update(conversation)
    .where(
        conversation.c.tenant == bindparam("tenant"),
        conversation.c.principal_id == bindparam("person_id"),
    )
    .values(topic_wallet_id=null(), question=null(), refusal=null())
)
# Every person's conversation in a chat moves with it, unless they were heard under its new id
# already.
_known = conversation.alias("known")
_MOVE: Final = Statement(
    update(conversation)
    .where(
        conversation.c.tenant == bindparam("tenant"),
        conversation.c.platform == bindparam("in_platform", type_=Text),
        conversation.c.chat == bindparam("old_chat", type_=Text),
        ~exists().where(
            _known.c.tenant == conversation.c.tenant,
            _known.c.platform == conversation.c.platform,
            _known.c.chat == bindparam("new_chat", type_=Text),
            _known.c.thread == conversation.c.thread,
            _known.c.principal_id == conversation.c.principal_id,
        ),
    )
    .values(chat=bindparam("new_chat", type_=Text))
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
        is_private=bool(row["is_private"]),
    )


class SqlConversations:
    """The conversations of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def find(
        self, platform: str, chat: str, thread: str, principal_id: PrincipalId
    ) -> Conversation | None:
        row = self._row(platform, chat, thread, principal_id)
        return None if row is None else _to_conversation(row)

    def _row(self, platform: str, chat: str, thread: str, principal_id: PrincipalId) -> Row | None:
        return self._conn.row(
            _FIND,
            tenant=self._scope.tenant,
            platform=platform,
            chat=chat,
            thread=thread,
            principal_id=principal_id,
        )

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
        if found is not None:
            return found
        return self._add(InboundMessage(platform, "", "", chat, "", thread=thread), principal_id)

    def hear(self, message: InboundMessage, principal_id: PrincipalId) -> Conversation:
        """Return the conversation of a person's message, with how they are reached there noted."""
        row = self._row(message.platform, message.chat, message.thread, principal_id)
        if row is None:
            return self._add(message, principal_id)
        now_us = self._scope.now_us
        noted = (row["is_private"], row["external_id"], row["address"], row["is_gone"])
        told = (int(message.is_private), message.external_id, message.address, 0)
        is_due = noted != told or row["heard_us"] + _HEARD_EVERY_US <= now_us
        if is_due and not self._conn.run(
            _HEAR,
            tenant=self._scope.tenant,
            conversation_id=row["id"],
            private=int(message.is_private),
            who=message.external_id,
            at=message.address,
            heard=now_us,
        ):
            # It was forgotten at this moment.
            return self._add(message, principal_id)
        found = _to_conversation(row)
        return replace(found, is_private=message.is_private, reply_to=message.message_id)

    def list_old(self, before: datetime, limit: int) -> list[str]:
        """Return ids of conversations that nobody needs since a time, in no order."""
        rows = self._conn.rows(
            old_conversations.LIST, tenant=self._scope.tenant, before=to_us(before), count=limit
        )
        return [row[0] for row in rows]

    def drop_old(self, ids: Sequence[str], before: datetime) -> int:
        """Forget those of some conversations that nobody needs since a time; return how many."""
        values = {"tenant": self._scope.tenant, "before": to_us(before)}
        return sum(
            self._conn.run(old_conversations.DROP, conversation_id=one, **values) for one in ids
        )

    def list_heard(
        self, platform: str, since_us: int, *, is_private: bool
    ) -> list[tuple[str, str, int]]:
        """Return (chat, thread, when to the hour) of where people wrote, of every tenant.

        Latest first. `is_private` says whether nobody else reads there.
        """
        rows = self._conn.rows(_HEARD, platform=platform, since=since_us, private=int(is_private))
        return [(row["chat"], row["thread"], row["heard_us"]) for row in rows]

    def lose(self, conversation_id: ConversationId) -> None:
        """Note that nothing arrives in a conversation any more, until somebody is heard there."""
        self._conn.run(_LOSE, tenant=self._scope.tenant, conversation_id=conversation_id)

    def list_private(self, principal_id: PrincipalId) -> list[Conversation]:
        """Return where a person talks alone with the bot, one a chat, latest first."""
        rows = self._conn.rows(_PRIVATE, tenant=self._scope.tenant, principal_id=principal_id)
        chats: dict[tuple[str, str], Conversation] = {}
        for row in rows:
            chats.setdefault((row["platform"], row["chat"]), _to_conversation(row))
        return list(chats.values())

    def list_elsewhere(
        self, principal_id: PrincipalId, message: InboundMessage
    ) -> list[Conversation]:
        """Return where the account of a message talked last in other chats: five, latest first."""
        rows = self._conn.rows(
            _ELSEWHERE,
            tenant=self._scope.tenant,
            principal_id=principal_id,
            platform=message.platform,
            external_id=message.external_id,
            chat=message.chat,
        )
        return [_to_conversation(row) for row in rows]

    def lose_account(self, principal_id: PrincipalId, platform: str, external_id: str) -> int:
        """Tell a person nothing more where an account wrote that is not theirs any more."""
        return self._conn.run(
            _LOSE_ACCOUNT,
            tenant=self._scope.tenant,
            person_id=principal_id,
            in_platform=platform,
            who=external_id,
        )

    def forget(self, principal_id: PrincipalId) -> int:
        """Forget what a person's conversations are about, and what was asked or refused there."""
        return self._conn.run(_FORGET, tenant=self._scope.tenant, person_id=principal_id)

    def move(self, platform: str, chat: str, new_chat: str) -> int:
        """Give a chat the id that the platform has for it now; return how many were moved."""
        return self._conn.run(
            _MOVE,
            tenant=self._scope.tenant,
            in_platform=platform,
            old_chat=chat,
            new_chat=new_chat,
        )

    def _add(self, message: InboundMessage, principal_id: PrincipalId) -> Conversation:
        self._conn.run(
            _ADD,
            id=new_id(),
            tenant=self._scope.tenant,
            platform=message.platform,
            chat=message.chat,
            thread=message.thread,
            principal_id=principal_id,
            created_us=self._scope.now_us,
            is_private=int(message.is_private),
            external_id=message.external_id,
            address=message.address,
            heard_us=self._scope.now_us if message.external_id else 0,
        )
        found = self.find(message.platform, message.chat, message.thread, principal_id)
        if found is None:
            raise RuntimeError("a conversation was neither made nor found")
        return replace(found, reply_to=message.message_id)

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
