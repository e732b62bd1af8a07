"""Sharing alerts and what is unusual with channels that are no chats, each step once.

An event goes out as any other message does: through the outbox, in order, with its tries.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from bot.actions.alerts import find_budget
from bot.actions.asking import chain_ids
from bot.actions.channels import own_channels, place_of_channel
from bot.alerts.channels import UNUSUAL_PERCENT, ChannelOwners, list_taking
from bot.alerts.events import (
    AlertEvent,
    AnomalyEvent,
    ChannelEvent,
    ChannelName,
    EventName,
    dump_event,
)
from bot.alerts.model import Alert, Stage
from bot.economy.budgets import Budget
from bot.economy.money import to_decimal_string
from bot.messages import OutboundMessage
from bot.ports import Tx
from bot.replies.alerts import shared_anomaly_text, shared_text
from bot.reports.anomalies import KeptAnomaly

_EVENTS: Final[dict[Stage, EventName]] = {
    Stage.triggered: "trigger",
    Stage.acknowledged: "acknowledge",
    Stage.resolved: "resolve",
}


def has_news(tx: Tx, alert: Alert) -> bool:
    """Tell whether something became of an alert that the channels were not told."""
    budget = find_budget(tx, alert.wallet_id, alert.period)
    return _next(_stage_of(alert, budget), alert) is not None


def share(tx: Tx, alert: Alert, owners: ChannelOwners) -> bool:
    """Tell the company's channels what has become of an alert, once.

    False if they know it, or there is nothing to tell.

    What goes on and what ends is told where its beginning was. What is over before it was ever
    told is not told.
    """
    budget = find_budget(tx, alert.wallet_id, alert.period)
    stage = _stage_of(alert, budget)
    name = _next(stage, alert)
    if name is None:
        return False
    channels = own_channels(tx, owners)
    taking = list_taking(tx.channels, channels, alert.percent, chain_ids(tx, alert.wallet_id))
    to = _hearers(alert.shared, alert.shared_with, stage, taking)
    if not tx.alerts.share(alert, max(stage, alert.shared), to):
        return False
    if name == "repeat":
        to = [one for one in to if one in taking]
    _send(tx, _alert_event(tx, alert, budget, name), to, channels, alert.id)
    return bool(to)


def share_anomaly(tx: Tx, kept: KeptAnomaly, owners: ChannelOwners) -> bool:
    """Tell the company's channels what has become of something unusual; as `share` does."""
    if kept.stage <= kept.shared:
        return False
    channels = own_channels(tx, owners)
    chain = chain_ids(tx, kept.found.wallet_id)
    taking = list_taking(tx.channels, channels, UNUSUAL_PERCENT, chain)
    to = _hearers(kept.shared, kept.shared_with, kept.stage, taking)
    if not tx.anomalies.share(kept, to):
        return False
    event = _anomaly_event(tx, kept, _EVENTS[kept.stage])
    _send(tx, event, to, channels, event.key)
    return bool(to)


def _hearers(
    shared: Stage, shared_with: Sequence[str], stage: Stage, channels: Sequence[ChannelName]
) -> Sequence[str]:
    """Return who hears of a step: of the first those who may, of others who heard the first."""
    if shared is not Stage.unknown:
        return shared_with
    return channels if stage is Stage.triggered else ()


def _next(stage: Stage, alert: Alert) -> EventName | None:
    """Return what is to be told next; None where the channels know all."""
    if stage > alert.shared:
        return _EVENTS[stage]
    if stage is Stage.triggered and alert.step > alert.shared_step:
        return "repeat"
    return None


def _stage_of(alert: Alert, budget: Budget | None) -> Stage:
    if alert.state == "ended" or budget is None or not budget.is_passed(alert.percent):
        return Stage.resolved
    return Stage.acknowledged if alert.state == "acknowledged" else Stage.triggered


def _send(
    tx: Tx, event: ChannelEvent, to: Sequence[str], channels: Sequence[ChannelName], reference: str
) -> None:
    for channel in channels:
        place = place_of_channel(tx, channel) if channel in to else None
        if place is not None:
            message = OutboundMessage(place.id, dump_event(event), "alert", reference=reference)
            tx.outbox.add(message, place.platform)


def _alert_event(tx: Tx, alert: Alert, budget: Budget | None, name: EventName) -> AlertEvent:
    company = tx.people.tenant()
    wallet = tx.wallets.get(alert.wallet_id)
    used = 0 if budget is None else budget.used_nanos
    limit = 0 if budget is None else budget.limit_nanos
    return AlertEvent(
        event=name,
        key=f"{company.id}:{alert.wallet_id}:{alert.percent}:{alert.period}",
        company=company.name,
        company_id=company.id,
        wallet=wallet.name,
        at=_iso(tx.now),
        summary=shared_text(name, wallet.name, alert.percent, used, limit, company.language),
        step=alert.step,
        percent=alert.percent,
        period=alert.period,
        used_usd=to_decimal_string(used),
        limit_usd=to_decimal_string(limit),
    )


def _anomaly_event(tx: Tx, kept: KeptAnomaly, name: EventName) -> AnomalyEvent:
    company = tx.people.tenant()
    found = kept.found
    wallet = tx.wallets.get(found.wallet_id)
    day = found.day.isoformat()
    return AnomalyEvent(
        event=name,
        key=f"{company.id}:{found.wallet_id}:{day}:{found.model}",
        company=company.name,
        company_id=company.id,
        wallet=wallet.name,
        at=_iso(tx.now),
        summary=shared_anomaly_text(name, found, wallet.name, company.language),
        model=found.model,
        day=day,
        hour_at=_iso(found.hour_at),
        spent_usd=to_decimal_string(found.spent_nanos),
        usual_usd=to_decimal_string(found.high_nanos),
    )


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
