"""Every error that Bursar raises on purpose.

    BursarError
    ├── Refused               the asker can act: ask for less, ask somebody, say it otherwise
    │   ├── NotAllowed
    │   │   └── AboveRight
    │   ├── NotFound
    │   ├── Ambiguous
    │   ├── InvalidInput
    │   ├── InsufficientFunds
    │   ├── UnknownPrice
    │   ├── NoModel
    │   ├── QuotaExceeded
    │   ├── TooFast
    │   ├── BeyondHistory
    │   ├── ActionTooSlow
    │   ├── FileTooLarge
    │   ├── CostCapReached
    │   ├── ModelsPaused
    │   ├── OutsideReach
    │   ├── Withheld
    │   ├── NotInPlan
    │   ├── CallTooDear
    │   ├── WalletClosed
    │   ├── NothingToUndo
    │   ├── UnknownPerson
    │   ├── NotPrivate
    │   ├── NotShared
    │   ├── OfferUsed
    │   ├── OfferExpired
    │   └── ProposalNotOpen
    │       ├── ProposalExpired
    │       ├── ProposalSuperseded
    │       └── ProposalDecided
    ├── Conflict              nobody can act by repeating: same key with other contents
    │   ├── KeyReused
    │   └── HoldResolved
    ├── Unavailable           time helps; `retry_after_s` says how much
    │   ├── StorageBusy
    │   ├── StorageFull
    │   ├── LedgerReadOnly
    │   ├── OutOfTurn
    │   └── NotSent
    ├── Undelivered           a message did not reach the platform's reader
    │   ├── MaybeSent
    │   ├── Undeliverable
    │   └── ChatMoved
    ├── Unanswered            a model's provider gave no answer that can be used
    │   ├── ProviderRefused
    │   ├── ProviderKeyRefused
    │   ├── ProviderSpent
    │   ├── ProviderBusy
    │   ├── ProviderUnreachable
    │   ├── ProviderFailed
    │   └── AnswerBroken
    └── Broken                an operator must act before Bursar may go on
        ├── StorageDamaged
        ├── SchemaMismatch
        ├── DatabaseInUse
        ├── LedgerBroken
        └── SettingsError

Errors carry facts, not sentences: `bot/replies/errors.py` turns `code` and `facts` into words.
"""

from datetime import date, datetime
from typing import ClassVar, Final

from bot.ids import HoldId, IdempotencyKey, PrincipalId, WalletId
from bot.tokens import TokenUsage

_LONGEST_PATIENCE_S: Final = 86_400.0


