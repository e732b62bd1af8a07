"""What the planner is asked and what it answers: the words between `intents` and the turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, Protocol
from zoneinfo import ZoneInfo

from bot.actions.base import ActionCall
from bot.errors.kinds import BursarError
from bot.guards.policy import Policy
from bot.ids import ConversationId, PrincipalId, TenantId, WalletId
from bot.presets import CHAT, Preset

Language = Literal["en", "es"]
# The name of the planner that asks no model.
RULES: Final = "rules"
# The note of a plan that was asked for as a question, and not only named: "how much is left".
ASKED: Final = "asked"
Intent = Literal["read", "write", "greet", "ask", "unknown"]
QuestionCode = Literal[
    "which_wallet",
    "which_from_wallet",
    "which_to_wallet",
    "which_other_wallet",
    "which_parent",
    "which_person",
    "which_amount",
    "which_limit",
    "which_date",
    "which_role",
    "which_request",
    "which_name",
    "which_percents",
    "which_hours",
    "which_day",
    "which_count",
    "which_span",
    "which_task",
    "which_of_tasks",
    "which_time",
    "no_argument",
    "no_lists",
    "no_calendar",
    "one_at_a_time",
    "pasted_key",
    "not_understood",
]

# The questions that a name answers: of a wallet, or of anybody.
OF_WALLETS: Final = frozenset[QuestionCode](
    {"which_wallet", "which_from_wallet", "which_to_wallet", "which_other_wallet", "which_parent"}
)
OF_NAMES: Final = OF_WALLETS | frozenset[QuestionCode]({"which_person"})


@dataclass(frozen=True, slots=True)
class WalletName:
    """A wallet as the planner may name it; `path` runs from the organisation down, "A / B"."""

    id: WalletId
    name: str
    path: str
    kind: str
    parent_id: WalletId | None = None


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person as the planner may name them; `handle` is the short name, such as "ben"."""

    id: PrincipalId
    name: str
    handle: str


