"""Alerts of wallets: seeing them, acknowledging, putting off and muting them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from bot.access import Permission, may, require
from bot.actions.asking import chain_ids
from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier
from bot.alerts.model import Alert, Mute
from bot.economy.budgets import Budget, read_budgets
from bot.economy.periods import end_of_day, period_at
from bot.economy.wallets import Wallet
from bot.errors.kinds import Conflict, InvalidInput, NotFound
from bot.ids import WalletId
from bot.ports import Actor, Tx
from bot.reports.anomalies import Anomaly
from bot.reports.balance import descendants, today

# Whoever may acknowledge an alert is who may decide about the wallet's budget.
ANSWERS: Final[Permission] = "request.decide"
_MOST_HOURS: Final = 24 * 14
_TOMORROW: Final = 24


class ListAlerts(ActionCall):
    """Show the alerts that are open, and what the asker has muted; or only that."""

    action: Literal["list_alerts"] = "list_alerts"
    is_muted_only: bool = False


class AcknowledgeAlerts(ActionCall):
    """Say that a wallet's open alerts are seen to: nobody else is told because nobody answered."""

    action: Literal["acknowledge_alerts"] = "acknowledge_alerts"
    wallet_id: WalletId


class ReopenAlerts(ActionCall):
    """Open alerts again that the asker acknowledged."""

    action: Literal["reopen_alerts"] = "reopen_alerts"
    wallet_id: WalletId
    alerts: Annotated[tuple[str, ...], Field(min_length=1, max_length=200)]


class SnoozeAlerts(ActionCall):
    """Put a wallet's open alerts off for some hours; then the asker is told again."""

    action: Literal["snooze_alerts"] = "snooze_alerts"
    wallet_id: WalletId
    hours: Annotated[int, Field(strict=True, ge=1, le=_MOST_HOURS)] = _TOMORROW


class MuteAlerts(ActionCall):
    """Tell the asker no alerts of a wallet until the end of a day, of this month, or for good.

    Nor of the wallets below it, those to come too, unless it is `is_alone`.
    """

    action: Literal["mute_alerts"] = "mute_alerts"
    wallet_id: WalletId
    until_on: date | None = None
    is_for_good: bool = False
    is_alone: bool = False


class UnmuteAlerts(ActionCall):
    """Tell the asker alerts of a wallet again."""

    action: Literal["unmute_alerts"] = "unmute_alerts"
    wallet_id: WalletId


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """An open alert: the wallet, how much of which limit is used, and since when it is open."""

    wallet: str
    period: str
    percent: int
    used_nanos: int
    limit_nanos: int
    opened_at: datetime
    snoozed_until: datetime | None


