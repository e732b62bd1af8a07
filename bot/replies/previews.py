"""Cards: what a draft or a request would do, and how it ended, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.actions.base import Preview
from bot.economy.money import to_decimal_string
from bot.messages import Choice, FormField
from bot.replies import channels as channel_words
from bot.replies import model_rules, tasks
from bot.replies.amounts import about_usd, forecast_usd, usd
from bot.replies.dates import at_time, when
from bot.replies.errors import what_happened
from bot.replies.inert import inert
from bot.replies.models import cache_prices, rule_words
from bot.replies.parts import (
    action_words,
    bound,
    deed_words,
    limit_name,
    quoted,
    role_name,
    shown,
    until,
    value,
)
from bot.replies.reader import Language, Reader
from bot.replies.schedules import kind_name
from bot.replies.words import has_words, say

_RAISES = frozenset({"request_budget", "raise_budget", "approve_request"})
_LIMITS = frozenset({"set_limit", "restore_limit", "set_role_limit", "restore_role_limit"})
_PLANS = frozenset({"set_plan", "restore_plan"})
# There is nothing in these that could be changed: yes or no.
_TUNES = frozenset({"tune_provider", "restore_provider"})
_PROVIDERS = _TUNES | {"add_provider", "disable_provider", "enable_provider", "set_model_price"}
_RULES = frozenset({"add_routing_rule", "remove_routing_rule", "set_provider_region"})
_ALERTS = frozenset(
    {"acknowledge_alerts", "reopen_alerts", "snooze_alerts", "mute_alerts", "unmute_alerts"}
)
_FIXED = (
    _PROVIDERS
    | _PLANS
    | _RULES
    | model_rules.ACTIONS
    | _ALERTS
    | (tasks.ACTIONS - tasks.EDITED)
    | {"resume_models", "correct_usage", "lift_pause", "give_back_quota"}
    | {"confirm_link", "unlink_account", "ask_to_join", "send_again", "forget"}
    | {"pause_schedule", "resume_schedule", "share_digest"}
    | {"restore_shared_digest", "post_digest", "unshare_digest"}
    | {"pause_channel", "resume_channel", "set_channel"}
    | {"pause_schedule", "resume_schedule", "run_schedule", "set_digest"}
)
_DIGESTS = frozenset({"set_digest", "share_digest", "restore_shared_digest"})
_QUIET = frozenset({"set_quiet_hours", "restore_quiet_hours"})
_CHOICES: tuple[Choice, ...] = ("yes", "edit", "no")


def preview_text(preview: Preview, reader: Reader, *, ref: str, version: int) -> str:
    """Return a card: what would be done, its numbers, who decides, and until when."""
    lines = [_title(preview, reader, ref, version), *_steps(preview, reader)]
    return "\n".join(line for line in lines if line)


def _steps(preview: Preview, reader: Reader) -> list[str]:
    """Return what each step of a draft does; a single one is named by the title already."""
    if not preview.also:
        return _details(preview, reader)
    lines = []
    for step in (preview, *preview.also):
        # No numbers: what is numbered is there to be chosen from.
        lines += [f"· {what_it_does(step, reader)}", *_details(step, reader)]
    return lines


def button_labels(preview: Preview, language: Language) -> dict[Choice, str]:
    """Return what a card's buttons say, in the order in which they stand everywhere."""
    return {
        choice: say(language, f"button.{choice}")
        for choice in _CHOICES
        if choice != "edit" or not (preview.also or preview.action in _FIXED)
    }


def cancel_label(language: Language) -> str:
    """Return what the button says by which a person takes a request of theirs back."""
    return say(language, "button.cancel")


def form_fields(preview: Preview, language: Language) -> tuple[FormField, ...]:
    """Return what of a card can be typed over: the amount, the end, the reason.

    Values are as `intents/forms.py` reads them: a plain decimal, an ISO date, text.
    """
    if preview.also:
        return ()
    if _is_joining(preview):
        wallet = preview.target or ""
        return (
            FormField("wallet", say(language, "form.wallet"), wallet),
            FormField("reason", say(language, "form.reason")),
        )
    if preview.action == "set_quiet_hours" and isinstance(preview.after, str):
        begins, _, ends = preview.after.partition("–")
        return quiet_fields(begins, ends, language)
    if preview.amount_nanos is None or preview.action == "undo":
        return ()
    fields = [
        FormField("amount", say(language, "form.amount"), amount_to_type(preview.amount_nanos))
    ]
    if preview.action in _RAISES:
        if preview.action != "approve_request":
            on = "" if preview.until_on is None else preview.until_on.isoformat()
            fields.append(FormField("until", say(language, "form.until"), on))
        fields.append(FormField("reason", say(language, "form.reason")))
    return tuple(fields)


def quiet_fields(begins: str, ends: str, language: Language) -> tuple[FormField, ...]:
    """Return the fields in which quiet hours are typed over, as "22:00"."""
    return (
        FormField("begins", say(language, "form.begins"), begins, "time"),
        FormField("ends", say(language, "form.ends"), ends, "time"),
    )


