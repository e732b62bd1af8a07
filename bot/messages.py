"""What comes in from a platform and what goes out to one; nothing here knows which."""

import base64
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from bot.charts.model import Chart
from bot.guards.scan import without_secrets
from bot.ids import ConversationId, PrincipalId, TenantId

MessageClass = Literal["reply", "card", "receipt", "alert"]
# Whether a card edits the message that shows it: where there is one, never, or only so.
CardShowing = Literal["usual", "anew", "past"]
Choice = Literal["yes", "edit", "no"]
# Far below what Telegram (50 MB, Bot API, sendDocument) and Slack take: it stands in the outbox
# until it is sent, and a platform is given ten to fifteen seconds to take it.
MOST_FILE_BYTES: Final = 8_000_000


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One delivery, translated. `key` is unique within platform and account: see `inbox`.

    `account` is the bot's own account there, `external_id` the sender's; `sender_name` is what
    they call themselves, which proves nothing. `button` is the opaque id of a pressed button,
    `fields` what a form sent with it as (name, typed text); `text` is empty then. `message_id` is
    the platform's own id of the message, for an answer that replies to it. `address` is what the
    platform's adapter needs to write here later, in a form of its own. `has_asides` says that what
    the sender asks among others is answered here, in their private chat.
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
    is_private: bool = True
    sender_name: str = ""
    message_id: str = ""
    address: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    has_asides: bool = False

    def storable(self) -> "InboundMessage":
        """Return the message with text that every database holds: no half characters, no NUL."""
        text, name = _storable(self.text), _storable(self.sender_name)
        fields = tuple((key, _storable(value)) for key, value in self.fields)
        if (text, name, fields) == (self.text, self.sender_name, self.fields):
            return self
        return replace(self, text=text, sender_name=name, fields=fields)

    def without_keys(self) -> "InboundMessage":
        """Return the message with `[SECRET_1]` where a key, a token or a password was pasted.

        Nobody needs to see one again: it is not kept, not shown to a model, and not answered.
        """
        text = without_secrets(self.text)
        fields = tuple((key, without_secrets(value)) for key, value in self.fields)
        if (text, fields) == (self.text, self.fields):
            return self
        return replace(self, text=text, fields=fields)

    @property
    def lane(self) -> str:
        """What is taken in order: one person's messages in one chat and thread."""
        return f"{self.platform}:{self.account}:{self.chat}:{self.thread}:{self.external_id}"

    @property
    def turn(self) -> str:
        """What names the turn that it begins: by it its calls to models belong together."""
        return f"{self.platform}:{self.account}:{self.key}"


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap. `token` is opaque; `style` says what it means, not how it looks."""

    label: str
    token: str
    style: Choice = "yes"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, or a heading where `is_title`. Plain text: adapters escape it."""

    text: str
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class FieldsBlock:
    """Names and values beside each other."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BarBlock:
    """How full something is; `percent` may be above 100. `label` says it in words."""

    label: str
    percent: int


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A PNG picture, base64, with words for those who do not see it."""

    png: str
    alt: str


@dataclass(frozen=True, slots=True)
class FileBlock:
    """A file to keep: its name, what it is, its content in base64, and words about it.

    `media_type` is an IANA name, "text/csv"; `content` is at most `MOST_FILE_BYTES`, decoded.
    """

    name: str
    media_type: str
    content: str
    alt: str

    @classmethod
    def of(cls, name: str, media_type: str, data: bytes, alt: str) -> "FileBlock":
        """Make one of the bytes themselves."""
        return cls(name, media_type, base64.b64encode(data).decode(), alt)

    @property
    def data(self) -> bytes:
        """The bytes themselves."""
        return base64.b64decode(self.content)

    @property
    def is_text(self) -> bool:
        """Whether its beginning can be shown to somebody who cannot be handed a file."""
        return self.media_type.startswith("text/") or self.media_type == "application/json"


