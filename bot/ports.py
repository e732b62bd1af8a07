"""What the use cases need of the world, in their own words.

The parts of a transaction stand beside the rules that call them (`bot.economy`,
`bot.proposals`); here they are put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.access import AmountPermission, Principal, Role, RoleLimit
from bot.allowances import Allowances, PlanName
from bot.audit import AuditFact
from bot.cooldowns import Cooldown, Pace
from bot.economy.calls import CallStore
from bot.economy.caps import Caps
from bot.economy.ledger import Ledger
from bot.economy.usage import UsageStore
from bot.economy.wallets import Tenant, WalletStore
from bot.ids import ConversationId, PrincipalId, ProposalId, TenantId, WalletId
from bot.links import Account, Link, Links
from bot.messages import Conversation, InboundMessage, OutboundMessage, UndeliveredItem
from bot.proposals.model import REQUEST_LIFE, ProposalStore
from bot.quiet import QuietHours
from bot.routing.policy import PolicyStore
from bot.routing.providers import ProviderStore

T = TypeVar("T")


class People(Protocol):
    """The people of a tenant, and who is behind a platform account."""

    def tenant(self) -> Tenant: ...
    def add_tenant(self, company: Tenant) -> None: ...
    def find_linked(self, platform: str, account: str, external_id: str) -> Principal | None: ...
    def find_host(self, platform: str, account: str) -> TenantId | None: ...
    def list_accounts(self, person_id: PrincipalId) -> list[Account]: ...
    def link(
        self,
        person_id: PrincipalId,
        platform: str,
        account: str,
        external_id: str,
        name: str = "",
    ) -> bool: ...
    def relink(self, link: Link, guest_id: PrincipalId) -> bool: ...
    def unlink(self, person_id: PrincipalId, account: Account) -> bool: ...
    def lock_guest(self, guest_id: PrincipalId) -> bool: ...
    def greet(self, guest_id: PrincipalId, every: timedelta) -> bool: ...
    def admit(
        self, guest_id: PrincipalId, name: str, handle: str, home_wallet_id: WalletId | None
    ) -> bool: ...
    def get(self, person_id: PrincipalId) -> Principal: ...
    def find_by_handle(self, handle: str) -> Principal | None: ...
    def list_all(self) -> list[Principal]: ...
    def list_with_role(self, roles: Sequence[Role]) -> list[Principal]: ...
    def names(self, ids: Iterable[str]) -> dict[PrincipalId, str]: ...
    def add(self, person: Principal, *, email: str | None = None) -> None: ...
    def set_quiet(
        self, person_id: PrincipalId, quiet: QuietHours | None, *, expected: QuietHours | None
    ) -> bool: ...
    def note_confirmed(self, person_id: PrincipalId) -> None: ...
    def find_plan(self, person_id: PrincipalId) -> PlanName | None: ...
    def set_plan(
        self, person_id: PrincipalId, plan: PlanName | None, *, expected: PlanName | None
    ) -> bool: ...
    def set_disabled(self, person_id: PrincipalId, is_disabled: bool) -> bool: ...
    def give(self, person_id: PrincipalId, role: Role, wallet_id: WalletId | None) -> bool: ...
    def take(self, person_id: PrincipalId, role: Role, wallet_id: WalletId | None) -> bool: ...


class Rights(Protocol):
    """How much the roles of a tenant may do at a time."""

    def list_all(self) -> list[RoleLimit]: ...
    def set_limit(
        self,
        role: Role,
        permission: AmountPermission,
        amount_nanos: int | None,
        *,
        expected: int | None,
    ) -> bool:
        """Set a limit, or take it away; False when it is not the expected one any more."""
        ...


class Paces(Protocol):
    """How fast the people of a tenant go."""

    def count(self, person_id: PrincipalId, pace: Pace, *, is_write: bool) -> Cooldown | None: ...
    def find_cooldown(self, person_id: PrincipalId) -> Cooldown | None: ...
    def list_cooldowns(self) -> Mapping[PrincipalId, Cooldown]: ...
    def lift(self, person_id: PrincipalId) -> bool: ...


class Conversations(Protocol):
    """The conversations of a tenant."""

    def get(self, conversation_id: ConversationId) -> Conversation: ...
    def open(
        self, platform: str, chat: str, thread: str, principal_id: PrincipalId
    ) -> Conversation: ...
    def hear(self, message: InboundMessage, principal_id: PrincipalId) -> Conversation: ...
    def find(
        self, platform: str, chat: str, thread: str, principal_id: PrincipalId
    ) -> Conversation | None: ...
    def find_of_person(self, principal_id: PrincipalId) -> Conversation | None: ...
    def list_elsewhere(
        self, principal_id: PrincipalId, message: InboundMessage
    ) -> list[Conversation]: ...
    def list_private(self, principal_id: PrincipalId) -> list[Conversation]: ...
    def lose(self, conversation_id: ConversationId) -> None: ...
    def lose_account(self, principal_id: PrincipalId, platform: str, external_id: str) -> int: ...
    def move(self, platform: str, chat: str, new_chat: str) -> int: ...
    def remember(
        self,
        conversation_id: ConversationId,
        *,
        topic_wallet_id: str | None,
        question: str | None,
        refusal: str | None,
    ) -> None: ...


class Inbox(Protocol):
    """Deliveries, each once."""

    def accept(self, message: InboundMessage, owner: str) -> int | None: ...
    def finish(
        self, row_id: int, owner: str, *, dead: bool = False, reference: str = ""
    ) -> bool: ...
    def is_first(self, row_id: int, lane: str) -> bool: ...


class Outbox(Protocol):
    """What is to be sent."""

    def add(self, message: OutboundMessage, platform: str) -> None: ...
    def list_failed(self, limit: int) -> list[UndeliveredItem]: ...
    def find_failed(self, item_id: int) -> UndeliveredItem | None: ...
    def queue_again(self, item_id: int) -> bool: ...
    def hold_again(self, person_id: PrincipalId, until: datetime | None) -> None: ...
    def take_back(self, conversation_id: ConversationId) -> list[OutboundMessage]: ...
    def end(
        self,
        item_id: int,
        state: str,
        *,
        platform_msg_id: str = "",
        not_before_us: int = 0,
        why: str = "",
        was_tried: bool = False,
        is_try: bool = True,
    ) -> bool: ...


class AuditLog(Protocol):
    """Where what people wrote is kept, apart from the chain."""

    def keep_content(self, principal_id: PrincipalId, text: str, salt: bytes) -> str: ...


class Tx(Protocol):
    """An open transaction. Its runner commits; whoever uses it never does."""

    @property
    def tenant(self) -> TenantId: ...
    @property
    def now(self) -> datetime: ...
    @property
    def zone(self) -> ZoneInfo: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def wallets(self) -> WalletStore: ...
    @property
    def usage(self) -> UsageStore: ...
    @property
    def providers(self) -> ProviderStore: ...
    @property
    def policy(self) -> PolicyStore: ...
    @property
    def calls(self) -> CallStore: ...
    @property
    def people(self) -> People: ...
    @property
    def links(self) -> Links: ...
    @property
    def rights(self) -> Rights: ...
    @property
    def paces(self) -> Paces: ...
    @property
    def proposals(self) -> ProposalStore: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def audit(self) -> AuditLog: ...

    def enter(self, tenant: TenantId) -> None:
        """Go on for a tenant that was found only now."""
        ...

    def record(self, fact: AuditFact) -> None:
        """Add a fact to the chain, sealed in this transaction's commit."""
        ...

    def savepoint(self) -> AbstractContextManager[None]:
        """Keep what happens inside whole: an exception undoes it and travels on."""
        ...


class Database(Protocol):
    """What runs plain functions of a transaction."""

    async def read(self, fn: Callable[[Tx], T], *, tenant: TenantId | None = None) -> T: ...
    async def write(
        self,
        fn: Callable[[Tx], T],
        *,
        tenant: TenantId | None = None,
        is_urgent: bool = False,
    ) -> T: ...


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, where, and under which key: repeating an action with its key changes nothing.

    `person` is as the database knows them now, roles included. Reads have no proposal, and no
    conversation either in a person's first message. `month_cap_nanos` is what one person may
    approve in a month, all requests together; `request_life` how long one that they send waits.
    `model_hosts` are where providers may be, none for the public ones' own; `model_caps` what
    models may cost where the company has not set it. `allowances` are the company's plans, one of
    which binds what the person reads.
    """

    person: Principal
    conversation_id: ConversationId | None
    key: str = ""
    proposal_id: ProposalId | None = None
    month_cap_nanos: int | None = None
    request_life: timedelta = REQUEST_LIFE
    model_hosts: tuple[str, ...] = ()
    allowances: Allowances = field(default_factory=Allowances)
    model_caps: Caps = field(default_factory=Caps)