class BursarError(Exception):
    """The root; `code` is stable, `facts` are what the words need (ids, integers, short names)."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.facts = facts


class Refused(BursarError):
    """What was asked will not be done; nothing changed; the asker can do something about it."""

    code = "refused"


class ActionTooSlow(Refused):
    """What was asked took longer than an action may; it was given up, and nothing was changed."""

    code = "action_too_slow"

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no answer within {seconds:g} s", seconds=round(seconds))


class FileTooLarge(Refused):
    """What was asked for makes a larger file than is handed over; none was made."""

    code = "file_too_large"

    def __init__(self, most_bytes: int) -> None:
        super().__init__(f"more than {most_bytes} bytes", megabytes=most_bytes // 1_000_000)


class NotAllowed(Refused):
    """The person lacks a permission that the action needs."""

    code = "not_allowed"

    def __init__(self, principal_id: PrincipalId, permission: str, **facts: object) -> None:
        super().__init__(
            f"{principal_id!r} lacks {permission!r}",
            principal_id=principal_id,
            permission=permission,
            **facts,
        )


class AboveRight(NotAllowed):
    """The person has the permission, but for less at a time; `able` are the names of who may.

    `needed_nanos` is None where the amount would have no bound.
    """

    code = "above_right"

    def __init__(
        self,
        principal_id: PrincipalId,
        permission: str,
        *,
        role: str | None,
        most_nanos: int | None,
        needed_nanos: int | None,
        able: tuple[str, ...],
        **facts: object,
    ) -> None:
        super().__init__(
            principal_id,
            permission,
            role=role,
            most_nanos=most_nanos,
            needed_nanos=needed_nanos,
            able=able,
            **facts,
        )


class NotFound(Refused):
    """Nothing of that kind goes by that name or reference."""

    code = "not_found"

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"no {kind} {name!r}", kind=kind, name=name)


class Ambiguous(Refused):
    """More than one thing goes by that name."""

    code = "ambiguous"

    def __init__(self, kind: str, name: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"{kind} {name!r} is ambiguous", kind=kind, name=name, choices=choices)


class InvalidInput(Refused):
    """A value is outside what the field takes; `example` is one that would do."""

    code = "invalid_input"

    def __init__(self, field: str, why: str, *, example: str = "") -> None:
        super().__init__(f"{field}: {why}", field=field, why=why, example=example)


class InsufficientFunds(Refused):
    """A hold or a transfer asked for more than an account has free; the account that binds."""

    code = "insufficient_funds"

    def __init__(
        self,
        wallet_id: WalletId,
        *,
        needed_nanos: int,
        free_nanos: int | None = None,
        period: str = "",
    ) -> None:
        super().__init__(
            f"wallet {wallet_id!r} has less than {needed_nanos} nanos free",
            wallet_id=wallet_id,
            needed_nanos=needed_nanos,
            free_nanos=free_nanos,
            period=period,
        )


class UnknownPrice(Refused):
    """A model has no price and no ceiling is configured: it is never taken for free."""

    code = "unknown_price"


class NoModel(Refused):
    """No provider that is in use has a model of that name, or there is no provider at all.

    `rule` names the rule that lets only others be asked, empty where it was none.
    """

    code = "no_model"

    def __init__(self, wanted: str, *, rule: str = "") -> None:
        super().__init__(f"no model {wanted!r} is configured", model=wanted, rule=rule)


class QuotaExceeded(Refused):
    """A person or wallet has used up so many uses in a span; `plan` is the one that says so."""

    code = "quota_exceeded"

    def __init__(
        self,
        unit: str,
        *,
        limit: int,
        period: str,
        asked: int = 1,
        left: int = 0,
        opens_at: datetime | None = None,
        plan: str | None = None,
    ) -> None:
        super().__init__(
            f"{unit} used up",
            unit=unit,
            limit=limit,
            period=period,
            asked=asked,
            left=left,
            opens_at=None if opens_at is None else opens_at.isoformat(),
            plan=plan,
        )


class TooFast(Refused):
    """More messages or changes than there may be in a stretch: nothing is done until `until`."""

    code = "too_fast"

    def __init__(self, cause: str, *, most: int, within_s: int, until: datetime) -> None:
        super().__init__(
            f"too many {cause}",
            cause=cause,
            most=most,
            within_s=within_s,
            until=until.isoformat(),
        )


class BeyondHistory(Refused):
    """A question about spending reaches further back than the person's plan."""

    code = "beyond_history"

    def __init__(self, plan: str, *, days: int, from_on: date) -> None:
        super().__init__(
            f"looks back before {from_on}", plan=plan, days=days, from_on=from_on.isoformat()
        )


class CostCapReached(Refused):
    """Models have cost as much as they may: in a turn, for a person in a day, or in all in a day.

    `cap` is "turn", "person_day" or "bot_day"; `used_nanos` is with what is set aside. A turn's
    never opens again.
    """

    code = "cost_cap_reached"

    def __init__(
        self,
        cap: str,
        *,
        limit_nanos: int,
        used_nanos: int,
        needed_nanos: int,
        opens_at: datetime | None,
    ) -> None:
        super().__init__(
            f"the cap {cap} has less than {needed_nanos} nanos left",
            cap=cap,
            limit_nanos=limit_nanos,
            used_nanos=used_nanos,
            needed_nanos=needed_nanos,
            opens_at=None if opens_at is None else opens_at.isoformat(),
        )


class ModelsPaused(Refused):
    """Models are paused until they are resumed; `by` is a name, `at` an ISO time."""

    code = "models_paused"

    def __init__(self, by: str, at: str) -> None:
        super().__init__("models are paused", by=by, at=at)


class OutsideReach(Refused):
    """The company lets no provider be asked that is where this one is."""

    code = "outside_reach"

    def __init__(self, provider: str) -> None:
        super().__init__(f"{provider!r} is outside of the company's reach", provider=provider)


class Withheld(Refused):
    """A text holds what the company shows no model; `kinds` are what was found, sorted."""

    code = "withheld"

    def __init__(self, kinds: tuple[str, ...]) -> None:
        super().__init__("the text holds what no model may see", kinds=kinds)