def amount_to_type(nanos: int) -> str:
    """Return an amount as a form holds it: one that nobody reads in two ways.

    Three decimals look like thousands, and what a form is sent back with is read anew.
    """
    text = to_decimal_string(nanos)
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def closed_card_text(
    preview: Preview,
    reader: Reader,
    *,
    ref: str,
    state: str,
    outcome: str | None,
    by: str | None,
    at: datetime | None,
    note: str | None,
) -> str:
    """Return a card that waits no more: what it was, who ended it, when and why.

    Times are without how far off they are: the card stays as it is.
    """
    language = reader.language
    kind = "request" if _is_request(preview, ref) else "draft"
    decision = {
        "by": say(language, "closed.by", by=shown(by)) if by else "",
        "on": say(language, "closed.on", at=at_time(at, reader)) if at else "",
        "why": what_happened(outcome or "refused", {}, reader) if state == "failed" else "",
    }
    ended = outcome if state == "discarded" and outcome in {"rejected", "cancelled"} else state
    key = f"closed.{ended}"
    if not has_words(language, key):
        key = f"closed.{ended}.{kind}"
    lines = [_title(preview, reader, ref, 1), say(language, key, **decision)]
    if note:
        lines[1] += f" {say(language, 'closed.note', note=quoted(note, language))}"
    return "\n".join(lines)


def past_card_text(preview: Preview, reader: Reader, *, ref: str) -> str:
    """Return a request's card that was shown once more below, where it can be answered."""
    return f"{_title(preview, reader, ref, 1)}\n{say(reader.language, 'card.below')}"


def _is_request(preview: Preview, ref: str) -> bool:
    # A draft to approve something by its reference has one of its own.
    return preview.action == "approve_request" and preview.ref in {None, ref}


def _title(preview: Preview, reader: Reader, ref: str, version: int) -> str:
    language = reader.language
    if _is_request(preview, ref):
        key = "card.request" if preview.target is None else "card.request.move"
        return say(
            language,
            key if preview.account is None else "card.request.join",
            ref=ref,
            asker=shown(preview.asked_by),
            account=shown(preview.account),
            wallet=shown(preview.subject),
            target=shown(preview.target),
            amount=usd(preview.amount_nanos or 0, language),
            until=until(preview.until_on, preview.span, reader),
        )
    what = what_it_does(preview, reader)
    if preview.also:
        what = say(language, "card.several", number=1 + len(preview.also))
    if version <= 1:
        return say(language, "card.draft", ref=ref, what=what)
    key = f"version.{version}"
    if has_words(language, key):
        return say(language, "card.version", ref=ref, what=what, version=say(language, key))
    return say(language, "card.later", ref=ref, what=what, version=version)


def what_it_does(preview: Preview, reader: Reader) -> str:
    """Return what a yes would do, as an order: "ask for $200.00 for Design until 30 Nov 2026"."""
    language = reader.language
    if preview.action in model_rules.ACTIONS:
        return model_rules.rule_does(preview, language)
    if preview.action in tasks.ACTIONS:
        return tasks.task_does(preview, reader)
    return say(
        language,
        _key(preview, language),
        action=action_words(
            preview.subject if preview.action == "undo" else preview.action, language
        ),
        wallet=shown(preview.subject),
        target=shown(preview.target),
        amount=value(preview.amount_nanos, language),
        limit=limit_name(preview.span, language),
        after=value(preview.after, language),
        until=until(preview.until_on, preview.span, reader),
        request=preview.ref or "",
        asker=shown(preview.asked_by),
        account=shown(preview.account),
        role=role_name(preview.role or "", language),
        deed=deed_words(preview.target, language),
        models=inert(preview.models or ""),
        address=inert(preview.address or ""),
        key_ref=shown(preview.key_ref),
        price_in=usd(preview.in_nanos or 0, language),
        price_out=usd(preview.out_nanos or 0, language),
        prices=cache_prices(preview, language),
        rule="" if preview.rule is None else rule_words(preview.rule, preview.target, language),
        region=shown(preview.address),
        schedule=kind_name(preview.subject, language),
    )


def _key(preview: Preview, language: Language) -> str:
    action = preview.action
    if action == "request_budget" and not preview.decides:
        action = "raise_budget"
    variant = ""
    if (action in _LIMITS | _QUIET and preview.after is None) or (
        action == "set_provider_region" and preview.address is None
    ):
        variant = ".none"
    elif action in _DIGESTS and preview.target in {"workdays", "weekly", "off"}:
        variant = f".{preview.target}"
    elif action == "add_provider" and preview.key_ref is None:
        variant = ".keyless"
    elif preview.account is not None and action not in {"confirm_link", "admit_person"}:
        variant = _account_variant(preview)
    elif action == "confirm_link" and preview.asked_by is None:
        variant = ".nameless"
    elif action == "forget" and not preview.is_own:
        variant = ".other"
    elif action == "approve_request" and preview.target is not None:
        variant = ".move"
    elif action == "create_wallet" and preview.after is not None:
        variant = ".limit"
    elif action == "add_person" and preview.target is not None:
        variant = ".wallet"
    elif action == "mute_alerts" and preview.span is not None:
        variant = ".below"
    elif action in {"give_role", "take_role"} and preview.target is None:
        variant = ".all"
    key = f"do.{action}{variant}"
    return key if has_words(language, key) else "do.other"


