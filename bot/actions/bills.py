"""Correcting usage by what a provider charged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.access import require
from bot.actions.base import Action, ActionCall, Preview, Receipt, Ref, Tier, record
from bot.bills.imports import BillImport
from bot.bills.posting import AlreadyCorrected, UsageChanged, post
from bot.economy.money import to_decimal_string
from bot.errors.kinds import NotFound
from bot.ports import Actor, Tx


class CorrectUsage(ActionCall):
    """Make usage what a provider charged, by an imported bill: once, to the nano.

    The amounts are those that a draft shows: the file may be imported again while it waits.
    """

    action: Literal["correct_usage"] = "correct_usage"
    ref: Ref
    before_nanos: int | None = None
    after_nanos: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageCorrected(Receipt):
    """Usage is what the provider charged. Amounts are of the models that were corrected."""

    ref: str
    provider: str
    from_on: date
    until_on: date
    before_nanos: int
    after_nanos: int
    rows: int


def preview_correction(call: CorrectUsage, tx: Tx, actor: Actor) -> Preview:
    """Show what was counted, and what was charged."""
    kept = _find(call, tx, actor)
    return Preview(
        action=call.action,
        subject=kept.provider,
        before=kept.ours_nanos,
        after=kept.theirs_nanos,
        ref=kept.ref,
    )


def correct_usage(call: CorrectUsage, tx: Tx, actor: Actor) -> Receipt:
    """Post the difference.

    Raises:
        AlreadyCorrected: it was posted before.
        UsageChanged: what was counted has changed since the import, or since it was shown.
    """
    kept = _find(call, tx, actor)
    shown = (call.before_nanos, call.after_nanos)
    if shown not in {(None, None), (kept.ours_nanos, kept.theirs_nanos)}:
        raise UsageChanged(kept.provider)
    rows = post(tx, kept, actor=actor.person.id)
    detail: dict[str, object] = {
        "ref": kept.ref,
        "provider": kept.provider,
        "from": kept.from_on.isoformat(),
        "until": kept.until_on.isoformat(),
        "before": to_decimal_string(kept.ours_nanos),
        "after": to_decimal_string(kept.theirs_nanos),
    }
    record(tx, actor, "usage.corrected", kept.id, detail)
    return UsageCorrected(
        ref=kept.ref,
        provider=kept.provider,
        from_on=kept.from_on,
        until_on=kept.until_on,
        before_nanos=kept.ours_nanos,
        after_nanos=kept.theirs_nanos,
        rows=rows,
    )


def _pinned(call: CorrectUsage, tx: Tx, actor: Actor) -> CorrectUsage:
    """Return the call with the amounts that its draft shows."""
    kept = _find(call, tx, actor)
    shown = {"before_nanos": kept.ours_nanos, "after_nanos": kept.theirs_nanos}
    return call.model_copy(update=shown)


def _find(call: CorrectUsage, tx: Tx, actor: Actor) -> BillImport:
    require(actor.person, "usage.correct")
    kept = tx.bills.find(call.ref)
    if kept is None:
        raise NotFound("import", call.ref)
    if kept.state != "open":
        raise AlreadyCorrected(kept.ref)
    return kept


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        CorrectUsage,
        Tier.T3,
        "usage.correct",
        correct_usage,
        preview_correction,
        pin=_pinned,
        examples={
            "en": ("correct usage by import 7K2M",),
            "es": ("corrige el uso con la importación 7K2M",),
        },
    ),
)