@dataclass(frozen=True, slots=True)
class MutedWallet:
    """A wallet that somebody hears nothing of, until when (None is for good), and how far."""

    wallet: str
    until_at: datetime | None
    covers_below: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsReceipt(Receipt):
    """Open alerts, newest first, and what the asker has muted.

    `unusual` is what was found so today, newest first, each with its wallet's name. `lines` is
    None where only what is muted was asked for.
    """

    lines: tuple[AlertLine, ...] | None
    unusual: tuple[tuple[str, Anomaly], ...] = ()
    muted: tuple[MutedWallet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsAnswered(Receipt):
    """What became of a wallet's alerts; `until_at` is the end of a snooze or a mute.

    `below` is how many wallets below it are muted with it.
    """

    wallet: str
    how: Literal["acknowledged", "reopened", "snoozed", "muted", "unmuted"]
    until_at: datetime | None = None
    below: int = 0


def list_alerts(call: ListAlerts, tx: Tx, actor: Actor) -> Receipt:
    """List what is open in the wallets that the asker may see."""
    muted = tuple(
        MutedWallet(tx.wallets.get(one.wallet_id).name, one.until_at, one.covers_below)
        for one in tx.alerts.list_mutes(actor.person.id)
    )
    if call.is_muted_only:
        return AlertsReceipt(lines=None, muted=muted)
    lines = []
    for alert in tx.alerts.list_open():
        if not may(actor.person, "spend.read", chain_ids(tx, alert.wallet_id)):
            continue
        budget = budget_of(tx, alert)
        if budget is not None and budget.is_passed(alert.percent):
            lines.append(
                AlertLine(
                    wallet=budget.wallet.name,
                    period=alert.period,
                    percent=alert.percent,
                    used_nanos=budget.used_nanos,
                    limit_nanos=budget.limit_nanos,
                    opened_at=alert.opened_at,
                    snoozed_until=alert.due_at if alert.snoozed_by else None,
                )
            )
    unusual = [
        (tx.wallets.get(one.wallet_id).name, one)
        for one in tx.anomalies.list_since(today(tx))
        if may(actor.person, "spend.read", chain_ids(tx, one.wallet_id))
    ]
    return AlertsReceipt(lines=tuple(lines), unusual=tuple(unusual), muted=muted)


def budget_of(tx: Tx, alert: Alert) -> Budget | None:
    """Return the running budget that an alert is about; None once its period is over."""
    return find_budget(tx, alert.wallet_id, alert.period)


def find_budget(tx: Tx, wallet_id: WalletId, period: str) -> Budget | None:
    """Return a wallet's running budget by the key of its period; None if it is none, or over."""
    wallet = tx.wallets.get(wallet_id)
    if wallet.is_closed:
        return None
    found = read_budgets(tx, [wallet])
    return next((x for x in found if x.period.key == period and x.account is not None), None)


def preview_acknowledge(call: AcknowledgeAlerts, tx: Tx, actor: Actor) -> Preview:
    """Show whose alerts would be acknowledged. Raises `NotFound` where nothing is to be."""
    shown = _shown(call, call.wallet_id, tx, actor, ANSWERS)
    if not tx.anomalies.has_unseen_to(call.wallet_id):
        _check_open(call.wallet_id, tx)
    return shown


def acknowledge(call: AcknowledgeAlerts, tx: Tx, actor: Actor) -> Receipt:
    """Acknowledge what is open, once, and what is unusual at this moment.

    Raises:
        NotAllowed: the asker decides nothing about the wallet.
        NotFound: nothing is open there, any more.
    """
    require(actor.person, ANSWERS, chain_ids(tx, call.wallet_id))
    ids = tx.alerts.acknowledge(call.wallet_id, actor.person.id)
    unusual = tx.anomalies.acknowledge(call.wallet_id, actor.person.id)
    wallet = tx.wallets.get(call.wallet_id)
    if not ids and not unusual:
        raise NotFound("alert", wallet.name)
    # Nobody else would be told of what is unusual: there is nothing to take back.
    undo = ReopenAlerts(wallet_id=call.wallet_id, alerts=tuple(ids)) if ids else None
    return AlertsAnswered(wallet=wallet.name, how="acknowledged", undo=undo, topic=wallet.id)


def preview_reopen(call: ReopenAlerts, tx: Tx, actor: Actor) -> Preview:
    """Show whose alerts would be open again."""
    return _shown(call, call.wallet_id, tx, actor, ANSWERS)


def reopen(call: ReopenAlerts, tx: Tx, actor: Actor) -> Receipt:
    """Open alerts again. Raises `Conflict` if they were ended or opened since."""
    require(actor.person, ANSWERS, chain_ids(tx, call.wallet_id))
    if not tx.alerts.reopen(call.alerts, actor.person.id):
        raise Conflict("the alerts are not acknowledged any more")
    return AlertsAnswered(wallet=tx.wallets.get(call.wallet_id).name, how="reopened")


def preview_snooze(call: SnoozeAlerts, tx: Tx, actor: Actor) -> Preview:
    """Show until when the alerts would wait. Raises `NotFound` where none is open."""
    shown = _shown(call, call.wallet_id, tx, actor, ANSWERS)
    _check_open(call.wallet_id, tx)
    return _until(shown, tx.now + timedelta(hours=call.hours))


def snooze(call: SnoozeAlerts, tx: Tx, actor: Actor) -> Receipt:
    """Put off what is open: nobody is reminded before that, and then the asker is.

    Raises:
        NotAllowed: the asker decides nothing about the wallet.
        NotFound: nothing is open there, any more.
    """
    require(actor.person, ANSWERS, chain_ids(tx, call.wallet_id))
    until_at = tx.now + timedelta(hours=call.hours)
    wallet = tx.wallets.get(call.wallet_id)
    if not tx.alerts.snooze(call.wallet_id, until_at, actor.person.id):
        raise NotFound("alert", wallet.name)
    return AlertsAnswered(wallet=wallet.name, how="snoozed", until_at=until_at, topic=wallet.id)


def preview_mute(call: MuteAlerts, tx: Tx, actor: Actor) -> Preview:
    """Show until when the asker would hear nothing."""
    shown = _shown(call, call.wallet_id, tx, actor, "spend.read")
    span = "below" if _count_below(call, tx) else None
    return replace(_until(shown, _end_of_mute(call, tx)), span=span)


def mute(call: MuteAlerts, tx: Tx, actor: Actor) -> Receipt:
    """Tell the asker nothing of a wallet; others are told as before. Repeating sets it anew.

    Raises:
        InvalidInput: the day is past.
    """
    require(actor.person, "spend.read", chain_ids(tx, call.wallet_id))
    until_at = _end_of_mute(call, tx)
    kept = Mute(call.wallet_id, until_at, covers_below=not call.is_alone)
    tx.alerts.mute(actor.person.id, kept)
    return AlertsAnswered(
        wallet=tx.wallets.get(call.wallet_id).name,
        how="muted",
        until_at=until_at,
        below=_count_below(call, tx),
        undo=UnmuteAlerts(wallet_id=call.wallet_id),
    )


def preview_unmute(call: UnmuteAlerts, tx: Tx, actor: Actor) -> Preview:
    """Show whose alerts the asker would hear again. Raises `NotFound` where they do already."""
    shown = _shown(call, call.wallet_id, tx, actor, "spend.read")
    mutes = {one.wallet_id: one for one in tx.alerts.list_mutes(actor.person.id)}
    if call.wallet_id not in mutes:
        wallet, *above = tx.wallets.chain(call.wallet_id)
        _check_unmuted_above(above, mutes)
        raise NotFound("mute", wallet.name)
    return shown


def unmute(call: UnmuteAlerts, tx: Tx, actor: Actor) -> Receipt:
    """Tell the asker of a wallet again.

    Raises:
        NotFound: it was not muted, or is with one above it, which is named.
    """
    wallet, *above = tx.wallets.chain(call.wallet_id)
    is_heard = tx.alerts.unmute(actor.person.id, wallet.id)
    _check_unmuted_above(
        above, {one.wallet_id: one for one in tx.alerts.list_mutes(actor.person.id)}
    )
    if not is_heard:
        raise NotFound("mute", wallet.name)
    return AlertsAnswered(wallet=wallet.name, how="unmuted")


def _check_open(wallet_id: WalletId, tx: Tx) -> None:
    if all(one.wallet_id != wallet_id for one in tx.alerts.list_open()):
        raise NotFound("alert", tx.wallets.get(wallet_id).name)


def _check_unmuted_above(above: Sequence[Wallet], mutes: Mapping[WalletId, Mute]) -> None:
    for one in above:
        if one.id in mutes and mutes[one.id].covers_below:
            raise NotFound("mute_above", one.name)


def _count_below(call: MuteAlerts, tx: Tx) -> int:
    """Return how many open wallets a mute takes in besides the one that it names."""
    if call.is_alone:
        return 0
    wallets = [one for one in tx.wallets.list_all() if not one.is_closed]
    return len(descendants(wallets, call.wallet_id)) - 1


def _end_of_mute(call: MuteAlerts, tx: Tx) -> datetime | None:
    if call.is_for_good:
        return None
    if call.until_on is None:
        return period_at("month", tx.now, tx.zone).until_at
    until_at = end_of_day(call.until_on, tx.zone)
    if until_at <= tx.now:
        raise InvalidInput("until", "is past", example="until the end of the month")
    return until_at


def _shown(
    call: ActionCall, wallet_id: WalletId, tx: Tx, actor: Actor, permission: Permission
) -> Preview:
    require(actor.person, permission, chain_ids(tx, wallet_id))
    return Preview(action=call.action, subject=tx.wallets.get(wallet_id).name)


def _until(shown: Preview, until_at: datetime | None) -> Preview:
    return replace(shown, ends_at=until_at)


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ListAlerts,
        Tier.T1,
        "spend.read",
        list_alerts,
        is_free=True,
        examples={
            "en": ("alerts", "what have I muted?"),
            "es": ("alertas", "¿qué he silenciado?"),
        },
    ),
    Action(
        AcknowledgeAlerts,
        Tier.T2,
        ANSWERS,
        acknowledge,
        preview_acknowledge,
        is_tapped=True,
        examples={"en": ("acknowledge design",), "es": ("reconoce la alerta de diseño",)},
    ),
    Action(ReopenAlerts, Tier.T2, "undo", reopen, preview_reopen, is_hidden=True),
    Action(
        SnoozeAlerts,
        Tier.T2,
        ANSWERS,
        snooze,
        preview_snooze,
        is_tapped=True,
        examples={
            "en": ("snooze the alert of design for 2 days",),
            "es": ("pospón la alerta de diseño 2 días",),
        },
    ),
    Action(
        MuteAlerts,
        Tier.T2,
        "spend.read",
        mute,
        preview_mute,
        is_tapped=True,
        examples={
            "en": ("mute design", "mute design for good", "mute only design"),
            "es": ("silencia las alertas de diseño", "silencia solo diseño"),
        },
    ),
    Action(
        UnmuteAlerts,
        Tier.T2,
        "spend.read",
        unmute,
        preview_unmute,
        is_tapped=True,
        examples={"en": ("unmute design",), "es": ("reactiva las alertas de diseño",)},
    ),
)