class NotInPlan(Refused):
    """The person's plan does not allow the model that is wanted, or any that there is."""

    code = "not_in_plan"

    def __init__(self, plan: str, *, model: str) -> None:
        super().__init__(f"{model!r} is not in {plan}", plan=plan, model=model)


class CallTooDear(Refused):
    """A call could cost more than the person's plan lets one cost; `model` is the cheapest."""

    code = "call_too_dear"

    def __init__(self, plan: str, *, model: str, needed_nanos: int, ceiling_nanos: int) -> None:
        super().__init__(
            f"a call of {model!r} may cost {needed_nanos} nanos",
            plan=plan,
            model=model,
            needed_nanos=needed_nanos,
            ceiling_nanos=ceiling_nanos,
        )


class WalletClosed(Refused):
    """The wallet is closed; nothing is spent from it or moved to it."""

    code = "wallet_closed"

    def __init__(self, wallet_id: WalletId) -> None:
        super().__init__(f"wallet {wallet_id!r} is closed", wallet_id=wallet_id)


class NothingToUndo(Refused):
    """The person did nothing here that can still be undone."""

    code = "nothing_to_undo"


class UnknownPerson(Refused):
    """The platform account is linked to nobody."""

    code = "unknown_person"


class NotPrivate(Refused):
    """What was asked for is for one person's eyes, and others read along here."""

    code = "not_private"

    def __init__(self) -> None:
        super().__init__("others read along here")


class NotShared(Refused):
    """What was asked for is for everybody in a chat, and nobody else reads along here."""

    code = "not_shared"

    def __init__(self) -> None:
        super().__init__("nobody else reads along here")


class OfferUsed(Refused):
    """A button did its work before; `outcome` is "done" or "drafted"."""

    code = "offer_used"

    def __init__(self, label: str, *, outcome: str, at: datetime) -> None:
        super().__init__("the offer was used", label=label, outcome=outcome, at=at)


class OfferExpired(Refused):
    """The database's clock has passed a button's end."""

    code = "offer_expired"

    def __init__(self, label: str, *, at: datetime) -> None:
        super().__init__("the offer is over", label=label, at=at)


class ProposalNotOpen(Refused):
    """The proposal cannot be decided any more; `state`, and who decided where somebody did."""

    code = "proposal_not_open"

    def __init__(self, ref: str, **facts: object) -> None:
        super().__init__(f"proposal {ref!r} is not open", ref=ref, **facts)


class ProposalExpired(ProposalNotOpen):
    """The database's clock has passed the proposal's end."""

    code = "proposal_expired"


class ProposalSuperseded(ProposalNotOpen):
    """The button belongs to an earlier version of the proposal."""

    code = "proposal_superseded"


class ProposalDecided(ProposalNotOpen):
    """Somebody decided before; facts say who, what and when."""

    code = "proposal_decided"


class Conflict(BursarError):
    """The same thing was asked for in two ways; repeating will not help."""

    code = "conflict"


class KeyReused(Conflict):
    """An idempotency key came back with other contents."""

    code = "key_reused"

    def __init__(self, key: IdempotencyKey | str) -> None:
        super().__init__(f"key {key!r} was used with other contents", key=key)


class HoldResolved(Conflict):
    """The hold was settled, released or expired before."""

    code = "hold_resolved"

    def __init__(self, hold_id: HoldId) -> None:
        super().__init__(f"hold {hold_id!r} is resolved", hold_id=hold_id)


class Unavailable(BursarError):
    """Not now; nothing was half done. `retry_after_s` is how long to wait."""

    code = "unavailable"
    retry_after_s: float = 1.0


class StorageBusy(Unavailable):
    """The database is locked, restarting, or lost the connection."""

    code = "storage_busy"


class StorageFull(Unavailable):
    """The disk is full or a write failed: the whole batch was rolled back."""

    code = "storage_full"
    retry_after_s = 30.0


class LedgerReadOnly(Unavailable):
    """An invariant did not hold, so that money stands still until an operator has looked."""

    code = "ledger_read_only"
    retry_after_s = 300.0


class OutOfTurn(Unavailable):
    """An earlier message of the conversation is not finished yet."""

    code = "out_of_turn"
    retry_after_s = 0.05


