"""What an action did, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.actions.accounts import AccountsReceipt
from bot.actions.alerts import AlertsAnswered, AlertsReceipt
from bot.actions.asking import RequestSent
from bot.actions.base import Receipt
from bot.actions.bills import UsageCorrected
from bot.actions.budget import BudgetRaised, LimitRestored
from bot.actions.channels import ChannelChanged, ChannelsReceipt
from bot.actions.charts import DaysReceipt, SharesReceipt, TreeReceipt
from bot.actions.digest import DigestReceipt, DigestSet
from bot.actions.digest_now import DigestPosted
from bot.actions.explain import ExplainReceipt
from bot.actions.exports import ExportReceipt
from bot.actions.help import HelpReceipt
from bot.actions.limits import LimitSet, ThresholdsSet
from bot.actions.memory import Forgotten, MemoryReceipt
from bot.actions.model_calls import RouteReceipt
from bot.actions.model_lists import ModelsReceipt
from bot.actions.model_rules import ModelRuleSet, ModelRulesReceipt
from bot.actions.moves import BudgetMoved
from bot.actions.pause import PauseReceipt
from bot.actions.people import PeopleReceipt
from bot.actions.plans import QuotaReceipt
from bot.actions.provider_care import (
    ProviderTested,
    ProviderToTest,
    ProviderTuned,
    how_asked,
)
from bot.actions.providers import ModelPriceSet, ProviderChanged, ProvidersReceipt
from bot.actions.request_lists import RequestsReceipt
from bot.actions.requests import RequestDecided
from bot.actions.routing import RegionSet, RoutingReceipt, RuleChanged
from bot.actions.schedules import ScheduleChanged, SchedulesReceipt
from bot.actions.shared_digest import DigestShared, DigestUnshared
from bot.actions.spend import (
    BalanceReceipt,
    ForecastReceipt,
    SpendReceipt,
    TopSpendersReceipt,
    WalletsReceipt,
)
from bot.actions.task_changes import TaskReceipt, TasksReceipt
from bot.actions.task_reads import DayPlanReceipt, TaskListReceipt
from bot.actions.undelivered import SentAgain, UndeliveredReceipt
from bot.actions.undo import Undone
from bot.actions.unusual import UnusualReceipt
from bot.actions.wallets import WalletChanged
from bot.replies.alerts import alerts_text, answered_text
from bot.replies.amounts import about_usd, usd
from bot.replies.balances import balance_text, forecast_text
from bot.replies.bills import corrected_text
from bot.replies.channels import channel_changed_text, channels_text
from bot.replies.charts import chart_title
from bot.replies.dates import when
from bot.replies.digest import (
    digest_posted_text,
    digest_set_text,
    digest_shared_text,
    digest_text,
)
from bot.replies.errors import what_happened
from bot.replies.explain import explain_text
from bot.replies.exports import export_text
from bot.replies.lists import (
    accounts_text,
    help_text,
    people_text,
    requests_text,
    undelivered_text,
    wallets_text,
)
from bot.replies.memory import forgotten_text, memory_text
from bot.replies.model_lists import models_text
from bot.replies.model_rules import pause_text, rule_set_text, rules_text
from bot.replies.models import (
    price_text,
    providers_text,
    region_text,
    routing_text,
    tested_text,
)
from bot.replies.parts import (
    action_words,
    key_for,
    limit_name,
    listing,
    quoted,
    shown,
    until,
    value,
)
from bot.replies.people import PEOPLE
from bot.replies.quotas import quota_text
from bot.replies.reader import Reader
from bot.replies.routes import route_text
from bot.replies.schedules import schedule_changed_text, schedules_text
from bot.replies.spend import spend_text, top_spenders_text
from bot.replies.tasks import day_plan_text, task_list_text, task_text, tasks_text
from bot.replies.unusual import unusual_text
from bot.replies.words import say


def receipt_text(receipt: Receipt, reader: Reader, *, is_other: bool = False) -> str:
    """Return what an action did, in the reader's words.

    Args:
        receipt: any that an action returns.
        reader: who is told.
        is_other: the reader is not the one who did it, so that they hear who did.
    """
    text = TELLERS[type(receipt)](receipt, reader, is_other)
    if receipt.undo is None or is_other:
        return text
    return f"{text}\n{say(reader.language, 'undo.hint')}"


def _sent(receipt: RequestSent, reader: Reader, is_other: bool) -> str:
    return say(
        reader.language,
        key_for("sent", is_other) if receipt.approver is not None else "sent.join",
        approver=shown(receipt.approver),
        ref=receipt.ref,
        when=when(receipt.expires_at, reader),
    )


def _raised(receipt: BudgetRaised, reader: Reader, is_other: bool) -> str:
    language = reader.language
    text = say(
        language,
        key_for("raised", is_other),
        wallet=shown(receipt.wallet),
        limit=limit_name(receipt.span, language, is_short=True),
        amount=usd(receipt.limit_nanos, language),
        until=until(receipt.until_on, receipt.span, reader),
        more=usd(receipt.amount_nanos, language),
    )
    return text if receipt.until_on is None else f"{text} {say(language, 'raised.back')}"


def _moved(receipt: BudgetMoved, reader: Reader, is_other: bool) -> str:
    language = reader.language
    source, target = shown(receipt.source), shown(receipt.target)
    text = say(
        language,
        key_for("moved", is_other),
        amount=usd(receipt.amount_nanos, language),
        source=source,
        target=target,
    )
    free = say(
        language,
        "moved.free",
        source=source,
        source_free=about_usd(receipt.source_free_nanos, language, "less"),
        target=target,
        target_free=about_usd(receipt.target_free_nanos, language, "less"),
    )
    return f"{text} {free}"


def _restored(receipt: LimitRestored, reader: Reader, is_other: bool) -> str:
    language = reader.language
    amount = receipt.limit_nanos
    return say(
        language,
        "restored.none" if amount is None else "restored",
        wallet=shown(receipt.wallet),
        limit=limit_name(receipt.span, language),
        amount=value(amount, language),
    )


def _undone(receipt: Undone, reader: Reader, is_other: bool) -> str:
    # No hint under the inner receipt: undoing an undo is asking for it again.
    inner = TELLERS[type(receipt.inner)](receipt.inner, reader, is_other)
    if is_other:
        return inner
    action = action_words(receipt.action, reader.language)
    return f"{say(reader.language, 'undone', action=action)}\n{inner}"


def _decided(receipt: RequestDecided, reader: Reader, is_other: bool) -> str:
    language = reader.language
    variant = ".move" if receipt.how == "approved" and receipt.source is not None else ""
    if receipt.account is not None:
        variant = (
            ".join" if receipt.wallet is None or receipt.how != "approved" else ".join.wallet"
        )
    given, asked = receipt.amount_nanos or 0, receipt.asked_nanos or 0
    parts = [
        say(
            language,
            key_for(f"decided.{receipt.how}{variant}", is_other),
            ref=receipt.ref,
            source=shown(receipt.source),
            given=usd(given, language),
            wallet=shown(receipt.wallet),
            limit=limit_name(receipt.span, language, is_short=True),
            amount=value(receipt.limit_nanos, language),
            until=until(receipt.until_on, receipt.span, reader),
            asked=usd(asked, language),
            asker=shown(receipt.asked_by),
            account=shown(receipt.account),
            by=shown(receipt.decided_by),
            why=what_happened(receipt.code or "refused", receipt.facts or {}, reader),
        )
    ]
    if given != asked:
        amounts = {"given": usd(given, language), "asked": usd(asked, language)}
        parts.append(say(language, "decided.amount", **amounts))
    if receipt.reason:
        parts.append(say(language, "decided.reason", reason=quoted(receipt.reason, language)))
    if receipt.how == "rejected" and is_other and receipt.account is None:
        parts.append(say(language, "decided.rejected.next"))
    if receipt.notices and not is_other:
        parts.append(say(language, "decided.told", asker=shown(receipt.asked_by)))
    return " ".join(parts)


def _limit_set(receipt: LimitSet, reader: Reader, is_other: bool) -> str:
    language = reader.language
    return say(
        language,
        key_for("limit_set", is_other),
        wallet=shown(receipt.wallet),
        limit=limit_name(receipt.span, language),
        before=value(receipt.before_nanos, language),
        after=value(receipt.limit_nanos, language),
    )


def _thresholds_set(receipt: ThresholdsSet, reader: Reader, is_other: bool) -> str:
    percents = listing([f"{percent} %" for percent in receipt.percents], reader.language)
    return say(reader.language, "thresholds_set", wallet=shown(receipt.wallet), percents=percents)


def _wallet_changed(receipt: WalletChanged, reader: Reader, is_other: bool) -> str:
    language = reader.language
    text = say(
        language,
        f"wallet.{receipt.how}",
        wallet=shown(receipt.wallet),
        before=shown(receipt.before),
        parent=shown(receipt.parent),
    )
    if receipt.how != "created":
        return text
    if receipt.limit_nanos is None:
        return f"{text} {say(language, 'wallet.created.no_limit')}"
    limit = say(language, "wallet.created.limit", amount=usd(receipt.limit_nanos, language))
    return f"{text} {limit}"


def _sent_again(receipt: SentAgain, reader: Reader, is_other: bool) -> str:
    return say(
        reader.language,
        "sent_again",
        number=receipt.number,
        name=shown(receipt.name),
        platform=shown(receipt.platform.title()),
    )


# Any: each teller takes its own type of receipt.
TELLERS: Final[Mapping[type[Receipt], Callable[[Any, Reader, bool], str]]] = {
    RequestSent: _sent,
    BudgetRaised: _raised,
    BudgetMoved: _moved,
    LimitRestored: _restored,
    Undone: _undone,
    RequestDecided: _decided,
    AlertsReceipt: lambda receipt, reader, _: alerts_text(receipt, reader),
    AlertsAnswered: lambda receipt, reader, _: answered_text(receipt, reader),
    LimitSet: _limit_set,
    ThresholdsSet: _thresholds_set,
    WalletChanged: _wallet_changed,
    QuotaReceipt: lambda receipt, reader, _: quota_text(receipt, reader),
    BalanceReceipt: lambda receipt, reader, _: balance_text(receipt.balance, reader),
    ForecastReceipt: lambda receipt, reader, _: forecast_text(receipt, reader),
    SpendReceipt: lambda receipt, reader, _: spend_text(receipt, reader),
    UnusualReceipt: lambda receipt, reader, _: unusual_text(receipt, reader),
    DaysReceipt: lambda receipt, reader, _: chart_title(receipt, reader),
    SharesReceipt: lambda receipt, reader, _: chart_title(receipt, reader),
    TreeReceipt: lambda receipt, reader, _: chart_title(receipt, reader),
    DigestReceipt: lambda receipt, reader, _: digest_text(receipt, reader),
    DigestSet: lambda receipt, reader, _: digest_set_text(receipt, reader),
    DigestShared: lambda receipt, reader, _: digest_shared_text(receipt, reader),
    DigestPosted: lambda receipt, reader, _: digest_posted_text(receipt, reader),
    DigestUnshared: lambda receipt, reader, _: say(reader.language, "digest.unshared"),
    TopSpendersReceipt: lambda receipt, reader, _: top_spenders_text(receipt, reader),
    WalletsReceipt: lambda receipt, reader, _: wallets_text(receipt, reader),
    RequestsReceipt: lambda receipt, reader, _: requests_text(receipt, reader),
    PeopleReceipt: lambda receipt, reader, _: people_text(receipt, reader),
    ModelsReceipt: lambda receipt, reader, _: models_text(receipt, reader),
    ProvidersReceipt: lambda receipt, reader, _: providers_text(receipt, reader),
    ProviderChanged: lambda receipt, reader, _: say(
        reader.language, f"provider.{receipt.how}", name=shown(receipt.name)
    ),
    RoutingReceipt: lambda receipt, reader, _: routing_text(receipt, reader),
    RuleChanged: lambda receipt, reader, _: say(
        reader.language, f"routing_rule.{receipt.how}", name=shown(receipt.name)
    ),
    RegionSet: lambda receipt, reader, _: region_text(receipt, reader),
    RouteReceipt: lambda receipt, reader, _: route_text(receipt, reader),
    ModelPriceSet: lambda receipt, reader, _: price_text(receipt, reader),
    # Its call is made before anything is told.
    ProviderToTest: lambda receipt, reader, _: tested_text(
        ProviderTested(provider=receipt.provider, code="no_model"), reader
    ),
    ProviderTested: lambda receipt, reader, _: tested_text(receipt, reader),
    ProviderTuned: lambda receipt, reader, _: say(
        reader.language,
        "provider.tuned",
        name=shown(receipt.provider.name),
        how=how_asked(receipt.provider),
    ),
    ModelRulesReceipt: lambda receipt, reader, _: rules_text(receipt, reader),
    ModelRuleSet: lambda receipt, reader, _: rule_set_text(receipt, reader),
    PauseReceipt: lambda receipt, reader, _: pause_text(receipt, reader),
    TaskReceipt: lambda receipt, reader, _: task_text(receipt, reader),
    TasksReceipt: lambda receipt, reader, _: tasks_text(receipt, reader),
    TaskListReceipt: lambda receipt, reader, _: task_list_text(receipt, reader),
    DayPlanReceipt: lambda receipt, reader, _: day_plan_text(receipt, reader),
    SentAgain: _sent_again,
    SchedulesReceipt: lambda receipt, reader, _: schedules_text(receipt, reader),
    ChannelsReceipt: lambda receipt, reader, _: channels_text(receipt, reader),
    ChannelChanged: lambda receipt, reader, _: channel_changed_text(receipt, reader),
    ScheduleChanged: lambda receipt, reader, _: schedule_changed_text(receipt, reader),
    MemoryReceipt: lambda receipt, reader, _: memory_text(receipt, reader),
    Forgotten: forgotten_text,
    UndeliveredReceipt: lambda receipt, reader, _: undelivered_text(receipt, reader),
    AccountsReceipt: lambda receipt, reader, _: accounts_text(receipt, reader),
    HelpReceipt: lambda receipt, reader, _: help_text(receipt, reader),
    ExplainReceipt: lambda receipt, reader, _: explain_text(receipt, reader),
    UsageCorrected: lambda receipt, reader, _: corrected_text(receipt, reader),
    ExportReceipt: lambda receipt, reader, _: export_text(receipt, reader),
    **PEOPLE,
}