@dataclass(frozen=True, slots=True)
class Directory:
    """The names of one tenant that a sentence may mean; closed wallets are not in it."""

    wallets: tuple[WalletName, ...] = ()
    people: tuple[PersonName, ...] = ()
    models: tuple[str, ...] = ()
    # References of requests that wait, newest first.
    requests: tuple[str, ...] = ()
    # Whether there is a model that could be asked, and what it may see of personal data.
    has_model: bool = False
    personal_data: Policy = "redact"


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What a sentence is read against.

    `now` is an aware time, `zone` the speaker's. `home_wallet_id` is the wallet that "my budget"
    means; `topic_wallet_id` the one that the conversation spoke of last, which a sentence that
    names none goes on about. `tenant` is whose model may be asked, None for nobody's;
    `is_rules_only` keeps to the rules although there is one. `preset` is what holds for this turn.
    """

    now: datetime
    zone: ZoneInfo
    directory: Directory
    language: Language | None = None
    speaker_id: PrincipalId | None = None
    home_wallet_id: WalletId | None = None
    topic_wallet_id: WalletId | None = None
    # The tenant's way to write 1234.5: "en" 1,234.5 or "es" 1.234,5; None reads neither as sure.
    number_locale: Language | None = None
    tenant: TenantId | None = None
    is_rules_only: bool = False
    # Names the turn: all that models cost in it counts together.
    turn: str = ""
    preset: Preset = CHAT
    # Where it is said, for what was said there before; None in a first message.
    conversation_id: ConversationId | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a question offers, and the calls that it stands for."""

    label: str
    actions: tuple[ActionCall, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What must be known before a plan is whole.

    `text` is what the person wrote so far, so that an answer such as "200" can be read with it.
    At most three choices. `near` are names of actions, nearest first, when nothing was
    understood; of wallets where `given` names none. `given` is what was read but is not usable
    ("5 bucks", "banana").
    """

    code: QuestionCode
    text: str = ""
    choices: tuple[Choice, ...] = ()
    near: tuple[str, ...] = ()
    given: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a message asks for. Either `actions` or a `question`; never half of both.

    `confidence` is between 0 and 1; below 0.6 nothing runs without a question. `planner` is
    "rules" or the model that read it, `cost_nanos` what that cost. `wants_results` sends what its
    reads find back to the model, which says then what follows; `answer` is what it made of them.
    `unasked` says why no model read it that should have; `let_out` are the kinds of personal data
    that one saw.
    """

    intent: Intent
    language: Language
    confidence: float
    actions: tuple[ActionCall, ...] = ()
    question: Question | None = None
    planner: str = RULES
    scope: WalletId | None = None
    notes: tuple[str, ...] = field(default=())
    cost_nanos: int = 0
    is_estimated: bool = False
    wants_results: bool = False
    answer: str = ""
    unasked: BursarError | None = None
    let_out: tuple[str, ...] = ()


ReplyLabel = Literal["affirm", "edit", "negate", "choose", "other"]


@dataclass(frozen=True, slots=True)
class ReplyReading:
    """How an answer to an open proposal was read. Only `affirm` commits.

    `changes` holds, for an edit, what the person changed, as the fields of `extract`:
    `amount` (decimal string), `until` (ISO date), `for_good` (True), `reason`, `wallet`,
    `maybe_wallet` (a word that counts only if a wallet is called so), or
    the draft's own field names; empty when the change must be asked for. `choice` counts
    from 1, -1 is the last. What cannot be taken for the change that it is meant as is `given`, and
    `question` what must be known instead.
    """

    label: ReplyLabel
    changes: dict[str, object] = field(default_factory=dict)
    choice: int | None = None
    question: QuestionCode | None = None
    given: str = ""


class ReplyReader(Protocol):
    """What tells yes, edit, no, a choice and anything else apart."""

    def __call__(
        self,
        reply: str,
        *,
        prompt: str | None = None,
        language: Language | None = None,
        draft: Mapping[str, object] | None = None,
        today: date | None = None,
        now: datetime | None = None,
    ) -> ReplyReading: ...


@dataclass(frozen=True, slots=True)
class FormReading:
    """What a form's fields say: `changes` as a reply's, without those that `question` is about."""

    changes: Mapping[str, object]
    question: QuestionCode | None = None
    given: str = ""


class FormReader(Protocol):
    """What reads a form's fields."""

    def __call__(
        self, fields: Mapping[str, str], *, language: Language, today: date
    ) -> FormReading: ...


class Planner(Protocol):
    """What turns words into a plan."""

    async def plan(self, text: str, context: PlanContext) -> Plan:
        """Read one message. Never raises for what people write; asks instead."""
        ...


FindingCode = Literal[
    "duplicate_in_plan",
    "duplicate_of_open",
    "contradiction",
    "unresolved_name",
    "unusual_amount",
    "bulk_change",
    "second_look",
]
# What a model that looks a second time may find doubtful about a step.
DoubtKind = Literal["duplicate", "contradiction", "unresolved", "bulk", "not_ordered"]


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """A proposal of this person or conversation that still waits; `calls` in its order."""

    ref: str
    calls: tuple[ActionCall, ...]


@dataclass(frozen=True, slots=True)
class UsualAmount:
    """What was asked for or given for one wallet before: how often, and how much."""

    count: int
    median_nanos: int
    max_nanos: int


@dataclass(frozen=True, slots=True)
class CriticFacts:
    """What the caller read from the database. `tier_of` gives the tier that an action has."""

    directory: Directory
    tier_of: Callable[[ActionCall], int]
    open_proposals: tuple[OpenProposal, ...] = ()
    usual: Mapping[str, UsualAmount] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is odd: the steps it is about, and what the words need to say it.

    `asks` means that the person should say what they want before anything is drafted.
    """

    code: FindingCode
    steps: tuple[int, ...]
    asks: bool = False
    ref: str | None = None
    amount_nanos: int | None = None
    usual_nanos: int | None = None
    name: str | None = None
    doubt: DoubtKind | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is odd about a plan, and the tier of each step after that: never a lower one."""

    findings: tuple[Finding, ...]
    tiers: tuple[int, ...]

    @property
    def asks(self) -> bool:
        """Whether a question comes before a draft."""
        return any(finding.asks for finding in self.findings)

    @property
    def codes(self) -> tuple[FindingCode, ...]:
        """The codes, for warnings on a card."""
        return tuple(dict.fromkeys(finding.code for finding in self.findings))


Critic = Callable[[Plan, CriticFacts], Verdict]


class SecondCritic(Protocol):
    """What reads changes a second time, beside the rules."""

    async def look(
        self, text: str, context: PlanContext, plan: Plan, facts: CriticFacts, verdict: Verdict
    ) -> tuple[Verdict, Plan]:
        """Return a verdict that is no less careful, and the plan with what asking cost.

        Never raises for what models say or for their absence; the verdict stands then.
        """
        ...