class NotSent(Unavailable):
    """A platform did not take a message, for certain; `scope` says what has to wait.

    One chat, one method of the platform's API, or all that this bot sends. How long to wait is
    what the other side wrote, and so between nothing and a day, whatever that was.
    """

    code = "not_sent"

    def __init__(
        self, message: str, *, retry_after_s: float = 1.0, scope: str = "message"
    ) -> None:
        super().__init__(message, scope=scope)
        # In this order NaN is nothing.
        self.retry_after_s = min(max(0.0, retry_after_s), _LONGEST_PATIENCE_S)


class Undelivered(BursarError):
    """A message did not reach its reader, or nobody knows."""

    code = "undelivered"


class MaybeSent(Undelivered):
    """The platform may have taken a message: it was handed over, and no answer came."""

    code = "maybe_sent"


class Undeliverable(Undelivered):
    """A message will never arrive: repeating it does not help.

    `why`: blocked, chat_gone, archived, not_installed, refused, or token_revoked, which holds
    for all that this bot sends. `ends_chat` says that nothing else will arrive there either.
    """

    code = "undeliverable"

    def __init__(self, why: str, *, ends_chat: bool = False) -> None:
        super().__init__(why, why=why)
        self.why = why
        self.ends_chat = ends_chat


class ChatMoved(Undelivered):
    """The chat has another id from now on."""

    code = "chat_moved"

    def __init__(self, new_chat: str) -> None:
        super().__init__("the chat has another id")
        self.new_chat = new_chat


class Unanswered(BursarError):
    """A provider gave no answer; `status` is the HTTP status, 0 where there was none.

    `may_be_charged` says that the provider may have worked on it, `usage` what it counted where
    it told that all the same; `passes` that the same call may succeed later, `retry_after_s` how
    much later as far as the provider said so.
    """

    code = "unanswered"
    passes: ClassVar[bool] = False

    def __init__(
        self,
        provider: str,
        model: str,
        *,
        status: int = 0,
        may_be_charged: bool = False,
        retry_after_s: float | None = None,
        usage: TokenUsage | None = None,
    ) -> None:
        super().__init__(
            f"{provider} gave no answer for {model} ({self.code}, status {status})",
            provider=provider,
            model=model,
            status=status,
        )
        self.provider = provider
        self.model = model
        self.status = status
        self.may_be_charged = may_be_charged or usage is not None
        self.usage = usage
        self.retry_after_s = retry_after_s


class ProviderRefused(Unanswered):
    """The provider does not take this call as it is: repeating it does not help."""

    code = "provider_refused"


class ProviderKeyRefused(Unanswered):
    """The provider does not take the key, or not for this model."""

    code = "provider_key_refused"


class ProviderSpent(Unanswered):
    """The account at the provider has reached its own limit: an administrator must raise it."""

    code = "provider_spent"


class ProviderBusy(Unanswered):
    """The provider takes no more calls at this moment."""

    code = "provider_busy"
    passes = True


class ProviderUnreachable(Unanswered):
    """No connection, a lost one, or no answer in time."""

    code = "provider_unreachable"
    passes = True


class ProviderFailed(Unanswered):
    """The provider met a fault of its own."""

    code = "provider_failed"
    passes = True


class AnswerBroken(Unanswered):
    """The provider answered with something that is no answer."""

    code = "answer_broken"


class Broken(BursarError):
    """Bursar stops rather than be wrong; the message holds the remedy."""

    code = "broken"


class StorageDamaged(Broken):
    """The database file is missing, cut or corrupt; it is never made anew silently."""

    code = "storage_damaged"


class SchemaMismatch(Broken):
    """The database is older than this program (migrate) or newer (upgrade the program)."""

    code = "schema_mismatch"


class DatabaseInUse(Broken):
    """Another process holds this SQLite file."""

    code = "database_in_use"


class LedgerBroken(Broken):
    """Counters and transfers disagree; facts name the accounts."""

    code = "ledger_broken"


class SettingsError(Broken):
    """A setting is unknown, of another type, or its secret cannot be read; holds no value."""

    code = "settings"

    def __init__(self, key: str, why: str, *, remedy: str) -> None:
        super().__init__(f"{key} {why}: {remedy}", key=key, why=why, remedy=remedy)
