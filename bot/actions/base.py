"""An action: a typed call, a tier, a permission, a preview, an effect and maybe an inverse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from bot.access import Permission
from bot.audit.chain import AuditFact
from bot.ids import PrincipalId, ProposalId, WalletId
from bot.routing.rules import Rule

if TYPE_CHECKING:
    from bot.ports import Actor, Tx

# One billion dollars in nano-dollars: far above any budget, far below what 63 bits hold.
MAX_AMOUNT_NANOS = 10**18

AmountNanos = Annotated[int, Field(strict=True, gt=0, le=MAX_AMOUNT_NANOS)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Ref = Annotated[str, Field(pattern=r"^[2-9A-HJKMNP-TV-Z]{4}$")]


class Tier(IntEnum):
    """How careful an action is: T1 reads, T2 reversible in the asker's own scope, T3 the rest."""

    T1 = 1
    T2 = 2
    T3 = 3


class ActionCall(BaseModel):
    """One validated step of a plan. Subclasses add the arguments and name the action."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    action: str


class PutBack(ActionCall):
    """Set a limit to what it was, if nobody has changed it since; None is no limit.

    Whoever applies it has the statement that changes the limit say what it found.
    """

    amount_nanos: AmountNanos | None
    expected_nanos: AmountNanos | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that another person is told in the transaction that did it."""

    to: PrincipalId
    # A request that waits for them: they are shown its card. Else the receipt, from their side.
    card_of: ProposalId | None = None
    # On every account of theirs, besides the one that did it.
    is_everywhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an action did, for a chat to render; subclasses add the facts.

    `undo` takes it back. `notices` say who else is told. `redraws` is a proposal whose cards
    all show something else now. `topic` is the wallet that the conversation goes on about.
    `for_all` is what everybody in the chat is told with it, in the name of who did it.
    """

    undo: ActionCall | None = None
    notices: tuple[Notice, ...] = ()
    redraws: ProposalId | None = None
    topic: WalletId | None = None
    for_all: Receipt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a write would do, from the database's values; the words are made in `bot/replies`.

    `subject` is the wallet or person concerned. `before` and `after` are either amounts in
    nano-dollars or short texts, and both None where there is nothing to compare. `pays` names
    the wallet above whose free amount bounds a raise. `decides` are the people who may approve,
    the first one first; empty where the asker's own yes is enough. `own_nanos` is how much that
    would be good for, where it is the amount that is too much for it. `is_own` is whether it is
    about whoever reads it, where a person or an account is concerned.
    """

    action: str
    subject: str
    before: int | str | None = None
    after: int | str | None = None
    amount_nanos: int | None = None
    until_on: date | None = None
    span: str | None = None
    target: str | None = None
    pays: str | None = None
    pays_free_nanos: int | None = None
    forecast_nanos: int | None = None
    used_nanos: int | None = None
    reason: str | None = None
    ref: str | None = None
    asked_by: str | None = None
    role: str | None = None
    # A platform account, by its label; with `asked_by` for what it calls itself.
    account: str | None = None
    is_own: bool = True
    decides: tuple[str, ...] = ()
    own_nanos: int | None = None
    expires_at: datetime | None = None
    # Of a provider of models: what may be asked there, where it answers, where its key is.
    models: str | None = None
    address: str | None = None
    key_ref: str | None = None
    # What a million tokens cost there that are read, that are written, and of its cache.
    in_nanos: int | None = None
    out_nanos: int | None = None
    cached_nanos: int | None = None
    to_cache_nanos: int | None = None
    # How many questions and changes are given back, and when a pause or a silence would end.
    reads: int | None = None
    writes: int | None = None
    ends_at: datetime | None = None
    # When something that is done by itself comes next.
    comes_at: datetime | None = None
    # Which models would be asked for what; `target` is the wallet that it names.
    rule: Rule | None = None
    # What is taken back, for an undo.
    inner: Preview | None = None
    # Of a task: what its owner calls it, when it is due, how it comes back; and a few more lines.
    # Of a channel the lines are the wallets that it hears of before and after; "" is all of them.
    number: int | None = None
    due_at: datetime | None = None
    repeats: str | None = None
    lines: tuple[str, ...] = ()
    # What else the same yes does, in order.
    also: tuple[Preview, ...] = ()


C = TypeVar("C", bound=ActionCall)


@dataclass(frozen=True, slots=True)
class Action(Generic[C]):
    """One capability. `preview` changes nothing; `apply` runs inside an open transaction.

    Reads (T1) have no preview. Both raise `Refused` when the asker may not or cannot, and
    `apply` then leaves nothing behind: its runner rolls back to before the first step.
    `permission` is the one that must be held for at least some wallet; for which one, `apply`
    checks by itself. Hidden actions are only ever made by Bursar, as the inverse of another.
    """

    call: type[C]
    tier: Tier
    permission: Permission
    apply: Callable[[C, Tx, Actor], Receipt]
    preview: Callable[[C, Tx, Actor], Preview] | None = None
    is_hidden: bool = False
    # A write that runs without a draft: it changes nothing that anybody has, or stops what must
    # stop at once.
    is_at_once: bool = False
    # A small change of the asker's own that can be undone, or ended as easily: a tap on a button
    # that names it is the yes. In words it is a draft like any other.
    is_tapped: bool = False
    # A read that counts against nobody's plan: about themselves, or about why and how.
    is_free: bool = False
    # Puts in place of words what they name now, before a draft is kept: raises `Refused`.
    pin: Callable[[C, Tx, Actor], C] | None = None
    # What people would type, by language.
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The action's name, as plans, commands and the audit log write it."""
        name: str = self.call.model_fields["action"].default
        return name


def examples(english: str, spanish: str = "") -> dict[str, tuple[str, ...]]:
    """Return what people would type, by language; a command may be the same in both."""
    return {"en": (english,), "es": (spanish or english,)}


def record(tx: Tx, actor: Actor, what: str, subject: str, detail: dict[str, object]) -> None:
    """Seal in the audit log what a person did to something that is named by `subject`."""
    tx.record(AuditFact(tx.tenant, actor.person.id, what, subject, detail))
