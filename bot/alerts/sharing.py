"""Sharing alerts with channels that are no chats, once for each step of their life.

An event goes out as any other message does: through the outbox, in order, with its tries.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Final

from bot.actions.alerts import find_budget, is_passed
from bot.alerts.events import AlertEvent, ChannelName, EventName, dump_event
from bot.alerts.model import Alert, Stage
from bot.economy.budgets import Budget
from bot.economy.money import to_decimal_string
from bot.messages import Conversation, InboundMessage, OutboundMessage
from bot.ports import Tx
from bot.replies.alerts import shared_text

_EVENTS: Final[dict[Stage, EventName]] = {
    Stage.triggered: "trigger",
    Stage.acknowledged: "acknowledge",
    Stage.resolved: "resolve",
}


def share(tx: Tx, alert: Alert, channels: Sequence[ChannelName]) -> bool:
    """Tell the channels what has become of an alert, once; False if they know, or it is none.

    What is over before it was ever told is not told.
    """
    budget = find_budget(tx, alert.wallet_id, alert.period)
    stage = _stage_of(alert, budget)
    if stage <= alert.shared or not tx.alerts.share(alert, stage):
        return False
    if alert.shared is Stage.unknown and stage is not Stage.triggered:
        return False
    event = _event(tx, alert, budget, _EVENTS[stage])
    for channel in channels:
        place = _place(tx, channel)
        if place is not None:
            message = OutboundMessage(place.id, dump_event(event), "alert", reference=alert.id)
            tx.outbox.add(message, place.platform)
    return True


def _stage_of(alert: Alert, budget: Budget | None) -> Stage:
    if alert.state == "ended" or budget is None or not is_passed(budget, alert.percent):
        return Stage.resolved
    return Stage.acknowledged if alert.state == "acknowledged" else Stage.triggered


def _event(tx: Tx, alert: Alert, budget: Budget | None, name: EventName) -> AlertEvent:
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
        percent=alert.percent,
        period=alert.period,
        used_usd=to_decimal_string(used),
        limit_usd=to_decimal_string(limit),
        at=tx.now.astimezone(UTC).isoformat(timespec="seconds"),
        summary=shared_text(name, wallet.name, alert.percent, used, limit, company.language),
    )


def _place(tx: Tx, channel: ChannelName) -> Conversation | None:
    """Return where a channel's messages stand in line: in an owner's name, and not for them.

    None for a company without any.
    """
    owners = tx.people.list_with_role(("owner",))
    if not owners:
        return None
    owner = owners[0].id
    found = tx.conversations.find(channel, channel, "", owner)
    if found is not None:
        return found
    return tx.conversations.hear(
        InboundMessage(channel, "", "", channel, "", is_private=False), owner
    )
