"""Rules for models in words: what they may cost, see and reach, and whether they are paused."""

from __future__ import annotations

from bot.actions.base import Preview
from bot.actions.model_rules import ModelRuleSet, ModelRulesReceipt
from bot.actions.pause import PauseReceipt
from bot.replies.amounts import about_usd, usd
from bot.replies.dates import at_time
from bot.replies.parts import shown
from bot.replies.reader import Language, Reader
from bot.replies.tables import table
from bot.replies.words import has_words, say

ACTIONS = frozenset({"set_cost_cap", "set_personal_data", "set_model_hosts", "restore_model_rule"})


def rules_text(receipt: ModelRulesReceipt, reader: Reader) -> str:
    """Return the rules as they hold: each cap with what is used of it, and what else holds."""
    language = reader.language
    rows = []
    for use in receipt.caps:
        cap = say(language, "rules.cap.none")
        if use.cap_nanos is not None:
            cap = say(language, "rules.cap", cap=usd(use.cap_nanos, language))
        used = say(language, "rules.used", used=about_usd(use.used_nanos, language))
        rows.append(
            (
                say(language, f"rules.{use.kind}"),
                cap,
                "" if use.kind == "turn" else used,
                "" if use.kind in receipt.own else say(language, "rules.usual"),
            )
        )
    data = say(language, f"policy.{receipt.personal_data}")
    rows.append((say(language, "rules.personal_data"), data, "", ""))
    rows.append((say(language, "rules.hosts"), _hosts(receipt, language), "", ""))
    pause = say(language, "rules.open")
    if receipt.paused_at is not None:
        at = at_time(receipt.paused_at, reader)
        pause = say(language, "rules.paused", by=shown(receipt.paused_by), at=at)
    return f"{say(language, 'rules.head')}\n{table(rows, 'llLL', language)}\n{pause}"


def pause_text(receipt: PauseReceipt, reader: Reader) -> str:
    """Return whether models are paused now."""
    if receipt.at is None:
        return say(reader.language, "pause.over")
    if receipt.is_new:
        return say(reader.language, "pause.new")
    at = at_time(receipt.at, reader)
    return say(reader.language, "pause.known", by=shown(receipt.by), at=at)


def rule_set_text(receipt: ModelRuleSet, reader: Reader) -> str:
    """Return what a rule is from now on."""
    language = reader.language
    value = _value(receipt.rule, receipt.value, language)
    key = f"rule_set.{_subject(receipt.rule, receipt.value)}"
    return say(language, key, value=value)


def rule_does(preview: Preview, language: Language) -> str:
    """Return what a change of a rule would do, as an order."""
    key = f"do.rule.{_subject(preview.subject, preview.after)}"
    if has_words(language, f"{key}.{preview.after}"):
        key = f"{key}.{preview.after}"
    return say(language, key, after=_value(preview.subject, preview.after, language))


def rule_change(preview: Preview, language: Language) -> str:
    """Return a rule before -> after."""
    return say(
        language,
        "card.rule",
        rule=say(language, f"rules.{preview.subject}"),
        before=_value(preview.subject, preview.before, language),
        after=_value(preview.subject, preview.after, language),
    )


def _hosts(receipt: ModelRulesReceipt, language: Language) -> str:
    if receipt.hosts:
        return shown(", ".join(receipt.hosts))
    if receipt.operator_hosts:
        return shown(", ".join(receipt.operator_hosts))
    return say(language, "rules.hosts.public")


def _subject(rule: str, value: int | str | None) -> str:
    if value is not None:
        return rule
    return "hosts.none" if rule == "hosts" else "cap.none"


def _value(rule: str, value: int | str | None, language: Language) -> str:
    if value is None:
        return say(language, "rules.hosts.usual" if rule == "hosts" else "rules.usual")
    if isinstance(value, int):
        return usd(value, language)
    key = f"policy.{value}"
    return say(language, key) if rule == "personal_data" else shown(value)
