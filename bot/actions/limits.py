"""What wallets may spend, and from which share of it they warn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.access import require
from bot.actions.asking import chain_ids, require_reach
from bot.actions.base import (
    Action,
    ActionCall,
    AmountNanos,
    Preview,
    Receipt,
    Tier,
)
from bot.actions.budget import RestoreLimit
from bot.economy import budgets, limit_changes
from bot.economy.budgets import Budget, read_budgets
from bot.economy.earlier_spend import charge_earlier, count_earlier
from bot.economy.periods import Span
from bot.economy.wallets import Wallet
from bot.errors.kinds import InvalidInput
from bot.ids import WalletId
from bot.ports import Actor, Tx
from bot.reports.balance import descendants

Percent = Annotated[int, Field(strict=True, ge=1, le=100)]


class SetLimit(ActionCall):
    """Set what a wallet may spend in a window; without an amount the limit is taken away."""

    action: Literal["set_limit"] = "set_limit"
    wallet_id: WalletId
    window: Span = "month"
    amount_nanos: AmountNanos | None = None


class SetThresholds(ActionCall):
    """Set at which percentages of its limit a wallet warns."""

    action: Literal["set_thresholds"] = "set_thresholds"
    wallet_id: WalletId
    percents: Annotated[tuple[Percent, ...], Field(min_length=1, max_length=5)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSet(Receipt):
    """A limit was set, or taken away where `limit_nanos` is None."""

    wallet: str
    span: Span
    before_nanos: int | None
    limit_nanos: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdsSet(Receipt):
    """A wallet warns at other percentages."""

    wallet: str
    percents: tuple[int, ...]


def preview_limit(call: SetLimit, tx: Tx, actor: Actor) -> Preview:
    """Show a limit before and after, and what is used of it."""
    wallet, running = _limited(call.wallet_id, call.window, tx, actor)
    before = _limit_of(tx, call.wallet_id, call.window)
    if before == call.amount_nanos:
        raise InvalidInput("limit", "is that already", example="set design's limit to 600")
    _require_growth(before, call, tx, actor)
    return Preview(
        action=call.action,
        subject=wallet.name,
        before=before,
        after=call.amount_nanos,
        span=call.window,
        used_nanos=running.used_nanos if running else _earlier(call, tx),
    )


def set_limit(call: SetLimit, tx: Tx, actor: Actor) -> Receipt:
    """Set or take away a limit, at once for the running period.

    Raises:
        AboveRight: it grows by more than the asker may let it at a time; nothing changed.
        Conflict: somebody changed it at the same moment; nothing changed.
    """
    wallet, _ = _limited(call.wallet_id, call.window, tx, actor)
    before = limit_changes.set_limit(
        tx, wallet.id, call.window, call.amount_nanos, key=actor.key, actor=actor.person.id
    )
    if before is None:
        charge_earlier(
            tx,
            descendants(tx.wallets.list_all(), wallet.id),
            call.window,
            key=actor.key,
            actor=actor.person.id,
        )
    # By what it was in the statement that changed it, not by what was read before.
    _require_growth(before, call, tx, actor)
    return LimitSet(
        wallet=wallet.name,
        span=call.window,
        before_nanos=before,
        limit_nanos=call.amount_nanos,
        undo=RestoreLimit(
            wallet_id=wallet.id,
            span=call.window,
            amount_nanos=before,
            expected_nanos=call.amount_nanos,
        ),
        topic=wallet.id,
    )


def preview_thresholds(call: SetThresholds, tx: Tx, actor: Actor) -> Preview:
    """Show the percentages before and after."""
    wallet, _ = _limited(call.wallet_id, "month", tx, actor)
    return Preview(
        action=call.action,
        subject=wallet.name,
        before=_percents(wallet.thresholds),
        after=_percents(tuple(sorted(set(call.percents)))),
    )


def set_thresholds(call: SetThresholds, tx: Tx, actor: Actor) -> Receipt:
    """Set at which percentages a wallet warns; those passed already are not told again."""
    wallet, _ = _limited(call.wallet_id, "month", tx, actor)
    percents = tuple(sorted(set(call.percents)))
    tx.wallets.set_thresholds(wallet.id, percents)
    return ThresholdsSet(
        wallet=wallet.name,
        percents=percents,
        undo=SetThresholds(wallet_id=wallet.id, percents=wallet.thresholds),
        topic=wallet.id,
    )


def _earlier(call: SetLimit, tx: Tx) -> int | None:
    """Return what a new limit begins with as spent; None for nothing."""
    ids = descendants(tx.wallets.list_all(), call.wallet_id)
    return count_earlier(tx, ids, call.window) or None


def _limited(
    wallet_id: WalletId, span: Span, tx: Tx, actor: Actor
) -> tuple[Wallet, Budget | None]:
    require(actor.person, "wallet.limit", chain_ids(tx, wallet_id))
    wallet = budgets.get_open_wallet(tx, wallet_id)
    running = [x for x in read_budgets(tx, [wallet]) if x.limit.span == span]
    return wallet, running[0] if running else None


def _require_growth(before: int | None, call: SetLimit, tx: Tx, actor: Actor) -> None:
    """Bound what a wallet may spend more; where it had no limit, any limit is less."""
    after = call.amount_nanos
    if before is not None and (after is None or after > before):
        growth = None if after is None else after - before
        require_reach(tx, actor.person, "wallet.limit", growth, call.wallet_id)


def _limit_of(tx: Tx, wallet_id: WalletId, span: Span) -> int | None:
    limits = {x.span: x.amount_nanos for x in tx.wallets.list_limits([wallet_id])}
    return limits.get(span)


def _percents(percents: tuple[int, ...]) -> str:
    return ", ".join(f"{percent} %" for percent in percents)


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        SetLimit,
        Tier.T3,
        "wallet.limit",
        set_limit,
        preview_limit,
        examples={
            "en": ("set design's monthly limit to 600",),
            "es": ("fija el límite mensual de diseño en 600",),
        },
    ),
    Action(
        SetThresholds,
        Tier.T3,
        "wallet.limit",
        set_thresholds,
        preview_thresholds,
        examples={
            "en": ("warn design at 70 and 90 %",),
            "es": ("avísame de diseño al 70 y 90 %",),
        },
    ),
)
