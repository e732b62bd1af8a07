"""The rule planner: usual phrasings and every slash command, in English and Spanish.

It proposes nothing that it is not sure of. A write needs a sentence that fits a phrasing as a
whole; what is missing is asked for; a question, a report, a condition or a foreign order never
becomes one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.actions.base import ActionCall
from bot.ids import WalletId
from bot.planning import ASKED, Directory, Intent, Language, Plan, PlanContext, Question
from intents.commands.table import find_command
from intents.extract.letters import words
from intents.language import score_languages
from intents.names import NameIndex
from intents.real_days import on_real_days
from intents.rules.alerts import find_alerts
from intents.rules.bills import find_correction
from intents.rules.channels import find_channels
from intents.rules.decisions import find_decision
from intents.rules.digest import find_digest
from intents.rules.memory import find_memory
from intents.rules.model_rules import find_model_rules
from intents.rules.orders import find_order, is_hostile
from intents.rules.plans import find_plans
from intents.rules.provider_care import find_test
from intents.rules.providers import find_providers
from intents.rules.quiet import find_quiet
from intents.rules.reads import find_read
from intents.rules.routing import find_routing
from intents.rules.schedules import find_schedules
from intents.rules.smalltalk import find_smalltalk
from intents.rules.task_words import may_be_task
from intents.rules.tasks import find_tasks
from intents.rules.topics import nearest_actions
from intents.sentence import Sentence, read_sentence, split_words

# A longer message is a letter or an attack; its first lines would be read out of context.
_MAX_TEXT: Final = 800
_MAX_INDEXES: Final = 64
READS: Final = frozenset(
    words(
        "show_balance show_spend show_wallets show_top_spenders show_forecast list_requests "
        "show_help explain list_people list_accounts list_undelivered show_quiet_hours "
        "list_providers list_models show_quota show_model_rules show_memory test_provider "
        "list_routing_rules show_chart show_digest export_costs list_alerts "
        "show_unusual "
        "list_schedules list_channels list_tasks plan_day"
    )
)


class RulePlanner:
    """Reads messages by rules. Safe to share: all it keeps is the folded names of directories."""

    def __init__(self) -> None:
        self._indexes: list[NameIndex] = []

    async def plan(self, text: str, context: PlanContext) -> Plan:
        """Read one message. Never raises for what people write; asks instead."""
        return self.plan_now(text, context)

    def plan_now(self, text: str, context: PlanContext) -> Plan:
        """Read one message at once."""
        text = text.strip()
        index = self.index_of(context.directory)
        words = split_words(text[:_MAX_TEXT])
        english, spanish = score_languages(words.words, words.text)
        hint: Language = context.language or "en"
        language: Language = hint if english == spanish else "en" if english > spanish else "es"
        if text.startswith("/"):
            command = find_command(
                words, hint if abs(english - spanish) < 2 else language, context, index
            )
            if command is not None:
                return on_real_days(command, words.text, words.folded)
        sentence = read_sentence(words, language, context, index)
        is_whole = len(text) <= _MAX_TEXT
        plan = _read(sentence, is_whole=is_whole, is_task=may_be_task(words.words))
        unsure = plan is None or (plan.question is not None and english == spanish)
        if unsure and abs(english - spanish) < 2 and words.words:
            other: Language = "es" if language == "en" else "en"
            again = _read(
                read_sentence(words, other, context, index), is_whole=is_whole, is_task=False
            )
            plan = again if again is not None and (plan is None or again.actions) else plan
        if plan is None:
            return _not_understood(sentence)
        return on_real_days(plan, words.text, words.folded)

    def score_now(self, text: str, context: PlanContext) -> Mapping[str, float]:
        """Return what the rules make of a text, each for itself, from 0 to 1.

        `order` and `read` are how sure they are of one; `english` and `spanish` are counts of
        words of that language. What is decided by other means, as a command is, scores nothing.
        """
        split = split_words(text.strip()[:_MAX_TEXT])
        english, spanish = score_languages(split.words, split.text)
        language: Language = "es" if spanish > english else "en"
        sentence = read_sentence(split, language, context, self.index_of(context.directory))
        order, read = find_order(sentence), find_read(sentence)
        return {
            "english": english,
            "spanish": spanish,
            "order": 0.0 if order is None else order.confidence,
            "read": 0.0 if read is None else read.confidence,
        }

    def index_of(self, directory: Directory) -> NameIndex:
        """Return the folded names of a directory, made once."""
        # By identity first, and the last one before the others: hashing fifty names for each
        # message would cost more than reading it.
        for at, index in enumerate(self._indexes):
            if index.directory is directory or index.fits(directory):
                if at:
                    self._indexes.insert(0, self._indexes.pop(at))
                return index
        index = NameIndex(directory)
        self._indexes = [index, *self._indexes[: _MAX_INDEXES - 1]]
        return index


def _read(sentence: Sentence, *, is_whole: bool, is_task: bool) -> Plan | None:
    small = find_smalltalk(sentence)
    if small is not None:
        return Plan(
            "greet", sentence.language, 0.95, notes=("thanks",) if small == "thanks" else ()
        )
    if not is_whole:
        return None
    # "Forget all" is what whoever speaks to the machine says too; here it asks for a yes.
    memory = find_memory(sentence)
    if memory is not None:
        return plan_of(sentence, memory, 0.95)
    if is_hostile(sentence.text.lower()):
        return None
    named = (
        (find_tasks(sentence) if is_task else None)
        or find_quiet(sentence)
        or find_alerts(sentence)
        or find_digest(sentence)
        or find_plans(sentence)
        or find_test(sentence.text)
        or find_correction(sentence.text)
        or find_providers(sentence.text)
        or find_model_rules(sentence.text)
        or find_routing(sentence.text)
        or find_schedules(sentence.text)
        or find_channels(sentence)
    )
    if named is not None:
        return plan_of(sentence, named, 0.95)
    decision = find_decision(sentence)
    if decision is not None:
        return plan_of(sentence, decision, 0.95)
    order = find_order(sentence)
    if order is not None and (
        isinstance(order.outcome, ActionCall) or order.outcome.code != "not_understood"
    ):
        return plan_of(sentence, order.outcome, order.confidence)
    read = find_read(sentence)
    if read is not None:
        if isinstance(read.outcome, Question):
            return replace(plan_of(sentence, read.outcome, read.confidence), intent="read")
        return Plan(
            "read",
            sentence.language,
            read.confidence,
            read.outcome,
            scope=_scope(read.outcome),
            notes=(ASKED,) if read.is_asked else (),
        )
    if order is not None:
        return plan_of(sentence, order.outcome, order.confidence)
    return None


def plan_of(sentence: Sentence, outcome: ActionCall | Question, confidence: float) -> Plan:
    """Make the plan of one call or one question."""
    if isinstance(outcome, Question):
        if outcome.code == "not_understood":
            return _not_understood(sentence, outcome.near)
        return Plan("ask", sentence.language, min(confidence, 0.5), question=outcome)
    intent: Intent = "read" if outcome.action in READS else "write"
    return Plan(intent, sentence.language, confidence, (outcome,), scope=_scope((outcome,)))


def _scope(actions: tuple[ActionCall, ...]) -> WalletId | None:
    wallet_id: WalletId | None = getattr(actions[0], "wallet_id", None)
    return wallet_id


def _not_understood(sentence: Sentence, near: tuple[str, ...] = ()) -> Plan:
    names = tuple(dict.fromkeys((*near, *nearest_actions(sentence))))[:3]
    question = Question("not_understood", text=sentence.text, near=names)
    return Plan("unknown", sentence.language, 0.2, question=question)
