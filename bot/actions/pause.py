"""The pause word: stopping every paid call at once, and letting models be asked again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.access import require
from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier
from bot.audit.chain import AuditFact
from bot.errors.kinds import InvalidInput
from bot.ports import Actor, Tx
from bot.routing.policy import Pause


class PauseModels(ActionCall):
    """Stop every paid call at once, the bot's own too; it needs no yes."""

    action: Literal["pause_models"] = "pause_models"


class ResumeModels(ActionCall):
    """Let models be asked again."""

    action: Literal["resume_models"] = "resume_models"


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseReceipt(Receipt):
    """Whether models are paused now, by whom and since when; `is_new` if they just became so."""

    by: str | None = None
    at: datetime | None = None
    is_new: bool = True


def pause_models(call: PauseModels, tx: Tx, actor: Actor) -> Receipt:
    """Pause the models: no process lets a call in from this commit on. Repeating it is safe."""
    require(actor.person, "providers.manage")
    is_new = tx.policy.pause(actor.person.id)
    pause = tx.policy.get().pause or Pause(actor.person.id, tx.now)
    if is_new:
        tx.record(AuditFact(tx.tenant, actor.person.id, "models_paused", tx.tenant, {}))
    return PauseReceipt(by=name_of(pause, tx), at=pause.at, is_new=is_new)


def preview_resume(call: ResumeModels, tx: Tx, actor: Actor) -> Preview:
    """Show who paused the models."""
    require(actor.person, "providers.manage")
    pause = tx.policy.get().pause
    if pause is None:
        raise _not_paused()
    return Preview(action=call.action, subject=name_of(pause, tx))


def resume_models(call: ResumeModels, tx: Tx, actor: Actor) -> Receipt:
    """Let models be asked again. Raises `InvalidInput` when they are not paused."""
    require(actor.person, "providers.manage")
    if not tx.policy.resume():
        raise _not_paused()
    tx.record(AuditFact(tx.tenant, actor.person.id, "models_resumed", tx.tenant, {}))
    return PauseReceipt()


def name_of(pause: Pause, tx: Tx) -> str:
    """Return the name of whoever paused the models."""
    return tx.people.names([pause.by]).get(pause.by, "")


def _not_paused() -> InvalidInput:
    return InvalidInput("models", "are not paused", example="model rules")


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        PauseModels,
        Tier.T2,
        "providers.manage",
        pause_models,
        is_at_once=True,
        examples={"en": ("pause models",), "es": ("pausa los modelos",)},
    ),
    Action(
        ResumeModels,
        Tier.T3,
        "providers.manage",
        resume_models,
        preview_resume,
        examples={"en": ("resume models",), "es": ("reanuda los modelos",)},
    ),
)