def _account_variant(preview: Preview) -> str:
    if preview.action == "unlink_account":
        return "" if preview.is_own else ".other"
    is_placed = preview.action == "approve_request" and preview.target is not None
    return ".join.wallet" if is_placed else ".join"


def _details(preview: Preview, reader: Reader) -> list[str]:
    language = reader.language
    if preview.action == "undo":
        if preview.inner is None:
            return []
        inner = replace(preview.inner, reason=None)
        means = say(language, "card.means", what=what_it_does(inner, reader))
        return [means, *_details(inner, reader)]
    if preview.action in tasks.ACTIONS:
        return tasks.task_details(preview, reader)
    if preview.action == "set_channel":
        return channel_words.channel_change(preview, language)
    lines = [_numbers(preview, reader)]
    if has_words(language, f"card.{preview.action}"):
        lines.append(say(language, f"card.{preview.action}"))
    if _is_joining(preview):
        if not preview.is_own:
            key = "card.joins" if preview.target is not None else "card.joins.none"
            lines.append(say(language, key, wallet=shown(preview.target)))
    elif preview.action in {"move_budget", "move_back"} or (
        preview.action == "approve_request" and preview.target is not None
    ):
        lines.append(say(language, "card.this_period"))
    if preview.action == "share_digest" and preview.asked_by is not None:
        lines.append(say(language, "card.shared_before", by=shown(preview.asked_by)))
    if preview.comes_at is not None:
        lines.append(say(language, "card.comes", when=when(preview.comes_at, reader)))
    if preview.ends_at is not None:
        key = "card.lasts" if preview.action in _ALERTS else "card.pause"
        lines.append(say(language, key, when=when(preview.ends_at, reader)))
    if preview.reads is not None and preview.writes is not None:
        lines.append(say(language, "card.give_back", reads=preview.reads, writes=preview.writes))
    if preview.action == "close_wallet":
        lines.append(say(language, "card.closing"))
    if preview.own_nanos is not None:
        lines.append(say(language, "card.own_reach", amount=usd(preview.own_nanos, language)))
    lines.append(_decides(preview, language))
    if preview.reason:
        lines.append(say(language, "card.reason", reason=quoted(preview.reason, language)))
    if preview.expires_at is not None:
        lines.append(say(language, "card.expires", when=when(preview.expires_at, reader)))
    return lines


def _is_joining(preview: Preview) -> bool:
    return preview.action == "approve_request" and preview.account is not None


def _numbers(preview: Preview, reader: Reader) -> str:
    language = reader.language
    parts = [_change(preview, language)]
    if preview.used_nanos is not None:
        used = about_usd(preview.used_nanos, language)
        parts.append(say(language, "card.used", amount=used))
    if preview.forecast_nanos is not None:
        ahead = forecast_usd(preview.forecast_nanos, language)
        parts.append(say(language, "card.forecast", amount=ahead))
    if preview.pays is not None:
        free = about_usd(preview.pays_free_nanos or 0, language, "less")
        parts.append(say(language, "card.pays", wallet=shown(preview.pays), free=free))
    text = " · ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _change(preview: Preview, language: Language) -> str:
    """Return before -> after, where there is something that the title has not said."""
    if preview.action in {"create_wallet", "rename_wallet", "set_digest"}:
        return ""
    if preview.before is None and preview.after is None:
        return ""
    if preview.action in model_rules.ACTIONS:
        return model_rules.rule_change(preview, language)
    if preview.action in {"set_role_limit", "restore_role_limit"}:
        before, after = bound(preview.before, language), bound(preview.after, language)
        return say(language, "card.at_a_time", before=before, after=after)
    before, after = value(preview.before, language), value(preview.after, language)
    if preview.action == "correct_usage":
        return say(language, "card.correction", before=before, after=after)
    if preview.action in _PLANS:
        return say(language, "card.plan", before=before, after=after)
    if preview.action in _QUIET:
        return say(language, "card.quiet", before=before, after=after)
    if preview.action == "set_model_price":
        return say(language, "card.price", before=before, after=after)
    if preview.action in _TUNES | {"set_thresholds"}:
        return say(language, "card.values", before=before, after=after)
    return say(
        language,
        "card.limit",
        wallet=shown(preview.subject),
        limit=limit_name(preview.span, language, is_short=preview.action in _RAISES),
        before=before,
        after=after,
    )


def _decides(preview: Preview, language: Language) -> str:
    names = [shown(name) for name in preview.decides]
    if not names:
        own = preview.action == "request_budget"
        return say(language, "card.own_yes") if own else ""
    if len(names) == 1:
        return say(language, "card.decides", first=names[0])
    if len(names) == 2:
        return say(language, "card.decides.two", first=names[0], second=names[1])
    return say(
        language, "card.decides.many", first=names[0], second=names[1], number=len(names) - 2
    )