Block = TextBlock | FieldsBlock | BarBlock | PictureBlock | FileBlock


@dataclass(frozen=True, slots=True)
class FormField:
    """Something to type beside the buttons: `name` is what it comes back as.

    Of the kind "time" it is a time of day, "22:00", where a platform can have one chosen.
    """

    name: str
    label: str
    value: str = ""
    kind: Literal["text", "time"] = "text"


@dataclass(frozen=True, slots=True)
class Order:
    """Something to tap on a person's page: it says `text` as if they had typed it.

    With a form, what is filled in stands behind the text, in the form's order.
    """

    label: str
    text: str
    form: tuple[FormField, ...] = ()


@dataclass(frozen=True, slots=True)
class OrdersBlock:
    """A line of a person's page, and what can be done about it."""

    text: str
    orders: tuple[Order, ...]


PageBlock = Block | OrdersBlock


@dataclass(frozen=True, slots=True)
class HandoverPart:
    """What a platform that asks before it takes a file has to do about one.

    `file_id` is the offered file that is handed over now, empty where none is. `shown_in` is the
    platform's id of the message that offered it, which goes. Elsewhere the message's text is all
    that there is.
    """

    file_id: str
    shown_in: str


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """One message to one conversation.

    `text` is plain, lines end with a newline. `card` names the card that is shown or, where one
    of that name was shown here before, edited. `reference` finds the log line of an error.
    `reply_to` is the platform's id of the message that it answers. `blocks` say the same as
    `text` with its parts told apart, where there is more than text; `form` is what can be filled
    in beside the buttons. `held_until` is the end of its reader's quiet hours (aware, UTC): before
    it the message is not sent, and what comes later does not wait for it. `chart` is drawn below
    it as it is sent; see `bot.platforms.drawing`. What is `is_for_all` is said to everybody in the
    chat, in their sight; all else to the conversation's person alone, wherever that is. A card
    that is shown `anew` edits no earlier message, and from then on it is the card; what is `past`
    only takes the place of an earlier message, and is not sent where there is none.
    `handover` goes on with a file that was offered; see `bot.platforms.handovers`.
    """

    conversation_id: ConversationId
    text: str
    message_class: MessageClass = "reply"
    buttons: tuple[Button, ...] = ()
    card: str = ""
    reference: str = ""
    reply_to: str = ""
    blocks: tuple[Block, ...] = ()
    form: tuple[FormField, ...] = ()
    held_until: datetime | None = None
    chart: Chart | None = None
    is_for_all: bool = False
    shows: CardShowing = "usual"
    handover: HandoverPart | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a person talks with the bot: tenant, platform, chat, thread and person.

    `is_private` says that nobody else reads along. `reply_to` is the message that is being
    answered, while it is.
    """

    id: ConversationId
    tenant: TenantId
    platform: str
    chat: str
    thread: str
    principal_id: PrincipalId
    topic_wallet_id: str | None = None
    question: str | None = None
    refusal: str | None = None
    is_private: bool = True
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class UndeliveredItem:
    """A message that did not arrive, or may not have; `why` is a code. Not what it says."""

    id: int
    principal_id: PrincipalId
    platform: str
    why: str
    queued_at: datetime


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A message that waits to be sent; `id` rises with the order within a conversation.

    `attempts` is how often it was tried before. `edits` is the platform's id of the message that
    it takes the place of, empty for a new one.
    `external_id` and `address` are the reader's, as their last message there had them; what is
    not private is in a chat where others read along. `was_tried` marks one that may have arrived
    before: it says so, with its reference, if it cannot be an edit.
    """

    id: int
    tenant: TenantId
    platform: str
    chat: str
    thread: str
    attempts: int
    message: OutboundMessage
    edits: str = ""
    external_id: str = ""
    address: str = ""
    is_private: bool = True
    was_tried: bool = False
    language: Literal["en", "es"] = "en"
