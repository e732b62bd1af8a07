"""Digests that everybody in a chat reads, as they are kept: which chat, of which wallets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from bot.ids import ConversationId, PrincipalId, WalletId
from bot.messages import Conversation

KIND: Final = "shared_digest"
# Why one ends that nobody ended: whoever ordered it is gone, or may not show its wallets any more.
EndedBy = Literal["left", "right", "wallet"]


@dataclass(frozen=True, slots=True)
class SharedDigest:
    """What a chat is told: there is one for each chat, and its schedule has its id as subject.

    `conversation_id` is where whoever ordered it wrote; it is told there, to everybody. `is_gone`
    says that nothing arrives there any more.
    """

    id: str
    conversation_id: ConversationId
    ordered_by: PrincipalId
    wallet_ids: tuple[WalletId, ...]
    is_gone: bool = False


class SharedDigestStore(Protocol):
    """The chats' digests of a tenant."""

    def put(self, place: Conversation, wallet_ids: Sequence[WalletId]) -> SharedDigest:
        """Keep what a chat is told from now on, in place of what it was told before."""
        ...

    def find(self, digest_id: str) -> SharedDigest | None:
        """Return a digest by its id."""
        ...

    def find_in(self, place: Conversation) -> SharedDigest | None:
        """Return what the chat of a conversation is told, whoever talks in it."""
        ...

    def reseat(self, conversation_id: ConversationId, place_id: ConversationId) -> int:
        """Have what was ordered in a conversation told in another one of the same person."""
        ...

    def move(self, platform: str, chat: str, new_chat: str) -> int:
        """Follow a chat to the id that the platform has for it now; return how many moved."""
        ...
