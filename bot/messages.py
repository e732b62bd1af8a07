"""What comes in from a platform and what goes out to one; nothing here knows which."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.ids import ConversationId, PrincipalId, TenantId

MessageClass = Literal["reply", "card", "receipt", "alert"]
Choice = Literal["yes", "edit", "no"]


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One delivery, translated. `key` is unique within platform and account: see `inbox`.

    `account` is the bot's own account there, `external_id` the sender's. `button` is the opaque
    id of a pressed button; `text` is empty then.
    """

    platform: str
    account: str
    key: str
    chat: str
    external_id: str
    text: str = ""
    thread: str = ""
    button: str = ""
    sent_at: datetime | None = None

    def storable(self) -> "InboundMessage":
        """Return the message with text that every database holds: no half characters, no NUL."""
        text = self.text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
        return self if text == self.text else replace(self, text=text)

    @property
    def lane(self) -> str:
        """What is taken in order: one person's messages in one chat and thread."""
        return f"{self.platform}:{self.account}:{self.chat}:{self.thread}:{self.external_id}"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap. `token` is opaque; `style` says what it means, not how it looks."""

    label: str
    token: str
    style: Choice = "yes"


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """One message to one conversation.

    `text` is plain, lines end with a newline. `card` names the card that is shown or, where one
    of that name was shown here before, edited. `reference` finds the log line of an error.
    """

    conversation_id: ConversationId
    text: str
    message_class: MessageClass = "reply"
    buttons: tuple[Button, ...] = ()
    card: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a person talks with the bot: tenant, platform, chat, thread and person."""

    id: ConversationId
    tenant: TenantId
    platform: str
    chat: str
    thread: str
    principal_id: PrincipalId
    topic_wallet_id: str | None = None
    question: str | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A message that waits to be sent; `id` rises with the order within a conversation."""

    id: int
    platform: str
    chat: str
    thread: str
    attempts: int
    message: OutboundMessage
